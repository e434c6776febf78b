"""Mouse selection by whole characters, in widgets that can map a cell to a character.

Textual assigns the right half of a wide character to the next character. A screen that inherits from
`SelectsWholeCharacters` asks the widget instead.
"""

from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


@runtime_checkable
class KnowsCharacters(Protocol):
    """A widget that can map its cells to characters."""

    def character_at(self, x: int, y: int) -> Offset | None:
        """Return the character at a cell of the widget: x is its code point, y its block; None outside text."""
        ...


class SelectsWholeCharacters(Screen[ScreenResultType]):
    """A screen whose selections begin and end at the character under the pointer."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        widget, offset = super().get_widget_and_offset_at(x, y)
        if widget is not None and isinstance(widget, KnowsCharacters):
            inside = widget.content_region
            return widget, widget.character_at(x - inside.x, min(y, inside.bottom - 1) - inside.y)
        return widget, offset
