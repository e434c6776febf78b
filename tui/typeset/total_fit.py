"""The breaks of a paragraph chosen together: as many lines as first fit needs, and the evenest of the ways to set them.

Only breaks that leave less than three cells, or the last that fits, are looked at, so that no line is shorter than it
must be; the cost is the sum of squared shortfalls, and six for parting a date.
"""

import re

from . import unbreakable
from .breaks import FREE
from .prepare import Prepared

_DATE = 6.0
_ORPHAN = 1e6


def total_fit(prepared: Prepared, start: int, rooms: tuple[int, int], hanging: bool) -> list[int]:
    """Where the lines of a paragraph that is ready start, the first at `start`."""
    stop = len(prepared)
    dates = {match.start() for match in re.finditer(unbreakable.DATE_PART, prepared.shown)}
    best: dict[int, tuple[int, float, int]] = {start: (0, 0.0, -1)}
    waiting = [start]
    for at in waiting:
        count, cost, _ = best[at]
        for after, price in _choices(prepared, at, stop, rooms[at > start], hanging):
            following = prepared.after_spaces(after, stop)
            price += _DATE if following in dates else 0.0
            if following >= stop and at > start and _is_orphan(prepared, at, stop):
                price += _ORPHAN
            way = (count + 1, cost + price, at)
            if following not in best:
                _insert(waiting, following, stop)
            if following not in best or way[:2] < best[following][:2]:
                best[following] = way
    return _starts(best, stop)


def _insert(waiting: list[int], place: int, stop: int) -> None:
    """Places are worked through in the order of the text, so that the best way to each is known when its turn comes."""
    if place < stop:
        k = len(waiting)
        while waiting[k - 1] > place:
            k -= 1
        waiting.insert(k, place)


def _choices(prepared: Prepared, at: int, stop: int, room: int, hanging: bool) -> list[tuple[int, float]]:
    last = prepared.fit(at, stop, room, hanging)
    if last >= stop:
        return [(stop, 0.0)]
    choices = [(last, _shortfall(prepared, at, last, room))]
    place = prepared.breaks.rfind(FREE, at + 1, last)
    while place > at and (short := room - prepared.width(at, prepared.trimmed(at, place))) <= 2:
        choices.append((place, float(short * short)))
        place = prepared.breaks.rfind(FREE, at + 1, place)
    return choices


def _shortfall(prepared: Prepared, at: int, after: int, room: int) -> float:
    short = max(0, room - prepared.width(at, prepared.trimmed(at, after)))
    return float(short * short)


def _is_orphan(prepared: Prepared, at: int, stop: int) -> bool:
    return stop - at < 12 and sum(map(str.isalnum, prepared.shown[at:stop])) < 2


def _starts(best: dict[int, tuple[int, float, int]], stop: int) -> list[int]:
    starts: list[int] = []
    at = best[stop][2] if stop in best else -1
    while at >= 0:
        starts.append(at)
        at = best[at][2]
    return starts[::-1]
