"""Division of a page's lines into runs with one measure each, because every article may have its own.

Each line costs something under each measure: nothing if it is full, a little if it is short, as last lines and headings
are, and much if it is longer. The cheapest sequence of measures is found in time linear in the number of lines.
"""

from collections import Counter
from collections.abc import Sequence

_NARROWEST, _WIDEST = 7, 45
"""Em. Range of the measure of a newspaper column."""
_MOST_MEASURES, _LEAST_LINES = 10, 3
"""Candidates for a measure: the most frequent lengths, each of `_LEAST_LINES` lines or more."""
_HANGING = 1.6
"""Em. How far a hanging mark may extend beyond the measure."""
_FULL, _HANGS, _ALMOST, _SHORT, _LONG = 0.0, 0.4, 0.7, 1.15, 2.6
"""Costs of a line under a measure."""
_NO_MEASURE = 0.8
"""Cost of a line without a measure."""
_CHANGE, _BEGIN = 2.6, 1.6
"""Costs of a change of measure, and of the begin or end of a hard-wrapped run."""


def measures_of(lengths: Sequence[float]) -> list[float]:
    """Return the measure at each line, 0 where lines are not hard-wrapped. `lengths` are those of the lines."""
    whole = Counter(int(length + 0.5) for length in lengths)
    common = [(count, length) for length, count in whole.items() if _NARROWEST <= length <= _WIDEST]
    measures = [
        0.0,
        *(float(length) for count, length in sorted(common)[: -_MOST_MEASURES - 1 : -1] if count >= _LEAST_LINES),
    ]
    if len(measures) == 1 or not lengths:
        return [0.0] * len(lengths)
    costs = [_cost(lengths[0], measure) for measure in measures]
    origins: list[list[int]] = []
    for length in lengths[1:]:
        cheapest = min(range(len(costs)), key=costs.__getitem__)
        came: list[int] = []
        following: list[float] = []
        for at, measure in enumerate(measures):
            step = _BEGIN if 0 in (at, cheapest) else _CHANGE
            changed = costs[cheapest] + step
            came.append(at if costs[at] <= changed else cheapest)
            following.append(min(costs[at], changed) + _cost(length, measure))
        origins.append(came)
        costs = following
    at = min(range(len(costs)), key=costs.__getitem__)
    found = [measures[at]]
    for came in reversed(origins):
        at = came[at]
        found.append(measures[at])
    return found[::-1]


def _cost(length: float, measure: float) -> float:
    if not measure:
        return _NO_MEASURE
    missing = measure - length
    if abs(missing) <= 0.5:
        return _FULL
    if missing < 0:
        return _HANGS if -missing <= _HANGING else _LONG
    return _ALMOST if missing <= 2 else _SHORT
