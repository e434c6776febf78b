"""Which panes fit on a screen of a given size."""

from typing import NamedTuple

from ...keys import Focus
from ...session.state import PaneName
from ..widths import sidebar_width

SMALLEST = (40, 12)
"""Columns and rows. On a smaller screen only a message is shown."""
_TALL = 15
"""Rows from which the lines around the panes are shown."""
KEY_FOCUS: dict[PaneName, Focus] = {"list": "list", "reader": "reader", "search": "search", "place": "search"}
"""Name of each pane in the key table. In a line that is typed, keys are text."""


class PaneLayout(NamedTuple):
    """What the screen shows at a given size."""

    sidebar: int
    """Columns of the sidebar; 0 when it is not shown."""
    reader: bool
    edges: bool
    """Whether title line, reader header and status line are shown."""
    too_small: bool = False


def layout_of(width: int, height: int, pane: PaneName, zen: bool) -> PaneLayout:
    """Return the layout of a screen with `width` columns and `height` rows while `pane` has the keys.

    Shows both panes from 72 columns, else only one; the lines around them from 15 rows; only the article with `zen`.
    """
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return PaneLayout(0, False, False, too_small=True)
    edges = height >= _TALL
    if zen and pane == "reader":
        return PaneLayout(0, True, False)
    sidebar = sidebar_width(width)
    if not sidebar:
        at_list = pane != "reader"
        return PaneLayout(width if at_list else 0, not at_list, edges)
    return PaneLayout(sidebar, True, edges)
