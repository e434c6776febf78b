"""The division of the screen's width between the panes."""

NARROW, WIDE = 72, 110
"""Columns. Minimum width for two panes, and for the widest sidebar."""


def sidebar_width(columns: int) -> int:
    """Return the columns of the sidebar, or 0 if there is room for only one pane. `columns` is the screen's width."""
    if columns < NARROW:
        return 0
    return 34 if columns >= WIDE else 26
