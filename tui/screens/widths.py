"""How the width of the screen is shared out."""

NARROW, WIDE = 72, 110
"""Columns from which there are two panes, and from which the sidebar is at its widest."""


def sidebar_width(columns: int) -> int:
    """Columns of the sidebar beside the reader; 0 where there is room for one pane only."""
    if columns < NARROW:
        return 0
    return 34 if columns >= WIDE else 26
