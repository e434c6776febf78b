"""A prepared block and a measure in, lines out: first fit with push-out, and no orphan at the end (CLREQ 3.4.4)."""

from collections.abc import Iterator

from .breaks import FREE, RELUCTANT
from .prepare import SPACE, Prepared
from .style import Line, Style

_INDENTED = ("paragraph", "caption")
"""A caption is set as newspapers set it, like a paragraph, and told from one by its ink."""
NARROWEST = 12
"""Below six em no first line is indented."""
NARROW = 20
"""Below ten em indents of blocks and the padding of quotation marks are dropped."""


OPTIMAL_UP_TO = 6000
"""Code points of the longest paragraph whose breaks are chosen together."""


def paragraph(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """A paragraph's lines one after the other, as they are asked for. Nothing to set, no line."""
    first, rest = indents(prepared, measure, style)
    rooms = (measure - first, measure - rest)
    if style.optimal and len(prepared) <= OPTIMAL_UP_TO:
        slices = iter(_together(prepared, rooms, style.hanging))
    else:
        slices = fill(prepared, 0, len(prepared), rooms, style.hanging)
    for start, end, nth in slices:
        room = rooms[nth > 0]
        gaps = prepared.gaps(start, end, room) if prepared.padded else ()
        line = Line(start, end, rest if nth else first, "", gaps)
        if style.justify:
            from .justify import justified  # where it is asked for: the start has no need of it

            line = justified(prepared, line, room)
        yield line


def indents(prepared: Prepared, measure: int, style: Style) -> tuple[int, int]:
    """Cells before the first line and before the others (CLREQ 3.4.1)."""
    if prepared.kind not in _INDENTED or measure < NARROWEST:
        return 0, 0
    return (min(style.indent, 2) if measure <= 28 else style.indent), 0


def fill(
    prepared: Prepared, start: int, stop: int, rooms: tuple[int, int], hanging: bool = False
) -> Iterator[tuple[int, int, int]]:
    """Break a stretch of text into (start, end, number of the line), first fit, at least two letters on the last line.

    `rooms` are the cells of the first line and of the others.
    """
    nth = before = 0
    at = prepared.after_spaces(start, stop)
    room = rooms[0]
    while at < stop:
        after = prepared.fit(at, stop, room, hanging)
        if after >= stop and nth:
            at = without_orphan(prepared, before, at, stop, room)
        if nth:
            spaced = prepared.classes[at - 1] >> 2 == SPACE
            yield before, prepared.trimmed(before, at) if spaced else at, nth - 1
        before, nth, room = at, nth + 1, rooms[1]
        at = after if after < prepared.ready and prepared.breaks[after] else prepared.after_spaces(after, stop)
    if nth:
        yield before, prepared.trimmed(before, stop), nth - 1


def _together(prepared: Prepared, rooms: tuple[int, int], hanging: bool) -> list[tuple[int, int, int]]:
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
    """Where the last line starts so that it has two letters besides punctuation: units taken from the line before."""
    while stop - last < 12 and sum(map(str.isalnum, prepared.shown[last:stop])) < 2:
        found = max(prepared.breaks.rfind(worth, before + 1, last) for worth in (FREE, RELUCTANT))
        if found <= before and prepared.breaks[last] != FREE:
            found = last - 1
        if found <= before or prepared.width(found, stop) > room:
            break
        last = found
    return last
