"""The linear mode: the reading session as lines, for screen readers, braille, and terminals without a cursor."""

from ..variables import says_yes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def wanted(environ: "Mapping[str, str]", asked: bool) -> bool:
    """Return whether to use the linear mode: asked for, TERM=dumb, or ACCESSIBLE says yes."""
    return asked or environ.get("TERM", "dumb") == "dumb" or says_yes(environ, "ACCESSIBLE")
