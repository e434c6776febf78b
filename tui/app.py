"""The Textual application."""

from collections.abc import Mapping

from .library import Library


def run(library: Library, options: Mapping[str, str]) -> int:
    """Open the app on the library; `options` are those of the command line, by name. Returns the exit status."""
    raise NotImplementedError
