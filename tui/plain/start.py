"""Opening what is read from, and the two ends of the conversation."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator

from .. import paths
from ..catalogue import Catalogue
from ..config import Settings, measure_of, style_of
from ..i18n import _
from ..indexer import Indexer, Progress
from ..keys import remap
from ..library import Library
from ..reading import Reading
from ..search.engine import SearchEngine
from ..terminal.crash import end_on_thread_errors
from .desk import Desk
from .loop import converse

_SECONDS = 3.0
"""Between two remarks."""


def run(library: Library, settings: Settings) -> int:
    """Read the library on standard input and output until `q` or the end of the input."""
    end_on_thread_errors()
    catalogue = Catalogue(library)
    reading = Reading(paths.state_file(), library.root)
    try:
        Indexer(catalogue).run(_told())
        catalogue.refresh()
        reading.note_content(catalogue)
        measure = min(measure_of(settings), shutil.get_terminal_size().columns)
        desk = Desk(catalogue, SearchEngine(catalogue, reading), reading, measure, style_of(settings))
        for line in converse(desk, _typed(), remap(settings.keys)):
            print(line, flush=not line)
    finally:
        reading.close()
        catalogue.close()
    return 0


def _typed() -> Iterator[str]:
    """Lines of standard input, each asked for by a prompt."""
    while True:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return
        yield line


def _told() -> Callable[[Progress], None]:
    """Says now and then how far the articles are put in order; nothing while it takes no time."""
    last = time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        if progress.total and time.monotonic() - last > _SECONDS:
            last = time.monotonic()
            percent = 100 * progress.done // progress.total
            step = _("正在编目") if progress.phase == "reading" else _("正在编索引")
            print(_("{step}，{percent}%").format(step=step, percent=percent), flush=True)

    return tell
