"""The Textual application."""

from collections.abc import Mapping

from .library import Library
from .terminal.tty import Taken


def run(library: Library, options: Mapping[str, str], taken: Taken | None) -> int:
    """Open the app on the library, on the terminal taken; `options` are the command line's, by name. The exit status."""
    raise NotImplementedError
