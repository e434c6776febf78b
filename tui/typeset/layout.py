"""Which block is set how: paragraphs indented, headlines balanced, bylines right, items hanging on their markers."""

from collections.abc import Iterator

from ..article import Block
from .prepare import Prepared, prepare
from .style import Line, Style
from .wrap import NARROW, fill, lines


def prepared_of(block: Block, measure: int, style: Style) -> Prepared:
    """The block made ready for this measure and style."""
    quotes = style.quotes if measure >= NARROW else "narrow"
    return prepare(block, style.ambiguous, level=style.level, quotes=quotes)


def lines_of(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """The block's lines, by its kind."""
    if prepared.kind == "byline":
        return _right(prepared, measure, style)
    return lines(prepared, measure, style)


def _right(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    for start, end, _ in fill(prepared, 0, len(prepared), (measure, measure)):
        yield Line(start, end, max(0, measure - prepared.width(start, end)), "", prepared.gaps(start, end))
