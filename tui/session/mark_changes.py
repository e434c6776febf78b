"""Changes of marks in the reading state, and the notices that report them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..i18n import _
from ..reading import Change, Reading


class MarkChange(NamedTuple):
    """What was changed."""

    said: str
    """The notice, without the article's headline."""
    unread: int = 0
    """By how much the number of unread articles grew."""
    starred: int = 0
    """By how much the number of starred articles grew."""
    change: Change | None = None
    """The change that was undone or redone, if there was one."""


def toggle(reading: Reading, article_id: str, kind: Literal["read", "star"]) -> MarkChange:
    """Add or remove a mark of an article."""
    if kind == "star":
        is_starred = reading.toggle_star(article_id)
        return MarkChange(_("已收藏") if is_starred else _("不再收藏"), starred=1 if is_starred else -1)
    is_read = reading.toggle_read(article_id)
    return MarkChange(_("标为已读") if is_read else _("标为未读"), -1 if is_read else 1)


def toggle_saved(reading: Reading, query: str) -> MarkChange:
    """Save a search, or delete it if it is saved."""
    if reading.save_search(query):
        return MarkChange(_("已保存"))
    reading.forget_search(query)
    return MarkChange(_("不再保存"))


def undo(reading: Reading) -> MarkChange:
    """Undo the last change."""
    change = reading.undo()
    if change is None:
        return MarkChange(_("没有可撤销的"))
    return MarkChange(_("撤销：{what}").format(what=_change_named(change)), _newly_read(change), change=change)


def redo(reading: Reading) -> MarkChange:
    """Redo the change that was undone last."""
    change = reading.redo()
    if change is None:
        return MarkChange(_("没有可重做的"))
    return MarkChange(_("重做：{what}").format(what=_change_named(change)), -_newly_read(change), change=change)


def _newly_read(change: Change) -> int:
    """Return how many articles the change marked read; negative if it marked them unread."""
    if change.kind != "read":
        return 0
    return change.count if change.is_on else -change.count


def _change_named(change: Change) -> str:
    """Return a description of a change, for example 3 篇标为已读."""
    if change.kind == "search":
        return _("保存搜索") if change.is_on else _("删除搜索")
    if change.kind == "star":
        return (_("收藏 {n} 篇") if change.is_on else _("{n} 篇不再收藏")).format(n=change.count)
    return (_("{n} 篇标为已读") if change.is_on else _("{n} 篇标为未读")).format(n=change.count)


def done(said: str, title: str) -> str:
    """Return a notice that says what was done and to which article."""
    return _("{said}：{title}").format(said=said, title=title)
