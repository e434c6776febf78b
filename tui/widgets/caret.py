"""The position of the terminal's own cursor."""

from textual.geometry import Offset, Region


def row_in(region: Region, row: int) -> Offset:
    """Return the screen position of the start of `row` in `region`; the nearest visible row if it is out of view."""
    return region.offset + Offset(0, min(max(row, 0), max(region.height - 1, 0)))
