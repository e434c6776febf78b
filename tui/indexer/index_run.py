"""One run of the indexer: finds the changed files, reads them and indexes their text."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ..catalogue.gram_table import GramBatch
from ..catalogue.records import Changes, Job, ParsedSlice
from ..catalogue.writer import CatalogueWriter
from ..library import Library
from ..library.packed_folder import Walk
from .batches import jobs
from .changes import compare, compare_folders
from .progress import ProgressMeter
from .workers import InlineWorker, Task, WorkerPool

_BULK_BYTES = 4_000_000
"""Bytes. Worker processes are started only for more than this; less is done before they have started."""
_FIRST_FILES = 40
"""Files that `first` looks at."""
_READ_COMMIT_SECONDS = 1.0
"""Seconds between commits while reading."""
_INDEX_COMMIT_SECONDS, _MAX_INDEX_COMMIT_SECONDS = 5.0, 20.0
"""Seconds between commits while indexing, rising: each commit creates a part of the index that must be merged."""


class IndexRun:
    """One run of the indexer over a library."""

    def __init__(
        self,
        writer: CatalogueWriter,
        library: Library,
        processes: int,
        watch: ProgressMeter,
        cancelled: Callable[[], bool],
    ) -> None:
        self._writer, self._library, self._processes = writer, library, processes
        self._watch, self._cancelled = watch, cancelled
        self._workers: InlineWorker | WorkerPool = InlineWorker(library)
        self._committed = time.monotonic()

    def first(self) -> None:
        """Write the rows of a first screen into an empty catalogue, without syncing to disk; `run` reads them again."""
        if self._writer.meta("total"):
            return
        library = Library(self._library.root, placing=False)
        self._writer.skip_sync()
        self._writer.begin()
        files = [file for file in islice(library.files(), _FIRST_FILES) if file.kind != "fault"]
        self._writer.bulletins(library.bulletins())
        changes = compare(self._writer.known(), files)
        changes.gone = []
        self._workers = InlineWorker(library)
        self._read(islice(jobs(library, changes), 1))
        self._writer.read_again()
        self._writer.flush(end=True)
        self._writer.commit()

    def is_current(self) -> bool:
        """Return whether there is nothing to do. Writes nothing."""
        return self._is_current(self._library.walk(self._writer.folders()))

    def _is_current(self, walk: Walk) -> bool:
        writer = self._writer
        return (
            writer.is_complete
            and not writer.pending_bytes
            and writer.has_bulletins(self._library.bulletins())
            and writer.has_gazetteer(self._gazetteer)
            and writer.has_faults(walk.faults)
            and writer.folders() == {folder.path: folder for folder in walk.folders}
        )

    @property
    def _gazetteer(self) -> str:
        return _stamp(self._library.root / "gazetteer.yaml")

    def run(self) -> bool:
        """Bring the catalogue up to date; return False if cancelled."""
        self._watch.phase("looking")
        walk = self._library.walk(self._writer.folders())
        if self._is_current(walk):
            return True
        try:
            self._writer.forget_old_numbers()
            while True:
                if not self._read_changes(walk):
                    return False
                if not self._writer.reread_duplicates():
                    break
            return self._index()
        finally:
            self._workers.close()
            self._writer.end()

    def _read_changes(self, walk: Walk) -> bool:
        """Read what has changed in the folders of this walk; return False if cancelled."""
        self._writer.begin()
        self._writer.bulletins(self._library.bulletins())
        self._writer.gazetteer(self._gazetteer)
        changes = self._changes(walk)
        self._writer.take_changes(changes, walk.faults)
        size = changes.size
        self._watch.phase("reading", size)
        self._engage(size)
        if not self._read(jobs(self._library, changes)):
            return False
        if not self._writer.sorted:
            self._writer.flush()
            self._writer.sort()
        elif self._writer.is_busy:
            self._writer.flush(end=True)
        self._writer.keep_folders(walk.folders)
        self._writer.commit()
        return True

    def _changes(self, walk: Walk) -> Changes:
        kept = self._writer.folders()
        changes = None if kept is None else compare_folders(kept, walk.folders, self._writer.files)
        return changes or compare(self._writer.known(), walk.files())

    def _read(self, batches: Iterator[list[Job]]) -> bool:
        """Read these slices; return False if cancelled. Runs in a transaction, and commits it from time to time."""
        given: deque[list[Job]] = deque()

        def tasks() -> Iterator[Task]:
            for some in batches:
                given.append(some)
                yield [job.part for job in some]

        for result in self._workers.results(tasks()):
            some = given.popleft()
            for job, found in zip(some, result, strict=True):
                if isinstance(found, ParsedSlice):
                    self._writer.add(job, found)
            self._watch.step(sum(job.part.stop - job.part.start for job in some), self._writer.total)
            if not self._go_on(_READ_COMMIT_SECONDS, self._writer.flush):
                return False
        return True

    def _index(self) -> bool:
        size = self._writer.pending_bytes
        if self._writer.meta("complete") and not size:
            return True
        self._watch.phase("indexing", size)
        self._engage(size)
        self._writer.begin()
        queue = self._writer.text_queue(bulk=size >= _BULK_BYTES)
        began = time.monotonic()
        for result in self._workers.results(queue.batches()):
            if isinstance(result, GramBatch):
                self._watch.step(queue.add(result), self._writer.total)
            every = min(max(_INDEX_COMMIT_SECONDS, (time.monotonic() - began) / 2), _MAX_INDEX_COMMIT_SECONDS)
            if not self._go_on(every, queue.save):
                return False
        queue.finish()
        self._writer.set_meta("complete", 1)
        self._writer.commit()
        return self._merge() if size >= _BULK_BYTES else True

    def _merge(self) -> bool:
        """Merge the parts of the complete index, which makes it faster; return False if cancelled."""
        self._workers.close()
        more, is_first = True, True
        while more and not self._cancelled():
            more, is_first = self._writer.merge(is_first), False
        return not more and self._shrink()

    def _shrink(self) -> bool:
        """Return freed pages to the file system; return False if cancelled. A database in memory keeps its pages."""
        before, free = -1, -2
        while free and free != before and not self._cancelled():
            before, free = free, self._writer.free_pages()
        return not self._cancelled()

    def _go_on(self, every: float, write: Callable[[], None]) -> bool:
        """Commit if `every` seconds have passed; if cancelled, commit and return False."""
        cancelled = self._cancelled()
        now = time.monotonic()
        if cancelled or now - self._committed >= every:
            write()
            self._writer.commit()
            self._committed = now
            if not cancelled:
                self._writer.begin()
        return not cancelled

    def _engage(self, size: int) -> None:
        """Start worker processes if `size` bytes are worth it."""
        if self._processes and size >= _BULK_BYTES and isinstance(self._workers, InlineWorker):
            self._workers = WorkerPool(self._library.root, self._processes)


def _stamp(path: Path) -> str:
    try:
        about = path.stat()
    except OSError:
        return ""
    return f"{about.st_size} {about.st_mtime_ns}"
