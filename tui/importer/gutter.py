"""Division of text that shows two or more columns side by side, as `pdftotext -layout` leaves them.

A gutter is a position at which many lines have white space and after which their text goes on at the same place. The
lines between two that cross the gutter are one zone: its left column is read first, then its right one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

_SPACES = re.compile("[ \u3000]+")
_LONGEST, _MOST_GAPS = 400, 12
"""Characters of a line, and gaps in it, up to which it may show columns."""
_LEAST_LINES, _LEAST_SHARE = 8, 0.5
"""Lines that have text on both sides of a gutter: their number, and their share of all lines of the page."""
_LEAST_IN_ZONE = 3
_NARROWEST = 7
"""Characters. Least median length of the pieces on either side; narrower pieces are those of a table."""
_INDENT = 4
"""Positions by which the text right of the gutter may be indented."""
_MOST_COLUMNS = 6
Ruler = Callable[[str], int]
"""Function that measures how far a piece of text reaches, in cells or in characters."""


def _cells(text: str) -> int:
    return sum(1 + (character > "\u00ff") for character in text)


_RULERS: tuple[Ruler, ...] = (_cells, len)


def in_reading_order(text: str) -> tuple[str, bool]:
    """Return the text with its columns one after the other, and whether there were any. Line ends must be `\\n`."""
    lines = text.split("\n")
    divided = list(_divided(lines, _MOST_COLUMNS))
    return ("\n".join(divided), True) if len(divided) != len(lines) else (text, False)


def _divided(lines: Sequence[str], columns: int) -> Iterator[str]:
    found = _gutter(lines) if columns > 1 else None
    if found is None:
        yield from lines
        return
    at, ruler = found
    zone: list[tuple[str, str]] = []
    for line in lines:
        halves = _halves(line, at, ruler)
        if halves is None:
            yield from _read(zone, columns)
            zone = []
            yield line
        else:
            zone.append(halves)
    yield from _read(zone, columns)


def _read(zone: Sequence[tuple[str, str]], columns: int) -> Iterator[str]:
    """Yield the left column of a zone and then the right one. A zone of few lines stays as it is."""
    if sum(bool(left.strip() and right.strip()) for left, right in zone) < _LEAST_IN_ZONE:
        yield from (left + right for left, right in zone)
        return
    for side in (0, 1):
        yield from _divided([halves[side] for halves in zone if halves[side].strip()], columns - 1)


def _gutter(lines: Sequence[str]) -> tuple[int, Ruler] | None:
    """Return the position of the gutter with most lines on both sides, and its ruler; None if there is none."""
    written = [line for line in lines if line.strip()]
    if len(written) < _LEAST_LINES:
        return None
    best: tuple[int, int, Ruler] | None = None
    for ruler in _RULERS:
        ends = Counter(ruler(line[: gap.end()]) for line in written for gap in _gaps(line))
        for at, _count in ends.most_common(4):
            count = sum(
                all(half.strip() for half in halves) for line in written if (halves := _halves(line, at, ruler))
            )
            if best is None or count > best[0]:
                best = count, at, ruler
    if best is None or best[0] < max(_LEAST_LINES, _LEAST_SHARE * len(written)):
        return None
    _count, at, ruler = best
    both = [halves for line in written if (halves := _halves(line, at, ruler)) and all(half.strip() for half in halves)]
    for side in (0, 1):
        sizes = sorted(len(halves[side].strip()) for halves in both)
        if sizes[len(sizes) // 2] < _NARROWEST:
            return None
    return at, ruler


def _halves(line: str, at: int, ruler: Ruler) -> tuple[str, str] | None:
    """Return what stands left and right of the gutter; None if the line crosses it. A short line is all left."""
    body = line.rstrip()
    if ruler(body) <= at:
        return body, ""
    indent = len(body) - len(body.lstrip(" \u3000"))
    if at <= ruler(body[:indent]) <= at + _INDENT:
        return "", body
    for gap in _gaps(body):
        end = ruler(body[: gap.end()])
        if at <= end <= at + _INDENT:
            return body[: gap.start()], body[gap.start() :][len(gap[0]) - max(0, min(len(gap[0]), end - at)) :]
        if end > at + _INDENT:
            break
    return None


def _gaps(line: str) -> list[re.Match[str]]:
    """Return the gaps between two pieces of text: at least two spaces, or an ideographic one."""
    if len(line) > _LONGEST:
        return []
    body = len(line.rstrip())
    gaps = [
        gap
        for gap in _SPACES.finditer(line)
        if gap.start() > 0 and gap.end() < body and (len(gap[0]) > 1 or gap[0] == "\u3000")
    ]
    return gaps if len(gaps) <= _MOST_GAPS else []
