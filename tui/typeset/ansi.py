"""A page as lines of text for standard output: plain, or with bold, underline and dim."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..article import Block, InlineSpan
from ..compose import ComposedArticle
from .page_layout import set_page
from .prepare import Prepared
from .style import Line, Style

_BOLD, _DIM, _UNDERLINE, _STRIKE = "1", "2", "4", "9"
_KIND_ATTRIBUTES = {
    "headline": _BOLD,
    "subhead": _BOLD,
    "meta": _DIM,
    "byline": _DIM,
    "caption": _DIM,
    "footnote": _DIM,
}
_SPAN_ATTRIBUTES = {
    "strong": _BOLD,
    "emphasis": _UNDERLINE,
    "link": _UNDERLINE,
    "strike": _STRIKE,
    "code": _DIM,
    "note": _DIM,
}


def print_page(
    page: ComposedArticle, measure: int, style: Style | None = None, *, styled: bool = False
) -> Iterator[str]:
    """Yield the rows of a page without line feeds; with `styled`, ANSI attributes mark headlines and emphasis."""
    layout = set_page(page, measure, style)
    y = 0
    while True:
        try:
            row = layout.row(y)
        except IndexError:
            return
        if row.line is None:
            yield ""
        elif styled:
            bold_until = len(page.dateline) if row.block == page.opened else 0
            yield _styled(layout.prepared(row.block), row.line, bold_until)
        else:
            yield painted(layout.prepared(row.block), row.line)
        y += 1


def pieces(line: Line, cuts: Iterable[int] = ()) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces between gaps and `cuts` as (start, end, blank cells before it)."""
    positions = sorted({line.start, line.end, *line.gaps, *(k for k in cuts if line.start < k < line.end)})
    for start, end in pairwise(positions):
        yield start, end, line.gaps.count(start)


def painted(prepared: Prepared, line: Line) -> str:
    """Return a line as text: indent, marker, and the slice with its gaps."""
    text = "".join(" " * gap + prepared.painted(start, end) for start, end, gap in pieces(line))
    return f"{' ' * line.indent}{line.lead}{text}".rstrip()


def _styled(prepared: Prepared, line: Line, bold_until: int) -> str:
    block = prepared.block
    kind = _KIND_ATTRIBUTES.get(block.kind, "")
    marks = prepared.marks(line.start, line.end)
    text = "".join(
        " " * gap + _in(prepared.painted(start, end), kind, *_attributes(block, line, marks, start, bold_until))
        for start, end, gap in pieces(line, (bold_until, *(k for mark in marks for k in (mark.start, mark.end))))
    )
    return f"{' ' * line.indent}{_in(line.lead, _DIM)}{text}"


def _attributes(block: Block, line: Line, marks: Iterable[InlineSpan], at: int, bold_until: int) -> Iterator[str]:
    if at < bold_until or (block.kind == "table" and line.start == 0):
        yield _BOLD
    for mark in marks:
        if mark.start <= at < mark.end:
            yield _SPAN_ATTRIBUTES[mark.kind]


def _in(text: str, *attributes: str) -> str:
    codes = ";".join(filter(None, attributes))
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text
