"""Assembly of lines from characters with positions on paper.

Pure functions, independent of the PDF library, so that characters from OCR work too. Coordinates are in points; y
increases downwards.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

GUTTER = 1.3
"""Em. A wider gap on one baseline separates columns."""
_SPACE, _SAME_SIZE, _SAME_BASELINE = 0.7, 1.12, 0.2
_HANGING, _HANGING_GAP = "，。、；：！？”’）》」』", 0.3
"""Marks that may hang at the end of a line, and em that are left of the gutter after them."""
_HALF_SPACE = 0.3
"""Em. Minimum gap where the file has a space."""
_REACH = 4.3
"""Em. Two rows up or down, at the widest leading."""
_BUCKET = 8.0
"""Points."""
_COLUMN_LINES = 4
_LEAST_COLUMN = 6
"""Em. The columns of a table may be narrower."""
_VERTICAL = 3
"""Characters. Minimum length of a vertical line."""


class Glyph(NamedTuple):
    """One character."""

    text: str
    x: float
    right: float
    baseline: float
    size: float
    font: str
    weight: int = 400
    colour: int = 0
    spaced: bool = False
    """Whether the file has a space before it."""

    @property
    def face(self) -> tuple[str, int, int]:
        """Font, weight and colour."""
        return self.font, self.weight, self.colour


class Rect(NamedTuple):
    """A rectangle: a line of text, a rule, a frame or a picture."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, other: "Rect", slack: float = 1.0) -> bool:
        """Return whether `other` is inside this rectangle, with a tolerance of `slack` points."""
        return (
            self.left - slack <= other.left
            and self.top - slack <= other.top
            and self.right + slack >= other.right
            and self.bottom + slack >= other.bottom
        )

    def overlap(self, other: "Rect") -> float:
        """Return the width, in points, of the horizontal overlap; negative if there is a gap."""
        return min(self.right, other.right) - max(self.left, other.left)

    def drop(self, other: "Rect") -> float:
        """Return the height, in points, of the vertical overlap; negative if there is a gap."""
        return min(self.bottom, other.bottom) - max(self.top, other.top)

    def join(self, other: "Rect") -> "Rect":
        """Return the smallest rectangle around both."""
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of text with its position and type."""

    text: str
    box: Rect
    size: float
    """Points. The most common size of its characters."""
    font: str
    """Name of the most common font; empty if the file names none."""
    mixed: bool = False
    """Whether part of the line is in another font, as with datelines and bylines in running text."""
    vertical: bool = False
    weight: int = 400
    """Weight of most of the characters: 300 is light, 400 regular, 700 bold."""
    colour: int = 0
    """Colour of most of the characters, as 0xRRGGBB."""
    row: bool = False
    """Whether it is a row of a table, with its cells separated by spaces."""

    @property
    def face(self) -> tuple[str, int, int]:
        """Font, weight and colour: what tells types of one size from each other."""
        return self.font, self.weight, self.colour


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The contents of one page; lengths are in points."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    boxes: tuple[Rect, ...]
    """Rules, frames, tints and pictures."""


def lines_among(glyphs: Sequence[Glyph], boxes: Sequence[Rect]) -> list[PrintedLine]:
    """Return the lines that the characters of a page form, in no particular order."""
    shown = [glyph for glyph in glyphs if glyph.text.strip() and glyph.size > 0]
    columns = _vertical_runs(shown)
    standing = {id(glyph) for column in columns for glyph in column}
    lines = [_line(column, vertical=True) for column in columns]
    rules = [box for box in boxes if box.width <= 2.5 and box.height > 10]
    runs = [run for row in _rows(one for one in shown if id(one) not in standing) for run in _runs(row, rules)]
    pictures = [box for box in boxes if min(box.width, box.height) > 24]
    gutters = _Gutters(runs, pictures)
    lines += [_line(piece) for run in runs for piece in gutters.split(run)]
    return _spread_together(lines, rules, gutters)


class _Gutters:
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
        spacing = 1.8 * _spacing(run)
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
            if self.between(before.right, glyph.x, glyph.baseline, glyph.size):
                yield run[start:at]
                start = at
        yield run[start:]

    def between(self, left: float, right: float, baseline: float, size: float) -> bool:
        """Return whether the gap from `left` to `right` is a gutter. `baseline` and `size` are those of the text."""
        starts, ends = (_near(edges, x, baseline, size) for edges, x in ((self._lefts, right), (self._rights, left)))
        if starts > 1 or (starts and (ends or right - left > size)) or (ends > 1 and right - left > 0.8 * size):
            return True
        ems = (right - left) / size
        spaces = abs(ems - round(ems)) < 0.1  # the editor's ideographic spaces in a headline over several columns
        if ems > 0.8 and not spaces and self._columns_below(right, baseline, size) >= _COLUMN_LINES:
            return True
        if right - left >= 0.5 * size and self._is_open(left, right, baseline, size):
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

    def _is_open(self, left: float, right: float, baseline: float, size: float) -> bool:
        """Return whether at least two of the next rows end at the gap, and none goes on across it."""
        ending, reach = 0, _REACH * size
        for bucket in range(int((baseline - reach) / _BUCKET), int((baseline + reach) / _BUCKET) + 1):
            for other, type_size, start, end in self._pieces.get(bucket, ()):
                if not 0.5 * size < abs(other - baseline) <= reach or not 0.8 * size < type_size < 1.25 * size:
                    continue
                if start < left - 0.5 * size and end > right + 0.5 * size:
                    return False
                ending += start < left - _LEAST_COLUMN * size and left - 1.5 * size <= end <= right
        return ending > 1


def _near(edges: dict[int, list[tuple[float, float]]], x: float, baseline: float, size: float) -> int:
    """Return how many of the next rows above and below, of about the same size, have an edge at `x`."""
    return sum(
        0.5 * size < abs(other - baseline) <= 2.2 * size and 0.8 * size < type_size < 1.25 * size
        for point in range(round(x) - 1, round(x) + 2)
        for other, type_size in edges.get(point, ())
    )


def _spread_together(lines: Sequence[PrintedLine], rules: Sequence[Rect], gutters: _Gutters) -> list[PrintedLine]:
    """Return the lines after joining the pieces of lines that were spaced out to fill the measure.

    Two pieces are one line if a line above or below covers both, so that there is no gutter between them.
    """
    done: list[PrintedLine] = []
    upright = sorted(
        (line for line in lines if not line.vertical), key=lambda one: (round(one.box.bottom), one.box.left)
    )
    rows: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in upright:
        rows[round(line.box.bottom / 8)].append(line)
    for line in upright:
        last = done[-1] if done else None
        if last and _same_row(last, line) and _bridged(last, line, rows) and not _between(last, line, rules, gutters):
            text = f"{last.text}\u3000{line.text}"
            done[-1] = replace(last, text=text, box=last.box.join(line.box), mixed=last.mixed or line.mixed)
        else:
            done.append(line)
    return [*done, *(line for line in lines if line.vertical)]


def _same_row(one: PrintedLine, other: PrintedLine) -> bool:
    return (
        abs(one.box.bottom - other.box.bottom) < 1
        and one.size == other.size
        and 0 < other.box.left - one.box.right < 8 * one.size
    )


def _bridged(one: PrintedLine, other: PrintedLine, rows: dict[int, list[PrintedLine]]) -> bool:
    row, slack = round(one.box.bottom / 8), 0.6 * one.size
    for line in (line for step in range(-4, 5) for line in rows[row + step]):
        pitch = abs(line.box.bottom - one.box.bottom)
        covers = line.box.left <= one.box.left + slack and line.box.right >= other.box.right - slack
        if 0.5 * one.size < pitch < 2.1 * one.size and covers and abs(line.size - one.size) < 0.1 * one.size:
            return True
    return False


def _between(one: PrintedLine, other: PrintedLine, rules: Sequence[Rect], gutters: _Gutters) -> bool:
    """Return whether a gutter or a rule is between two pieces of text on one baseline."""
    baseline = one.box.bottom - 0.12 * one.size
    return gutters.between(one.box.right, other.box.left, baseline, one.size) or any(
        one.box.right - 1 <= rule.left <= other.box.left + 1 and rule.top < one.box.bottom and rule.bottom > one.box.top
        for rule in rules
    )


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the characters on each baseline, sorted from left to right."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.baseline):
        if row and glyph.baseline - row[0].baseline > _SAME_BASELINE * min(glyph.size, row[0].size):
            yield sorted(row, key=lambda one: one.x)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda one: one.x)


def _runs(row: Sequence[Glyph], rules: Sequence[Rect]) -> Iterator[list[Glyph]]:
    """Yield the pieces of a row, split at gutters, vertical rules and changes of size."""
    run: list[Glyph] = []
    for glyph in row:
        if run and _parts(run, glyph, rules):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _parts(run: Sequence[Glyph], glyph: Glyph, rules: Sequence[Rect]) -> bool:
    before = run[-1]
    small, large = sorted((before.size, glyph.size))
    gap = glyph.x - before.right
    if large > _SAME_SIZE * small:
        return True
    if gap > GUTTER * large and gap > GUTTER * large + max(0.0, _spacing(run)):
        return True
    middle = glyph.baseline - glyph.size / 2
    return gap > 0.2 * small and any(
        before.right - 1 <= rule.left and rule.right <= glyph.x + 1 and rule.top <= middle <= rule.bottom
        for rule in rules
    )


def _spacing(run: Sequence[Glyph]) -> float:
    """Return the median gap between the characters of a run, in points; 0 for one character."""
    gaps = sorted(later.x - before.right for before, later in pairwise(run))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _line(run: Sequence[Glyph], *, vertical: bool = False) -> PrintedLine:
    size = Counter(glyph.size for glyph in run).most_common(1)[0][0]
    faces = Counter(glyph.face for glyph in run if not glyph.text.isascii()) or Counter([run[0].face])
    (font, weight, colour), count = faces.most_common(1)[0]
    box = Rect(
        min(glyph.x for glyph in run),
        min(glyph.baseline - 0.88 * glyph.size for glyph in run),
        max(glyph.right for glyph in run),
        max(glyph.baseline + 0.12 * glyph.size for glyph in run),
    )
    usual = 0.0 if vertical else max(0.0, _spacing(run))
    text = run[0].text
    for before, glyph in pairwise(run):
        gap = glyph.baseline - before.baseline - size if vertical else glyph.x - before.right
        space = _HALF_SPACE if glyph.spaced and before.text > "\u2e80" < glyph.text else _SPACE
        text += ("\u3000" if gap > space * size + usual else "") + glyph.text
    mixed = count < sum(faces.values())
    return PrintedLine(text, box, round(size, 1), font, mixed, vertical, weight, colour)


def _vertical_runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the vertical lines: large characters that are closer to the one below than to the one beside."""
    sizes = Counter(glyph.size for glyph in glyphs)
    if not sizes:
        return []
    body = sizes.most_common(1)[0][0]
    large = [glyph for glyph in glyphs if glyph.size > 1.25 * body]
    rows: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in large:
        rows[round(glyph.baseline)].append(glyph)
    found: list[list[Glyph]] = []
    for stack in _stacks(large):
        run: list[Glyph] = []
        for glyph in sorted(stack, key=lambda one: one.baseline):
            if run and glyph.baseline - run[-1].baseline > 2.2 * glyph.size:
                found += [run] if _stands(run, rows) else []
                run = []
            run.append(glyph)
        found += [run] if _stands(run, rows) else []
    return found


def _stacks(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Yield groups of characters with equal size and horizontally aligned centres."""
    stack: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: (one.size, one.x + one.right)):
        last = stack[-1] if stack else None
        if last and (glyph.size != last.size or glyph.x + glyph.right - last.x - last.right > 0.3 * glyph.size):
            yield stack
            stack = []
        stack.append(glyph)
    if stack:
        yield stack


def _stands(run: Sequence[Glyph], rows: dict[int, list[Glyph]]) -> bool:
    if len(run) < _VERTICAL:
        return False
    pitch = (run[-1].baseline - run[0].baseline) / (len(run) - 1)
    beside = 0
    for glyph in run:
        near = (other for row in range(-1, 2) for other in rows[round(glyph.baseline) + row] if other is not glyph)
        beside += any(abs(other.x - glyph.x) < 1.02 * pitch for other in near)
    return pitch < 1.9 * run[0].size and beside < 0.5 * len(run)
