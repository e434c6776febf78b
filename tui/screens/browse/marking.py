"""Marks on articles: read and starred, and taking any of them back. Each act returns what to say of it."""

from collections.abc import Iterable, Iterator

from ...i18n import _
from ...reading import Reading
from ...session import marking as said
from ...session.list_model import ListModel
from ...session.stores import Stores
from ...widgets.article_list import ArticleList

_PAGE = 5_000


class Marking:
    """Marks the article under the cursor, or a whole list."""

    def __init__(self, stores: Stores, sidebar: ArticleList) -> None:
        self._stores = stores
        self._list = sidebar
        self._opened: list[str] | None = None
        """Articles opened while a long list is being marked; None when none is."""

    def read(self, article_id: str) -> bool:
        """It is being read now; True when it was not before. While a list is being marked, its turn is after that."""
        if self._opened is not None:
            self._opened.append(article_id)
            return False
        return self._reading.mark_read(article_id)

    def begin(self) -> None:
        """A long list is being marked, in another thread."""
        self._opened = []

    def end(self) -> None:
        """It is marked."""
        opened, self._opened = self._opened or [], None
        for article_id in opened:
            self._reading.mark_read(article_id)

    def toggle_read(self) -> str:
        if (entry := self._list.entry) is None:
            return ""
        return said.read_said(self._reading.toggle_read(entry.id))

    def star(self) -> str:
        if (entry := self._list.entry) is None:
            return ""
        return said.star_said(self._reading.toggle_star(entry.id))

    def read_all(self, ids: Iterable[str]) -> str:
        """All of these; may be called in any thread."""
        count = self._reading.mark_all_read(ids)
        return _("{n} 篇标为已读，可撤销").format(n=count) if count else said.all_read_said(0)

    def undo(self) -> tuple[str, int]:
        """Take back the last mark; return what to say, and how many more articles are unread."""
        change = self._reading.undo()
        return said.undone_said(change), said.newly_read(change) if change else 0

    def redo(self) -> tuple[str, int]:
        """Do again what was undone; return what to say, and how many more articles are unread."""
        change = self._reading.redo()
        return said.redone_said(change), -said.newly_read(change) if change else 0

    @property
    def _reading(self) -> Reading:
        return self._stores.reading

    def ids(self) -> list[str]:
        """Everything in the list that is shown."""
        return list(all_ids(self._list.source))


def all_ids(rows: ListModel) -> Iterator[str]:
    """Yield the ids of a whole list."""
    for start in range(0, len(rows), _PAGE):
        yield from rows.ids(start, start + _PAGE)
