"""The theme and number of colours that suit the terminal."""

from collections.abc import Mapping, Sequence
from typing import Literal

from .builtin import BUILTIN, DARK, LIGHT, PLAIN, TERMINAL
from .colour_theme import ColourTheme, Depth

FULL: Depth = 16777216
_TRUE_COLOUR_TERMS = ("direct", "truecolor", "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "iterm")
_COLOURLESS_TERMS = ("", "dumb", "unknown", "vt52", "vt100", "vt102", "vt220")


_COLOR_SYSTEMS: dict[Depth, str] = {0: "standard", 16: "standard", 256: "256", FULL: "truecolor"}


def color_system(depth: Depth) -> str:
    """Return the name of `depth` in Rich and Textual."""
    return _COLOR_SYSTEMS[depth]


def depth(environ: Mapping[str, str]) -> Depth:
    """Return the number of colours by NO_COLOR (no-color.org), TEXTUAL_COLOR_SYSTEM, COLORTERM or TERM, in turn."""
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in _COLOURLESS_TERMS:
        return 0
    for colours, name in _COLOR_SYSTEMS.items():
        if colours and environ.get("TEXTUAL_COLOR_SYSTEM") == name:
            return colours
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(
        name in term for name in _TRUE_COLOUR_TERMS
    ):
        return FULL
    return 256 if "256" in term else 16


def background(environ: Mapping[str, str]) -> Literal["light", "dark"] | None:
    """Return the terminal's background according to COLORFGBG, which rxvt and Konsole set; None if it is not set."""
    last = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not last.isascii() or not last.isdecimal():
        return None
    return "light" if int(last) in (7, *range(9, 16)) else "dark"


def detect_theme(
    theme: str,
    depth: Depth = FULL,
    background: Literal["light", "dark"] | None = None,
    others: Sequence[ColourTheme] = (),
) -> ColourTheme:
    """Return the theme called `theme`, reduced to the number of colours.

    `auto` and unknown names follow the terminal's background. Without colours the theme is `plain`; with sixteen
    colours it is `terminal` or, if named, `plain`.
    """
    if depth == 0:
        return PLAIN
    if depth == 16:
        return PLAIN if theme == PLAIN.name else TERMINAL
    named = {each.name: each for each in (*BUILTIN, *others)}
    return named.get(theme, LIGHT if background == "light" else DARK).at_depth(depth)
