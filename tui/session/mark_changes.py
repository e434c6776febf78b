"""Changes of marks in the reading state, for the screen and the linear mode."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..reading import Change, Reading
from . import marking


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
        return MarkChange(marking.star_message(is_starred), starred=1 if is_starred else -1)
    is_read = reading.toggle_read(article_id)
    return MarkChange(marking.read_message(is_read), -1 if is_read else 1)


def undo(reading: Reading) -> MarkChange:
    """Undo the last change."""
    change = reading.undo()
    return MarkChange(marking.undone_message(change), marking.newly_read(change) if change else 0, change=change)


def redo(reading: Reading) -> MarkChange:
    """Redo the change that was undone last."""
    change = reading.redo()
    return MarkChange(marking.redone_message(change), -marking.newly_read(change) if change else 0, change=change)


def toggle_saved(reading: Reading, query: str) -> bool:
    """Save a search, or delete it if it is saved; return whether it is saved now."""
    if reading.save_search(query):
        return True
    reading.forget_search(query)
    return False
