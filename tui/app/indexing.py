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

_PAUSE = 3.0
"""Seconds between two looks at the folder, at least."""
_SHARE = 20
"""So many times as long as a look took is the pause after it: watching costs a twentieth of a processor at most."""


class Indexing:
    """Starts with `start`, tells how far it is, ends with `close`."""

    def __init__(
        self,
        catalogue: Catalogue,
        tell: Callable[[Progress], None],
        meet: Callable[[Catalogue], None] = lambda catalogue: None,
    ) -> None:
        """`tell` is called in the thread that works, and so is `meet` with what is there after each look."""
        self._catalogue = catalogue
        self._tell = tell
        self._meet = meet
        self._closed = Event()
        self._thread = Thread(target=self._work, name="indexing", daemon=True)

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

        indexer, here = Indexer(self._catalogue), self._catalogue.again()
        while not self._closed.is_set():
            began = time.monotonic()
            try:
                indexer.run(self._tell, self._closed.is_set)
                here.refresh()
                if here.listed:
                    self._meet(here)
            except (OSError, sqlite3.Error) as error:
                # A full disk, a folder taken away, a damaged index: reading goes on, it is tried again.
                if not is_passing(error):
                    raise
                self._tell(Progress("done"))
            self._closed.wait(max(_PAUSE, _SHARE * (time.monotonic() - began)))
        here.close()
