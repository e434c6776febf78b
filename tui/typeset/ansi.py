"""A set page as lines of text, for standard output: plain, or with the terminal's own bold, underline and dim."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..article import Block, InlineSpan
from ..compose import ComposedArticle
from .page_layout import set_page
from .prepare import Prepared
from .style import Line, Style

_BOLD, _DIM, _UNDERLINE, _STRIKE = "1", "2", "4", "9"
_KINDS = {"headline": _BOLD, "subhead": _BOLD, "meta": _DIM, "byline": _DIM, "caption": _DIM, "footnote": _DIM}
_MARKS = {"strong": _BOLD, "emphasis": _UNDERLINE, "link": _UNDERLINE, "strike": _STRIKE, "code": _DIM, "note": _DIM}


def print_page(
    page: ComposedArticle, measure: int, style: Style | None = None, *, styled: bool = False
) -> Iterator[str]:
    """The page's rows as text without line feeds; with `styled`, ANSI attributes mark what is set apart."""
    setting = set_page(page, measure, style)
    y = 0
    while True:
        try:
            row = setting.row(y)
        except IndexError:
            return
        if row.line is None:
            yield ""
        elif styled:
            opening = len(page.dateline) if row.block == page.opened else 0
            yield _styled(setting.prepared(row.block), row.line, opening)
        else:
            yield painted(setting.prepared(row.block), row.line)
        y += 1


def pieces(line: Line, cuts: Iterable[int] = ()) -> Iterator[tuple[int, int, int]]:
    """The line cut at these places and where it has gaps: start, end, blank cells before it."""
    places = sorted({line.start, line.end, *line.gaps, *(k for k in cuts if line.start < k < line.end)})
    for start, end in pairwise(places):
        yield start, end, line.gaps.count(start)


def painted(prepared: Prepared, line: Line) -> str:
    """One line as text: indent, marker, and the slice with its gaps."""
    text = "".join(" " * gap + prepared.painted(start, end) for start, end, gap in pieces(line))
    return f"{' ' * line.indent}{line.lead}{text}".rstrip()


def _styled(prepared: Prepared, line: Line, opening: int) -> str:
    block = prepared.block
    kind = _KINDS.get(block.kind, "")
    marks = prepared.marks(line.start, line.end)
    text = "".join(
        " " * gap + _in(prepared.painted(start, end), kind, *_attributes(block, line, marks, start, opening))
        for start, end, gap in pieces(line, (opening, *(k for mark in marks for k in (mark.start, mark.end))))
    )
    return f"{' ' * line.indent}{_in(line.lead, _DIM)}{text}"


def _attributes(block: Block, line: Line, marks: Iterable[InlineSpan], at: int, opening: int) -> Iterator[str]:
    if at < opening or (block.kind == "table" and line.start == 0):
        yield _BOLD
    for mark in marks:
        if mark.start <= at < mark.end:
            yield _MARKS[mark.kind]


def _in(text: str, *attributes: str) -> str:
    codes = ";".join(filter(None, attributes))
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text
