"""Mouse selection by whole characters in an article.

Textual assigns the right half of a wide character to the next character. A screen that inherits from
`SelectsWholeCharacters` asks the widget instead.
"""

from textual.geometry import Offset
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from .article_page import ArticlePage


class SelectsWholeCharacters(Screen[ScreenResultType]):
    """A screen whose selections begin and end at the character under the pointer."""

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, ArticlePage):
            inside = widget.content_region
            return widget, widget.character_at(x - inside.x, min(y, inside.bottom - 1) - inside.y)
        return widget, offset
