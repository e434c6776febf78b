"""The user's choices for typesetting, and the line that results."""

from typing import Literal, NamedTuple

from ..cells import AmbiguousWidth


class Style(NamedTuple):
    """How paragraphs are set. Widths are in cells. One em, the width of a Han character, is two cells."""

    indent: int = 4
    """First-line indent of a paragraph (CLREQ 3.4.1): one em at a measure of 28 or less, none below 12."""
    blank_lines: int = 0
    """Empty rows between paragraphs. In print the indent alone separates them."""
    hanging: bool = False
    """Let one pause mark stand in a gutter of two cells right of the measure (CLREQ 3.1.7)."""
    justify: bool = False
    """Spread missing cells over spaces, seams of Han and Latin, and closing marks, if they suffice (CLREQ 3.5.4)."""
    quotes: Literal["narrow", "padded"] = "narrow"
    """`padded` gives quotation marks one em as in print, with a blank cell on their outer side (GB/T 15834 5.1.3)."""
    optimal: bool = False
    """Choose all breaks of a paragraph together for the most even lines, instead of one after the other."""
    level: Literal["strict", "gb"] = "strict"
    """`gb` lets …… begin a line, as GB/T 15834 allows; `strict` does not."""
    ambiguous: AmbiguousWidth = 1
    """Cells of “ ” … — and the like on this terminal (UAX #11)."""


class Line(NamedTuple):
    """One line: a slice of its block's text, and what is painted around it."""

    start: int
    """First code point painted. White space between this line's end and the next line's start is not painted."""
    end: int
    indent: int = 0
    """Blank cells before the line."""
    lead: str = ""
    """Painted between the indent and the text, but not part of the text: the marker of an item."""
    gaps: tuple[int, ...] = ()
    """Offsets before which one blank cell is painted, in ascending order. An offset may occur more than once."""


def even(measure: int) -> int:
    """Return the measure in whole em: the largest even number of cells in it, at least two (CLREQ 2.3.5)."""
    return max(2, measure - measure % 2)
