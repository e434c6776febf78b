"""Opening the library that a subcommand works on."""

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..i18n import _
from ..library import BadLibrary, Library, open_library
from ..paths import config_file, content_dir, state_file
from ..problem import Problem
from .arguments import Arguments
from .output import remark

if TYPE_CHECKING:
    from ..reading import Reading
    from ..reading.libraries import Owner
    from ..session.opening import Opening
    from ..shared.open_archive import OpenArchive
    from ..text.match import ReadingMarks
    from .article_source import ArticleSource

SHARED_PREFIXES = ("service=", "postgresql://", "postgres://")
"""What the address of a shared archive begins with; everything else is a folder."""
MAX_MEMORY_BYTES = 1_000_000
MAX_MEMORY_FILES = 300
"""Size of a library up to which each command reads all of it, in some ten milliseconds."""


def library_path(arguments: Arguments, given: str = "") -> Path:
    """Return the folder given as operand, --library, GANEWS_LIBRARY or the settings, or else the bundled one."""
    return Path(_named(arguments, given))


def shared_address(arguments: Arguments, given: str = "") -> str:
    """Return the address of the shared archive that is given or in the settings, or an empty string for a folder."""
    named = _named(arguments, given)
    return named if isinstance(named, str) else ""


def _named(arguments: Arguments, given: str) -> Path | str:
    """Return the folder, or the address of a shared archive as text."""
    text = given or arguments.text("library") or os.environ.get("GANEWS_LIBRARY", "")
    if text.startswith(SHARED_PREFIXES):
        return text
    folder = Path(os.path.expanduser(text))
    if text:
        return folder if os.path.exists(folder) else _service_in_settings(text) or folder
    return next(iter(_configured_libraries()), content_dir())


def _service_in_settings(name: str) -> str | None:
    """Return the address of the shared library in the settings that has the name of its service, or None."""
    if os.sep in name:
        return None
    addresses = [one for one in _configured_libraries() if isinstance(one, str)]
    return next((one for one in addresses if one.removeprefix("service=").partition(" ")[0] == name), None)


def _configured_libraries() -> Sequence[Path | str]:
    if not config_file().exists():
        return ()
    from ..config import load

    settings, _problems = load(config_file())
    return settings.libraries


def try_open(arguments: Arguments, given: str = "") -> Library | None:
    """Open the library of files, or report why that fails and return None."""
    if address := shared_address(arguments, given):
        from ..archive_address import shown

        remark(_("ganews-tui: {address} 是共享库，这里要一个文件夹。").format(address=shown(address)))
        return None
    try:
        return open_library(library_path(arguments, given))
    except BadLibrary as error:
        remark(f"ganews-tui: {error.problem}")
        return None


def find_opening(arguments: Arguments, given: str = "") -> "Opening | None":
    """Return the library for the app to open, or report why that fails and return None."""
    if address := shared_address(arguments, given):
        from ..session.archive_opening import ArchiveOpening

        archive = open_archive(address)
        return ArchiveOpening(archive) if archive else None
    from ..session.opening import FolderOpening

    library = try_open(arguments, given)
    return FolderOpening(library) if library else None


def open_archive(address: str) -> "OpenArchive | None":
    """Connect to a shared archive, or report why that fails and return None."""
    from ..shared.open_archive import OpenArchive
    from ..shared.postgres import ServerProblem

    try:
        return OpenArchive(address)
    except (ServerProblem, OSError) as problem:  # their messages are one line
        remark(f"ganews-tui: {problem}")
        return None


def open_source(arguments: Arguments, *, for_search: bool = False) -> "ArticleSource | None":
    """Open the library as a source of articles, or report why that fails and return None.

    Also reports a library without a readable article.
    """
    source = _open_source(arguments, for_search)
    if source is None:
        return None
    if next(iter(source.entries()), None) is None:
        _report_empty(source.address)
    return source


def _report_empty(address: str) -> None:
    """Report why the library has no article. A shared archive, which is no folder, has no files to name."""
    from ..library.emptiness import line_about  # only an empty library needs it

    files = Library(Path(address), placing=False).everything() if os.path.isdir(address) else ()
    remark(line_about(address, [found for found in files if isinstance(found, Problem)]))


def _open_source(arguments: Arguments, for_search: bool) -> "ArticleSource | None":
    if address := shared_address(arguments):
        from ..reading.libraries import NamedOwner
        from ..shared.archive_source import ArchiveSource

        archive = open_archive(address)
        return ArchiveSource(archive, SavedMarks(NamedOwner(archive.memory.facts.uid))) if archive else None
    library = try_open(arguments)
    return source_of(library, SavedMarks(library.root), for_search=for_search) if library else None


def source_of(library: Library, marks: "ReadingMarks | None" = None, *, for_search: bool = False) -> "ArticleSource":
    """Return the source of articles that suits the size of the library."""
    size = 0
    for count, file in enumerate(library.files(), 1):
        size += file.size
        if size > MAX_MEMORY_BYTES or count > MAX_MEMORY_FILES:
            from .catalogue_source import CatalogueSource

            return CatalogueSource(library, marks, for_search=for_search)
    from .memory_source import MemorySource

    return MemorySource(library, marks)


class SavedMarks:
    """The user's marks in a library. The state file is opened when a query first needs it."""

    def __init__(self, library: "Path | Owner") -> None:
        self._library = library

    def read_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Return those of `ids`, articles of the library, that are read."""
        if self._reading is None:
            return ()
        self._reading.adopt(ids)
        return self._reading.read_among(ids)

    def starred_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Return those of `ids` that are starred."""
        if self._reading is None:
            return ()
        self._reading.adopt(ids)
        return self._reading.starred_among(ids)

    @cached_property
    def _reading(self) -> "Reading | None":
        from ..reading import Reading

        return Reading(state_file(), self._library) if state_file().exists() else None
