"""The writer of the catalogue's tables. Call its methods between `begin` and `commit`."""

import sqlite3
from collections.abc import Generator, Sequence
from typing import NamedTuple

from ..article import Bulletin
from ..library import duplicate
from ..problem import Problem
from . import gram_table, orders, schema
from .database import Database
from .records import Changes, IndexedFile, Job, ParsedSlice, Record
from .schema import ARTICLE, ARTICLE_INDEXES
from .text_queue import TextQueue, pending_bytes

_INSERT = f"INSERT OR IGNORE INTO article VALUES ({','.join('?' * 16)})"
_PROBLEM = "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)"
_LOCATION = Record._fields.index("start")
"""Index of the first column that tells where the article is; the columns before it describe the article."""
_READ_AGAIN = "UPDATE file SET size = -1, done = 0"
_MAX_CHANGES, _MAX_SHARE = 50, 300
"""Articles. Above 50 changes and 1 in 300, rebuild all orders; else update them."""
_BUSY_SECONDS = 60.0
"""Seconds that the writer waits for locks."""
_FREED_PAGES = 4000
"""Free pages returned to the file system in one step."""


class _Added(NamedTuple):
    record: Record
    file: int
    bulletin: int
    rank: int
    """Rank of the file."""

    def row(self, number: int) -> tuple[object, ...]:
        """Return the row of the table `article`."""
        record = self.record
        return (number, *record[:_LOCATION], self.bulletin, self.file, *record[_LOCATION:])


class _Known(NamedTuple):
    """The stored values of an article that is being read again."""

    number: int
    digest: int
    line: int


class _KnownBulletin(NamedTuple):
    id: str
    title: str
    issued: str | None
    rank: int


class CatalogueWriter:
    """The writer of one library's catalogue.

    Until the first walk is complete, articles have negative numbers in the library's order. Then `sort` renumbers them
    by date, and new articles get the next numbers.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._initial_changes = conn.total_changes
        self.sorted = bool(self.meta("sorted"))
        self.total = self._listed = self.meta("total")
        """Articles in the catalogue at the last flush."""
        self._next = self.meta("next")
        self._added: list[_Added] = []
        self._gone: list[int] = []
        self._displaced: list[orders.Placed] = []
        self._old: dict[int, dict[str, _Known]] = {}
        self._keys: dict[str, int] = {}
        self._rebuild = bool(self.meta("behind"))
        self._removed_any = False
        self._bulletins: dict[str, int] = {}

    def begin(self) -> None:
        """Begin a transaction."""
        self._conn.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """End the transaction."""
        self._conn.execute("COMMIT")

    def close(self) -> None:
        """Close the connection."""
        self._conn.close()

    def end(self) -> None:
        """Roll back an open transaction; empty the write-ahead log if anything was written."""
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")
        if self.has_changed:
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def skip_sync(self) -> None:
        """Do not wait for the disk: the rows written now will be read again anyway."""
        self._conn.execute("PRAGMA synchronous = OFF")

    @property
    def has_changed(self) -> bool:
        """Whether this writer has written anything."""
        return self._conn.total_changes > self._initial_changes

    @property
    def needs_rebuild(self) -> bool:
        """Whether so much has changed that a new database is better; see `gram_table.needs_rebuild`."""
        return gram_table.needs_rebuild(self._conn)

    @property
    def pending_bytes(self) -> int:
        """Bytes of text that are still to be indexed."""
        return pending_bytes(self._conn)

    def text_queue(self, *, bulk: bool) -> TextQueue:
        """Return the queue of texts still to be indexed. `bulk` sets the index up for many additions."""
        if bulk:
            gram_table.bulk(self._conn)
        return TextQueue(self._conn)

    def merge(self, is_first: bool) -> bool:
        """Do one step of merging the index, in its own transaction; return False when it is complete."""
        self.begin()
        more = gram_table.merge(self._conn, is_first)
        self.commit()
        return more

    def free_pages(self) -> int:
        """Return some of the pages that merging freed to the file system; return the number of pages left."""
        for _ in self._conn.execute(f"PRAGMA incremental_vacuum({_FREED_PAGES})"):
            pass
        return int(self._conn.execute("PRAGMA freelist_count").fetchone()[0])

    @property
    def is_busy(self) -> bool:
        """Whether there are changes to flush."""
        return bool(self._added or self._gone or self._rebuild)

    def meta(self, key: str) -> int:
        row = self._conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def set_meta(self, key: str, value: int) -> None:
        self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def known(self) -> dict[str, IndexedFile]:
        """Return the files as they were when they were read, by path."""
        rows = self._conn.execute(
            "SELECT f.key, f.path, b.id, f.kind, f.size, f.mtime_ns, f.rank, f.done, f.lines, f.crc"
            " FROM file f JOIN bulletin b ON b.key = f.bulletin"
        )
        return {file.path: file for file in map(IndexedFile._make, rows)}

    def bulletins(self, found: Sequence[Bulletin]) -> None:
        """Store the bulletins. If the date of a bulletin has changed, its articles will be read again."""
        known = self._known_bulletins()
        for rank, one in enumerate(found):
            before = known.get(one.id)
            if before != (one.id, one.title, one.issued, rank):
                if before is not None:
                    self._rebuild = True
                    if before.issued != one.issued:
                        bulletin = "bulletin = (SELECT key FROM bulletin WHERE id = ?)"
                        self._conn.execute(f"{_READ_AGAIN} WHERE {bulletin}", (one.id,))
                self._conn.execute(
                    "INSERT INTO bulletin(id, title, issued, rank) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE"
                    " SET title = excluded.title, issued = excluded.issued, rank = excluded.rank",
                    (one.id, one.title, one.issued, rank),
                )
        self._bulletins = dict(self._conn.execute("SELECT id, key FROM bulletin"))

    def has_bulletins(self, found: Sequence[Bulletin]) -> bool:
        """Return whether the stored bulletins equal these."""
        known = self._known_bulletins()
        return all(known.get(one.id) == (one.id, one.title, one.issued, rank) for rank, one in enumerate(found))

    def _known_bulletins(self) -> dict[str, _KnownBulletin]:
        rows = self._conn.execute("SELECT id, title, issued, rank FROM bulletin")
        return {one.id: one for one in map(_KnownBulletin._make, rows)}

    def has_gazetteer(self, stamp: str) -> bool:
        """Return whether the stored stamp of the gazetteer equals this one."""
        row = self._conn.execute("SELECT value FROM meta WHERE key = 'gazetteer'").fetchone()
        return row is not None and row[0] == stamp

    def has_faults(self, faults: Sequence[Problem]) -> bool:
        """Return whether the stored problems that belong to no file equal these."""
        kept = list(self._conn.execute("SELECT * FROM problem WHERE file IS NULL"))
        return kept == [(None, 0, *one) for one in faults]

    @property
    def is_complete(self) -> bool:
        """Whether the last run finished all its work."""
        return bool(self.meta("complete") and self.meta("sorted")) and not self._rebuild

    def files(self) -> Generator[tuple[str, str, str, int, int]]:
        """Yield path, bulletin, kind, size and time of each file when it was read, in the library's order."""
        yield from self._conn.execute(
            "SELECT f.path, b.id, f.kind, f.size, f.mtime_ns FROM file f JOIN bulletin b ON b.key = f.bulletin"
            " ORDER BY f.rank"
        )

    def take_changes(self, changes: Changes) -> None:
        """Store the results of a walk: faults, removed files, new ranks."""
        self._keys = {}
        if not self.has_faults(changes.faults):
            self._conn.execute("DELETE FROM problem WHERE file IS NULL")
            self._conn.executemany(_PROBLEM, [(None, 0, *one) for one in changes.faults])
        for one in changes.gone:
            found = self._conn.execute("SELECT number FROM article WHERE file = ?", (one.key,))
            self._gone += [number for (number,) in found]
            self._conn.execute("DELETE FROM problem WHERE file = ?", (one.key,))
            self._conn.execute("UPDATE file SET size = -2 WHERE key = ?", (one.key,))
        if changes.renumbered:
            self._rebuild = True
            rows = [(rank, path) for path, rank in changes.ranks.items()]
            self._conn.executemany("UPDATE file SET rank = ? WHERE path = ?", rows)

    def gazetteer(self, stamp: str) -> None:
        """Store the stamp of the library's gazetteer. If it has changed, every article will be read again."""
        if not self.has_gazetteer(stamp):
            self._conn.execute("INSERT OR REPLACE INTO meta VALUES ('gazetteer', ?)", (stamp,))
            self.read_again()

    def add(self, job: Job, found: ParsedSlice) -> None:
        """Store the articles and problems of a slice. Their rows are written by the next `flush`."""
        part = job.part
        key = self._begun(job) if job.begins else self._keys[part.file.path]
        old = self._old.get(key, {})
        bulletin = self._bulletins[part.file.bulletin]
        for record in found.records:
            before = old.pop(record.id, None)
            if before is not None and before.digest == record.digest:
                self._rebuild |= before.line != record.line
                self._conn.execute(
                    "UPDATE article SET start = ?, length = ?, line = ?, bulletin = ? WHERE number = ?",
                    (record.start, record.length, record.line, bulletin, before.number),
                )
                continue
            if before is not None:
                self._gone.append(before.number)
            self._added.append(_Added(record, key, bulletin, job.rank))
        self._conn.executemany(_PROBLEM, ((key, at, *one) for at, one in found.problems))
        marks = (part.done, part.line - 1 + part.lines, part.crc, key)
        if part.last:
            self._gone += [known.number for known in self._old.pop(key, {}).values()]
            unreadable = any(one.code == "unreadable" for _, one in found.problems)
            stamp = (-1, -1) if unreadable else (part.file.size, part.file.mtime_ns)
            values = (*stamp, *marks)
            self._conn.execute("UPDATE file SET size=?, mtime_ns=?, done=?, lines=?, crc=? WHERE key = ?", values)
        elif not job.again or not self.sorted:
            self._conn.execute("UPDATE file SET done=?, lines=?, crc=? WHERE key = ?", marks)

    def _begun(self, job: Job) -> int:
        """Prepare for the first slice of a file; return the file's key. Remembers its old articles for comparison."""
        file, known = job.part.file, job.known
        bulletin = self._bulletins[file.bulletin]
        if known is None:
            row = self._conn.execute(
                "INSERT INTO file(path, bulletin, kind, size, mtime_ns, rank, done, lines, crc)"
                " VALUES (?, ?, ?, -1, -1, ?, 0, 0, 0)",
                (file.path, bulletin, file.kind, job.rank),
            )
            self._keys[file.path] = row.lastrowid or 0
            return self._keys[file.path]
        lines = 0 if job.again else job.part.line - 1
        self._conn.execute("DELETE FROM problem WHERE file = ? AND at > ?", (known.key, lines))
        self._conn.execute(
            "UPDATE file SET size = -1, kind = ?, bulletin = ? WHERE key = ?", (file.kind, bulletin, known.key)
        )
        rows = self._conn.execute(
            "SELECT id, number, digest, line FROM article WHERE file = ? AND line > ?", (known.key, lines)
        )
        if self.sorted:
            self._old[known.key] = {id: _Known(*known) for id, *known in rows}
            self._rebuild |= job.again and not job.part.last
        else:
            self._gone += [number for _id, number, _digest, _line in rows]
        self._keys[file.path] = known.key
        return known.key

    def flush(self, end: bool = False) -> None:
        """Remove and insert rows and update the orders. At the `end` of a walk, rebuild them if that was postponed."""
        gone = orders.placed(self._conn, self._gone)
        self._remove(self._gone)
        added = self._insert(self._added)
        gone += self._displaced
        self._displaced = []
        self.total += len(added) - len(gone)
        self._gone, self._added = [], []
        self._conn.execute("DELETE FROM file WHERE size = -2")
        self._rebuild |= not self.sorted or len(added) + len(gone) > max(_MAX_CHANGES, self.total // _MAX_SHARE)
        if not self._rebuild:
            orders.update(self._conn, gone, orders.placed(self._conn, added))
            self._listed = self.total
        elif end or self.total >= 2 * self._listed:
            self.write_orders()
        self.set_meta("behind", int(self._rebuild))
        if self.sorted and added:
            self._conn.execute("INSERT INTO pending VALUES (?, ?)", (min(added), max(added)))
        self.set_meta("total", self.total)
        self.set_meta("next", self._next)
        if added:
            self.set_meta("complete", 0)

    def write_orders(self) -> None:
        """Rebuild every order."""
        orders.write(self._conn, orders.build(self._conn))
        self._listed, self._rebuild = self.total, False

    def sort(self) -> None:
        """Renumber the articles by date, undated ones first. Called once, after the first walk."""
        self._conn.execute("ALTER TABLE article RENAME TO unsorted")
        for name in ARTICLE_INDEXES:
            self._conn.execute(f"DROP INDEX {name}")
        self._conn.execute(ARTICLE)
        self._conn.execute(
            "INSERT INTO article SELECT NULL, a.id, a.title, a.place, a.place_id, a.date, a.day, a.characters,"
            " a.authors, a.tags, a.bulletin, a.file, a.start, a.length, a.line, a.digest"
            " FROM unsorted a JOIN file f ON f.key = a.file"
            " ORDER BY a.day, f.rank DESC, a.line DESC"
        )
        self._conn.execute("DROP TABLE unsorted")
        for statement in ARTICLE_INDEXES.values():
            self._conn.execute(statement)
        self.sorted, self._next = True, self.total
        self.set_meta("sorted", 1)
        self.set_meta("behind", 0)
        self.set_meta("next", self._next)
        if self.total:
            self._conn.execute("INSERT INTO pending VALUES (1, ?)", (self.total,))
        self.write_orders()

    def read_again(self) -> None:
        """Make the next walk read every file from its start."""
        self._conn.execute(_READ_AGAIN)

    def reread_duplicates(self) -> bool:
        """If articles were removed, make files with duplicate ids be read again; return whether there are any.

        An article rejected as a duplicate may now be the only one with its id.
        """
        if not self._removed_any:
            return False
        self._removed_any = False
        files = "SELECT file FROM problem WHERE code = 'duplicate-id'"
        return self._conn.execute(f"{_READ_AGAIN} WHERE key IN ({files})").rowcount > 0

    def _remove(self, numbers: list[int]) -> None:
        self._removed_any |= bool(numbers)
        if self.sorted and numbers:
            gram_table.remove(self._conn, numbers)
        self._conn.executemany("DELETE FROM article WHERE number = ?", ((number,) for number in numbers))

    def _insert(self, added: list[_Added]) -> list[int]:
        """Insert rows with the next numbers, in date order once sorted; return the numbers of the rows inserted."""
        if self.sorted:
            added = sorted(added, key=lambda one: (one.record.day, -one.rank, -one.record.line))
        step = 1 if self.sorted else -1
        numbers = [self._next + step * at for at in range(1, len(added) + 1)]
        self._next += step * len(added)
        rows = [one.row(number) for number, one in zip(numbers, added, strict=True)]
        before = self._conn.total_changes
        self._conn.executemany(_INSERT, rows)
        if self._conn.total_changes - before < len(rows):
            self._settle(added, rows)
            numbers = [one.number for one in orders.placed(self._conn, numbers)]
        return numbers

    def _settle(self, added: list[_Added], rows: Sequence[tuple[object, ...]]) -> None:
        """Of two articles with the same id, keep the first in the library's order and report the other as a problem."""
        taken = {row[0] for row in rows}
        for (record, file, _, rank), row in zip(added, rows, strict=True):
            number, path, other, other_rank, line, other_path = self._conn.execute(
                "SELECT a.number, (SELECT path FROM file WHERE key = ?), a.file, f.rank, a.line, f.path FROM article a"
                " JOIN file f ON f.key = a.file WHERE a.id = ?",
                (file, record.id),
            ).fetchone()
            if number == row[0]:
                continue
            if (rank, record.line) < (other_rank, line):
                self._problem(other, line, duplicate(record.id, other_path, line))
                self._displace(number, row, number not in taken)
            else:
                self._problem(file, record.line, duplicate(record.id, path, record.line))

    def _displace(self, number: int, row: tuple[object, ...], counted: bool) -> None:
        """Replace row `number` by `row`. `counted` tells that the old article is already in total and orders."""
        if counted:
            self._displaced += orders.placed(self._conn, [number])
        self._remove([number])
        self._conn.execute(_INSERT, row)

    def _problem(self, file: int, at: int, problem: Problem) -> None:
        self._conn.execute(_PROBLEM, (file, at, *problem))


def open_writer(database: Database) -> CatalogueWriter:
    """Return a writer for the database in use. Replaces one with another index format. The caller holds the lock."""
    database.open().close()
    conn = schema.connect(database.path, writing=True, busy=_BUSY_SECONDS)
    row = conn.execute("SELECT value FROM meta WHERE key = 'search'").fetchone()
    if row is not None and row[0] != gram_table.FORMAT:
        conn.close()
        database.drop()
        return open_writer(database)
    if row is None:
        _create_index(conn)
    return CatalogueWriter(conn)


def new_writer(database: Database, path: str) -> CatalogueWriter:
    """Return a writer for a new, empty database at `path`. The caller holds the lock."""
    conn = schema.make(path, database.root, schema.STAMP)
    try:
        _create_index(conn)
    except BaseException:
        conn.close()
        raise
    return CatalogueWriter(conn)


def _create_index(conn: sqlite3.Connection) -> None:
    """Create the tables of the index in the same database as those of the lists."""
    conn.execute("BEGIN IMMEDIATE")
    gram_table.create(conn)
    conn.execute("INSERT OR REPLACE INTO meta VALUES ('search', ?)", (gram_table.FORMAT,))
    schema.seal(conn)
    conn.execute("COMMIT")
