"""The commands that change marks. Pure."""

from __future__ import annotations

from typing import Literal

from ..i18n import _
from .effects import MarkAllRead, Redo, Said, ToggleMark, ToggleSaved, Undo
from .navigation import Step
from .state import Session


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
