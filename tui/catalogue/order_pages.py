"""The article numbers of a group, in order, packed into pages in the database. Each page can be read alone.

Within a group the newest article comes first; those of one day are in the library's order.
"""

from array import array
from collections.abc import Sequence

from .connection import ReadConnection

PAGE = 2048
"""Article numbers in a page."""
_ZERO = bytes(4)
"""The packed number 0."""
_MAX_READS = 5
"""Times that an order is read again because a commit came in between."""


def packed(pages: Sequence[tuple[int, int, int]]) -> bytes:
    """Return the directory of a group: key, count and first day of each page, as packed 32-bit integers."""
    return array("i", (value for page in pages for value in page)).tobytes()


def unpacked(directory: bytes) -> list[tuple[int, int, int]]:
    """Return the key, count and first day of each page in a directory from `packed`."""
    values = iter(array("i", directory))
    return list(zip(*[values] * 3, strict=True))


def whole_order(store: ReadConnection, by: str) -> list[tuple[str, str, int, "array[int]"]]:
    """Return the name, label, key and numbers of every group of an order, all of the same commit."""
    groups: list[tuple[str, str, int, array[int]]] = []
    for _ in range(_MAX_READS):
        before = store.all("PRAGMA data_version")
        groups = _read_order(store, by)
        if store.all("PRAGMA data_version") == before:
            break
    return groups


def _read_order(store: ReadConnection, by: str) -> list[tuple[str, str, int, "array[int]"]]:
    rows = store.all("SELECT name, label, key, pages FROM grp WHERE grouping = ? ORDER BY rank, name", (by,))
    directories = [array("i", row[3])[::3] for row in rows]
    wanted = [key for directory in directories for key in directory]
    pages = dict(store.many("SELECT key, numbers FROM page WHERE key IN ({})", wanted))
    groups = []
    for (name, label, key, _pages), directory in zip(rows, directories, strict=True):
        raw = b"".join(pages.get(page) or b"" for page in directory)
        numbers = array("i", raw)
        if _ZERO in raw and 0 in numbers:  # see `OrderPages.slice`
            store.damaged()
            return []
        groups.append((name, label, key, numbers))
    return groups


class OrderPages:
    """The article numbers of one group, read on demand. Caches the directory and the last page read."""

    def __init__(self, store: ReadConnection, group: int) -> None:
        self._store = store
        rows = store.all("SELECT pages FROM grp WHERE key = ?", (group,))
        self._directory = unpacked(rows[0][0]) if rows else []
        self._last: tuple[int, array[int]] = (-1, array("i"))

    def slice(self, start: int, stop: int) -> list[int]:
        """Return the numbers at these positions; none if the page is damaged."""
        found: list[int] = []
        for key, count, _ in self._directory:
            if start < count and stop > 0:
                page = self._page(key)
                if 0 in page:  # no article has number 0: the page was overwritten with zeros
                    self._store.damaged()
                    return []
                found += page[max(start, 0) : stop]
            start, stop = start - count, stop - count
            if stop <= 0:
                break
        return found

    def index(self, number: int, day: int) -> int | None:
        """Return the position of a number, None if the group lacks it. `day` limits the search to a few pages."""
        before = 0
        for at, (key, count, first) in enumerate(self._directory):
            if first < day:
                return None
            following = self._directory[at + 1][2] if at + 1 < len(self._directory) else 0
            if following <= day and number in (page := self._page(key)):
                return before + page.index(number)
            before += count
        return None

    def all(self) -> list[int]:
        return self.slice(0, sum(count for _, count, _ in self._directory))

    def _page(self, key: int) -> "array[int]":
        if self._last[0] != key:
            rows = self._store.all("SELECT numbers FROM page WHERE key = ?", (key,))
            self._last = key, array("i", rows[0][0] or b"" if rows else b"")
        return self._last[1]
