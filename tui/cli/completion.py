"""The subcommand `completion`: print shell scripts that complete command lines.

The scripts hold the names of subcommands and options. They call `completion --values` for articles, places, authors,
bulletins and themes.
"""

from ..i18n import _
from .arguments import Arguments, UsageError
from .shells import SHELLS
from .values import values


def run(arguments: Arguments) -> int:
    """Print the script for a shell, or the values that complete what the user typed."""
    if arguments.flag("values"):
        found = values(arguments, arguments.text("values"), arguments.text("typed"))
        for value, about in found:
            print(f"{value}\t{about}")
        return 0 if found else 1
    if not arguments.operands:
        raise UsageError(_("要说明是哪一种 shell。"))
    print(SHELLS[arguments.operands[0]](), end="")
    return 0
