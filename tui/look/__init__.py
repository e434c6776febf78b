"""In which colours, on this terminal? Themes as data; nothing here draws."""

from .choose import background, choose, color_system, depth
from .look import Colours, Depth, Ink, Look, Role
from .ours import OURS, READABLE

__all__ = [
    "OURS",
    "READABLE",
    "Colours",
    "Depth",
    "Ink",
    "Look",
    "Role",
    "background",
    "choose",
    "color_system",
    "depth",
]
