"""Assembly of lines from characters with positions on paper.

Pure functions, independent of the PDF library, so that characters from OCR work too.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .column_gutters import ColumnGutters, spacing_of
from .glyphs import Glyph, PrintedLine, Rect
from .vertical_lines import vertical_runs

GUTTER = 1.3
"""Em. A wider gap on one baseline separates columns."""
_SPACE, _SAME_SIZE, _SAME_BASELINE = 0.7, 1.12, 0.2
_HALF_SPACE = 0.2
"""Em. Minimum gap where the file has a space."""


def lines_among(glyphs: Sequence[Glyph], boxes: Sequence[Rect]) -> list[PrintedLine]:
    """Return the lines that the characters of a page form, in no particular order."""
    shown = [glyph for glyph in glyphs if glyph.text.strip() and glyph.size > 0]
    columns = vertical_runs(shown)
    standing = {id(glyph) for column in columns for glyph in column}
    lines = [_line(column, vertical=True) for column in columns]
    rules = [box for box in boxes if box.width <= 2.5 and box.height > 10]
    runs = [run for row in _rows(one for one in shown if id(one) not in standing) for run in _runs(row, rules)]
    pictures = [box for box in boxes if min(box.width, box.height) > 24]
    gutters = ColumnGutters(runs, pictures)
    lines += [_line(piece) for run in runs for piece in gutters.split(run)]
    return _spread_together(lines, rules, gutters)


def _spread_together(lines: Sequence[PrintedLine], rules: Sequence[Rect], gutters: ColumnGutters) -> list[PrintedLine]:
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


def _between(one: PrintedLine, other: PrintedLine, rules: Sequence[Rect], gutters: ColumnGutters) -> bool:
    """Return whether a gutter or a rule is between two pieces of text on one baseline."""
    baseline = one.box.bottom - 0.12 * one.size
    return gutters.between(one.box.left, one.box.right, other.box.left, baseline, one.size) or any(
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
    if gap > GUTTER * large and gap > GUTTER * large + 2 * max(0.0, spacing_of(run)):
        return True
    middle = glyph.baseline - glyph.size / 2
    return gap > 0.2 * small and any(
        before.right - 1 <= rule.left and rule.right <= glyph.x + 1 and rule.top <= middle <= rule.bottom
        for rule in rules
    )


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
    usual = 0.0 if vertical else max(0.0, spacing_of(run))
    text = run[0].text
    for before, glyph in pairwise(run):
        gap = glyph.baseline - before.baseline - size if vertical else glyph.x - before.right
        space = _HALF_SPACE if glyph.spaced and not (before.text.isascii() or glyph.text.isascii()) else _SPACE
        text += ("\u3000" if gap > space * size + usual else "") + glyph.text
    mixed = count < sum(faces.values())
    return PrintedLine(text, box, round(size, 1), font, mixed, vertical, weight, colour)
