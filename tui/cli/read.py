"""`ganews-tui [DIR]`: the app."""

from .arguments import Arguments
from .opened import opened


def run(arguments: Arguments) -> int:
    """Open the app on the library; a library that is not there is said before the screen is taken."""
    library = opened(arguments, arguments.operands[0] if arguments.operands else "")
    if library is None:
        return 2
    from ..app import run as run_app

    return run_app(library, arguments.options)
