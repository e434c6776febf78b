"""Loading what changed in a library of files, while others read the archive and load into it too."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from itertools import islice
from pathlib import Path

from ..library import Library, duplicate
from .article_row import ArticleRow
from .file_rows import FileRows, NumberedFile, changed, needed_numbers, numbered, origin_of, own_gazetteer
from .live_load import Importer, Loaded, ShardMoved
from .load_processes import worker_processes
from .postgres import connect

BATCH_ARTICLES = 200
"""Articles in one load; readers see all of them or none."""
_TASK_BYTES, _TASK_FILES = 1 << 20, 200
_TASKS_AHEAD = 2
"""Tasks that wait for each process."""
_MAX_MOVES = 64
"""Shards that may move to other nodes during one run."""
_TIDY_SECONDS = 1.0
"""Seconds between two calls of `tidy`: without them the pending lists grow and searches become slow."""


class FolderLoad:
    """One run over a library."""

    def __init__(
        self, address: str, library: Library, jobs: int = 1, tell: Callable[[int, int, int], None] = lambda *_: None
    ) -> None:
        """`tell` gets the articles stored so far, the bytes read, and the bytes to read."""
        self._address, self._library, self._jobs, self._tell = address, library, jobs, tell
        self._origin = origin_of(library)
        self._total = self._read = 0
        self._loaded = Loaded()

    def run(self) -> Loaded:
        """Load new and changed files, and remove the articles of files that are gone."""
        with connect(self._address, statement_seconds=0) as conn:
            importer = Importer(conn)
            importer.set_bulletins((one.id, one.title, one.issued) for one in self._library.bulletins())
            if (gazetteer := own_gazetteer(self._library)) is not None:
                importer.set_gazetteer(gazetteer)
            self._walk_until_settled(importer)
            if self._loaded.removed and importer.read_again_duplicates(self._origin):
                self._walk(importer)
            if self._loaded.changes:
                importer.tidy()
        return self._loaded

    def _walk_until_settled(self, importer: Importer) -> None:
        for _ in range(_MAX_MOVES):
            try:
                return self._walk(importer)
            except ShardMoved:
                continue  # its articles are another node's now: read the files again without them
        return self._walk(importer)

    def _walk(self, importer: Importer) -> None:
        known = importer.files(self._origin)
        files = [file for file in self._library.files() if file.kind != "fault"]
        present = {file.path for file in files}
        gone = [file for path, file in known.items() if path not in present]
        importer.mark_gone([file.key for file in gone])
        if unread := changed(files, known):
            total = needed_numbers(unread)
            self._total += total
            self._load_tasks(importer, tasks(numbered(self._library, unread, importer.take_numbers(total))))
        for file in gone:
            self._note(importer.load((), sorted(importer.ids_of([file.key])[file.key])), 0)
            importer.forget_file(file.key)

    def _load_tasks(self, importer: Importer, waiting: Iterator[list[NumberedFile]]) -> None:
        if self._jobs == 1:
            for task in waiting:
                self._note(load_files(importer, self._library, self._origin, task), _bytes(task))
                importer.tidy(is_over=False)
            return
        arguments = (self._address, self._library.root, self._origin)
        with worker_processes(self._jobs, _start, arguments) as pool:
            running = {pool.submit(_load_task, task): _bytes(task) for task in islice(waiting, self._jobs)}
            try:
                while running:
                    done, _running = wait(running, _TIDY_SECONDS, FIRST_COMPLETED)
                    importer.tidy(is_over=False)
                    for one in done:
                        self._note(one.result(), running.pop(one))
                    room = self._jobs * _TASKS_AHEAD - len(running)
                    running |= {pool.submit(_load_task, task): _bytes(task) for task in islice(waiting, room)}
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _note(self, loaded: Loaded, read: int) -> None:
        self._loaded += loaded
        self._read += read
        self._tell(self._loaded.changes, self._read, self._total)


def tasks(files: Iterator[NumberedFile]) -> Iterator[list[NumberedFile]]:
    """Yield the files in tasks of about `_TASK_BYTES` and at most `_TASK_FILES`."""
    task: list[NumberedFile] = []
    for one in files:
        task.append(one)
        if len(task) >= _TASK_FILES or _bytes(task) >= _TASK_BYTES:
            yield task
            task = []
    if task:
        yield task


def _bytes(task: Sequence[NumberedFile]) -> int:
    return sum(one.file.size + 1 for one in task)


def load_files(importer: Importer, library: Library, origin: str, files: Sequence[NumberedFile]) -> Loaded:
    """Load the articles of files, and remove those that are no longer in them."""
    keys = importer.begin_files(origin, [one.file.path for one in files])
    old = importer.ids_of([keys[one.file.path] for one in files if one.known])
    loaded = Loaded()
    rows: list[ArticleRow] = []
    shards = importer.own_shards()
    found = [FileRows(one, keys[one.file.path], shards) for one in files]
    homes: dict[str, FileRows] = {}

    def store(removed_ids: Sequence[str] = ()) -> None:
        nonlocal loaded
        stored = importer.load(rows, removed_ids)
        for article_id in stored.left_out:
            home = homes[article_id]
            home.problems.append(duplicate(article_id, home.path, 0))
        loaded += stored
        rows.clear()

    for one in found:
        for row in one.read(library):
            if row.id in homes:
                one.problems.append(duplicate(row.id, one.path, 0))
                continue
            homes[row.id] = one
            rows.append(row)
            if len(rows) >= BATCH_ARTICLES:
                store()
    gone = {id for ids in old.values() for id in ids} - homes.keys()
    if rows or gone:
        store(sorted(gone))
    importer.end_files([(keys[one.file.path], one.file.size, one.file.mtime_ns) for one in files])
    importer.set_problems({one.key: one.problems for one in found})
    importer.store_drafts({one.key: one.drafts for one in found})
    return loaded


class _Process:
    """What a process keeps between tasks."""

    importer: Importer
    library: Library
    origin: str


def _start(address: str, root: Path, origin: str) -> None:
    _Process.importer = Importer(connect(address, statement_seconds=0))
    _Process.library = Library(root)
    _Process.origin = origin


def _load_task(task: Sequence[NumberedFile]) -> Loaded:
    return load_files(_Process.importer, _Process.library, _Process.origin, task)
