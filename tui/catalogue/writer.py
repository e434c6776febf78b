"""The writer of the catalogue: files, bulletins and problems, and when to rebuild the orders.

Call its methods between `begin` and `commit`. The rows of articles are in `article_rows`.
"""

import sqlite3
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ..article import Bulletin
from ..library.packed_folder import PackedFolder
from ..problem import Problem
from . import gram_table, orders
from .article_rows import PROBLEM_ROW, ArticleRows, NewRow
from .records import Changes, IndexedFile, Job, ParsedSlice
from .text_queue import TextQueue, pending_bytes

_FILES = """SELECT f.key, f.path, b.id, f.kind, f.size, f.mtime_ns, f.rank, f.done, f.lines, f.crc
    FROM file f JOIN bulletin b ON b.key = f.bulletin"""
_MAX_CHANGES, _MAX_SHARE = 50, 300
"""Articles. Above 50 changes and 1 in 300, rebuild all orders; else update them."""
_FREED_PAGES = 4000
"""Free pages returned to the file system in one step."""


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

    Until the first walk is complete, articles have negative numbers. Then `sort` renumbers them by date, and new
    articles get the next numbers. An article that is read again keeps its number, so that open listings show it.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._initial_changes = conn.total_changes
        self.total = self._listed = self.meta("total")
        """Articles in the catalogue at the last flush."""
        self._rows = ArticleRows(conn, is_sorted=bool(self.meta("sorted")), last=self.meta("next"))
        self._added: list[NewRow] = []
        self._gone: list[int] = []
        self._old: dict[int, dict[str, _Known]] = {}
        self._keys: dict[str, int] = {}
        self._unfinished: set[int] = set()
        """Keys of files that were begun in this walk but not read to their ends."""
        self._rebuild = bool(self.meta("behind"))
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
        """Roll back an open transaction; empty the write-ahead log if anything was written.

        A database in memory has no log, and SQLite would report a table that a reader has locked.
        """
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")
        if self.has_changed and self._conn.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def skip_sync(self) -> None:
        """Do not wait for the disk: the rows written now will be read again anyway."""
        self._conn.execute("PRAGMA synchronous = OFF")

    @property
    def sorted(self) -> bool:
        """Whether the articles are numbered by date."""
        return self._rows.is_sorted

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
        return {file.path: file for file in map(IndexedFile._make, self._conn.execute(_FILES))}

    def files(self, paths: Sequence[str]) -> dict[str, IndexedFile]:
        """Return those of these files that have been read, as they were then, by path."""
        rows = (self._conn.execute(f"{_FILES} WHERE f.path = ?", (path,)).fetchone() for path in paths)
        return {file.path: file for file in map(IndexedFile._make, filter(None, rows))}

    def folders(self) -> dict[str, PackedFolder] | None:
        """Return the folders as they were when all their files had been read; None if some have not been."""
        if not self.meta("folders"):
            return None
        rows = self._conn.execute("SELECT path, bulletin, issued, packed FROM folder")
        return {folder.path: folder for folder in map(PackedFolder._make, rows)}

    def keep_folders(self, folders: Sequence[PackedFolder]) -> None:
        """Store the folders of a walk whose files have all been read, unless one was unreadable."""
        if self._unfinished:
            return
        before = dict(self._conn.execute("SELECT path, packed FROM folder"))
        gone = before.keys() - {folder.path for folder in folders}
        self._conn.executemany("DELETE FROM folder WHERE path = ?", [(path,) for path in gone])
        changed = [folder for folder in folders if before.get(folder.path) != folder.packed]
        self._conn.executemany("INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?)", changed)
        self.set_meta("folders", 1)

    def bulletins(self, found: Sequence[Bulletin]) -> None:
        """Store the bulletins. If the date of a bulletin has changed, its articles will be read again."""
        known = self._known_bulletins()
        for one in _by_id(found).values():
            before, rank = known.get(one.id), one.rank
            if before != one:
                if before is not None:
                    self._rebuild = True
                    if before.issued != one.issued:
                        self._read_again("bulletin = (SELECT key FROM bulletin WHERE id = ?)", one.id)
                self._conn.execute(
                    "INSERT INTO bulletin(id, title, issued, rank) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE"
                    " SET title = excluded.title, issued = excluded.issued, rank = excluded.rank",
                    (one.id, one.title, one.issued, rank),
                )
        self._bulletins = dict(self._conn.execute("SELECT id, key FROM bulletin"))

    def has_bulletins(self, found: Sequence[Bulletin]) -> bool:
        """Return whether the stored bulletins equal these."""
        return self._known_bulletins().items() >= _by_id(found).items()

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

    def take_changes(self, changes: Changes, faults: Sequence[Problem]) -> None:
        """Store the results of a walk: faults, removed files, new ranks."""
        self._keys = {}
        self._unfinished.clear()
        self.set_meta("folders", 0)
        if not self.has_faults(faults):
            self._conn.execute("DELETE FROM problem WHERE file IS NULL")
            self._conn.executemany(PROBLEM_ROW, [(None, 0, *one) for one in faults])
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
        if job.begins:
            self._unfinished.add(key)
        old = self._old.get(key, {})
        bulletin = self._bulletins[part.file.bulletin]
        for record in found.records:
            before = old.pop(record.id, None)
            if before is not None and not self.sorted:
                self._rows.rewrite(before.number, NewRow(record, key, bulletin, job.rank))
                continue
            if before is not None and before.digest == record.digest:
                self._rebuild |= before.line != record.line
                self._conn.execute(
                    "UPDATE article SET start = ?, length = ?, line = ?, bulletin = ? WHERE number = ?",
                    (record.start, record.length, record.line, bulletin, before.number),
                )
                continue
            if before is not None:
                self._gone.append(before.number)
            self._added.append(NewRow(record, key, bulletin, job.rank))
        self._conn.executemany(PROBLEM_ROW, ((key, at, *one) for at, one in found.problems))
        marks = (part.done, part.line - 1 + part.lines, part.crc, key)
        if part.last:
            self._gone += [known.number for known in self._old.pop(key, {}).values()]
            unreadable = any(one.code == "unreadable" for _, one in found.problems)
            stamp = (-1, -1) if unreadable else (part.file.size, part.file.mtime_ns)
            if not unreadable:
                self._unfinished.discard(key)
            values = (*stamp, *marks)
            self._conn.execute("UPDATE file SET size=?, mtime_ns=?, done=?, lines=?, crc=? WHERE key = ?", values)
        elif not job.again or not self.sorted:
            if not self.sorted:
                self._drop_passed(key, marks[1])
            self._conn.execute("UPDATE file SET done=?, lines=?, crc=? WHERE key = ?", marks)

    def _drop_passed(self, key: int, lines: int) -> None:
        """Remove the old articles of a file in its first `lines` lines that were not found there again."""
        old = self._old.get(key, {})
        passed = list(takewhile(lambda one: one[1].line <= lines, old.items()))
        for id, known in passed:
            del old[id]
            self._gone.append(known.number)

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
            "SELECT id, number, digest, line FROM article WHERE file = ? AND line > ? ORDER BY line", (known.key, lines)
        )
        self._old[known.key] = {id: _Known(*known) for id, *known in rows}
        self._rebuild |= job.again and not job.part.last
        self._keys[file.path] = known.key
        return known.key

    def flush(self, end: bool = False) -> None:
        """Remove and insert rows and update the orders. At the `end` of a walk, rebuild them if that was postponed."""
        gone = orders.placed(self._conn, self._gone)
        self._rows.remove(self._gone)
        added = self._rows.insert(self._added)
        gone += self._rows.take_displaced()
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
        self.set_meta("next", self._rows.last)
        if added:
            self.set_meta("complete", 0)

    def write_orders(self) -> None:
        """Rebuild every order."""
        orders.write(self._conn, orders.build(self._conn))
        self._listed, self._rebuild = self.total, False

    def sort(self) -> None:
        """Renumber the articles by date, undated ones first. Called once, after the first walk."""
        self._rows.sort(self.total)
        self.set_meta("sorted", 1)
        self.set_meta("behind", 0)
        self.set_meta("next", self._rows.last)
        if self.total:
            self._conn.execute("INSERT INTO pending VALUES (1, ?)", (self.total,))
        self.write_orders()

    def forget_old_numbers(self) -> None:
        """Drop the numbers that articles had before `sort`, once the first indexing is complete."""
        if self.is_complete and self._conn.execute("SELECT 1 FROM renumbered LIMIT 1").fetchone():
            self._conn.execute("DELETE FROM renumbered")

    def read_again(self) -> None:
        """Make the next walk read every file from its start."""
        self._read_again("TRUE")

    def _read_again(self, condition: str, *values: str) -> int:
        """Make the next comparison find that these files must be read from their start; return their number."""
        count = self._conn.execute(f"UPDATE file SET size = -1, done = 0 WHERE {condition}", values).rowcount
        if count:
            self.set_meta("folders", 0)
        return count

    def reread_duplicates(self) -> bool:
        """If articles were removed, make files with duplicate ids be read again; return whether there are any.

        An article rejected as a duplicate may now be the only one with its id.
        """
        if not self._rows.take_removed_any():
            return False
        return self._read_again("key IN (SELECT file FROM problem WHERE code = 'duplicate-id')") > 0


def _by_id(bulletins: Sequence[Bulletin]) -> dict[str, _KnownBulletin]:
    """Return the bulletins as they are stored. Of those with the same id, the last one is stored."""
    return {one.id: _KnownBulletin(one.id, one.title, one.issued, rank) for rank, one in enumerate(bulletins)}
