"""Which look, on this terminal."""

from collections.abc import Mapping, Sequence
from typing import Literal

from .builtin import BUILTIN, DARK, LIGHT, PLAIN, TERMINAL
from .colour_theme import ColourTheme, Depth

FULL: Depth = 16777216
_ALL_COLOURS = ("direct", "truecolor", "kitty", "ghostty", "alacritty", "foot", "wezterm", "contour", "iterm")
_NONE = ("", "dumb", "unknown", "vt52", "vt100", "vt102", "vt220")


_COLOR_SYSTEMS: dict[Depth, str] = {0: "standard", 16: "standard", 256: "256", FULL: "truecolor"}


def color_system(depth: Depth) -> str:
    """The name that Rich and Textual have for this number of colours."""
    return _COLOR_SYSTEMS[depth]


def depth(environ: Mapping[str, str]) -> Depth:
    """How many colours to use: NO_COLOR first (no-color.org), then TEXTUAL_COLOR_SYSTEM, COLORTERM, TERM."""
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or term in _NONE:
        return 0
    for colours, name in _COLOR_SYSTEMS.items():
        if colours and environ.get("TEXTUAL_COLOR_SYSTEM") == name:
            return colours
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") or any(name in term for name in _ALL_COLOURS):
        return FULL
    return 256 if "256" in term else 16


def background(environ: Mapping[str, str]) -> Literal["light", "dark"] | None:
    """What COLORFGBG (rxvt, Konsole, …) says about the terminal's background: one of sixteen colours; None without."""
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
    """The look of this name, as far as the terminal can show it; for `auto`, by the terminal's background.

    Without colours it is `plain`, with sixteen `terminal`, whatever was asked for; an unknown name is `auto`.
    """
    if depth == 0:
        return PLAIN
    if depth == 16:
        return PLAIN if theme == PLAIN.name else TERMINAL
    named = {look.name: look for look in (*BUILTIN, *others)}
    return named.get(theme, LIGHT if background == "light" else DARK).at_depth(depth)
