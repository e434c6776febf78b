"""What the sidebar shows: opens named lists, the search line and the line for the name of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...session.named_list_keys import SAVED
from .command_gate import CommandGate
from .panes import Pane
from .parts import Hooks, Parts
from .place_line import PlaceLine
from .screen_search import Phase

if TYPE_CHECKING:
    from ...catalogue import Listing


class ListOpener:
    """Opens lists and input lines, and sends the keys to them."""

    def __init__(self, parts: Parts, hooks: Hooks, gate: CommandGate) -> None:
        self._parts, self._hooks, self._gate = parts, hooks, gate
        self.place_line = PlaceLine(parts.search_line, parts.sidebar, parts.stores.gazetteer)

    def open_list(self, key: str, article_id: str | None = None, top: int = 0) -> None:
        """Open a named list and put the cursor on `article_id`, or on the first article. Run a saved search.

        A list that is slow to open comes later, and keys wait for it. `top` is the line to scroll to, provided that the
        cursor stays visible.
        """
        lists = self._parts.named_lists
        if key.startswith(SAVED):
            self.search_for(key.removeprefix(SAVED))
        elif lists.is_slow(key):
            self._gate.work(lambda: lists.load(key), lambda found: self._show_list(key, article_id, top, found))
        else:
            self._show_list(key, article_id, top)

    def _show_list(self, key: str, article_id: str | None, top: int, loaded: Listing | None = None) -> None:
        parts = self._parts
        if parts.search.phase is not Phase.CLOSED:
            parts.search.close()
        parts.list_key = key
        source = parts.named_lists.open(key, loaded)
        number = source.find(article_id) if article_id else None
        parts.sidebar.show(source, entry=number or 0, top=top)
        if parts.pane.typing:
            self._hooks.to_pane(Pane.LIST)
        self._hooks.say()

    def find(self, text: str | None = None) -> None:
        """Open the search line, with `text` that was typed or pasted."""
        self._leave_place_line()
        self._parts.search.open(text)
        self._hooks.to_pane(Pane.SEARCH)

    def search_for(self, query: str, article_id: str | None = None) -> None:
        """Search for `query`, put the cursor on `article_id` among the hits, and send the keys to the list."""
        self._leave_place_line()
        self._parts.search.open(query, article_id)
        self._parts.search.accept()
        self._hooks.to_pane(Pane.LIST)

    def find_place(self) -> None:
        """Open the input line for the name of a place."""
        if self._parts.search.phase is not Phase.CLOSED:
            self._parts.search.close()
        self.place_line.open()
        self._hooks.to_pane(Pane.PLACE)

    def leave_place(self, *, stay: bool) -> None:
        """Close the place line. Unless `stay`, return the cursor to its earlier position."""
        if not stay:
            self.place_line.go_back()
        self._hooks.to_pane(Pane.LIST)

    def _leave_place_line(self) -> None:
        """Close the place line if it is open, because a search needs the same line; keep the cursor."""
        if self._parts.pane is Pane.PLACE:
            self._hooks.to_pane(Pane.LIST)
