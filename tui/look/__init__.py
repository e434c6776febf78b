"""In which colours, on this terminal? Themes as data; nothing here draws."""

from .choose import background, choose, depth
from .colour import contrast
from .look import Colours, Depth, Ink, Look, Role
from .ours import OURS, READABLE
from .own import own_look, own_looks

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
    "contrast",
    "depth",
    "own_look",
    "own_looks",
]
