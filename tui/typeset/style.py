"""What a person may choose about the setting, and what a set line is."""

from typing import Literal, NamedTuple

from ..cells import AmbiguousWidth


class Style(NamedTuple):
    """How paragraphs are set. Widths are in cells; one em, the width of a Han character, is two."""

    indent: int = 4
    """First-line indent of a body paragraph (CLREQ 3.4.1); one em where the measure is 28 or less, none under 12."""
    blank_lines: int = 0
    """Empty rows between paragraphs. Print sets them apart by the indent alone."""
    hanging: bool = False
    """One stop may stand in a gutter of two cells right of the measure (CLREQ 3.1.7)."""
    justify: bool = False
    """Missing cells go to spaces, seams of Han and Latin, and after stops, where they suffice (CLREQ 3.5.4)."""
    quotes: Literal["narrow", "padded"] = "narrow"
    """Padded quotation marks take one em as in print, by a blank cell on their outer side (GB/T 15834 5.1.3)."""
    optimal: bool = False
    """Choose the breaks of a paragraph together, for the evenest lines, instead of one after the other."""
    level: Literal["strict", "gb"] = "strict"
    """`gb`: …… may begin a line, as GB/T 15834 allows; `strict`: it may not."""
    ambiguous: AmbiguousWidth = 1
    """Cells the terminal gives “ ” … — and the like (UAX #11)."""


class Line(NamedTuple):
    """One set line: a slice of its block's text, and what is painted around it that is not text."""

    start: int
    """First code point painted. White space between this line's end and the next line's start is not painted."""
    end: int
    indent: int = 0
    """Blank cells before it."""
    lead: str = ""
    """What is painted after the indent and before the text, and is not text: the marker of an item."""
    gaps: tuple[int, ...] = ()
    """Offsets before which one blank cell is painted, ascending; an offset may stand there more than once."""


def even(measure: int) -> int:
    """The measure in whole em: the largest even number of cells in it, at least two (CLREQ 2.3.5)."""
    return max(2, measure - measure % 2)
