"""Variables of the environment that say yes or no."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

IN_BROWSER = "GANEWS_IN_BROWSER"
"""Says that the terminal is a page of `ganews-tui serve`; set by the server alone."""
_NO = {"", "0", "no", "n", "off", "false", "f", "never", "none"}


def says_yes(environ: "Mapping[str, str]", name: str) -> bool:
    """Return whether the variable is set to anything but one of the usual words for no.

    NO_COLOR is not for this function: its standard (no-color.org) counts every value but the empty one.
    """
    return environ.get(name, "").strip().lower() not in _NO
