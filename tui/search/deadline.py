"""When a search must stop: its time is up, or the caller has withdrawn the query."""

from collections.abc import Callable
from time import perf_counter

from ..text.index import OutOfTime
from .answer import Cancelled

_IGNORED_CALLS = 8
"""Calls of `is_over` that stop nothing. SQLite counts a statement's steps on from its earlier uses, so that the first
call may come at its first step, and a search with no time left would find nothing at all."""


class Deadline:
    """The time by which a search returns what it has."""

    def __init__(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        """`budget` in seconds from now; None for no limit."""
        self._until = None if budget is None else perf_counter() + budget
        self._cancelled = cancelled
        self._calls = 0

    def check_cancelled(self) -> None:
        """Raise Cancelled if the query was withdrawn."""
        if self._cancelled():
            raise Cancelled

    def check(self) -> None:
        """Raise Cancelled or OutOfTime if it is time to stop."""
        self.check_cancelled()
        if self._until is not None and perf_counter() > self._until:
            raise OutOfTime

    def shorten(self, seconds: float) -> None:
        """Leave at most this much time from now on."""
        until = perf_counter() + seconds
        self._until = until if self._until is None else min(self._until, until)

    def is_over(self) -> bool:
        """Return whether it is time to stop; see `_IGNORED_CALLS`."""
        self._calls += 1
        late = self._until is not None and perf_counter() > self._until
        return self._cancelled() or (late and self._calls > _IGNORED_CALLS)
