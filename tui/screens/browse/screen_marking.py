"""Marking articles read or starred, and undoing it. Each method returns the notice to show."""

from collections.abc import Iterable, Iterator

from ...i18n import _
from ...reading import Reading
from ...session import marking as said
from ...session.list_model import ListModel
from ...session.stores import Stores
from ...widgets.article_list import ArticleList

_BATCH_IDS = 5_000
"""Ids read per batch."""


class ScreenMarking:
    """Marks the article under the cursor or a whole list."""

    def __init__(self, stores: Stores, sidebar: ArticleList) -> None:
        self._stores = stores
        self._list = sidebar
        self._opened: list[str] | None = None
        """Ids of articles opened while a thread marks a long list; None if no thread does."""

    def read(self, article_id: str) -> bool:
        """Mark an article read and return whether it was unread.

        While a thread marks a long list, postpone the mark until `end` and return False.
        """
        if self._opened is not None:
            self._opened.append(article_id)
            return False
        return self._reading.mark_read(article_id)

    def begin(self) -> None:
        """Note that a thread starts to mark a long list."""
        self._opened = []

    def end(self) -> None:
        """Note that the thread is done, and mark the articles that were opened meanwhile."""
        opened, self._opened = self._opened or [], None
        for article_id in opened:
            self._reading.mark_read(article_id)

    def toggle_read(self) -> str:
        if (entry := self._list.entry) is None:
            return ""
        return said.read_message(self._reading.toggle_read(entry.id))

    def star(self) -> str:
        if (entry := self._list.entry) is None:
            return ""
        return said.star_message(self._reading.toggle_star(entry.id))

    def read_all(self, ids: Iterable[str]) -> str:
        """Mark all these articles read; return the notice. May be called in any thread."""
        count = self._reading.mark_all_read(ids)
        return _("{n} 篇标为已读，可撤销").format(n=count) if count else said.all_read_message(0)

    def undo(self) -> tuple[str, int]:
        """Undo the last change; return the notice and by how much the number of unread articles grew."""
        change = self._reading.undo()
        return said.undone_message(change), said.newly_read(change) if change else 0

    def redo(self) -> tuple[str, int]:
        """Redo the last undone change; return the notice and by how much the number of unread articles grew."""
        change = self._reading.redo()
        return said.redone_message(change), -said.newly_read(change) if change else 0

    @property
    def _reading(self) -> Reading:
        return self._stores.reading

    def ids(self) -> list[str]:
        """Return the ids of all articles in the current list."""
        return list(all_ids(self._list.source))


def all_ids(rows: ListModel) -> Iterator[str]:
    """Yield the ids of a whole list."""
    for start in range(0, len(rows), _BATCH_IDS):
        yield from rows.ids(start, start + _BATCH_IDS)
