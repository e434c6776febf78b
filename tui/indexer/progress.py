"""The indexer's progress and its remaining time."""

import time
from collections.abc import Callable
from typing import Literal, NamedTuple

IndexPhase = Literal["waiting", "looking", "reading", "indexing", "done"]
_DEARER = 6.0
"""Estimated ratio of indexing time to reading time, used until indexing itself can be measured."""


class Progress(NamedTuple):
    """A report of the indexer's progress."""

    phase: IndexPhase
    """`waiting` for another program that indexes the same library, `looking` for changes, `reading` articles into the
    lists, `indexing` their text for search, or `done`."""
    done: int = 0
    total: int = 0
    """Bytes of this phase, like `done`."""
    seconds_left: float | None = None
    """Seconds until reading and indexing are complete; None if unknown."""
    articles: int = 0
    """Articles in the catalogue so far."""
    next_look: float | None = None
    """Seconds until the next walk of the folder; None if unknown or before `done`."""
    note: str = ""
    """A condition that lasts, in the user's language, such as a missing connection."""


def silent(progress: Progress) -> None:
    """Ignore a report of progress."""


def never() -> bool:
    """Return False: never cancel."""
    return False


class ProgressMeter:
    """A meter that reports progress at most five times a second."""

    def __init__(self, tell: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._clock = tell, clock
        self._phase: IndexPhase = "looking"
        self._done = self._total = 0
        self._began = self._told = clock()

    def phase(self, phase: IndexPhase, total: int = 0) -> None:
        """Begin a phase of `total` bytes."""
        self._phase, self._done, self._total = phase, 0, total
        self._began = self._told = self._clock()
        self._tell(Progress(phase, 0, total))

    def step(self, done: int, articles: int) -> None:
        """Add `done` bytes to the progress of the phase."""
        self._done += done
        now = self._clock()
        if now - self._told >= 0.2:
            self._told = now
            self._tell(Progress(self._phase, self._done, self._total, self._left(now), articles))

    def _left(self, now: float) -> float | None:
        taken = now - self._began
        if taken < 1.0 or not self._done:
            return None
        each = taken / self._done
        left = max(self._total - self._done, 0) * each
        return left + self._total * each * _DEARER if self._phase == "reading" else left
