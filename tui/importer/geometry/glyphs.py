"""Characters, boxes, lines and pages with positions on paper. Coordinates are in points; y increases downwards."""

from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character."""

    text: str
    x: float
    right: float
    baseline: float
    size: float
    font: str
    weight: int = 400
    colour: int = 0
    spaced: bool = False
    """Whether the file has a space before it."""

    @property
    def face(self) -> tuple[str, int, int]:
        """Font, weight and colour."""
        return self.font, self.weight, self.colour


class Rect(NamedTuple):
    """A rectangle: a line of text, a rule, a frame or a picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: "Rect", slack: float = 1.0) -> bool:
        """Return whether `other` is inside this rectangle, with a tolerance of `slack` points."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and self.right + slack >= other.right
            and self.bottom + slack >= other.bottom
        )

    def overlap(self, other: "Rect") -> float:
        """Return the width, in points, of the horizontal overlap; negative if there is a gap."""
        return min(self.right, other.right) - max(self.left, other.left)

    def drop(self, other: "Rect") -> float:
        """Return the height, in points, of the vertical overlap; negative if there is a gap."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def join(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text with its position and type."""

    text: str
    box: Rect
    size: float
    """Points. The most common size of its characters."""
    font: str
    """Name of the most common font; empty if the file names none."""
    mixed: bool = False
    """Whether part of the line is in another font, as with datelines and bylines in running text."""
    vertical: bool = False
    weight: int = 400
    """Weight of most of the characters: 300 is light, 400 regular, 700 bold."""
    colour: int = 0
    """Colour of most of the characters, as 0xRRGGBB."""
    row: bool = False
    """Whether it is a row of a table, with its cells separated by spaces."""

    @property
    def face(self) -> tuple[str, int, int]:
        """Font, weight and colour: what tells types of one size from each other."""
        return self.font, self.weight, self.colour


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The contents of one page; lengths are in points."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    boxes: tuple[Rect, ...]
    """Rules, frames, tints and pictures."""
