"""What is typed into the line above the list: a query, or the name of a place."""

from __future__ import annotations

from collections.abc import Callable

from ...gazetteer import Gazetteer
from ...i18n import _
from ...session import pane_commands, searching
from ...session.navigation import Step
from ...session.state import Session
from ...widgets.search_line import SearchLine


class TypedLine:
    """Edits the line, and follows its text with the search or the cursor of the list."""

    def __init__(
        self, line: SearchLine, gazetteer: Gazetteer, session: Callable[[], Session], obey: Callable[[Step], None]
    ) -> None:
        """Connect the line. `session` returns the session, `obey` takes over another one."""
        self._line, self._gazetteer, self._session, self._obey = line, gazetteer, session, obey

    def find(self, text: str) -> None:
        """Open the search line with a text that was typed or pasted, instead of the query in it."""
        self._obey((searching.open_search(self._session()), ()))
        self.edit(lambda line: line.open("/", text, _("字、词、拼音")))

    def edit(self, change: Callable[[SearchLine], None]) -> None:
        """Edit the line and, if its text changed, update the search or the place."""
        before = self._line.text
        change(self._line)
        text, session = self._line.text, self._session()
        if text == before:
            return
        if session.pane == "search":
            self._obey(searching.type_query(session, text))
        elif (found := self._place(text)) is not None:
            self._obey(pane_commands.to_section(session, found))

    def _place(self, text: str) -> int | None:
        """Return the index of the section whose place fits the text best, or None."""
        from ...session.place_prompt import best_place  # not needed before the first place is typed

        sections = self._session().rows.sections
        labels = ["" if section.is_named_list else section.label for section in sections]
        return best_place(text, labels, self._gazetteer)
