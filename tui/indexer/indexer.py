"""The indexer: brings catalogue and index up to date with a library's folder."""

import os
import time
from collections.abc import Callable
from contextlib import closing

from ..catalogue import Catalogue
from ..catalogue.damage import is_passing
from ..catalogue.database import Database
from ..catalogue.writer import CatalogueWriter
from ..catalogue.writer_opening import new_writer, open_writer
from ..library import Library
from .index_run import IndexRun
from .progress import Progress, ProgressMeter, never, silent
from .workers import WorkersLost

_MAX_TRIES = 4
"""Attempts of one run. After damage the next attempt begins with a new database."""
_LOCK_POLL_SECONDS = 0.1


class Indexer:
    """The updater of a library's catalogue: it reads changed files and indexes their text. Run it in a separate thread.

    Each transaction contains rows, grams and the progress made, so a run that is cancelled or killed at any moment can
    be continued. If several programs index one library, one works and the others wait.
    """

    def __init__(self, catalogue: Catalogue, processes: int | None = None) -> None:
        """Create the indexer. `processes` are the workers for large changes: 0 for none, None for one per CPU."""
        self._root = catalogue.library.root
        self._database: Database = catalogue.home
        self._processes = _processors() if processes is None else processes

    def first(self) -> None:
        """Read enough for a first screen if the catalogue is empty. Takes a few milliseconds."""
        try:
            with self._database.writing() as is_locked:
                if is_locked:
                    with closing(open_writer(self._database)) as writer:
                        self._begin_run(writer, silent, never).first()
        except Exception as error:  # passing errors are ignored: `run` tries again
            if not is_passing(error):
                raise

    def run(self, progress: Callable[[Progress], None] = silent, cancelled: Callable[[], bool] = never) -> bool:
        """Bring the catalogue up to date; return False if cancelled. Each call looks for changes again."""
        for attempt in range(_MAX_TRIES):
            try:
                return self._run(progress, cancelled)
            except WorkersLost:
                self._processes = 0
            except Exception as error:
                if isinstance(error, OSError) and self._is_current():
                    progress(Progress("done"))
                    return True
                if attempt == _MAX_TRIES - 1 or not self._database.recover(error):
                    raise
        return False

    def _run(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        has_waited = False
        while not cancelled():
            with self._database.writing() as is_locked:
                if is_locked:
                    done = self._work(progress, cancelled)
                    if done:
                        progress(Progress("done"))
                    return done
            if not has_waited:
                progress(Progress("waiting"))
            has_waited = True
            time.sleep(_LOCK_POLL_SECONDS)
        return False

    def _work(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        with closing(open_writer(self._database)) as writer:
            if not self._begin_run(writer, progress, cancelled).run():
                return False
            needs_rebuild = writer.has_changed and writer.needs_rebuild
        return self._rebuild(progress, cancelled) if needs_rebuild and self._database.kept else True

    def _is_current(self) -> bool:
        """Return whether a catalogue that cannot be written to is up to date anyway."""
        try:
            with closing(CatalogueWriter(self._database.open())) as reader:
                return self._begin_run(reader, silent, never).is_current()
        except Exception as error:
            if not is_passing(error):
                raise
            return False

    def _rebuild(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> bool:
        """Write a new database beside the one in use, then activate it."""
        path = self._database.begin_new()
        with closing(new_writer(self._database, path)) as writer:
            if not self._begin_run(writer, progress, cancelled).run():
                return False
        self._database.activate(path)
        self._database.sweep()
        return True

    def _begin_run(
        self, writer: CatalogueWriter, progress: Callable[[Progress], None], cancelled: Callable[[], bool]
    ) -> IndexRun:
        return IndexRun(writer, Library(self._root), self._processes, ProgressMeter(progress), cancelled)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
