"""A set page as lines of text, for standard output: plain, or with the terminal's own bold, underline and dim."""

from collections.abc import Iterator

from ..page import Page
from .prepare import Prepared
from .setting import set_page
from .style import Line, Style


def print_page(page: Page, measure: int, style: Style | None = None, *, styled: bool = False) -> Iterator[str]:
    """The page's rows as text without line feeds; with `styled`, ANSI attributes mark what is set apart."""
    setting = set_page(page, measure, style)
    y = 0
    while True:
        try:
            row = setting.row(y)
        except IndexError:
            return
        yield "" if row.line is None else painted(setting.prepared(row.block), row.line)
        y += 1


def painted(prepared: Prepared, line: Line) -> str:
    """One line as text: indent, marker, and the slice with its gaps."""
    pieces = [" " * line.indent, line.lead]
    at = line.start
    for gap in line.gaps:
        pieces += [prepared.painted(at, gap), " "]
        at = gap
    pieces.append(prepared.painted(at, line.end))
    return "".join(pieces).rstrip()
