"""Reading and searching without a screen: numbered lists on standard input and output, nothing drawn over.

For screen readers, terminals that cannot move the cursor, and logs. The commands are those of the one table.
"""

from ..variables import says_yes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def wanted(environ: "Mapping[str, str]", asked: bool) -> bool:
    """Whether to go without a screen: asked for, TERM=dumb, or ACCESSIBLE says yes, as screen reader users set it."""
    return asked or environ.get("TERM", "dumb") == "dumb" or says_yes(environ, "ACCESSIBLE")
