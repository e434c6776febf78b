"""A paragraph and a measure in, lines out, by the manners of Chinese print.

`wrap(prepare(block), measure, style)` gives lines that each know their slice of the block's text.
"""

from .ansi import painted, pieces, print_page
from .blocks import lines_of as lines
from .blocks import wrap
from .page_layout import PageLayout, Row, set_page
from .prepare import Prepared, prepare
from .style import Line, Style, even

__all__ = [
    "Line",
    "PageLayout",
    "Prepared",
    "Row",
    "Style",
    "even",
    "lines",
    "painted",
    "pieces",
    "prepare",
    "print_page",
    "set_page",
    "wrap",
]
