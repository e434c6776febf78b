"""The articles that the index proposes for a query, newest first. Some may not be hits: the text must decide."""

import heapq
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from ..query.dates import day_of
from ..query.tree import Node, has_words
from ..text.index import OutOfTime
from .fts import MAX_GRAMS, days, expression, is_exact, spread

_MIN_NUMBER = -1 << 62
_MAX_COUNTED_GRAMS = 200
"""Grams of one term whose frequency is looked up, at most."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise OutOfTime inside the context when a progress handler interrupts a statement."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise OutOfTime from error
        raise


class IndexState(NamedTuple):
    """The state of the index that the order of candidates depends on."""

    last_ordered: int
    """The highest number such that dates rise with the numbers up to it."""
    has_late: bool
    """Whether there are articles with higher numbers, out of date order."""
    has_removed: bool
    """Whether there are postings of removed articles."""

    @classmethod
    def of(cls, conn: sqlite3.Connection) -> "IndexState":
        """Return the state of the index. An index without a row in `search_order` counts as empty."""
        row = conn.execute(
            "SELECT sorted_to, (SELECT max(number) FROM search_doc) > sorted_to, "
            "EXISTS (SELECT 1 FROM search_gone) FROM search_order"
        ).fetchone()
        return cls(row[0] or 0, bool(row[1]), bool(row[2])) if row else cls(0, False, False)


class Candidates:
    """The candidates for one node of a query."""

    def __init__(self, conn: sqlite3.Connection, state: IndexState, node: Node) -> None:
        self._conn, self._state, self._node = conn, state, node
        self._first, self._last = self._numbers()

    def newest(self) -> Iterator[int]:
        """Yield the numbers of all candidates, newest first."""
        return self._stream(expression(self._node, self._rarest))

    def titled(self) -> Iterator[int]:
        """Yield the candidates that may have every term in the title, newest first; none if the node has no term."""
        if not has_words(self._node):
            return iter(())
        found = expression(self._node, self._rarest, title=True)
        return self._stream(found) if found else iter(())

    def count(self) -> int | None:
        """Return the number of candidates if the index alone shows that all are hits, else None."""
        found = expression(self._node)
        if not found or not is_exact(self._node):
            return None
        query = "SELECT count(*) FROM search_grams WHERE search_grams MATCH ?"
        if self._state.has_removed:
            query += " AND rowid NOT IN (SELECT number FROM search_gone)"
        return int(self._conn.execute(query, (found,)).fetchone()[0])

    def _stream(self, found: str | None) -> Iterator[int]:
        """Yield article numbers, newest first, merging in those indexed out of date order."""
        source, key = (
            ("search_grams WHERE search_grams MATCH :found", "rowid") if found else ("search_doc WHERE 1", "number")
        )
        values = {"found": found, "first": self._first, "last": self._last, "ordered": self._state.last_ordered}
        with interruptible():
            main = self._conn.execute(
                f"SELECT {key} FROM {source} AND {key} BETWEEN :first AND :last ORDER BY {key} DESC", values
            )
            if not self._state.has_late:
                yield from (number for (number,) in main)
                return
            late = self._conn.execute(
                f"SELECT doc.day, late.{key} FROM (SELECT {key} FROM {source} AND {key} > :ordered) late "
                f"JOIN search_doc doc ON doc.number = late.{key} ORDER BY 1 DESC, 2 DESC",
                values,
            ).fetchall()
            dated = ((self._day(number), number) for (number,) in main)
            yield from (number for _, number in heapq.merge(dated, late, reverse=True))

    def _rarest(self, grams: list[str]) -> list[str]:
        """Return the rarest grams, at most `MAX_GRAMS`. Pairs without a count (no common words) come first."""
        if len(grams) <= MAX_GRAMS:
            return grams
        grams = spread(grams, _MAX_COUNTED_GRAMS)
        marks = ",".join("?" * len(grams))
        counts = dict(self._conn.execute(f"SELECT word, count FROM search_word WHERE word IN ({marks})", grams))
        return sorted(grams, key=lambda gram: counts.get(gram) or 0)[:MAX_GRAMS]

    def _day(self, number: int) -> int:
        row = self._conn.execute("SELECT day FROM search_doc WHERE number = ?", (number,)).fetchone()
        return int(row[0]) if row else 0

    def _numbers(self) -> tuple[int, int]:
        """Return the first and last number that the node's date filters allow, among the numbers in date order."""
        first, last = days(self._node)
        ordered = self._state.last_ordered
        # an article dated only 2023 is ordered before 2023-01-01
        low = self._first_from(day_of(first[:4])) if first else _MIN_NUMBER
        high = self._first_from(day_of(last) + 1) - 1 if last else ordered
        return low, min(high, ordered)

    def _first_from(self, day: int) -> int:
        """Return the first number, among those in date order, whose day is `day` or later."""
        low, high = 0, self._state.last_ordered + 1
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
