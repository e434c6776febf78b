"""The orders of a catalogue: building them from all rows, and updating them for added and removed articles.

Places and authors are ordered by their first article in the library, months newest first, bulletins in the library's
order, tags by their number of articles. Articles without a place, month, author or tag come last.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from .group_pages import GroupPages, write_pages
from .listing import group_keys
from .order_pages import PAGE, packed, unpacked
from .summaries import GROUPINGS, Grouping

LAST = 1 << 62
"""Rank of the group of articles without a key."""
_LINES, _AUTHORS = 24, 4
"""Bits of a rank for the line in a file, and for the author in a line."""
_COLUMNS = """SELECT a.number, a.place, a.day, a.authors, a.tags, b.id, b.rank, f.rank, a.line
    FROM article a JOIN bulletin b ON b.key = a.bulletin JOIN file f ON f.key = a.file"""


class Placed(NamedTuple):
    """An article with all values that determine its position in an order."""

    number: int
    place: str | None
    day: int
    authors: str
    tags: str
    bulletin: str
    bulletin_rank: int
    rank: int
    line: int

    @property
    def first(self) -> int:
        """The article's position in the library."""
        return first(self.rank, self.line)

    @property
    def key(self) -> tuple[int, int, int]:
        """The sort key within a group."""
        return -self.day, self.rank, self.line


@dataclass(slots=True)
class Order:
    """The article numbers of a group, in order."""

    rank: int
    numbers: "array[int]" = field(default_factory=lambda: array("i"))
    days: list[int] = field(default_factory=list)
    """The day of the first article on each page."""


def first(rank: int, line: int) -> int:
    """Return an article's position in the library as one number. Its lowest `_AUTHORS` bits are 0, for its authors."""
    return (rank << _LINES | min(line, (1 << _LINES) - 1)) << _AUTHORS


def placed(conn: sqlite3.Connection, numbers: Sequence[int]) -> list[Placed]:
    """Return the articles with these numbers."""
    found: list[Placed] = []
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        marks = ",".join("?" * len(part))
        found += [Placed(*row) for row in conn.execute(f"{_COLUMNS} WHERE a.number IN ({marks})", part)]
    return found


def build(conn: sqlite3.Connection) -> dict[tuple[Grouping, str], Order]:
    """Build every order from all rows."""
    orders: dict[tuple[Grouping, str], Order] = {}
    rows = conn.execute(f"{_COLUMNS} ORDER BY a.day DESC, f.rank, a.line")
    for number, place, day, authors, tags, bulletin, bulletin_rank, rank, line in rows:
        at = first(rank, line)
        for by in GROUPINGS:
            for nth, name in enumerate(group_keys(by, place, day, authors, tags, bulletin)):
                order = orders.get((by, name))
                if order is None:
                    order = orders[by, name] = Order(_rank(by, name, day, bulletin_rank, at + min(nth, 15)))
                elif at < order.rank and by in ("place", "author") and name:
                    order.rank = at + min(nth, 15)
                if len(order.numbers) % PAGE == 0:
                    order.days.append(day)
                order.numbers.append(number)
    return orders


def write(conn: sqlite3.Connection, orders: dict[tuple[Grouping, str], Order]) -> None:
    """Replace every order, inside a transaction."""
    conn.execute("DELETE FROM page")
    conn.execute("DELETE FROM grp")
    titles = dict(conn.execute("SELECT id, title FROM bulletin"))
    for (by, name), order in orders.items():
        directory = write_pages(conn, order.numbers, order.days)
        _write_group(conn, by, name, titles.get(name, name) if by == "bulletin" else name, order.rank, directory)


def update(conn: sqlite3.Connection, removed: Iterable[Placed], added: Iterable[Placed]) -> None:
    """Remove articles from the orders and insert others, whose rows must exist, inside a transaction."""
    touched: dict[tuple[Grouping, str], tuple[list[Placed], list[Placed]]] = {}
    for at, articles in enumerate((removed, added)):
        for one in articles:
            for by in GROUPINGS:
                for name in group_keys(by, one.place, one.day, one.authors, one.tags, one.bulletin):
                    touched.setdefault((by, name), ([], []))[at].append(one)
    titles = dict(conn.execute("SELECT id, title FROM bulletin"))
    for (by, name), (out, into) in touched.items():
        _update_group(conn, by, name, titles.get(name, name) if by == "bulletin" else name, out, into)


def _update_group(
    conn: sqlite3.Connection, by: Grouping, name: str, label: str, out: list[Placed], into: list[Placed]
) -> None:
    row = conn.execute("SELECT key, rank, pages FROM grp WHERE grouping = ? AND name = ?", (by, name)).fetchone()
    rank, pages = (row[1], GroupPages(conn, unpacked(row[2]))) if row else (LAST, GroupPages(conn, []))
    if row:
        conn.execute("DELETE FROM grp WHERE key = ?", (row[0],))
    for one in out:
        pages.remove(one.number, one.day)
    keys = partial(_key, conn)
    for one in into:
        pages.insert(one.number, keys)
    directory = pages.written(lambda number: -keys(number)[0])
    added = min((_ranked(by, name, one) for one in into), default=LAST)
    if by in ("place", "author") and name and added > rank and any(_ranked(by, name, one) == rank for one in out):
        rank = min((_ranked(by, name, one) for one in placed(conn, pages.numbers())), default=LAST)
    _write_group(conn, by, name, label, min(rank, added), directory)


def _key(conn: sqlite3.Connection, number: int) -> tuple[int, int, int]:
    return placed(conn, [number])[0].key


def _write_group(
    conn: sqlite3.Connection, by: Grouping, name: str, label: str, rank: int, directory: list[tuple[int, int, int]]
) -> None:
    """Insert a group, unless it is empty, under a new key."""
    count = sum(page[1] for page in directory)
    if count:
        conn.execute(
            "INSERT INTO grp(grouping, name, label, rank, count, pages) VALUES (?, ?, ?, ?, ?, ?)",
            (by, name, label, -count if by == "tag" and name else rank, count, packed(directory)),
        )


def _ranked(by: Grouping, name: str, one: Placed) -> int:
    keys = group_keys(by, one.place, one.day, one.authors, one.tags, one.bulletin)
    return _rank(by, name, one.day, one.bulletin_rank, one.first + min(keys.index(name), 15))


def _rank(by: Grouping, name: str, day: int, bulletin_rank: int, first: int) -> int:
    if not name:
        return LAST
    if by == "month":
        return -(day // 100)
    return bulletin_rank if by == "bulletin" else first
