"""The sizes of running text: a lead may be set larger than the other articles of its page."""

from collections import Counter
from collections.abc import Sequence

from .glyphs import PrintedLine, Rect

_SHARE, _LINES, _CHARACTERS = 0.1, 8, 6
"""Share of a page's characters, lines, and mean characters in a line that the text of one article has at least."""
_RANGE = 1.4
"""Ratio to the size of most of the text. Larger type is not running text."""


class RunningType:
    """The sizes of a page's running text, and where each is used."""

    def __init__(self, lines: Sequence[PrintedLine], body: float) -> None:
        self._body = body
        characters: Counter[float] = Counter()
        count: Counter[float] = Counter()
        for line in lines:
            if not line.vertical and line.size <= _RANGE * body:
                characters[line.size] += len(line.text)
                count[line.size] += 1
        least = _SHARE * sum(characters.values())
        self._sizes = {
            size
            for size, found in characters.items()
            if found >= least and count[size] >= _LINES and found >= _CHARACTERS * count[size]
        }
        self._lines = [line for line in lines if line.size in self._sizes] if len(self._sizes) > 1 else []

    def size_at(self, line: PrintedLine) -> float:
        """Return the size of the running text that a line belongs to: its own, or that of the nearest text below it."""
        if not self._lines:
            return self._body
        if line.size in self._sizes:
            return line.size
        below = [one for one in self._lines if one.box.overlap(line.box) > 0 and one.box.top >= line.box.top]
        nearest = min(below, key=lambda one: _distance(line.box, one.box), default=None)
        return nearest.size if nearest else self._body


def _distance(upper: Rect, lower: Rect) -> float:
    return lower.top - upper.bottom
