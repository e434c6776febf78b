"""When a search must stop: time is up, or nobody wants the answer any more."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from .answer import Cancelled

_OPERATIONS = 2000
"""Steps of SQLite's machine between two looks at the clock: well under a millisecond."""
_HURRIED = 300
_UNHEEDED = 8
"""Looks at the clock that stop nothing. SQLite counts a statement's steps on from its earlier uses, so that the first
look may come at its first step, and a search without a moment left would find nothing at all."""


class OutOfTime(Exception):
    """The budget is used up."""


class Deadline:
    """Asked now and then; raises when it is time to stop."""

    def __init__(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        """`budget` in seconds from now."""
        self._until = None if budget is None else perf_counter() + budget
        self._cancelled = cancelled
        self._looks = 0

    def wanted(self) -> None:
        """Raises Cancelled, however much time is left."""
        if self._cancelled():
            raise Cancelled

    def check(self) -> None:
        """Raises Cancelled or OutOfTime."""
        self.wanted()
        if self._until is not None and perf_counter() > self._until:
            raise OutOfTime

    def hurry(self, conn: sqlite3.Connection, seconds: float) -> None:
        """From now on only so much time is left, if not less, and statements look at the clock more often."""
        conn.set_progress_handler(self._stop, _HURRIED)
        until = perf_counter() + seconds
        self._until = until if self._until is None else min(self._until, until)

    @contextmanager
    def watching(self, conn: sqlite3.Connection) -> Iterator[None]:
        """Statements of the connection stop in time too."""
        conn.set_progress_handler(self._stop, _OPERATIONS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                self.check()
            raise
        finally:
            conn.set_progress_handler(None, 0)

    def _stop(self) -> bool:
        self._looks += 1
        late = self._until is not None and perf_counter() > self._until
        return self._cancelled() or (late and self._looks > _UNHEEDED)
