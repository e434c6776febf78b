"""A prepared block and a measure in, lines out: first fit with push-out, and no orphan at the end (CLREQ 3.4.4)."""

from collections.abc import Iterator

from .prepare import FREE, Prepared
from .style import Line, Style

NARROW = 20
"""Below ten em indents of blocks and the padding of quotation marks are dropped."""


def wrap(prepared: Prepared, measure: int, style: Style | None = None) -> list[Line]:
    """The block's lines at a measure of so many cells (1 and up), all of them."""
    return list(lines(prepared, measure, style or Style()))


def lines(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """The same one after the other, as they are asked for. A block without text still has one, empty, line."""
    measure = max(1, measure)
    first, rest = indents(prepared, measure, style)
    empty = True
    for start, end, nth in fill(prepared, 0, len(prepared), (measure - first, measure - rest), style.hanging):
        empty = False
        yield Line(start, end, rest if nth else first, "", prepared.gaps(start, end))
    if empty:
        yield Line(0, 0)


def indents(prepared: Prepared, measure: int, style: Style) -> tuple[int, int]:
    """Cells before the first line and before the others (CLREQ 3.4.1)."""
    if prepared.kind != "paragraph" or measure < 12:
        return 0, 0
    return (min(style.indent, 2) if measure <= 28 else style.indent), 0


def fill(
    prepared: Prepared, start: int, stop: int, rooms: tuple[int, int], hanging: bool = False
) -> Iterator[tuple[int, int, int]]:
    """Break a stretch of text into (start, end, number of the line), first fit, at least two letters on the last line.

    `rooms` are the cells of the first line and of the others.
    """
    held: tuple[int, int] | None = None
    nth = 0
    at = prepared.after_spaces(start, stop)
    while at < stop:
        after = prepared.fit(at, stop, rooms[nth > 0], hanging)
        if after >= stop and held:
            at = without_orphan(prepared, held[0], at, stop, rooms[1])
        if held:
            yield held[0], prepared.trimmed(held[0], at), nth - 1
        held = (at, after)
        nth += 1
        at = prepared.after_spaces(after, stop)
    if held:
        yield held[0], prepared.trimmed(held[0], stop), nth - 1


def without_orphan(prepared: Prepared, before: int, last: int, stop: int, room: int) -> int:
    """Where the last line starts so that it has two letters besides punctuation: units taken from the line before."""
    while stop - last < 12 and sum(map(str.isalnum, prepared.shown[last:stop])) < 2:
        found = prepared.breaks.rfind(FREE, before + 1, last)
        if found <= before and prepared.breaks[last] != FREE:
            found = last - 1
        if found <= before or prepared.width(found, stop) > room:
            break
        last = found
    return last
