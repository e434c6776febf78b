"""CSV output that spreadsheets do not interpret as formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..clean import clean

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield CSV lines (RFC 4180, but with line feeds), the header first. A `'` precedes possible formulas."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    for row in chain([header], rows):
        writer.writerow([_harmless(cell) for cell in row])
        yield sink.getvalue()
        sink.seek(0)
        sink.truncate()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
