"""Which block is set how: paragraphs indented, headlines balanced, bylines right, items hanging on their markers."""

from collections.abc import Callable, Iterator

from ..article import Block
from ..cells import drawn
from .classes import width_of
from .headline import balanced
from .prepare import Prepared, prepare
from .style import Line, Style
from .wrap import NARROW, fill, paragraph

_RULE = "＊　＊　＊"
_MARKER_ROOM = 12
"""Cells that must be left beside a marker for it to hang."""


def prepared_of(block: Block, measure: int, style: Style) -> Prepared:
    """The block made ready for this measure and style."""
    quotes = style.quotes if measure >= NARROW else "narrow"
    return prepare(block, style.ambiguous, level=style.level, quotes=quotes)


def wrap(prepared: Prepared, measure: int, style: Style | None = None) -> list[Line]:
    """All lines of the block at a measure of so many cells, 1 and up."""
    return list(lines_of(prepared, measure, style or Style()))


def lines_of(prepared: Prepared, measure: int, style: Style, names: tuple[str, ...] = ()) -> Iterator[Line]:
    """The block's lines by its kind, one after the other; at least one, empty if there is nothing to set.

    `names` are not split in a headline.
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
    """Lines with `halves` halves of what is left of the measure before them: 1 centres, 2 sets right."""
    for start, end, _ in fill(prepared, 0, len(prepared), (room, room)):
        left = max(0, measure - prepared.width(start, end)) * halves // 2
        yield Line(start, end, left, "", prepared.gaps(start, end, room))


def _hanging(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """An item or footnote: its text stands clear of its marker, which is padded to whole em."""
    marker = drawn(prepared.block.marker)
    width = width_of(marker, style.ambiguous) + 1 if marker else 0
    width += width % 2
    left = min(4 * prepared.block.level, max(0, (measure - width - _MARKER_ROOM) // 4 * 4))
    hang = left + width if measure - left - width >= _MARKER_ROOM else left
    lead = marker + " " * (width - width_of(marker, style.ambiguous))
    rooms = (measure - left - width, measure - hang)
    if rooms[0] < 2:
        rooms, lead, hang, left = (measure, measure), "", 0, 0
    for start, end, nth in fill(prepared, 0, len(prepared), rooms, style.hanging):
        gaps = prepared.gaps(start, end, rooms[nth > 0])
        yield Line(start, end, hang if nth else left, "" if nth else lead, gaps)


def _quote(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """A quotation set apart: two em from the left, four before its first line."""
    left = 4 * (prepared.block.level + 1) if measure >= 2 * NARROW else 2 if measure >= NARROW else 0
    left = min(left, measure // 4)
    first = left + (style.indent if left else 0)
    rooms = (measure - first, measure - left)
    for start, end, nth in fill(prepared, 0, len(prepared), rooms, style.hanging):
        yield Line(start, end, left if nth else first, "", prepared.gaps(start, end, rooms[nth > 0]))


def _code(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Lines as they are, cut where they are too long."""
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
    from .table import table  # few articles have one

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
