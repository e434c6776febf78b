"""The library a command works on."""

import os
from collections.abc import Collection, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..clean import clean_line
from ..i18n import _
from ..library import BadLibrary, Library, open_library
from ..paths import config_file, content_dir, state_file
from .arguments import Arguments
from .output import remark

if TYPE_CHECKING:
    from ..reading import Reading
    from .article_source import ArticleSource


def library_path(arguments: Arguments, given: str = "") -> Path:
    """The folder meant: on the line, by --library, by GANEWS_LIBRARY, first in the settings, or the bundled one."""
    folder = given or arguments.text("library") or os.environ.get("GANEWS_LIBRARY", "")
    return Path(os.path.expanduser(folder)) if folder else _settled() or content_dir()


def _settled() -> Path | None:
    """The first of the settings' libraries."""
    if not config_file().exists():
        return None
    from ..config import load

    settings, _problems = load(config_file())
    return next(iter(settings.libraries), None)


def opened(arguments: Arguments, given: str = "") -> Library | None:
    """The library; None, after saying why, when it cannot be opened."""
    try:
        return open_library(library_path(arguments, given))
    except BadLibrary as error:
        remark(f"ganews-tui: {error.problem}")
        return None


def open_source(arguments: Arguments) -> "ArticleSource | None":
    """The library's articles; None, after saying why, when it cannot be opened. Says so if no article can be read."""
    from .article_source import source_of

    library = opened(arguments)
    if library is None:
        return None
    shelf = source_of(library, KeptMarks(library.root))
    if next(iter(shelf.entries()), None) is None:
        _say_empty(shelf)
    return shelf


def _say_empty(shelf: "ArticleSource") -> None:
    folder = clean_line(str(shelf.library.root))
    if problems := shelf.problems():
        text = _("{folder}：没有一篇能读，{n} 个问题；用 ganews-tui check 看。")
        remark(text.format(folder=folder, n=problems))
    else:
        remark(_("{folder}：没有文章。").format(folder=folder))


class KeptMarks:
    """What this person has marked in a library, read from the state folder only when a query asks for it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Which of these, articles of the library, are read."""
        if self._reading is None:
            return ()
        self._reading.adopt(ids)
        return self._reading.read_among(ids)

    def starred_among(self, ids: Sequence[str], /) -> Collection[str]:
        """Which of these are starred."""
        if self._reading is None:
            return ()
        self._reading.adopt(ids)
        return self._reading.starred_among(ids)

    @cached_property
    def _reading(self) -> "Reading | None":
        from ..reading import Reading

        return Reading(state_file(), self._root) if state_file().exists() else None
