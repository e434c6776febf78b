"""The conditions that stop a search: its time is up, or the caller has cancelled it."""

from collections.abc import Callable
from time import perf_counter

from ..text.index import OutOfTime
from .answer import Cancelled

_IGNORED_CALLS = 8
"""Calls of `is_over` that ignore the time. SQLite continues a statement's step count from earlier executions, so the
first call may come at the first step; a search with no time left would then find nothing at all."""


class Deadline:
    """The time by which a search returns what it has."""

    def __init__(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        """Start the clock: `budget` is in seconds from now, None for no limit."""
        self._until = None if budget is None else perf_counter() + budget
        self._cancelled = cancelled
        self._calls = 0

    def check_cancelled(self) -> None:
        """Raise Cancelled if the caller has cancelled the query."""
        if self._cancelled():
            raise Cancelled

    def check(self) -> None:
        """Raise Cancelled or OutOfTime if the search must stop."""
        self.check_cancelled()
        if self._until is not None and perf_counter() > self._until:
            raise OutOfTime

    def shorten(self, seconds: float) -> None:
        """Move the deadline to at most `seconds` from now."""
        until = perf_counter() + seconds
        self._until = until if self._until is None else min(self._until, until)

    def is_over(self) -> bool:
        """Return whether the search must stop. The first `_IGNORED_CALLS` calls ignore the time."""
        self._calls += 1
        late = self._until is not None and perf_counter() > self._until
        return self._cancelled() or (late and self._calls > _IGNORED_CALLS)
