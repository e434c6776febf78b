"""Undo and redo of changes. A long one takes several transactions, so that no reader waits for all of it."""

import sqlite3
from collections.abc import Callable
from typing import Any, Protocol

from . import marks
from .marks import Change, MarkContext, MarkRange

Step = Callable[[sqlite3.Connection, int], Any]
"""A function of a connection and the library's key that runs in one transaction."""


class _WritesPart(Protocol):
    """`marks.undo_change` or `marks.redo_change`."""

    def __call__(
        self,
        conn: sqlite3.Connection,
        library: int,
        context: MarkContext,
        part: MarkRange = ...,
        *,
        scans: bool = ...,
    ) -> None: ...


class UndoHistory:
    """The changes that this window can undo and redo."""

    def __init__(
        self,
        read: Callable[[Step], Any],
        write: Callable[[Step], Any],
        context: Callable[[int], MarkContext],
        visible: tuple[str, int],
    ) -> None:
        """Create the history.

        `read` and `write` run a step; `context` returns what to store with a change. `visible`: the window whose
        changes can be undone, and the number up to which the changes of all windows can.
        """
        self._read, self._write, self._context, self._visible = read, write, context, visible
        self._undone: list[int] = []

    def undo(self) -> Change | None:
        """Undo the last change and return it; None if there is none."""
        if change := self._last():
            self._write_parts(change, marks.undo_change)
            self._undone.append(change.number)
        return change

    def redo(self) -> Change | None:
        """Redo the last undone change and return it; None if there is none, or it has been deleted."""
        change = self._last_undone()
        if self._undone:
            self._undone.pop()
        if change:
            self._write_parts(change, marks.redo_change)
        return change

    def is_undo_long(self) -> bool:
        """Return whether `undo` has many marks to look through."""
        change = self._last()
        return change is not None and not change.is_recorded

    def is_redo_long(self) -> bool:
        """Return whether `redo` has many marks to look through."""
        change = self._last_undone()
        return change is not None and not change.is_recorded

    def forget_undone(self) -> None:
        """Allow no redo, because marks were made since the last undo."""
        self._undone.clear()

    def _last(self) -> Change | None:
        found: Change | None = self._read(lambda conn, key: marks.last_change(conn, key, *self._visible))
        return found

    def _last_undone(self) -> Change | None:
        if not self._undone:
            return None
        found: Change | None = self._read(lambda conn, key: marks.change(conn, key, self._undone[-1]))
        return found

    def _write_parts(self, change: Change, write: _WritesPart) -> None:
        """Write one part after another, or all at once if the change records its marks."""
        context, part = self._context(change.number), marks.ALL_MARKS
        while not change.is_recorded and (part := self._range_after(change, part)).last is not None:
            self._write_part(write, context, part)
            part = MarkRange(part.last)
        self._write(lambda conn, key: write(conn, key, context, part, scans=not change.is_recorded))

    def _write_part(self, write: _WritesPart, context: MarkContext, part: MarkRange) -> None:
        self._write(lambda conn, key: write(conn, key, context, part))

    def _range_after(self, change: Change, part: MarkRange) -> MarkRange:
        found: MarkRange = self._read(lambda conn, key: marks.next_range(conn, key, change.kind, part.after))
        return found
