"""The pages of a group while articles are inserted and removed. Reads and writes only the pages that this concerns."""

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .order_pages import PAGE

Key = Callable[[int], tuple[int, int, int]]
"""Returns the sort key of an article, given its number."""
_MAX_PAGE = 2 * PAGE
"""Article numbers. A longer page is divided."""


@dataclass(slots=True)
class _Page:
    key: int
    """0 for a page that is not stored yet."""
    count: int
    day: int
    numbers: "array[int] | None" = None
    """None until the page is read."""
    is_changed: bool = False


class GroupPages:
    """The pages of one group. A page that changes gets a new key: an open listing must not see rows that moved."""

    def __init__(self, conn: sqlite3.Connection, directory: Sequence[tuple[int, int, int]]) -> None:
        self._conn = conn
        self._pages = [_Page(*row) for row in directory]
        self._dropped: list[int] = []

    def remove(self, number: int, day: int) -> None:
        """Remove an article of this day."""
        for at, page in enumerate(self._pages):
            if page.day < day:
                return
            following = self._pages[at + 1].day if at + 1 < len(self._pages) else 0
            if following <= day and number in (numbers := self._read(page)):
                numbers.remove(number)
                page.is_changed = True
                if not numbers:
                    self._dropped.append(page.key)
                    del self._pages[at]
                return

    def insert(self, number: int, key: Key) -> None:
        """Insert an article in its place by `key`."""
        if not self._pages:
            self._pages.append(_Page(0, 1, 0, array("i", [number]), True))
            return
        mine = key(number)
        at = bisect_right(self._pages, mine, key=lambda page: key(self._read(page)[0]))
        page = self._pages[max(at - 1, 0)]
        numbers = self._read(page)
        numbers.insert(bisect_left(numbers, mine, key=key), number)
        page.is_changed = True

    def numbers(self) -> "array[int]":
        """Return the numbers of all articles, in order."""
        found = array("i")
        for page in self._pages:
            found += self._read(page)
        return found

    def written(self, day: Callable[[int], int]) -> list[tuple[int, int, int]]:
        """Store the pages that have changed; return the directory. `day` returns the day of an article."""
        directory: list[tuple[int, int, int]] = []
        for page in self._pages:
            if not page.is_changed:
                directory.append((page.key, page.count, page.day))
                continue
            self._dropped.append(page.key)
            numbers = self._read(page)
            size = PAGE if len(numbers) > _MAX_PAGE else _MAX_PAGE
            directory += write_pages(self._conn, numbers, [day(number) for number in numbers[::size]], size)
        self._conn.executemany("DELETE FROM page WHERE key = ?", [(key,) for key in self._dropped])
        return directory

    def _read(self, page: _Page) -> "array[int]":
        if page.numbers is None:
            row = self._conn.execute("SELECT numbers FROM page WHERE key = ?", (page.key,)).fetchone()
            page.numbers = array("i", row[0])
        return page.numbers


def write_pages(
    conn: sqlite3.Connection, numbers: "array[int]", days: Sequence[int], size: int = PAGE
) -> list[tuple[int, int, int]]:
    """Store the numbers in new pages of `size`; return the directory. `days` are those of their first articles."""
    directory: list[tuple[int, int, int]] = []
    for start, day in zip(range(0, len(numbers), size), days, strict=True):
        part = numbers[start : start + size]
        key = conn.execute("INSERT INTO page(numbers) VALUES (?)", (part.tobytes(),)).lastrowid
        directory.append((key or 0, len(part), day))
    return directory
