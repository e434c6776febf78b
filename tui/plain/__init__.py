"""The linear mode: the session as typed and printed lines, for screen readers, braille and dumb terminals."""

from ..variables import says_yes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def is_wanted(environ: "Mapping[str, str]", asked: bool) -> bool:
    """Return whether to use the linear mode: if `asked`, if TERM is `dumb` or unset, or if ACCESSIBLE says yes."""
    return asked or environ.get("TERM", "dumb") == "dumb" or says_yes(environ, "ACCESSIBLE")
