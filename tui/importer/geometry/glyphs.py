"""Assembly of lines from characters with positions on paper.

Pure functions, independent of the PDF library, so that characters from OCR work too. Coordinates are in points; y
increases downwards.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

GUTTER = 1.3
"""Em. A wider gap on one baseline separates columns."""
_SPACE, _SAME_SIZE, _SAME_BASELINE = 0.7, 1.12, 0.2
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
    edges = _column_edges(runs)
    lines += [_line(piece) for run in runs for piece in _at_edges(run, edges)]
    return _spread_together(lines, rules)


def _column_edges(runs: Iterable[Sequence[Glyph]]) -> dict[int, list[float]]:
    """Return the baselines of runs, by the x coordinate of their left ends, rounded to a point."""
    edges: dict[int, list[float]] = defaultdict(list)
    for run in runs:
        edges[round(run[0].x)].append(run[0].baseline)
    return edges


def _at_edges(run: Sequence[Glyph], edges: dict[int, list[float]]) -> Iterator[Sequence[Glyph]]:
    """Yield the pieces of a run, split at column edges.

    A hanging mark can narrow the gutter so much that the lines of two columns form one run.
    """
    start = 0
    for at in range(1, len(run)):
        glyph = run[at]
        if glyph.x - run[at - 1].right < 0.5 * glyph.size:
            continue
        reach = 2.2 * glyph.size
        near = [
            other - glyph.baseline
            for point in range(round(glyph.x) - 1, round(glyph.x) + 2)
            for other in edges[point]
            if 0.5 * glyph.size < abs(other - glyph.baseline) <= reach
        ]
        if near and (len(near) > 1 or glyph.x - run[at - 1].right > glyph.size):
            yield run[start:at]
            start = at
    yield run[start:]


def _spread_together(lines: Sequence[PrintedLine], rules: Sequence[Rect]) -> list[PrintedLine]:
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
        if last and _same_row(last, line) and _bridged(last, line, rows) and not _between(last, line, rules):
            text = f"{last.text}\u3000{line.text}"
            done[-1] = PrintedLine(text, last.box.join(line.box), last.size, last.font, last.mixed or line.mixed)
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


def _between(one: PrintedLine, other: PrintedLine, rules: Sequence[Rect]) -> bool:
    return any(
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
    if gap > GUTTER * large + max(0.0, _spacing(run)):
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
    fonts = Counter(glyph.font for glyph in run if not glyph.text.isascii()) or Counter([run[0].font])
    font, count = fonts.most_common(1)[0]
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
        text += ("\u3000" if gap > _SPACE * size + usual else "") + glyph.text
    return PrintedLine(text, box, round(size, 1), font, count < sum(fonts.values()), vertical)


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
