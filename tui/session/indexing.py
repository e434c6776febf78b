"""Keeps catalogue and index in step with the folder, in a thread, as long as the app runs."""

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
"""Seconds between two looks at the folder, at least."""
MAX_SHARE = 0.02
"""Of one processor, that looking may take."""


def pause_after(seconds: float) -> float:
    """Return the seconds to wait after a look that took so many seconds of a processor."""
    return max(MIN_PAUSE, seconds / MAX_SHARE - seconds)


class Indexing:
    """Starts with `start`, tells how far it is, ends with `close`."""

    def __init__(
        self,
        catalogue: Catalogue,
        tell: Callable[[Progress], None],
        meet: Callable[[Catalogue], None] = lambda catalogue: None,
        *,
        by_another: bool = False,
    ) -> None:
        """`tell` is called in the thread that works, and so is `meet` with what is there after each look.

        `by_another`: another process indexes the library, and this one only notices what that has done.
        """
        self._catalogue = catalogue
        self._tell = tell
        self._meet = meet
        self._closed = Event()
        self._thread = Thread(target=self._follow if by_another else self._work, name="indexing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Give up what is being done, wait a moment for it."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def _work(self) -> None:
        # Imported here, where nobody waits for it.
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
                    if in_vain > 1:  # it looks through the folder again and again, and there is nothing to read
                        taken = time.thread_time() - began
                    if here.listed:
                        self._meet(here)
            except (OSError, sqlite3.Error) as error:
                # A full disk, a folder taken away, a damaged index: reading goes on, it is tried again.
                if not is_passing(error):
                    raise
                seen = None
            self._tell(Progress("done", next_look=pause_after(taken)))
            self._closed.wait(pause_after(taken))
        here.close()

    def _follow(self) -> None:
        """Notice a new catalogue; the folder itself is looked at by the process that indexes."""
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
