"""One run over a library: look what has changed, read that, feed its text to the search index."""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from ..catalogue import gram_table as search
from ..library import Library
from . import batches, text_queue
from .changes import compare
from .progress import ProgressMeter
from .workers import InlineWorker, Task, WorkerPool
from .writer import CatalogueWriter

_MUCH = 4_000_000
"""Bytes to read from which other processes are worth their start."""
_FIRST_FILES = 40
_PAGES = 4000
"""Free pages given back in one transaction."""
_READ_EVERY, _FED_EVERY, _FED_AT_LEAST_EVERY = 1.0, 5.0, 20.0
"""Seconds between commits; between those of what was fed more and more, since each makes a part that must be merged."""


class IndexRun:
    """One run over a library, with a connection that may write."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        library: Library,
        processes: int,
        watch: ProgressMeter,
        cancelled: Callable[[], bool],
    ) -> None:
        self._conn, self._library, self._processes = conn, library, processes
        self._watch, self._cancelled = watch, cancelled
        self._writer = CatalogueWriter(conn)
        self._crew: InlineWorker | WorkerPool = InlineWorker(library)
        self._committed = time.monotonic()
        self._changes = conn.total_changes

    def first(self) -> None:
        """Of an empty catalogue: rows for a first screen. What is read is not checked, and read again by `run`."""
        if self._writer.meta("total"):
            return
        library = Library(self._library.root, placing=False)
        self._conn.execute("BEGIN IMMEDIATE")
        self._writer.bulletins(library.bulletins())
        changes = compare(self._writer.known(), islice(library.files(), _FIRST_FILES))
        changes.gone, changes.faults = [], []
        self._crew = InlineWorker(library)
        self._read(islice(batches.jobs(library, changes), 1))
        self._writer.read_again()
        self._writer.flush(end=True)
        self._conn.execute("COMMIT")

    def in_step(self) -> bool:
        """True when there is nothing to do; only looks, and holds no list of the files, which may be very many."""
        writer, faults = self._writer, []
        if not writer.is_whole() or text_queue.left(self._conn):
            return False
        if not writer.has_bulletins(self._library.bulletins()) or not writer.has_gazetteer(self._gazetteer):
            return False
        with closing(writer.files()) as read:
            for file in self._library.files():
                if file.problem is not None:
                    faults.append(file.problem)
                elif next(read, None) != (file.path, file.bulletin, file.kind, file.size, file.mtime_ns):
                    return False
            return next(read, None) is None and writer.has_faults(faults)

    @property
    def _gazetteer(self) -> str:
        return _stamp(self._library.root / "gazetteer.yaml")

    def run(self) -> bool:
        """Bring everything in step; False when cancelled."""
        self._watch.phase("looking")
        if self.in_step():
            return True
        try:
            while True:
                if not self._look_and_read():
                    return False
                if not self._writer.read_twice_over():
                    break
            return self._feed()
        finally:
            self._crew.close()
            if self._conn.in_transaction:
                self._conn.execute("ROLLBACK")
            if self._conn.total_changes > self._changes:
                self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _look_and_read(self) -> bool:
        files = list(self._library.files())
        self._conn.execute("BEGIN IMMEDIATE")
        self._writer.bulletins(self._library.bulletins())
        self._writer.gazetteer(self._gazetteer)
        changes = compare(self._writer.known(), files)
        del files
        self._writer.begin(changes)
        size = changes.size
        self._watch.phase("reading", size)
        self._engage(size)
        if not self._read(batches.jobs(self._library, changes)):
            return False
        if not self._writer.sorted:
            self._writer.flush()
            self._writer.sort()
        elif self._writer.busy:
            self._writer.flush(end=True)
        self._conn.execute("COMMIT")
        return True

    def _read(self, jobs: Iterator[list[batches.Job]]) -> bool:
        """Read what the jobs say, inside a transaction that is committed and begun again from time to time."""
        given: deque[list[batches.Job]] = deque()

        def tasks() -> Iterator[Task]:
            for some in jobs:
                given.append(some)
                yield [job.part for job in some]

        for result in self._crew.results(tasks()):
            some = given.popleft()
            for job, found in zip(some, result, strict=True):
                if isinstance(found, batches.ParsedSlice):
                    self._writer.add(job, found)
            self._watch.step(sum(job.part.stop - job.part.start for job in some), self._writer.total)
            if not self._go_on(_READ_EVERY, self._writer.flush):
                return False
        return True

    def _feed(self) -> bool:
        size = text_queue.left(self._conn)
        if self._writer.meta("complete") and not size:
            return True
        self._watch.phase("indexing", size)
        self._engage(size)
        self._conn.execute("BEGIN IMMEDIATE")
        if size >= _MUCH:
            search.bulk(self._conn)
        queue = text_queue.TextQueue(self._conn)
        began = time.monotonic()
        for result in self._crew.results(queue.tasks()):
            self._watch.step(queue.take(result), self._writer.total)
            every = min(max(_FED_EVERY, (time.monotonic() - began) / 2), _FED_AT_LEAST_EVERY)
            if not self._go_on(every, queue.mark):
                return False
        queue.finish()
        self._writer.set_meta("complete", 1)
        self._conn.execute("COMMIT")
        return self._merge() if size >= _MUCH else True

    def _merge(self) -> bool:
        """Everything can be found by now; make it quicker."""
        self._crew.close()
        more, first = True, True
        while more and not self._cancelled():
            self._conn.execute("BEGIN IMMEDIATE")
            more, first = search.merge(self._conn, first), False
            self._conn.execute("COMMIT")
        return not more and self._shrink()

    def _shrink(self) -> bool:
        """Give back the pages that merging has left free; a database in memory keeps them."""
        before, free = -1, self._free()
        while free and free != before and not self._cancelled():
            for _ in self._conn.execute(f"PRAGMA incremental_vacuum({_PAGES})"):
                pass
            before, free = free, self._free()
        return not self._cancelled()

    def _free(self) -> int:
        (free,) = self._conn.execute("PRAGMA freelist_count").fetchone()
        return int(free)

    def _go_on(self, every: float, write: Callable[[], None]) -> bool:
        """Commit when it is time to; False when cancelled, with all that was done committed."""
        cancelled = self._cancelled()
        now = time.monotonic()
        if cancelled or now - self._committed >= every:
            write()
            self._conn.execute("COMMIT")
            self._committed = now
            if not cancelled:
                self._conn.execute("BEGIN IMMEDIATE")
        return not cancelled

    def _engage(self, size: int) -> None:
        """Call others in when there is much to do."""
        if self._processes and size >= _MUCH and isinstance(self._crew, InlineWorker):
            self._crew = WorkerPool(self._library.root, self._processes)


def _stamp(path: Path) -> str:
    try:
        about = path.stat()
    except OSError:
        return ""
    return f"{about.st_size} {about.st_mtime_ns}"
