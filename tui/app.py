"""The Textual application."""

from collections.abc import Mapping

from .library import Library
from .terminal.tty import Taken


def run(library: Library, options: Mapping[str, str], taken: Taken | None) -> int:
    """Open the app on the library; `options` are those of the command line, by name; `taken` is the terminal. Returns the exit status."""
    raise NotImplementedError
