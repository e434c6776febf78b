"""Opening the library that a subcommand works on."""

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..i18n import _
from ..library import BadLibrary, Library, open_library
from ..paths import config_file, content_dir, state_file
from .arguments import Arguments
from .output import remark

if TYPE_CHECKING:
    from ..reading import Reading
    from ..session.opening import Opening
    from ..text.match import ReadingMarks
    from .article_source import ArticleSource

MAX_MEMORY_BYTES = 1_000_000
MAX_MEMORY_FILES = 300
"""Up to here each command reads the whole library, which takes some ten milliseconds."""


def library_path(arguments: Arguments, given: str = "") -> Path:
    """Return the folder given as operand, --library, GANEWS_LIBRARY or the settings, or else the bundled one."""
    folder = given or arguments.text("library") or os.environ.get("GANEWS_LIBRARY", "")
    return Path(os.path.expanduser(folder)) if folder else _configured_library() or content_dir()


def _configured_library() -> Path | None:
    """Return the first library in the settings, or None."""
    if not config_file().exists():
        return None
    from ..config import load

    settings, _problems = load(config_file())
    return next(iter(settings.libraries), None)


def try_open(arguments: Arguments, given: str = "") -> Library | None:
    """Open the library, or report why that fails and return None."""
    try:
        return open_library(library_path(arguments, given))
    except BadLibrary as error:
        remark(f"ganews-tui: {error.problem}")
        return None


def find_opening(arguments: Arguments, given: str = "") -> "Opening | None":
    """Return the library for the app to open, or report why that fails and return None."""
    from ..session.opening import FolderOpening

    library = try_open(arguments, given)
    return FolderOpening(library) if library else None


def open_source(arguments: Arguments, *, for_search: bool = False) -> "ArticleSource | None":
    """Open the library as a source of articles, or report why that fails and return None.

    Also reports a library without a readable article.
    """
    library = try_open(arguments)
    if library is None:
        return None
    source = source_of(library, SavedMarks(library.root), for_search=for_search)
    if next(iter(source.entries()), None) is None:
        _report_empty(source)
    return source


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


def _report_empty(source: "ArticleSource") -> None:
    folder = source.address
    if problems := source.problems():
        text = _("{folder}：没有一篇能读，{n} 个问题；用 ganews-tui check 看。")
        remark(text.format(folder=folder, n=problems))
    else:
        remark(_("{folder}：没有文章。").format(folder=folder))


class SavedMarks:
    """The user's marks in a library. The state file is opened when a query first needs it."""

    def __init__(self, root: Path) -> None:
        self._root = root

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

        return Reading(state_file(), self._root) if state_file().exists() else None
