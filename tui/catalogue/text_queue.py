"""The queue of articles whose text is still to be indexed, in batches."""

import sqlite3
from collections import deque
from collections.abc import Iterator

from ..library import ArticleFile
from . import gram_table
from .records import PendingText

_BATCH_ARTICLES = 128
_TEXTS = """SELECT a.number, f.path, b.id, f.kind, a.start, a.length, a.line, a.place, a.place_id, a.day
    FROM article a JOIN file f ON f.key = a.file JOIN bulletin b ON b.key = a.bulletin
    WHERE a.number BETWEEN ? AND ? ORDER BY a.number"""


def pending_bytes(conn: sqlite3.Connection) -> int:
    """Return how many bytes of text are still to be indexed."""
    sizes = "SELECT (SELECT sum(length) FROM article WHERE number BETWEEN first AND last) FROM pending"
    return sum(size or 0 for (size,) in conn.execute(sizes))


class TextQueue:
    """The pending articles by rising number. The caller begins and commits the transactions."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._given: deque[tuple[int, int]] = deque()
        self._fed = 0
        self._counts = gram_table.no_counts()
        """Counts that are not saved yet."""

    def batches(self) -> Iterator[list[PendingText]]:
        """Yield the pending articles in batches."""
        ranges = list(self._conn.execute("SELECT first, last FROM pending ORDER BY first"))
        files: dict[str, ArticleFile] = {}
        for first, last in ranges:
            for start in range(first, last + 1, _BATCH_ARTICLES):
                stop = min(start + _BATCH_ARTICLES - 1, last)
                texts: list[PendingText] = []
                for number, path, bulletin, kind, *rest in self._conn.execute(_TEXTS, (start, stop)).fetchall():
                    file = files.get(path)
                    if file is None:
                        if len(files) > 1000:
                            files.clear()
                        file = files[path] = ArticleFile(path, bulletin, kind)
                    texts.append(PendingText(number, file, *rest))
                if texts:
                    self._given.append((stop, sum(text.length for text in texts)))
                    yield texts

    def add(self, batch: gram_table.GramBatch) -> int:
        """Index the next batch, prepared by workers; return its size in bytes."""
        self._fed, size = self._given.popleft()
        gram_table.add(self._conn, batch)
        self._counts.update(batch.counts)
        return size

    def save(self) -> None:
        """Record that the articles added so far are no longer pending."""
        gram_table.count(self._conn, self._counts)
        self._counts = gram_table.no_counts()
        self._conn.execute("DELETE FROM pending WHERE last <= ?", (self._fed,))
        self._conn.execute("UPDATE OR REPLACE pending SET first = ? WHERE first <= ?", (self._fed + 1, self._fed))

    def finish(self) -> None:
        """Record that no article is pending any more, and finish the index."""
        gram_table.count(self._conn, self._counts)
        self._conn.execute("DELETE FROM pending")
        gram_table.finish(self._conn)
