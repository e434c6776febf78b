"""Pipe tables: cells separated by `|`, a row of dashes under the header."""

import re
from collections.abc import Sequence

from ..article import Block, InlineSpan
from .inline import Definitions, inline

_DELIMITER = re.compile(r"[ \t]*+(?:\|[ \t]*+)?+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ONE_LINE = str.maketrans("\t\n", "  ")
WIDEST = 64
"""Columns. Cells beyond this limit, or beyond the header, are joined to a row's last cell; GFM drops them.

Rows are padded to the width of the header, so without a limit n source cells could produce n² cells.
"""


def is_delimiter(header: str, line: str) -> bool:
    """Return whether `line` is a delimiter row that matches the header and so begins a table."""
    return "-" in line and _DELIMITER.match(line) is not None and len(_cells(header)) == len(_cells(line))


def table(rows: Sequence[str], delimiter: str, definitions: Definitions, inside: str = "") -> Block:
    """Return the table as a block. Every row gets as many cells as the header, at most `WIDEST`."""
    aligns = "".join(_align(cell) for cell in _cells(delimiter)[:WIDEST])
    text: list[str] = []
    marks: list[InlineSpan] = []
    at = 0
    for row in rows:
        cells = _cells(row)
        if len(cells) > len(aligns):
            cells[len(aligns) - 1 :] = [" ".join(cells[len(aligns) - 1 :])]
        parts: list[str] = []
        for cell in cells + [""] * (len(aligns) - len(cells)):
            shown, found = inline(cell, definitions)
            shown = shown.translate(_ONE_LINE)
            marks += [InlineSpan(mark.kind, mark.start + at, mark.end + at, mark.target) for mark in found]
            parts.append(shown)
            at += len(shown) + 1
        text.append("\t".join(parts))
    return Block("table", "\n".join(text), tuple(marks), marker=aligns, inside=inside)


def _cells(row: str) -> list[str]:
    row = row.strip()
    row = row[1:] if row.startswith("|") else row
    parted = _BAR.sub("\\1\n", row).split("\n")
    if len(parted) > 1 and not parted[-1].strip():
        parted.pop()
    return [cell.strip().replace("\\|", "|") for cell in parted]


def _align(cell: str) -> str:
    if cell.endswith(":"):
        return "c" if cell.startswith(":") else "r"
    return "l"
