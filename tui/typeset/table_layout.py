"""Tables: aligned columns two cells apart, or a list of rows if the table is too wide for the measure."""

from collections.abc import Iterator, Sequence

from .classes import width_of
from .prepare import Prepared
from .style import Line, Style
from .wrap import fill

_GUTTER = 2
_Cell = tuple[int, int]
"""Start and end in the block's text."""


def table(prepared: Prepared, measure: int, style: Style) -> Iterator[Line]:
    """Yield the rows of a table. A line of hyphens follows the first, which is the head."""
    prepared.reach(len(prepared))
    rows = _rows(prepared.block.text)
    columns = max(map(len, rows))
    widths = [max(prepared.width(*row[n]) for row in rows if n < len(row)) for n in range(columns)]
    total = sum(widths) + _GUTTER * (columns - 1)
    if total > measure:
        return _listed(prepared, rows, measure, style)
    return _in_columns(prepared, rows, widths, (measure - total) // 2)


def _rows(text: str) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    at = 0
    for row in text.split("\n"):
        cells: list[_Cell] = []
        for cell in row.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        rows.append(cells)
    return rows


def _in_columns(
    prepared: Prepared, rows: Sequence[Sequence[_Cell]], widths: Sequence[int], left: int
) -> Iterator[Line]:
    alignments = prepared.block.marker.ljust(len(widths), "l")
    for number, row in enumerate(rows):
        gaps: list[int] = []
        carried = 0
        for (start, end), width, alignment in zip(row, widths, alignments, strict=False):
            missing = width - prepared.width(start, end)
            before = missing if alignment == "r" else missing // 2 if alignment == "c" else 0
            gaps += [start] * (carried + before)
            carried = missing - before + _GUTTER
        yield Line(row[0][0], row[-1][1], left, "", tuple(gaps))
        if number == 0 and len(rows) > 1:
            end = row[-1][1]
            yield Line(end, end, left, "-" * (sum(widths) + _GUTTER * (len(widths) - 1)))


def _listed(prepared: Prepared, rows: Sequence[Sequence[_Cell]], measure: int, style: Style) -> Iterator[Line]:
    """Yield one line for each cell, after the head of its column, with an empty line between rows."""
    heads = [prepared.painted(start, end) for start, end in rows[0]]
    body = rows[1:] or rows
    for number, row in enumerate(body):
        if number:
            yield Line(row[0][0], row[0][0])
        for n, (start, end) in enumerate(row):
            lead = f"{heads[n]}：" if len(rows) > 1 and n < len(heads) and heads[n] else ""
            width = width_of(lead, style.ambiguous)
            if width > measure // 2:
                lead, width = "", 0
            rooms = (measure - width, measure - min(2, measure // 4))
            if start == end:
                yield Line(start, end, 0, lead)
            for at, stop, count in fill(prepared, start, end, rooms):
                yield Line(at, stop, measure - rooms[1] if count else 0, "" if count else lead)
