"""Which panes fit on a screen of a given size."""

from enum import Enum
from typing import NamedTuple

from ...keys import Focus
from ..widths import sidebar_width

SMALLEST = (40, 12)
"""Columns and rows below which there is no reading."""
_TALL = 15


class Pane(Enum):
    """What the keys go to."""

    LIST = "list"
    READER = "reader"
    SEARCH = "search"
    PLACE = "place"
    """The line in which the name of a place is typed."""

    @property
    def typing(self) -> bool:
        """Whether keys are text here."""
        return self in (Pane.SEARCH, Pane.PLACE)

    @property
    def where(self) -> Focus:
        """What it is called in the table of keys."""
        return "search" if self.typing else "reader" if self is Pane.READER else "list"


class PaneLayout(NamedTuple):
    """What is shown at a size, with the keys going to a pane."""

    sidebar: int
    """Columns of the sidebar; 0 when it is not shown."""
    reader: bool
    edges: bool
    """Whether title, folio and status line are shown."""
    too_small: bool = False


def layout_of(width: int, height: int, pane: Pane, zen: bool) -> PaneLayout:
    """Two panes from 72 columns, one at a time below; nothing but the text in zen; all of it from 15 rows."""
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return PaneLayout(0, False, False, too_small=True)
    edges = height >= _TALL
    if zen and pane is Pane.READER:
        return PaneLayout(0, True, False)
    sidebar = sidebar_width(width)
    if not sidebar:
        at_list = pane is not Pane.READER
        return PaneLayout(width if at_list else 0, not at_list, edges)
    return PaneLayout(sidebar, True, edges)
