"""The layout of each kind of block: indented, balanced, right-aligned, or hanging on a marker."""

from collections.abc import Callable, Iterator

from ..article import Block
from ..cells import drawn
from .classes import width_of
from .headline import balanced
from .prepare import Prepared, prepare
from .style import Line, Style
from .wrap import NARROW, fill, paragraph

_RULE = "＊　＊　＊"
_MIN_BESIDE_MARKER = 12
"""Cells that must remain beside a marker. With fewer, the text does not hang."""


def prepared_of(block: Block, measure: int, style: Style) -> Prepared:
    """Return the block prepared for this measure and style."""
    quotes = style.quotes if measure >= NARROW else "narrow"
    return prepare(block, style.ambiguous, level=style.level, quotes=quotes)


def wrap(prepared: Prepared, measure: int, style: Style | None = None) -> list[Line]:
    """Return all lines of the block at a measure in cells, which is at least 1."""
    return list(lines_of(prepared, measure, style or Style()))


def lines_of(prepared: Prepared, measure: int, style: Style, names: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the lines of a block. A block without text has one empty line.

    A headline is not broken inside `names`.
    """
    measure = max(1, measure)
    kind = prepared.kind
    if kind == "headline":
        made: Iterator[Line] = balanced(prepared, measure, names)
    else:
        made = _SETTERS.get(kind, paragraph)(prepared, measure, style)
    first = next(made, None)
    yield Line(0, 0) if first is None else first
    yield from made


def _byline(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    return _aligned(prepared, measure, measure, 2)


def _centred(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    return _aligned(prepared, measure, measure - 8 if measure > 40 else measure, 1)


def _aligned(prepared: Prepared, measure: int, room: int, halves: int) -> Iterator[Line]:
    """Yield lines with a share of the remaining measure before them: `halves` is 1 to centre, 2 to align right."""
    for start, end, _ in fill(prepared, 0, len(prepared), (room, room)):
        left = max(0, measure - prepared.width(start, end)) * halves // 2
        yield Line(start, end, left, "", prepared.gaps(start, end, room))


def _hanging(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Yield the lines of an item or footnote, which hang on a marker that is padded to whole em."""
    marker = drawn(prepared.block.marker)
    width = width_of(marker, style.ambiguous) + 1 if marker else 0
    width += width % 2
    left = min(4 * prepared.block.level, max(0, (measure - width - _MIN_BESIDE_MARKER) // 4 * 4))
    hang = left + width if measure - left - width >= _MIN_BESIDE_MARKER else left
    lead = marker + " " * (width - width_of(marker, style.ambiguous))
    rooms = (measure - left - width, measure - hang)
    if rooms[0] < 2:
        rooms, lead, hang, left = (measure, measure), "", 0, 0
    for start, end, number in fill(prepared, 0, len(prepared), rooms, style.hanging):
        gaps = prepared.gaps(start, end, rooms[number > 0])
        yield Line(start, end, hang if number else left, "" if number else lead, gaps)


def _quote(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Yield the lines of a quotation: two em from the left, four before its first line."""
    left = 4 * (prepared.block.level + 1) if measure >= 2 * NARROW else 2 if measure >= NARROW else 0
    left = min(left, measure // 4)
    first = left + (style.indent if left else 0)
    rooms = (measure - first, measure - left)
    for start, end, number in fill(prepared, 0, len(prepared), rooms, style.hanging):
        yield Line(start, end, left if number else first, "", prepared.gaps(start, end, rooms[number > 0]))


def _code(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Yield lines of code as they are, cut at the measure."""
    left = 2 if measure >= NARROW else 0
    begin = 0
    for row in prepared.block.text.split("\n"):
        stop = begin + len(row)
        prepared.reach(stop)
        at = begin
        while True:
            cut = prepared.cut(at, stop, measure - left)
            yield Line(at, cut, left)
            at = cut
            if at >= stop:
                break
        begin = stop + 1


def _rule(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    rule = _RULE if measure >= width_of(_RULE, style.ambiguous) else "＊"
    left = max(0, measure - width_of(rule, style.ambiguous)) // 2
    yield Line(0, 0, left, rule if measure > 1 else "*")


def _table(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    from .table_layout import table  # few articles have one

    return table(prepared, measure, style)


_SETTERS: dict[str, Callable[[Prepared, int, Style], Iterator[Line]]] = {
    "meta": _centred,
    "byline": _byline,
    "quote": _quote,
    "item": _hanging,
    "footnote": _hanging,
    "code": _code,
    "rule": _rule,
    "table": _table,
}
