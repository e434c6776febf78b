"""The rows of the table of articles: their numbers, and which of two articles with the same id is kept."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from ..library import duplicate
from ..problem import Problem
from . import gram_table, orders
from .records import Record
from .schema import ARTICLE, ARTICLE_INDEXES

PROBLEM_ROW = "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)"
_ARTICLE_ROW = f"INSERT OR IGNORE INTO article VALUES ({','.join('?' * 16)})"
_LOCATION = Record._fields.index("start")
"""Index of the first column that tells where the article is; the columns before it describe the article."""
_COLUMNS = (*Record._fields[:_LOCATION], "bulletin", "file", *Record._fields[_LOCATION:])
_REWRITE = f"UPDATE article SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE number = ?"
_SORTED = "ORDER BY a.day, f.rank DESC, a.line DESC"
_RENUMBERED = f"""INSERT INTO renumbered SELECT old, number FROM (
    SELECT a.number AS old, row_number() OVER ({_SORTED}) AS number FROM article a JOIN file f ON f.key = a.file
    ) ORDER BY old"""


class NewRow(NamedTuple):
    """An article to be inserted."""

    record: Record
    file: int
    bulletin: int
    rank: int
    """Rank of the file."""

    def row(self, number: int) -> tuple[object, ...]:
        """Return the row of the table `article`."""
        record = self.record
        return (number, *record[:_LOCATION], self.bulletin, self.file, *record[_LOCATION:])


class ArticleRows:
    """Inserts and removes rows and gives them their numbers.

    Numbers are negative until `sort` renumbers all articles by date. New articles then get the next numbers.
    """

    def __init__(self, conn: sqlite3.Connection, *, is_sorted: bool, last: int) -> None:
        self._conn = conn
        self.is_sorted = is_sorted
        self.last = last
        """The number that was given last."""
        self._displaced: list[orders.Placed] = []
        self._removed_any = False

    def take_displaced(self) -> list[orders.Placed]:
        """Return the articles that another one with the same id has replaced since the last call."""
        displaced, self._displaced = self._displaced, []
        return displaced

    def take_removed_any(self) -> bool:
        """Return whether any row was removed since the last call."""
        removed_any, self._removed_any = self._removed_any, False
        return removed_any

    def sort(self, total: int) -> None:
        """Renumber all `total` articles by date, undated ones first. Stores the old numbers, for open listings."""
        self._conn.execute("DELETE FROM renumbered")
        self._conn.execute(_RENUMBERED)
        self._conn.execute("ALTER TABLE article RENAME TO unsorted")
        for name in ARTICLE_INDEXES:
            self._conn.execute(f"DROP INDEX {name}")
        self._conn.execute(ARTICLE)
        self._conn.execute(
            "INSERT INTO article SELECT NULL, a.id, a.title, a.place, a.place_id, a.date, a.day, a.characters,"
            " a.authors, a.tags, a.bulletin, a.file, a.start, a.length, a.line, a.digest"
            f" FROM unsorted a JOIN file f ON f.key = a.file {_SORTED}"
        )
        self._conn.execute("DROP TABLE unsorted")
        for statement in ARTICLE_INDEXES.values():
            self._conn.execute(statement)
        self.is_sorted, self.last = True, total

    def rewrite(self, number: int, one: NewRow) -> None:
        """Replace the values of row `number`, before `sort`."""
        self._conn.execute(_REWRITE, (*one.row(number)[1:], number))

    def remove(self, numbers: list[int]) -> None:
        self._removed_any |= bool(numbers)
        if self.is_sorted and numbers:
            gram_table.remove(self._conn, numbers)
        self._conn.executemany("DELETE FROM article WHERE number = ?", ((number,) for number in numbers))

    def insert(self, added: list[NewRow]) -> list[int]:
        """Insert rows with the next numbers, in date order once sorted; return the numbers of the rows inserted."""
        if self.is_sorted:
            added = sorted(added, key=lambda one: (one.record.day, -one.rank, -one.record.line))
        step = 1 if self.is_sorted else -1
        numbers = [self.last + step * at for at in range(1, len(added) + 1)]
        self.last += step * len(added)
        rows = [one.row(number) for number, one in zip(numbers, added, strict=True)]
        before = self._conn.total_changes
        self._conn.executemany(_ARTICLE_ROW, rows)
        if self._conn.total_changes - before < len(rows):
            self._settle(added, rows)
            numbers = [one.number for one in orders.placed(self._conn, numbers)]
        return numbers

    def _settle(self, added: list[NewRow], rows: Sequence[tuple[object, ...]]) -> None:
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
        self.remove([number])
        self._conn.execute(_ARTICLE_ROW, row)

    def _problem(self, file: int, at: int, problem: Problem) -> None:
        self._conn.execute(PROBLEM_ROW, (file, at, *problem))
