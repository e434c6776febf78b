"""Lines of a prepared block: first fit with push-out, and no orphan at the end (CLREQ 3.4.4)."""

from collections.abc import Iterator

from .breaks import FREE, RELUCTANT
from .prepare import SPACE, Prepared
from .style import Line, Style

_INDENTED = ("paragraph", "caption")
"""A caption is set like a paragraph, as in newspapers, and differs from one by its colour."""
MIN_INDENTED = 12
"""Cells. Below six em no first line is indented."""
NARROW = 20
"""Cells. Below ten em, blocks are not indented and quotation marks not padded."""


MAX_OPTIMAL = 6000
"""Code points of the longest paragraph whose breaks are chosen together."""


def paragraph(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Yield the lines of a paragraph on demand; yield nothing for an empty one."""
    first, rest = indents(prepared, measure, style)
    rooms = (measure - first, measure - rest)
    if style.optimal and len(prepared) <= MAX_OPTIMAL:
        slices = iter(_total_fit(prepared, rooms, style.hanging))
    else:
        slices = fill(prepared, 0, len(prepared), rooms, style.hanging)
    for start, end, number in slices:
        room = rooms[number > 0]
        gaps = prepared.gaps(start, end, room) if prepared.padded else ()
        line = Line(start, end, rest if number else first, "", gaps)
        if style.justify:
            from .justify import justified  # imported only if the user asks for it

            line = justified(prepared, line, room)
        yield line


def indents(prepared: Prepared, measure: int, style: Style) -> tuple[int, int]:
    """Return the cells before the first line and before the others (CLREQ 3.4.1)."""
    if prepared.kind not in _INDENTED or measure < MIN_INDENTED:
        return 0, 0
    return (min(style.indent, 2) if measure <= 28 else style.indent), 0


def fill(
    prepared: Prepared, start: int, stop: int, rooms: tuple[int, int], hanging: bool = False
) -> Iterator[tuple[int, int, int]]:
    """Break text by first fit into (start, end, number of the line), with at least two letters on the last line.

    `rooms` are the cells of the first line and of the others.
    """
    number = before = 0
    at = prepared.after_spaces(start, stop)
    room = rooms[0]
    while at < stop:
        after = prepared.fit(at, stop, room, hanging)
        if after >= stop and number:
            at = without_orphan(prepared, before, at, stop, room)
        if number:
            ends_in_space = prepared.classes[at - 1] >> 2 == SPACE
            yield before, prepared.trimmed(before, at) if ends_in_space else at, number - 1
        before, number, room = at, number + 1, rooms[1]
        at = after if after < prepared.ready and prepared.breaks[after] else prepared.after_spaces(after, stop)
    if number:
        yield before, prepared.trimmed(before, stop), number - 1


def _total_fit(prepared: Prepared, rooms: tuple[int, int], hanging: bool) -> list[tuple[int, int, int]]:
    from .total_fit import total_fit

    prepared.reach(len(prepared))
    stop = len(prepared)
    begin = prepared.after_spaces(0, stop)
    if begin >= stop:
        return []
    starts = total_fit(prepared, begin, rooms, hanging)
    if len(starts) > 1:
        starts[-1] = without_orphan(prepared, starts[-2], starts[-1], stop, rooms[1])
    ends = [*starts[1:], stop]
    return [(start, prepared.trimmed(start, end), n) for n, (start, end) in enumerate(zip(starts, ends, strict=True))]


def without_orphan(prepared: Prepared, before: int, last: int, stop: int, room: int) -> int:
    """Return where the last line starts so that it has two letters, taking units from the line before."""
    while stop - last < 12 and sum(map(str.isalnum, prepared.shown[last:stop])) < 2:
        found = max(prepared.breaks.rfind(worth, before + 1, last) for worth in (FREE, RELUCTANT))
        if found <= before and prepared.breaks[last] != FREE:
            found = last - 1
        if found <= before or prepared.width(found, stop) > room:
            break
        last = found
    return last
