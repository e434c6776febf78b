"""The articles an index names for a query, the newest first; a few too many where the text must decide."""

import heapq
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from ..query.dates import day_of
from ..query.tree import Node, words
from .fts import MOST, certain, days, expression, spread

_EVERY = 1 << 62


@dataclass(frozen=True, slots=True)
class Tables:
    """How the index stands."""

    ordered: int
    """Up to this number dates rise with the numbers."""
    late: bool
    """There are numbers beyond."""
    gone: bool
    """Something was removed."""

    @classmethod
    def of(cls, conn: sqlite3.Connection) -> "Tables":
        """The tables of an index; none at all is an empty one."""
        row = conn.execute(
            "SELECT sorted_to, (SELECT max(number) FROM search_doc) > sorted_to, "
            "EXISTS (SELECT 1 FROM search_gone) FROM search_order"
        ).fetchone()
        return cls(row[0] or 0, bool(row[1]), bool(row[2])) if row else cls(0, False, False)


class Candidates:
    """Candidates for one query."""

    def __init__(self, conn: sqlite3.Connection, tables: Tables, node: Node) -> None:
        self._conn = conn
        self._node = node
        self._tables = tables
        self._ordered = tables.ordered
        self._first, self._last = self._numbers()

    def newest(self) -> Iterator[int]:
        """All candidates."""
        return self._stream(expression(self._node, self._rarest))

    def titled(self) -> Iterator[int]:
        """Those that may have every word in the title; none where the query has no word."""
        if next(words(self._node), None) is None:
            return iter(())
        found = expression(self._node, self._rarest, title=True)
        return self._stream(found) if found else iter(())

    def count(self) -> int | None:
        """How many there are, if all of them are hits."""
        found = expression(self._node)
        if not found or not certain(self._node):
            return None
        query = "SELECT count(*) FROM search_grams WHERE search_grams MATCH ?"
        if self._tables.gone:
            query += " AND rowid NOT IN (SELECT number FROM search_gone)"
        return int(self._conn.execute(query, (found,)).fetchone()[0])

    def _stream(self, found: str | None) -> Iterator[int]:
        """By falling date: numbers fall with the dates, but for what came late."""
        source, key = (
            ("search_grams WHERE search_grams MATCH :found", "rowid") if found else ("search_doc WHERE 1", "number")
        )
        order = f"ORDER BY {key} DESC"
        values = {"found": found, "first": self._first, "last": self._last, "ordered": self._ordered}
        main = self._conn.execute(
            f"SELECT {key} FROM {source} AND {key} BETWEEN :first AND :last {order}",
            values,
        )
        if not self._tables.late:
            yield from (number for (number,) in main)
            return
        late = self._conn.execute(
            f"SELECT late.{key}, doc.day FROM (SELECT {key} FROM {source} AND {key} > :ordered) late "
            f"JOIN search_doc doc ON doc.number = late.{key} ORDER BY 2 DESC, 1 DESC",
            values,
        ).fetchall()
        dated = ((self._day(number), number) for (number,) in main)
        merged = heapq.merge(dated, ((day, number) for number, day in late), reverse=True)
        yield from (number for _, number in merged)

    def _rarest(self, grams: list[str]) -> list[str]:
        """Pairs that are no common words are the rarest."""
        if len(grams) <= MOST:
            return grams
        grams = spread(grams, 200)
        marks = ",".join("?" * len(grams))
        counts = dict(self._conn.execute(f"SELECT word, count FROM search_word WHERE word IN ({marks})", grams))
        return sorted(grams, key=lambda gram: counts.get(gram) or 0)[:MOST]

    def _day(self, number: int) -> int:
        row = self._conn.execute("SELECT day FROM search_doc WHERE number = ?", (number,)).fetchone()
        return int(row[0]) if row else 0

    def _numbers(self) -> tuple[int, int]:
        """The first and last number, of those in order, that the days asked for allow."""
        first, last = days(self._node)
        # An article may be dated 2023 alone, which comes before 2023-01-01.
        low = self._begins(day_of(first[:4])) if first else -_EVERY
        high = self._begins(day_of(last) + 1) - 1 if last else self._ordered
        return low, min(high, self._ordered)

    def _begins(self, day: int) -> int:
        """The first number in order whose day is not before this one."""
        low, high = 0, self._ordered + 1
        while low < high:
            middle = (low + high) // 2
            row = self._conn.execute(
                "SELECT number, day FROM search_doc WHERE number BETWEEN ? AND ? ORDER BY number LIMIT 1",
                (middle, high - 1),
            ).fetchone()
            if row is None or row[1] >= day:
                high = middle
            else:
                low = row[0] + 1
        return low
