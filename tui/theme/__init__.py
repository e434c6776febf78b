"""Colour themes as data, and the choice of one for the terminal. Nothing here draws."""

from .builtin import BUILTIN, READABLE
from .colour_theme import Colours, ColourTheme, Depth, Role, RoleStyle
from .detection import background, color_system, depth, detect_theme

__all__ = [
    "BUILTIN",
    "READABLE",
    "ColourTheme",
    "Colours",
    "Depth",
    "Role",
    "RoleStyle",
    "background",
    "color_system",
    "depth",
    "detect_theme",
]
