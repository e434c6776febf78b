"""Justification: the missing cells of a line go, one each, where print would stretch it first (CLREQ 3.5.4)."""

import re

from . import unbreakable
from .breaks import FREE
from .classes import Kind
from .prepare import Prepared
from .style import Line

_WORD = (Kind.LETTER, Kind.DIGIT)


def justified(prepared: Prepared, line: Line, room: int) -> Line:
    """Return the line with gaps that fill its room exactly, or unchanged if it is the last or has too few positions for
    gaps.

    Gaps go to spaces of the text, then to seams of Han and an alphabet, then after closing marks; never inside a number
    with its measure word, a date or a pair, and never between two Han characters.
    """
    following = prepared.after_spaces(line.end, len(prepared))
    if following >= len(prepared) or prepared.breaks[following] != FREE:
        return line
    missing = room - prepared.width(line.start, line.end)
    if missing <= 0:
        return line
    chosen: list[int] = []
    for positions in _positions(prepared, line):
        wanted = missing - len(chosen)
        chosen += positions if len(positions) <= wanted else _spread(positions, wanted)
        if len(chosen) == missing:
            return line._replace(gaps=tuple(sorted((*line.gaps, *chosen))))
    return line


def _spread(positions: list[int], wanted: int) -> list[int]:
    """Return `wanted` of the positions at even distances."""
    return [positions[(2 * n + 1) * len(positions) // (2 * wanted)] for n in range(wanted)]


def _positions(prepared: Prepared, line: Line) -> tuple[list[int], list[int], list[int]]:
    spaces: list[int] = []
    seams: list[int] = []
    stops: list[int] = []
    dates = {
        match.start() for match in re.compile(unbreakable.DATE_PART).finditer(prepared.shown, line.start, line.end)
    }
    classes = prepared.classes
    for k in range(line.start + 1, line.end):
        if prepared.breaks[k] != FREE or k in dates or k in line.gaps:
            continue
        before, after = classes[k - 1] >> 2, classes[k] >> 2
        if before == Kind.SPACE:
            spaces.append(k)
        elif Kind.PLAIN in (before, after) and (before in _WORD or after in _WORD):
            seams.append(k)
        elif before == Kind.CLOSE:
            stops.append(k)
    return spaces, seams, stops
