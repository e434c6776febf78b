"""Recognition of tables and lists of names: cells that line up over several rows, each row one line of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..source_lines import to_half_width
from .glyphs import PrintedLine, Rect

_WIDEST_CELL, _WIDEST_GAP = 11.0, 22.0
"""Em. Wider pieces of text are no cells, and cells farther apart are in no one row."""
_PITCH = 2.4
"""Em. Maximum distance of the baselines of two rows."""
_ALIGNED = 0.6
"""Em. Cells of one column differ less in their left ends, their middles or their right ends."""
_FEWEST_ROWS = 3
_SHORT = 5.0
"""Em. Mean width of cells that need no figures to be a table."""
_FIGURES, _FULL = 0.7, 0.5
"""Share of the cells in one of the last two columns that have figures, and of cells that fill their column at most."""
_FIGURE_WIDTH, _NARROW, _HEAD = 2.6, 4.5, 3.5
"""Em. Cells that never fill a column of text, and those that seldom do; a table's headline is not farther above it."""
_FIGURE = re.compile(r"\d")
_SENTENCE = re.compile("[。，；！？]|[,;!?]$")
Row = tuple[PrintedLine, ...]


def with_rows(lines: Sequence[PrintedLine], body: float, headlines: Sequence[Rect]) -> list[PrintedLine]:
    """Return the lines with the cells of each row of a table joined into one line.

    Tables side by side have a headline each.
    """
    joined: dict[int, PrintedLine] = {}
    gone: set[int] = set()
    for table in (part for whole in _tables(lines, body) for part in _divided(whole, headlines, body)):
        for row in table:
            whole = row[0]
            for cell in row[1:]:
                whole = replace(whole, text=f"{whole.text}\u3000{cell.text}", box=whole.box.join(cell.box))
            joined[id(row[0])] = replace(whole, row=True, mixed=False)
            gone.update(id(cell) for cell in row[1:])
    return [joined.get(id(line), line) for line in lines if id(line) not in gone]


def _tables(lines: Iterable[PrintedLine], body: float) -> Iterable[list[Row]]:
    rows = _rows([line for line in lines if 0.75 * body < line.size < 1.2 * body and not line.vertical], body)
    open_: list[list[Row]] = []
    for row in rows:
        for table in open_:
            if _follows(table[-1], row, body):
                table.append(row)
                break
        else:
            open_.append([row])
    clipped = [_clipped(table, body) for table in open_ if len(table) >= _FEWEST_ROWS]
    found = [table for table in clipped if len(table) >= _FEWEST_ROWS and _is_table(table, body)]
    found += [table for table in open_ if len(table) == 2 and _is_short_table(table, body)]
    return [half for table in found for half in _halves(table)]


def _rows(lines: Sequence[PrintedLine], body: float) -> Iterable[Row]:
    """Yield the rows of at least two cells, from the top."""
    run: list[PrintedLine] = []
    for line in sorted(lines, key=lambda one: (round(one.box.bottom), one.box.left)):
        same = bool(run) and abs(run[-1].box.bottom - line.box.bottom) < 0.2 * body
        near = same and 0 < line.box.left - run[-1].box.right < _WIDEST_GAP * body
        if not near or not _is_cell(line, body) or not _is_cell(run[-1], body):
            if len(run) > 1:
                yield tuple(run)
            run = []
        run.append(line)
    if len(run) > 1:
        yield tuple(run)


def _is_cell(line: PrintedLine, body: float) -> bool:
    return line.box.width <= _WIDEST_CELL * body and not _SENTENCE.search(line.text)


def _follows(above: Row, below: Row, body: float) -> bool:
    """Return whether `below` is the next row of the table that ends with `above`: at least two cells line up."""
    pitch = below[0].box.bottom - above[0].box.bottom
    if not 0.5 * body < pitch < _PITCH * body:
        return False
    return sum(any(_in_line(one, other, body) for other in above) for one in below) >= 2


def _in_line(one: PrintedLine, other: PrintedLine, body: float) -> bool:
    slack = _ALIGNED * body
    return (
        abs(one.box.left - other.box.left) < slack
        or abs(one.box.right - other.box.right) < slack
        or abs(one.box.left + one.box.right - other.box.left - other.box.right) < 2 * slack
    )


def _clipped(table: Sequence[Row], body: float) -> list[Row]:
    """Return the rows without pieces beside the table: those that line up with few other rows."""

    def stays(cell: PrintedLine, row: Row) -> bool:
        others = [one for one in table if one is not row]
        return sum(any(_in_line(cell, one, body) for one in other) for other in others) >= 0.4 * len(others)

    rows = (tuple(cell for cell in row if stays(cell, row)) for row in table)
    return [row for row in rows if len(row) > 1]


def _is_table(table: Sequence[Row], body: float) -> bool:
    """Return whether rows are those of a table, not the lines of columns of text or verse side by side."""
    steps = [(one, other.box.left - one.box.left) for row in table for one, other in pairwise(row)]
    if sum(one.box.width > max(_FIGURE_WIDTH * body, step - 2.2 * body) for one, step in steps) > _FULL * len(steps):
        return False
    if any(sum(_has_figure(row[-1 - at]) for row in table) >= _FIGURES * len(table) for at in range(2)):
        return sum(_has_figure(row[0]) for row in table) < len(table) or len(table[0]) > 2
    cells = [cell for row in table for cell in row]
    return len(cells) >= 3 * len(table) and sum(cell.box.width for cell in cells) < _SHORT * body * len(cells)


def _is_short_table(table: Sequence[Row], body: float) -> bool:
    """Return whether two rows are a table: at least three narrow cells each, and figures below the names of columns."""
    heads, cells = table
    narrow = all(cell.box.width <= _NARROW * body for row in table for cell in row)
    figures = sum(map(_has_figure, cells[1:]))
    return len(heads) == len(cells) >= 3 and narrow and figures == len(cells) - 1 and not any(map(_has_figure, heads))


def _divided(table: list[Row], headlines: Sequence[Rect], body: float) -> list[list[Row]]:
    """Return a table, divided at its widest gap between two headlines right above it."""
    box = table[0][0].box.join(table[0][-1].box)
    above = sorted(
        (head for head in headlines if 0 <= box.top - head.bottom < _HEAD * body and head.overlap(box) > 0),
        key=lambda head: head.left,
    )
    if len(above) != 2:
        return [table]
    left, right = ((head.left + head.right) / 2 for head in above)
    longest = max(table, key=len)
    gaps = [
        (other.box.left - one.box.right, (one.box.right + other.box.left) / 2)
        for one, other in pairwise(longest)
        if left < (one.box.right + other.box.left) / 2 < right
    ]
    if not gaps:
        return [table]
    middle = max(gaps)[1]
    halves = (
        [tuple(cell for cell in row if cell.box.left < middle) for row in table],
        [tuple(cell for cell in row if cell.box.left >= middle) for row in table],
    )
    return [[row for row in half if row] for half in halves]


def _has_figure(cell: PrintedLine) -> bool:
    return bool(_FIGURE.search(to_half_width(cell.text)))


def _halves(table: list[Row]) -> list[list[Row]]:
    """Return a table, divided where its columns come again: labels and figures in two columns of the page."""
    signs = [[_has_figure(cell) for cell in row] for row in table]
    twice = [at for at, row in enumerate(signs) if any(row) and row[: len(row) // 2] * 2 == row and not row[0]]
    if 2 * len(twice) < len(table):
        return [table]
    row = table[twice[0]]
    middle = row[len(row) // 2].box.left - 1
    left = [tuple(cell for cell in row if cell.box.left < middle) for row in table]
    right = [tuple(cell for cell in row if cell.box.left >= middle) for row in table]
    return [[row for row in half if row] for half in (left, right)]
