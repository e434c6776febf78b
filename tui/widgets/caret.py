"""Where the terminal's own cursor belongs."""

from textual.geometry import Offset, Region


def row_in(region: Region, row: int) -> Offset:
    """The start of a row of a widget on the screen; the nearest row in sight where the list is scrolled past it."""
    return region.offset + Offset(0, min(max(row, 0), max(region.height - 1, 0)))
