"""All breaks of a paragraph chosen together: as many lines as first fit needs, and the most even ones.

Only breaks that leave fewer than three cells, or the last that fits, are considered, so that no line is unnecessarily
missing. The cost is the sum of squared missing cells, and six for a broken date.
"""

import re

from . import unbreakable
from .breaks import FREE
from .prepare import Prepared

_DATE_COST = 6.0
_ORPHAN_COST = 1e6


def total_fit(prepared: Prepared, start: int, rooms: tuple[int, int], hanging: bool) -> list[int]:
    """Return where the lines of a prepared paragraph start, the first at `start`."""
    stop = len(prepared)
    dates = {match.start() for match in re.finditer(unbreakable.DATE_PART, prepared.shown)}
    best: dict[int, tuple[int, float, int]] = {start: (0, 0.0, -1)}
    waiting = [start]
    for at in waiting:
        count, cost, _ = best[at]
        for after, price in _choices(prepared, at, stop, rooms[at > start], hanging):
            following = prepared.after_spaces(after, stop)
            price += _DATE_COST if following in dates else 0.0
            if following >= stop and at > start and _is_orphan(prepared, at, stop):
                price += _ORPHAN_COST
            option = (count + 1, cost + price, at)
            if following not in best:
                _insert(waiting, following, stop)
            if following not in best or option[:2] < best[following][:2]:
                best[following] = option
    return _starts(best, stop)


def _insert(waiting: list[int], position: int, stop: int) -> None:
    """Insert a position in the order of the text, so that the best way to it is known when it is handled."""
    if position < stop:
        k = len(waiting)
        while waiting[k - 1] > position:
            k -= 1
        waiting.insert(k, position)


def _choices(prepared: Prepared, at: int, stop: int, room: int, hanging: bool) -> list[tuple[int, float]]:
    last = prepared.fit(at, stop, room, hanging)
    if last >= stop:
        return [(stop, 0.0)]
    choices = [(last, _shortfall(prepared, at, last, room))]
    position = prepared.breaks.rfind(FREE, at + 1, last)
    while position > at and (missing := room - prepared.width(at, prepared.trimmed(at, position))) <= 2:
        choices.append((position, float(missing * missing)))
        position = prepared.breaks.rfind(FREE, at + 1, position)
    return choices


def _shortfall(prepared: Prepared, at: int, after: int, room: int) -> float:
    missing = max(0, room - prepared.width(at, prepared.trimmed(at, after)))
    return float(missing * missing)


def _is_orphan(prepared: Prepared, at: int, stop: int) -> bool:
    return stop - at < 12 and sum(map(str.isalnum, prepared.shown[at:stop])) < 2


def _starts(best: dict[int, tuple[int, float, int]], stop: int) -> list[int]:
    starts: list[int] = []
    at = best[stop][2] if stop in best else -1
    while at >= 0:
        starts.append(at)
        at = best[at][2]
    return starts[::-1]
