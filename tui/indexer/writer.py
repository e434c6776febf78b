"""Writes what was read into the catalogue's tables. Every method works inside the transaction that `commit` ends."""

import sqlite3
from collections.abc import Generator, Sequence

from ..article import Bulletin
from ..catalogue import gram_table as search
from ..catalogue import orders
from ..catalogue.schema import ARTICLE, ARTICLE_INDEXES
from ..library import duplicate
from ..problem import Problem
from .batches import Job
from .changes import Changes, IndexedFile
from .records import ParsedSlice, Record

_INSERT = f"INSERT OR IGNORE INTO article VALUES ({','.join('?' * 15)})"
_PROBLEM = "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)"
_WHERE = Record._fields.index("start")
_AGAIN = "UPDATE file SET size = -1, done = 0"
"""Lets files be read again from their start."""
_Added = tuple[Record, int, int, int]
"""A record, the keys of its file and bulletin, and the file's rank."""
_FEW, _SHARE = 50, 300
"""So many articles, or one in so many, may come and go before all orders are made anew instead of mended."""


class CatalogueWriter:
    """One indexing of one library. Until the first reading is over numbers are negative and in the library's order;
    then `sort` gives them in the order of dates, and from there on new articles get the next ones."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self.sorted = bool(self.meta("sorted"))
        self.total = self._listed = self.meta("total")
        """Articles in the catalogue, as of the last flush."""
        self._next = self.meta("next")
        self._added: list[_Added] = []
        self._gone: list[int] = []
        self._displaced: list[orders.Placed] = []
        self._old: dict[int, dict[str, tuple[int, int, int]]] = {}
        self._keys: dict[str, int] = {}
        self._whole = bool(self.meta("behind"))
        self._removed_any = False
        self._bulletins: dict[str, int] = {}

    @property
    def busy(self) -> bool:
        """Whether anything waits to be flushed."""
        return bool(self._added or self._gone or self._whole)

    def meta(self, key: str) -> int:
        row = self.conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def set_meta(self, key: str, value: int) -> None:
        self.conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def known(self) -> dict[str, IndexedFile]:
        """The files that were read, by path."""
        rows = self.conn.execute(
            "SELECT f.key, f.path, b.id, f.kind, f.size, f.mtime_ns, f.rank, f.done, f.lines, f.crc"
            " FROM file f JOIN bulletin b ON b.key = f.bulletin"
        )
        return {row[1]: IndexedFile._make(row) for row in rows}

    def bulletins(self, found: Sequence[Bulletin]) -> None:
        """Keep the bulletins as they are now. The articles of one whose date has changed are to be read again."""
        before = {row[0]: row for row in self.conn.execute("SELECT id, title, issued, rank FROM bulletin")}
        for rank, one in enumerate(found):
            if before.get(one.id) != (one.id, one.title, one.issued, rank):
                if one.id in before:
                    self._whole = True
                    if before[one.id][2] != one.issued:
                        self.conn.execute(
                            f"{_AGAIN} WHERE bulletin = (SELECT key FROM bulletin WHERE id = ?)", (one.id,)
                        )
                self.conn.execute(
                    "INSERT INTO bulletin(id, title, issued, rank) VALUES (?, ?, ?, ?) ON CONFLICT(id) DO UPDATE"
                    " SET title = excluded.title, issued = excluded.issued, rank = excluded.rank",
                    (one.id, one.title, one.issued, rank),
                )
        self._bulletins = dict(self.conn.execute("SELECT id, key FROM bulletin"))

    def has_bulletins(self, found: Sequence[Bulletin]) -> bool:
        """True when the bulletins are kept just so."""
        kept = {row[0]: row for row in self.conn.execute("SELECT id, title, issued, rank FROM bulletin")}
        return all(kept.get(one.id) == (one.id, one.title, one.issued, rank) for rank, one in enumerate(found))

    def has_gazetteer(self, stamp: str) -> bool:
        """True when this is the stamp kept."""
        row = self.conn.execute("SELECT value FROM meta WHERE key = 'gazetteer'").fetchone()
        return row is not None and row[0] == stamp

    def has_faults(self, faults: Sequence[Problem]) -> bool:
        """True when these are the faults kept."""
        kept = list(self.conn.execute("SELECT * FROM problem WHERE file IS NULL"))
        return kept == [(None, 0, *one) for one in faults]

    def is_whole(self) -> bool:
        """True when nothing was left undone."""
        return bool(self.meta("complete") and self.meta("sorted")) and not self._whole

    def files(self) -> Generator[tuple[str, str, str, int, int]]:
        """Path, bulletin, kind, size and time of each file as it was read, in the library's order."""
        yield from self.conn.execute(
            "SELECT f.path, b.id, f.kind, f.size, f.mtime_ns FROM file f JOIN bulletin b ON b.key = f.bulletin"
            " ORDER BY f.rank"
        )

    def begin(self, changes: Changes) -> None:
        """Take in what the walk found: faults, files that have gone, ranks."""
        self._keys = {}
        if not self.has_faults(changes.faults):
            self.conn.execute("DELETE FROM problem WHERE file IS NULL")
            self.conn.executemany(_PROBLEM, [(None, 0, *one) for one in changes.faults])
        for one in changes.gone:
            self._gone += [row[0] for row in self.conn.execute("SELECT number FROM article WHERE file = ?", (one.key,))]
            self.conn.execute("DELETE FROM problem WHERE file = ?", (one.key,))
            self.conn.execute("UPDATE file SET size = -2 WHERE key = ?", (one.key,))
        if changes.renumbered:
            self._whole = True
            rows = [(rank, path) for path, rank in changes.ranks.items()]
            self.conn.executemany("UPDATE file SET rank = ? WHERE path = ?", rows)

    def gazetteer(self, stamp: str) -> None:
        """Keep the stamp of the library's own gazetteer. When it has changed every article is to be read again."""
        if not self.has_gazetteer(stamp):
            self.conn.execute("INSERT OR REPLACE INTO meta VALUES ('gazetteer', ?)", (stamp,))
            self.read_again()

    def add(self, job: Job, found: ParsedSlice) -> None:
        """Take in what a slice holds."""
        part = job.part
        key = self._begun(job) if job.begins else self._keys[part.file.path]
        old = self._old.get(key, {})
        bulletin = self._bulletins[part.file.bulletin]
        for record in found.records:
            before = old.pop(record.id, None)
            if before is not None and before[1] == record.digest:
                self._whole |= before[2] != record.line
                self.conn.execute(
                    "UPDATE article SET start = ?, length = ?, line = ?, bulletin = ? WHERE number = ?",
                    (record.start, record.length, record.line, bulletin, before[0]),
                )
                continue
            if before is not None:
                self._gone.append(before[0])
            self._added.append((record, key, bulletin, job.rank))
        self.conn.executemany(_PROBLEM, ((key, at, *one) for at, one in found.problems))
        marks = (part.done, part.line - 1 + part.lines, part.crc, key)
        if part.last:
            self._gone += [number for number, _digest, _line in self._old.pop(key, {}).values()]
            unreadable = any(one.code == "unreadable" for _, one in found.problems)
            stamp = (-1, -1) if unreadable else (part.file.size, part.file.mtime_ns)
            values = (*stamp, *marks)
            self.conn.execute("UPDATE file SET size=?, mtime_ns=?, done=?, lines=?, crc=? WHERE key = ?", values)
        elif not job.again or not self.sorted:
            self.conn.execute("UPDATE file SET done=?, lines=?, crc=? WHERE key = ?", marks)

    def _begun(self, job: Job) -> int:
        """The key of the file whose first slice this is; what is there of it is taken up to be compared."""
        file, known = job.part.file, job.known
        bulletin = self._bulletins[file.bulletin]
        if known is None:
            row = self.conn.execute(
                "INSERT INTO file(path, bulletin, kind, size, mtime_ns, rank, done, lines, crc)"
                " VALUES (?, ?, ?, -1, -1, ?, 0, 0, 0)",
                (file.path, bulletin, file.kind, job.rank),
            )
            self._keys[file.path] = row.lastrowid or 0
            return self._keys[file.path]
        lines = 0 if job.again else job.part.line - 1
        self.conn.execute("DELETE FROM problem WHERE file = ? AND at > ?", (known.key, lines))
        self.conn.execute(
            "UPDATE file SET size = -1, kind = ?, bulletin = ? WHERE key = ?", (file.kind, bulletin, known.key)
        )
        rows = self.conn.execute(
            "SELECT id, number, digest, line FROM article WHERE file = ? AND line > ?", (known.key, lines)
        )
        if self.sorted:
            self._old[known.key] = {id: (number, digest, line) for id, number, digest, line in rows}
            self._whole |= job.again and not job.part.last
        else:
            self._gone += [number for _id, number, _digest, _line in rows]
        self._keys[file.path] = known.key
        return known.key

    def flush(self, end: bool = False) -> None:
        """Write what is waiting: rows out, rows in, orders. At the `end` of the reading orders are made anew if they
        have been put off."""
        gone = orders.placed(self.conn, self._gone)
        self._remove(self._gone)
        added = self._insert(self._added)
        gone += self._displaced
        self._displaced = []
        self.total += len(added) - len(gone)
        self._gone, self._added = [], []
        self.conn.execute("DELETE FROM file WHERE size = -2")
        self._whole |= not self.sorted or len(added) + len(gone) > max(_FEW, self.total // _SHARE)
        if not self._whole:
            orders.update(self.conn, gone, orders.placed(self.conn, added))
            self._listed = self.total
        elif end or self.total >= 2 * self._listed:
            self.write_orders()
        self.set_meta("behind", int(self._whole))
        if self.sorted and added:
            self.conn.execute("INSERT INTO pending VALUES (?, ?)", (min(added), max(added)))
        self.set_meta("total", self.total)
        self.set_meta("next", self._next)
        if added:
            self.set_meta("complete", 0)

    def write_orders(self) -> None:
        """Make every order anew."""
        orders.write(self.conn, orders.build(self.conn))
        self._listed, self._whole = self.total, False

    def sort(self) -> None:
        """The first reading is over: give the articles their numbers, in the order of dates, undated ones first."""
        self.conn.execute("ALTER TABLE article RENAME TO unsorted")
        for name in ARTICLE_INDEXES:
            self.conn.execute(f"DROP INDEX {name}")
        self.conn.execute(ARTICLE)
        self.conn.execute(
            "INSERT INTO article SELECT NULL, a.id, a.title, a.place, a.place_id, a.date, a.day, a.characters,"
            " a.authors, a.bulletin, a.file, a.start, a.length, a.line, a.digest"
            " FROM unsorted a JOIN file f ON f.key = a.file"
            " ORDER BY a.day, f.rank DESC, a.line DESC"
        )
        self.conn.execute("DROP TABLE unsorted")
        for statement in ARTICLE_INDEXES.values():
            self.conn.execute(statement)
        self.sorted, self._next = True, self.total
        self.set_meta("sorted", 1)
        self.set_meta("behind", 0)
        self.set_meta("next", self._next)
        if self.total:
            self.conn.execute("INSERT INTO pending VALUES (1, ?)", (self.total,))
        self.write_orders()

    def read_again(self) -> None:
        """Let every file be read again from its start."""
        self.conn.execute(_AGAIN)

    def read_twice_over(self) -> bool:
        """After articles have gone: let files be read again that hold another article of an id; True if there are."""
        if not self._removed_any:
            return False
        self._removed_any = False
        told = "SELECT file FROM problem WHERE code = 'duplicate-id'"
        return self.conn.execute(f"{_AGAIN} WHERE key IN ({told})").rowcount > 0

    def _remove(self, numbers: list[int]) -> None:
        self._removed_any |= bool(numbers)
        if self.sorted and numbers:
            search.remove(self.conn, numbers)
        self.conn.executemany("DELETE FROM article WHERE number = ?", ((number,) for number in numbers))

    def _insert(self, added: list[_Added]) -> list[int]:
        """Insert rows, in the order their numbers shall have; gives these numbers."""
        if self.sorted:
            added = sorted(added, key=lambda one: (one[0].day, -one[3], -one[0].line))
        step = 1 if self.sorted else -1
        numbers = [self._next + step * at for at in range(1, len(added) + 1)]
        self._next += step * len(added)
        rows = [_row(number, *one[:3]) for number, one in zip(numbers, added, strict=True)]
        before = self.conn.total_changes
        self.conn.executemany(_INSERT, rows)
        if self.conn.total_changes - before < len(rows):
            self._settle(added, rows)
            numbers = [one.number for one in orders.placed(self.conn, numbers)]
        return numbers

    def _settle(self, added: list[_Added], rows: Sequence[tuple[object, ...]]) -> None:
        """Of two articles with one id the first in the library's order stays; the other is a problem."""
        taken = {row[0] for row in rows}
        for (record, file, _bulletin, rank), row in zip(added, rows, strict=True):
            number, path, other, other_rank, line, other_path = self.conn.execute(
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
        """Put a row in the place of another with its id, which may be `counted` already."""
        if counted:
            self._displaced += orders.placed(self.conn, [number])
        self._remove([number])
        self.conn.execute(_INSERT, row)

    def _problem(self, file: int, at: int, problem: Problem) -> None:
        self.conn.execute(_PROBLEM, (file, at, *problem))


def _row(number: int, record: Record, file: int, bulletin: int) -> tuple[object, ...]:
    """A row of the table `article`."""
    return (number, *record[:_WHERE], bulletin, file, *record[_WHERE:])
