"""The subcommand `index`: index a library, so that searches need not read its files."""

from ..i18n import _
from .arguments import Arguments
from .open_library import try_open
from .output import remark
from .progress_line import ProgressLine


def run(arguments: Arguments) -> int:
    """Index what changed in the library; return 0 when the index is complete."""
    from ..catalogue import Catalogue
    from ..indexer import Indexer

    library = try_open(arguments, arguments.operands[0] if arguments.operands else "")
    if library is None:
        return 2
    catalogue = Catalogue(library)
    try:
        with ProgressLine() as line:
            Indexer(catalogue).run(line.show)
        catalogue.refresh()
        if not catalogue.kept:
            remark(_("缓存文件夹不能写，编目留不下来。"))
            return 2
        remark(_("{n} 篇已编目。").format(n=catalogue.total))
    finally:
        catalogue.close()
    return 0
