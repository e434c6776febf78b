"""Recognition of the gutters between columns whose lines share a baseline."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .glyphs import Glyph, Rect

_HANGING, _HANGING_GAP = "，。、；：！？”’）》」』", 0.3
"""Marks that may hang at the end of a line, and em that are left of the gutter after them."""
_REACH = 4.3
"""Em. Two rows up or down, at the widest leading."""
_BUCKET = 8.0
"""Points."""
_START_REACH = 14.0
"""Em. A line of the column to the right begins where another does at least once in this distance up or down."""
_INSIDE_REACH, _DEEPEST_INDENT = 7.0, 2.6
"""Em. Height of the lines below a centred byline that are looked at, and maximum indent of a line."""
_COLUMN_LINES = 4
_LEAST_COLUMN = 6
"""Em. The columns of a table may be narrower."""


class ColumnGutters:
    """Gaps that line up from row to row, or with the space between two pictures above: they separate columns.

    A hanging mark or a loosely spaced line can narrow the gutter so much that the lines of two columns form one run.
    """

    def __init__(self, runs: Sequence[Sequence[Glyph]], pictures: Sequence[Rect]) -> None:
        self._lefts: dict[int, list[tuple[float, float]]] = defaultdict(list)
        """Baselines and sizes by the x coordinate at which text begins after a gap, rounded to a point."""
        self._rights: dict[int, list[tuple[float, float]]] = defaultdict(list)
        """Baselines and sizes by the x coordinate at which text ends before a gap, rounded to a point."""
        self._pieces: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
        """Baseline, size, left and right end of the text between gaps, by the baseline in units of `_BUCKET`."""
        self._pictures = pictures
        for run in runs:
            gaps = self._gaps(run)
            for start, end in pairwise((0, *gaps, len(run))):
                piece = run[0].baseline, run[0].size, run[start].x, run[end - 1].right
                self._pieces[int(run[0].baseline / _BUCKET)].append(piece)
            self._lefts[round(run[0].x)].append((run[0].baseline, run[0].size))
            self._rights[round(run[-1].right)].append((run[0].baseline, run[0].size))
            for at in gaps:
                self._lefts[round(run[at].x)].append((run[0].baseline, run[0].size))
                self._rights[round(run[at - 1].right)].append((run[0].baseline, run[0].size))

    def _gaps(self, run: Sequence[Glyph]) -> list[int]:
        """Return the indices of the characters after a gap that is wider than the others in the run."""
        spacing = 1.8 * spacing_of(run)
        return [
            at
            for at in range(1, len(run))
            if run[at].x - run[at - 1].right
            >= max(spacing, (_HANGING_GAP if run[at - 1].text in _HANGING else 0.5) * run[0].size)
        ]

    def split(self, run: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
        """Yield the pieces of a run, split at gutters."""
        start = 0
        for at in self._gaps(run):
            before, glyph = run[at - 1], run[at]
            if self.between(run[start].x, before.right, glyph.x, glyph.baseline, glyph.size):
                yield run[start:at]
                start = at
        yield run[start:]

    def between(self, begin: float, left: float, right: float, baseline: float, size: float) -> bool:
        """Return whether the gap from `left` to `right` is a gutter.

        `begin` is where the text before the gap begins; `baseline` and `size` are those of the text. A byline that is
        centred over two columns may have the space between two names above their gutter.
        """
        ems = (right - left) / size
        spaces = abs(ems - round(ems)) < 0.1  # the editor's ideographic spaces in a headline over several columns
        if ems > 0.55 and not spaces and self._columns_below(right, baseline, size) >= _COLUMN_LINES:
            return True
        if not (spaces and self._is_inside(begin, baseline, size)):
            starts = _near(self._lefts, right, baseline, size)
            ends = _near(self._rights, left, baseline, size)
            if starts > 1 or (starts and (ends or right - left > size)) or (ends > 1 and right - left > 0.8 * size):
                return True
            starts_column = self._begins(right, baseline, size)
            column = starts_column or (not spaces and self._begins(begin, baseline, size))
            wide = right - left >= 0.5 * size
            if column and wide and self._rows_ending(left, right, baseline, size) > (not starts_column):
                return True
        above = [box for box in self._pictures if 0 <= baseline - box.bottom <= 8 * size]
        slack = 0.6 * size
        return any(left - slack <= box.right <= right for box in above) and any(
            left <= box.left <= right + slack for box in above
        )

    def _columns_below(self, x: float, baseline: float, size: float) -> int:
        """Return how many lines of smaller type below begin at `x`: two headlines side by side have a column each."""
        return sum(
            0 < other - baseline < 30 * type_size and type_size < 0.8 * size
            for point in range(round(x) - 1, round(x) + 2)
            for other, type_size in self._lefts.get(point, ())
        )

    def _is_inside(self, x: float, baseline: float, size: float) -> bool:
        """Return whether `x` is inside the lines of a column below, as the beginning of a centred byline is."""
        crossing, last = 0, baseline + _INSIDE_REACH * size
        for bucket in range(int(baseline / _BUCKET), int(last / _BUCKET) + 1):
            for other, type_size, start, end in self._pieces.get(bucket, ()):
                if 0.5 * size < other - baseline and type_size < 1.25 * size and start < x < end:
                    if x - start < _DEEPEST_INDENT * size:
                        return False
                    crossing += 1
        return crossing > 1

    def _begins(self, x: float, baseline: float, size: float) -> bool:
        """Return whether another line of about the same size begins at `x`."""
        return any(
            0.5 * size < abs(other - baseline) <= _START_REACH * size and 0.8 * size < type_size < 1.25 * size
            for point in range(round(x) - 1, round(x) + 2)
            for other, type_size in self._lefts.get(point, ())
        )

    def _rows_ending(self, left: float, right: float, baseline: float, size: float) -> int:
        """Return how many of the next rows end at the gap; 0 if one of them goes on across it."""
        ending, reach = 0, _REACH * size
        for bucket in range(int((baseline - reach) / _BUCKET), int((baseline + reach) / _BUCKET) + 1):
            for other, type_size, start, end in self._pieces.get(bucket, ()):
                if not 0.5 * size < abs(other - baseline) <= reach or not 0.8 * size < type_size < 1.25 * size:
                    continue
                if start < left - 0.5 * size and end > right + 0.5 * size:
                    return 0
                ending += start < left - _LEAST_COLUMN * size and left - 1.5 * size <= end <= right
        return ending


def _near(edges: dict[int, list[tuple[float, float]]], x: float, baseline: float, size: float) -> int:
    """Return how many of the next rows above and below, of about the same size, have an edge at `x`."""
    return sum(
        0.5 * size < abs(other - baseline) <= 2.2 * size and 0.8 * size < type_size < 1.25 * size
        for point in range(round(x) - 1, round(x) + 2)
        for other, type_size in edges.get(point, ())
    )


def spacing_of(run: Sequence[Glyph]) -> float:
    """Return the usual gap between the characters of a run, in points; 0 for one character.

    It is not the median: between names of two characters, half of the gaps are spaces.
    """
    gaps = sorted(later.x - before.right for before, later in pairwise(run))
    return gaps[2 * (len(gaps) - 1) // 5] if gaps else 0.0
