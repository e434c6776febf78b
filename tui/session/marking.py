"""The commands that change marks, and the notices that report the changes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..i18n import _
from .effects import MarkAllRead, Redo, Said, ToggleMark, ToggleSaved, Undo
from .navigation import Step
from .state import Session

if TYPE_CHECKING:
    from ..reading import Change


def toggle_star(session: Session) -> Step:
    """Star the article under the cursor, or remove its star."""
    return _toggle(session, "star")


def toggle_read(session: Session) -> Step:
    """Mark the article under the cursor read or unread."""
    return _toggle(session, "read")


def _toggle(session: Session, kind: Literal["read", "star"]) -> Step:
    id = session.article
    return session, (ToggleMark(id, kind) if id else Said(_("先选一篇文章。")),)


def mark_all_read(session: Session) -> Step:
    """Mark every article of the list read, including hits that are not loaded."""
    return session, (MarkAllRead(max(session.total, len(session.rows))),)


def undo(session: Session) -> Step:
    return session, (Undo(),)


def redo(session: Session) -> Step:
    return session, (Redo(),)


def save_search(session: Session) -> Step:
    """Save the current search, or delete it if it is saved."""
    query = session.query.strip()
    return session, (ToggleSaved(query) if query else Said(_("先搜索，再保存")),)


def star_message(is_starred: bool) -> str:
    return _("已收藏") if is_starred else _("不再收藏")


def read_message(is_read: bool) -> str:
    return _("标为已读") if is_read else _("标为未读")


def saved_message(is_saved: bool) -> str:
    return _("已保存") if is_saved else _("不再保存")


def all_read_message(count: int) -> str:
    return _("{n} 篇标为已读").format(n=count) if count else _("都已读过")


def undone_message(change: Change | None) -> str:
    return _("撤销：{what}").format(what=change_named(change)) if change else _("没有可撤销的")


def redone_message(change: Change | None) -> str:
    return _("重做：{what}").format(what=change_named(change)) if change else _("没有可重做的")


def newly_read(change: Change) -> int:
    """Return how many articles the change marked read; negative if it marked them unread."""
    if change.kind != "read":
        return 0
    return change.count if change.is_on else -change.count


def change_named(change: Change) -> str:
    """Return a description of a change, for example 3 篇标为已读."""
    if change.kind == "search":
        return _("保存搜索") if change.is_on else _("删除搜索")
    if change.kind == "star":
        return (_("收藏 {n} 篇") if change.is_on else _("{n} 篇不再收藏")).format(n=change.count)
    return (_("{n} 篇标为已读") if change.is_on else _("{n} 篇标为未读")).format(n=change.count)


def done(said: str, title: str) -> str:
    """Return a notice that says what was done and to which article."""
    return _("{said}：{title}").format(said=said, title=title)
