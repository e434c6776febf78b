"""The input line for the name of a place. The cursor moves to the best match with every key."""

from ...gazetteer import Gazetteer
from ...i18n import _
from ...session import list_cursor
from ...session.list_geometry import ListPosition
from ...widgets.article_list import ArticleList
from ...widgets.search_line import SearchLine


class PlaceLine:
    """Uses the search line to ask for a place."""

    def __init__(self, line: SearchLine, sidebar: ArticleList, gazetteer: Gazetteer) -> None:
        self._line = line
        self._list = sidebar
        self._gazetteer = gazetteer
        self._from: ListPosition | None = None

    def open(self) -> None:
        self._from = self._list.cursor_position
        self._line.display = True
        self._line.open("›", hint=_("地名，可用拼音"))
        self._line.typing = True

    def changed(self, text: str) -> None:
        """Go to the place that fits the typed text best, if any does."""
        from ...session.place_prompt import best_place

        sections = self._list.source.sections
        labels = ["" if section.is_named_list else section.label for section in sections]
        found = best_place(text, labels, self._gazetteer)
        if found is not None:
            self._list.go(list_cursor.to_section, found)

    def close(self) -> None:
        """Hide the line."""
        self._line.typing = False
        self._line.display = False

    def go_back(self) -> None:
        """Return the cursor to its position before `open`."""
        if self._from is not None:
            self._list.go(list_cursor.to_position, self._from)
