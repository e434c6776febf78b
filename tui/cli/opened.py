"""The library a command works on."""

import os
from pathlib import Path

from ..library import BadLibrary, Library, open_library
from ..paths import content_dir
from .arguments import Arguments
from .output import remark


def library_path(arguments: Arguments, given: str = "") -> Path:
    """The folder meant: named on the line, by --library, by GANEWS_LIBRARY, or the bundled one."""
    named = given or arguments.text("library") or os.environ.get("GANEWS_LIBRARY", "")
    return Path(named).expanduser() if named else content_dir()


def opened(arguments: Arguments, given: str = "") -> Library | None:
    """The library; None, after saying why, when it cannot be opened."""
    try:
        return open_library(library_path(arguments, given))
    except BadLibrary as error:
        remark(f"ganews-tui: {error.problem}")
        return None
