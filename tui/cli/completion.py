"""`completion`: scripts for the shells, made from the table of commands.

What depends on the library (articles, places, authors, bulletins) and the themes the scripts ask of
`completion --values`, which gets what has been typed.
"""

from ..i18n import _
from .arguments import Arguments, UsageError
from .shells import SHELLS
from .values import values


def run(arguments: Arguments) -> int:
    """Print the script of a shell, or the values that can stand somewhere."""
    if arguments.flag("values"):
        found = values(arguments, arguments.text("values"), arguments.text("typed"))
        for value, about in found:
            print(f"{value}\t{about}")
        return 0 if found else 1
    if not arguments.operands:
        raise UsageError(_("要说明是哪一种 shell。"))
    print(SHELLS[arguments.operands[0]](), end="")
    return 0
