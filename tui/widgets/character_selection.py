"""Mouse selection by whole characters, over widgets that know which character stands under a cell.

Textual takes the right half of a wide character for the character after it. A screen that inherits from
`SelectsWholeCharacters` asks the widget instead.
"""

from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


@runtime_checkable
class KnowsCharacters(Protocol):
    """A widget that can say which character a cell of it belongs to."""

    def character_at(self, x: int, y: int) -> Offset | None:
        """The character under a cell of the widget: x is its code point, y its block; None where there is no text."""
        ...


class SelectsWholeCharacters(Screen[ScreenResultType]):
    """A screen on which a selection begins and ends with the characters under the pointer."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is not None and isinstance(widget, KnowsCharacters):
            inside = widget.content_region
            return widget, widget.character_at(x - inside.x, min(y, inside.bottom - 1) - inside.y)
        return widget, offset
