"""The first load of an empty archive: processes copy rows into tables that get their indexes last.

Nobody sees the articles before the last transaction attaches the tables. An interrupted load leaves only tables that
the next one drops.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..i18n import _
from ..indexer.slices import slices
from ..library import BadFile, Library, duplicate
from ..problem import Problem
from .article_row import ARTICLE_COLUMNS, TYPES, ArticleRow, storable_text
from .file_rows import FileRows, NumberedFile, needed_numbers, numbered, origin_of, own_gazetteer
from .live_load import Importer, Loaded
from .load_processes import worker_processes
from .postgres import ServerProblem, connect, explained

if TYPE_CHECKING:
    from .postgres import Connection

_TASK_BYTES = 1 << 20
_TASKS_AHEAD = 3
"""Tasks that wait for each process."""


class FilePiece(NamedTuple):
    """A part of a file: bytes `start` to `stop`, which begin at line `line`."""

    file: NumberedFile
    key: int
    start: int
    stop: int
    line: int


@dataclass(slots=True)
class CopyResult:
    """What a task has copied."""

    articles: int = 0
    bytes: int = 0
    words: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, Problem]] = field(default_factory=list)
    """Keys of files, and problems in them."""
    drafts: list[tuple[str, str, int]] = field(default_factory=list)
    """Id and JSON of each draft, and the key of its file."""

    def add(self, other: "CopyResult") -> None:
        """Add what another task has copied."""
        self.articles += other.articles
        self.bytes += other.bytes
        self.words += other.words
        self.problems += other.problems
        self.drafts += other.drafts


_IS_EMPTY = """select not exists (select from ident) and not exists (select from file)
    and not exists (select from shard join library on library.node <> shard.node)"""


def is_empty(conn: "Connection") -> bool:
    """Return whether a bulk load is possible: nothing has been loaded yet, and all shards are this node's."""
    return conn.execute(_IS_EMPTY).fetchone() == (True,)


class BulkLoad:
    """A bulk load of one library."""

    def __init__(self, address: str, library: Library, jobs: int, tell: Callable[[int, int, int], None]) -> None:
        """`tell` gets the articles and bytes copied so far, and the bytes to copy."""
        self._address, self._library, self._jobs, self._tell = address, library, jobs, tell
        self._copied = CopyResult()
        self._load_key = 0

    def run(self) -> Loaded:
        """Load the library. Raises ServerProblem if another bulk load is running or the archive is not empty."""
        with connect(self._address, statement_seconds=0) as guard, explained(self._address), guard.transaction():
            if not guard.execute("select 1 from upkeep for update skip locked").fetchone() or not is_empty(guard):
                raise ServerProblem("other", _("另一个装入正在进行，或库里已有文章。"))
            with connect(self._address, statement_seconds=0) as conn:
                return self._load(conn)

    def _load(self, conn: "Connection") -> Loaded:
        conn.execute("select drop_loose()")
        (self._load_key,) = conn.execute("select begin_load()").fetchone() or (0,)
        importer = Importer(conn)
        files = [(file, None) for file in self._library.files() if file.kind != "fault"]
        total = needed_numbers(files)
        first = importer.take_numbers(total)
        keys = [key for (key,) in conn.execute("select new_file_key() from generate_series(1, %s)", (len(files),))]
        planned = list(zip(numbered(self._library, files, first), keys, strict=True))
        importer.set_bulletins((one.id, one.title, one.issued) for one in self._library.bulletins())
        if (gazetteer := own_gazetteer(self._library)) is not None:
            importer.set_gazetteer(gazetteer)
        self._copy(tasks(self._library.root, planned), total)
        self._index(conn)
        return self._publish(conn, planned)

    def _copy(self, waiting: Iterator[list[FilePiece]], total: int) -> None:
        arguments = (self._address, self._library.root, self._load_key)
        with worker_processes(self._jobs, _start, arguments) as pool:
            running: set[Future[CopyResult]] = set()
            try:
                while True:
                    room = self._jobs * (1 + _TASKS_AHEAD) - len(running)
                    running |= {pool.submit(_copy_pieces, task) for task in islice(waiting, room)}
                    if not running:
                        return
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    for one in done:
                        self._copied.add(one.result())
                        self._tell(self._copied.articles, self._copied.bytes, total)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _index(self, conn: "Connection") -> None:
        names = [name for (name,) in conn.execute("select name from loose order by name desc")]
        working: list[Connection] = []

        def index(name: str) -> None:
            with connect(self._address, statement_seconds=0) as own, explained(self._address):
                working.append(own)
                own.execute("select index_part(%s)", (name,))

        with ThreadPoolExecutor(self._jobs) as pool:
            try:
                for done in [pool.submit(index, name) for name in names]:
                    done.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for own in working:
                    with suppress(Exception):
                        own.cancel_safe()
                raise

    def _publish(self, conn: "Connection", planned: Sequence[tuple[NumberedFile, int]]) -> Loaded:
        origin = origin_of(self._library)
        paths = {key: one.file.path for one, key in planned}
        with conn.transaction(), conn.cursor() as cursor:
            rows = [
                (key, origin, storable_text(one.file.path), one.file.size, one.file.mtime_ns) for one, key in planned
            ]
            cursor.executemany("insert into file overriding system value values (%s, %s, %s, %s, %s)", rows)
            repeated = cursor.execute("select id, file from publish_loose()").fetchall()
            self._copied.problems += [(key, duplicate(id, paths[key], 0)) for id, key in repeated]
            cursor.executemany(
                "insert into problem (file, path, line, code, message, remedy) values (%s, %s, %s, %s, %s, %s)",
                [(key, *map(_storable, problem)) for key, problem in self._copied.problems],
            )
            cursor.executemany(
                "insert into draft (id, article, file) values (%s, %s, %s) on conflict do nothing", self._copied.drafts
            )
            words = [(word, count) for word, count in sorted(self._copied.words.items())]
            cursor.executemany("insert into word_count values (%s, %s)", words)
            added = self._copied.articles - len(repeated)
            cursor.execute("select end_load(%s, %s, 0)", (self._load_key, added))
        return Loaded(added)


def tasks(root: Path, planned: Sequence[tuple[NumberedFile, int]]) -> Iterator[list[FilePiece]]:
    """Yield the parts of the files in tasks of about `_TASK_BYTES`."""
    task: list[FilePiece] = []
    size = 0
    for one, key in planned:
        try:
            for part in slices(root, one.file, one.issued, 0, 0, 0):
                task.append(FilePiece(one, key, part.start, part.stop, part.line))
                size += part.stop - part.start
                if size >= _TASK_BYTES:
                    yield task
                    task, size = [], 0
        except (BadFile, OSError):
            task.append(FilePiece(one, key, 0, one.file.size, 1))  # reading it reports the problem
    if task:
        yield task


class _Process:
    """What a process keeps between tasks."""

    conn: "Connection"
    library: Library
    load: int
    tables: dict[int, str]


def _start(address: str, root: Path, load: int) -> None:
    _Process.conn = connect(address, statement_seconds=0)
    _Process.library = Library(root)
    _Process.load = load
    _Process.tables = {}


def _copy_pieces(task: Sequence[FilePiece]) -> CopyResult:
    """Copy the articles of a task into the tables of their years, in one transaction."""
    copied = CopyResult()
    rows: dict[str, list[ArticleRow]] = {}
    for piece in task:
        found = FileRows(piece.file, piece.key)
        for row in found.read(_Process.library, piece.start, piece.stop, piece.line):
            rows.setdefault(_table(row.day), []).append(row._replace(load=_Process.load))
            copied.words.update(row.words)
            copied.articles += 1
        copied.bytes += piece.stop - piece.start
        copied.problems += [(piece.key, problem) for problem in found.problems]
        copied.drafts += [(id, article, piece.key) for id, article in found.drafts.items()]
    with _Process.conn.transaction(), _Process.conn.cursor() as cursor:
        for table, ones in rows.items():
            with cursor.copy(f"copy {table} from stdin (format binary)".encode()) as copy:
                copy.set_types(TYPES[:ARTICLE_COLUMNS])
                for one in ones:
                    copy.write_row(one[:ARTICLE_COLUMNS])
        with cursor.copy("copy loose_ident from stdin (format binary)") as copy:
            copy.set_types(("text", "int4", "int8", "bytea", "int4"))
            for one in (one for ones in rows.values() for one in ones):
                copy.write_row((one.id, one.day, one.number, one.digest, one.file))
    return copied


def _table(day: int) -> str:
    """Return the name of the table for a day, which is created if necessary."""
    year = day // 10_000
    if year not in _Process.tables:
        row = _Process.conn.execute("select loose_part(%s)", (day,)).fetchone()
        _Process.tables[year] = str(row[0]) if row else ""
    return _Process.tables[year]


def _storable(value: str | int | None) -> str | int | None:
    return storable_text(value) if isinstance(value, str) else value
