"""Environment variables that mean yes or no."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

IN_BROWSER = "GANEWS_IN_BROWSER"
"""Says that the terminal is a page of `ganews-tui serve`; set by the server alone."""
_NO = {"", "0", "no", "n", "off", "false", "f", "never", "none"}


def says_yes(environ: "Mapping[str, str]", name: str) -> bool:
    """Return whether the variable is set, and not to a word for no.

    Not for NO_COLOR, where every value but the empty one counts (no-color.org).
    """
    return environ.get(name, "").strip().lower() not in _NO
