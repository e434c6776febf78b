"""Marks on articles: read and starred, and taking any of them back. Each act returns what to say of it."""

from collections.abc import Sequence

from ...i18n import _
from ...reading import Change, Reading
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
        return _("标为已读") if self._reading.toggle_read(entry.id) else _("标为未读")

    def star(self) -> str:
        if (entry := self._list.entry) is None:
            return ""
        return _("已收藏") if self._reading.toggle_star(entry.id) else _("不再收藏")

    def read_all(self, ids: Sequence[str]) -> str:
        """All of these; may be called in any thread."""
        count = self._reading.mark_all_read(ids)
        return _("{n} 篇标为已读，可撤销").format(n=count) if count else _("都已读过")

    def undo(self) -> tuple[str, int]:
        """Take back the last mark; return what to say, and how many more articles are unread."""
        change = self._reading.undo()
        if change is None:
            return _("没有可撤销的"), 0
        return _("撤销：{what}").format(what=_named(change)), _newly_read(change)

    def redo(self) -> tuple[str, int]:
        """Do again what was undone; return what to say, and how many more articles are unread."""
        change = self._reading.redo()
        if change is None:
            return _("没有可重做的"), 0
        return _("重做：{what}").format(what=_named(change)), -_newly_read(change)

    @property
    def _reading(self) -> Reading:
        return self._stores.reading

    def ids(self) -> list[str]:
        """Everything in the list that is shown."""
        source = self._list.source
        return [id for start in range(0, len(source), _PAGE) for id in source.ids(start, start + _PAGE)]


def _newly_read(change: Change) -> int:
    """Return how many articles the change made read; negative for unread."""
    if change.kind != "read":
        return 0
    return change.count if change.is_on else -change.count


def _named(change: Change) -> str:
    """What a change did: 3 篇标为已读."""
    if change.kind == "search":
        return _("保存搜索") if change.is_on else _("删除搜索")
    if change.kind == "star":
        return (_("收藏 {n} 篇") if change.is_on else _("{n} 篇不再收藏")).format(n=change.count)
    return (_("{n} 篇标为已读") if change.is_on else _("{n} 篇标为未读")).format(n=change.count)
