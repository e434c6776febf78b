"""Chinese typesetting on a terminal: lines of a paragraph at a measure, by the rules of print.

`wrap(prepare(block), measure, style)` returns lines, each of which knows its slice of the block's text. The rules are
in docs/typesetting.md.
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
