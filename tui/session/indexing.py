"""A thread that keeps catalogue and index up to date with the library folder while the program runs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from ..catalogue import Catalogue
from ..catalogue.damage import is_passing

if TYPE_CHECKING:
    from ..indexer.progress import Progress

MIN_PAUSE = 3.0
"""Seconds. Minimum time between two checks of the folder."""
MAX_SHARE = 0.02
"""Fraction of one processor that checking the folder may use."""


def pause_after(seconds: float) -> float:
    """Return the seconds to wait after a check that used `seconds` of processor time."""
    return max(MIN_PAUSE, seconds / MAX_SHARE - seconds)


class Indexing:
    """The indexing thread. Runs from `start` to `close` and reports its progress."""

    def __init__(
        self,
        catalogue: Catalogue,
        tell: Callable[[Progress], None],
        meet: Callable[[Catalogue], None] = lambda catalogue: None,
        *,
        by_another: bool = False,
    ) -> None:
        """Prepare the thread; `start` runs it.

        The thread calls `tell` with its progress, and `meet` with its own catalogue when new content is listed.
        `by_another`: another process indexes the library; the thread only waits for that process's results.
        """
        self._catalogue = catalogue
        self._tell = tell
        self._meet = meet
        self._closed = Event()
        self._thread = Thread(target=self._follow if by_another else self._work, name="indexing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Cancel the work and wait up to one second for the thread to end."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def _work(self) -> None:
        # Imported in this thread, so that start-up does not wait for it.
        from ..indexer import Indexer
        from ..indexer.progress import Progress
        from ..library.glance import glance

        indexer, here = Indexer(self._catalogue), self._catalogue.again()
        seen: int | None = None
        in_vain = 0
        while not self._closed.is_set():
            began = time.thread_time()
            now = glance(self._catalogue.library.root)
            taken = time.thread_time() - began
            try:
                if here.refresh() or now != seen or not here.complete:
                    seen = now if indexer.run(self._tell, self._closed.is_set) else None
                    in_vain = 0 if here.refresh() else in_vain + 1
                    if in_vain > 1:  # repeated full scans find nothing new: count their time, so the pause grows
                        taken = time.thread_time() - began
                    if here.listed:
                        self._meet(here)
            except (OSError, sqlite3.Error) as error:
                # A full disk, an unmounted folder, a damaged index: the user can go on reading; retry later.
                if not is_passing(error):
                    raise
                seen = None
            self._tell(Progress("done", next_look=pause_after(taken)))
            self._closed.wait(pause_after(taken))
        here.close()

    def _follow(self) -> None:
        """Watch for a new catalogue. The process that indexes checks the folder itself."""
        from ..indexer.progress import Progress

        here = self._catalogue.again()
        is_met = False
        while not self._closed.is_set():
            try:
                if (here.refresh() or not is_met) and here.listed:
                    self._meet(here)
                    is_met = True
            except (OSError, sqlite3.Error) as error:
                if not is_passing(error):
                    raise
            self._tell(Progress("done"))
            self._closed.wait(MIN_PAUSE)
        here.close()
