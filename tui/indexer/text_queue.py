"""Which articles' text is still to be fed to the search index, in which portions, and the mark of how far it came."""

import sqlite3
from collections import deque
from collections.abc import Iterator

from ..catalogue import gram_table as search
from ..library import ArticleFile
from .workers import PendingText, Result, Task

_PORTION = 256
"""Articles that are prepared in one go."""
_TEXTS = """SELECT a.number, f.path, b.id, f.kind, a.start, a.length, a.line, a.place, a.place_id, a.day
    FROM article a JOIN file f ON f.key = a.file JOIN bulletin b ON b.key = a.bulletin
    WHERE a.number BETWEEN ? AND ? ORDER BY a.number"""


def left(conn: sqlite3.Connection) -> int:
    """Bytes that are still to be fed."""
    sizes = "SELECT (SELECT sum(length) FROM article WHERE number BETWEEN first AND last) FROM pending"
    return sum(size or 0 for (size,) in conn.execute(sizes))


class TextQueue:
    """The articles that wait, by rising number; works inside transactions that others begin and end."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._given: deque[tuple[int, int]] = deque()
        self._fed = 0

    def tasks(self) -> Iterator[Task]:
        """Portions of what waits."""
        ranges = list(self._conn.execute("SELECT first, last FROM pending ORDER BY first"))
        files: dict[str, ArticleFile] = {}
        for first, last in ranges:
            for start in range(first, last + 1, _PORTION):
                stop = min(start + _PORTION - 1, last)
                texts: list[PendingText] = []
                for number, path, bulletin, kind, *rest in self._conn.execute(_TEXTS, (start, stop)).fetchall():
                    file = files.get(path)
                    if file is None:
                        if len(files) > 1000:
                            files.clear()
                        file = files[path] = ArticleFile(path, bulletin, kind)
                    texts.append(PendingText(number, file, *rest))
                self._given.append((stop, sum(text.length for text in texts)))
                yield texts

    def take(self, result: Result) -> int:
        """Feed what was prepared; gives its size in bytes."""
        self._fed, size = self._given.popleft()
        search.add(self._conn, (one for one in result if isinstance(one, search.GramRecord)))
        return size

    def mark(self) -> None:
        """Set the mark: what was fed by now does not wait any more."""
        self._conn.execute("DELETE FROM pending WHERE last <= ?", (self._fed,))
        self._conn.execute("UPDATE OR REPLACE pending SET first = ? WHERE first <= ?", (self._fed + 1, self._fed))

    def finish(self) -> None:
        """Everything has been fed."""
        self._conn.execute("DELETE FROM pending")
        search.finish(self._conn)
