"""The built-in themes. A test checks that each pair in `READABLE` has a contrast of at least 7 to 1."""

from ..i18n import N_
from .colour_theme import Colours, ColourTheme

LIGHT = ColourTheme(
    "light",
    N_("浅色"),
    dark=False,
    colours=Colours(
        page="#fbfaf6",
        side="#f0ede4",
        bar="#e6e2d6",
        text="#1d1c1a",
        quiet="#3e3b35",
        accent="#8a1616",
        wrong="#8a1616",
        cursor="#d9d0ba",
        on_cursor="#1d1c1a",
        cursor_away="#e3ddcd",
        on_cursor_away="#1d1c1a",
        hit="#ffe08a",
        on_hit="#1d1c1a",
        here="#8a1616",
        on_here="#ffffff",
        selection="#c8dcf2",
        on_selection="#1d1c1a",
    ),
)

DARK = ColourTheme(
    "dark",
    N_("深色"),
    dark=True,
    colours=Colours(
        page="#17191d",
        side="#0f1114",
        bar="#22252b",
        text="#d9dbdf",
        quiet="#b8bdc6",
        accent="#f0b48c",
        wrong="#ffa8a0",
        cursor="#2f3d57",
        on_cursor="#f4f6fa",
        cursor_away="#272d38",
        on_cursor_away="#e4e7ec",
        hit="#4d4110",
        on_hit="#fff1b8",
        here="#f0b48c",
        on_here="#17191d",
        selection="#264a6e",
        on_selection="#ffffff",
    ),
)

CONTRAST = ColourTheme(
    "contrast",
    N_("高对比"),
    dark=True,
    colours=Colours(
        page="#000000",
        side="#000000",
        bar="#1c1c1c",
        text="#ffffff",
        quiet="#ffffff",
        accent="#ffff5f",
        wrong="#ffaf87",
        cursor="#ffffff",
        on_cursor="#000000",
        cursor_away="#4e4e4e",
        on_cursor_away="#ffffff",
        hit="#ffff5f",
        on_hit="#000000",
        here="#5fffff",
        on_here="#000000",
        selection="#d7d7ff",
        on_selection="#000000",
    ),
)

_DEFAULT = "ansi_default"
TERMINAL = ColourTheme(
    "terminal",
    N_("终端配色"),
    dark=True,
    colours=Colours(
        page=_DEFAULT,
        side=_DEFAULT,
        bar=_DEFAULT,
        text=_DEFAULT,
        quiet=_DEFAULT,
        accent="ansi_red",
        wrong="ansi_red",
        cursor="ansi_blue",
        on_cursor="ansi_bright_white",
        cursor_away="ansi_bright_black",
        on_cursor_away="ansi_bright_white",
        hit="ansi_yellow",
        on_hit="ansi_black",
        here="ansi_red",
        on_here="ansi_bright_white",
        selection="ansi_cyan",
        on_selection="ansi_black",
    ),
)

PLAIN = ColourTheme(
    "plain",
    N_("无色"),
    dark=True,
    colours=Colours(*[_DEFAULT] * 17),
    without_colour=True,
)
"""For NO_COLOR: only bold, underline and reverse video."""

BUILTIN: tuple[ColourTheme, ...] = (LIGHT, DARK, CONTRAST, TERMINAL, PLAIN)

READABLE: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "quiet", "accent", "wrong") for ground in ("page", "side", "bar")),
    *((f"on_{ground}", ground) for ground in ("cursor", "cursor_away", "hit", "here", "selection")),
)
"""Pairs of text colour and background colour that must be readable."""
