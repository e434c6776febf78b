"""The catalogue's implementation of an index for searches."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ..query.tree import Node, Order, Regex
from ..text.document import Document
from .candidates import Candidates, IndexState, interruptible
from .fts import remainder
from .texts import Texts
from .word_counts import WordCounts

_CACHE_KIBIBYTES = 16_384
"""KiB. SQLite's page cache: room for the pages that a user's queries share and the rows of the newest articles."""
_STEPS, _STEPS_SOON = 2000, 300
"""Steps of SQLite's virtual machine between two calls of `is_over`. They take much less than 1 ms."""


class CatalogueIndex(WordCounts):
    """An index that takes candidates and texts from the database; see Index. Belongs to the connection's thread."""

    is_small = False

    def __init__(self, conn: sqlite3.Connection, texts: Texts, *, is_growing: bool = False) -> None:
        super().__init__(conn)
        conn.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        self._texts = texts
        self.is_growing = is_growing
        self._state = IndexState(0, False, False)

    @property
    def is_unfinished(self) -> bool:
        """Whether the index has never been completed."""
        return self.is_growing and not IndexState.of(self._conn).last_ordered

    @property
    def last_ordered(self) -> int:
        """See Index."""
        return self._state.last_ordered

    def begin(self) -> None:
        """See Index."""
        super().begin()
        self._state = IndexState.of(self._conn)

    def expect(self, nodes: Sequence[Node], order: Order) -> bool:
        """See Index. The database is near, so there is nothing to prepare."""
        return True

    def newest(self, node: Node) -> Iterator[int]:
        """See Index."""
        return Candidates(self._conn, self._state, node).newest()

    def oldest(self, node: Node) -> Iterator[int]:
        """See Index."""
        return reversed(list(self.newest(node)))

    def titled(self, node: Node) -> Iterator[int]:
        """See Index."""
        return Candidates(self._conn, self._state, node).titled()

    def lengths(self, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
        """See Index."""
        query = f"SELECT number, title_length, length FROM search_doc WHERE number IN ({','.join('?' * len(numbers))})"
        with interruptible():
            return {number: (title, body) for number, title, body in self._conn.execute(query, numbers)}

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        """See Index."""
        with interruptible():
            return self._texts.matching(numbers, regex)

    def remainder(self, node: Node) -> Node:
        """See Index."""
        return remainder(node)

    def count(self, node: Node) -> int | None:
        """See Index."""
        with interruptible():
            return Candidates(self._conn, self._state, node).count()

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """See Index."""
        with interruptible():
            return self._texts.documents(numbers, with_text=with_text)

    @contextmanager
    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> Iterator[None]:
        """See Index."""
        self._conn.set_progress_handler(is_over, _STEPS_SOON if soon else _STEPS)
        try:
            yield
        finally:
            self._conn.set_progress_handler(None, 0)
