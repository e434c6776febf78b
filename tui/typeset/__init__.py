"""A paragraph and a measure in, lines out, by the manners of Chinese print.

`wrap(prepare(block), measure, style)` gives lines that each know their slice of the block's text.
"""

from .layout import lines_of as lines
from .layout import wrap
from .plain import painted, pieces, print_page
from .prepare import Prepared, prepare
from .setting import Row, Setting, set_page
from .style import Line, Style, even

__all__ = [
    "Line",
    "Prepared",
    "Row",
    "Setting",
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
