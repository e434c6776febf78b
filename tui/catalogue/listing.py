"""Listings of a catalogue's articles. Rows are fetched on demand."""

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from typing import Any, NamedTuple, TypeVar

from ..article import ArticleSummary
from ..i18n import _
from .connection import ReadConnection
from .hidden import RENUMBERED, Hidden
from .order_pages import OrderPages, whole_order
from .summaries import Group, Grouping, parts

T = TypeVar("T")

_ROW = "a.number, a.id, a.title, a.place, a.date, a.characters, a.authors, a.place_id, b.title, a.tags"
_FROM = "FROM article a JOIN bulletin b ON b.key = a.bulletin"
BY_NUMBER = f"SELECT {_ROW} {_FROM} WHERE a.number IN ({{}})"
_IDS = "SELECT json_group_array(number), json_group_array(CAST(id AS TEXT)) FROM article WHERE number IN ({})"
BY_ID = f"""SELECT {_ROW}, b.id, a.day, f.rank, a.line {_FROM} JOIN file f ON f.key = a.file WHERE a.id IN ({{}})"""


class ListedRow(NamedTuple):
    """A row of `BY_NUMBER` or `BY_ID`."""

    number: int
    id: str
    title: str
    place: str | None
    date: str | None
    characters: int
    authors: str
    place_id: int | None
    bulletin: str
    """The title of the bulletin."""
    tags: str = ""
    bulletin_id: str = ""
    day: int = 0
    """Only in rows of `BY_ID`, like `bulletin_id`, `rank` and `line`."""
    rank: int = 0
    line: int = 0

    def summary(self) -> ArticleSummary:
        """Return the article as lists show it."""
        title, authors = tuple(self.title.split("\n")), parts(self.authors)
        return ArticleSummary(
            *(self.number, self.id, title, self.place, self.date, self.characters, authors, self.place_id),
            *(self.bulletin, parts(self.tags)),
        )


def ids_of(store: ReadConnection, numbers: Sequence[int]) -> list[str]:
    """Return the ids of the articles with these numbers, in the same order, without those that no longer exist."""
    found = _with_renumbered(store, lambda some: dict(store.pairs(_IDS, some)), numbers)
    return [found[number] for number in numbers if number in found]


def summaries_of(store: ReadConnection, numbers: Sequence[int]) -> list[ArticleSummary]:
    """Return the articles with these numbers, in the same order, without those that no longer exist."""
    found = {number: ListedRow(*row).summary() for number, row in rows_of(store, BY_NUMBER, numbers).items()}
    return [found[number] for number in numbers if number in found]


def rows_of(store: ReadConnection, query: str, numbers: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return the rows of a query, whose first column is the article's number, by the numbers asked for."""
    return _with_renumbered(store, lambda some: {row[0]: row for row in store.many(query, some)}, numbers)


def _with_renumbered(
    store: ReadConnection, find: Callable[[Sequence[int]], dict[int, T]], numbers: Sequence[int]
) -> dict[int, T]:
    """Return what `find` finds, also for numbers from before the articles were sorted by date."""
    found = find(numbers)
    if missing := [number for number in numbers if number < 0 and number not in found]:
        now = dict(store.pairs(RENUMBERED, missing))
        rows = find(list(now.values()))
        found |= {old: rows[number] for old, number in now.items() if number in rows}
    return found


def group_keys(by: Grouping, place: str | None, day: int, authors: str, tags: str, bulletin: str) -> tuple[str, ...]:
    """Return the keys of the groups that contain an article."""
    if by == "place":
        return (place or "",)
    if by == "month":
        return (month(day),)
    if by == "author":
        return parts(authors) or ("",)
    if by == "tag":
        return parts(tags) or ("",)
    return (bulletin,)


def month(day: int) -> str:
    """Return `2023-06` for 20230601, `2023` for 20230000 and an empty string for 0."""
    year, rest = divmod(day, 10_000)
    if not year:
        return ""
    return f"{year:04d}-{rest // 100:02d}" if rest >= 100 else f"{year:04d}"


def label(by: Grouping, key: str, stored: str) -> str:
    """Return the name of a group as the screen shows it. `stored` is the name in the database."""
    if by != "month" or not key:
        return stored
    year, _dash, number = key.partition("-")
    if not number:
        return _("{year} 年").format(year=year)
    return _("{year} 年 {month} 月").format(year=year, month=int(number))


class FullListing:
    """A listing of all articles except those with the ids `without`.

    If it leaves articles out, and during the first indexing, when orders are rewritten often, it reads all numbers at
    once and keeps them.
    """

    def __init__(self, store: ReadConnection, by: Grouping, newest: bool, without: Iterable[str] = ()) -> None:
        self._store, self._by, self._newest = store, by, newest
        self.groups: list[Group] = []
        self._keys: list[int] = []
        self._pages: dict[int, OrderPages | _Shown] = {}
        hidden = Hidden(store, without)
        self._is_fixed = not store.meta("sorted")
        if self._is_fixed:
            self._read_all(hidden)
            self._is_fixed = not store.meta("sorted")
        if not self._is_fixed:  # the first indexing is over, perhaps since a moment ago
            hidden.use_new_numbers()
            self._read_all(hidden) if hidden else self._read_groups()
        self._starts = [group.start for group in self.groups]
        self._length = sum(group.count for group in self.groups)

    def _read_groups(self) -> None:
        self.groups, self._keys, self._pages = [], [], {}
        found = self._store.all(
            "SELECT name, label, count, key FROM grp WHERE grouping = ? ORDER BY rank, name", (self._by,)
        )
        for name, stored, count, key in found:
            if isinstance(count, int):
                self._add_group(name, stored, count, key)

    def _read_all(self, hidden: Hidden) -> None:
        self.groups, self._keys, self._pages = [], [], {}
        for name, stored, key, numbers in whole_order(self._store, self._by):
            shown = _Shown(hidden.without(numbers) if hidden else numbers)
            if len(shown):
                self._pages[len(self.groups)] = shown
            self._add_group(name, stored, len(shown), key)

    def _add_group(self, name: str, stored: str, count: int, key: int) -> None:
        if count > 0:
            start = self.groups[-1].start + self.groups[-1].count if self.groups else 0
            self.groups.append(Group(name, label(self._by, name, stored), start, count))
            self._keys.append(key)

    def __len__(self) -> int:
        return self._length

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        return summaries_of(self._store, self._numbers(max(start, 0), min(stop, self._length)))

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return ids_of(self._store, self._numbers(max(start, 0), min(stop, self._length)))

    def load(self) -> None:
        """Do nothing: everything slow was read when the listing was created."""

    def with_store(self, store: ReadConnection) -> "FullListing":
        """Return the same listing on another connection."""
        listing = copy(self)
        listing._store = store
        listing._pages = {at: pages for at, pages in self._pages.items() if isinstance(pages, _Shown)}
        return listing

    def find(self, article_id: str) -> int | None:
        for row in (ListedRow(*found) for found in self._store.all(BY_ID.format("?"), (article_id,))):
            number = self._number_then(row.number) if self._is_fixed else row.number
            keys = group_keys(self._by, row.place, row.day, row.authors, row.tags, row.bulletin_id)
            for at, group in enumerate(self.groups):
                if group.key in keys or self._is_fixed:
                    index = self._group(at).index(number, row.day)
                    if index is not None:
                        return group.start + (index if self._newest else group.count - 1 - index)
        return None

    def _number_then(self, number: int) -> int:
        """Return the number that an article had before the articles were sorted by date."""
        rows = self._store.all("SELECT old FROM renumbered WHERE number = ?", (number,)) if number > 0 else []
        return int(rows[0][0]) if rows else number

    def _numbers(self, start: int, stop: int) -> list[int]:
        numbers: list[int] = []
        at = max(bisect_right(self._starts, start) - 1, 0)
        while start < stop:
            group = self.groups[at]
            end = min(stop, group.start + group.count)
            numbers += self._part(at, start - group.start, end - group.start)
            at, start = at + 1, end
        return numbers

    def _part(self, at: int, start: int, stop: int) -> list[int]:
        if self._newest:
            return self._group(at).slice(start, stop)
        count = self.groups[at].count
        return self._group(at).slice(count - stop, count - start)[::-1]

    def _group(self, at: int) -> "OrderPages | _Shown":
        if at not in self._pages:
            self._pages[at] = OrderPages(self._store, self._keys[at])
        return self._pages[at]


class _Shown:
    """The numbers of a group without the hidden ones, in memory."""

    def __init__(self, numbers: "array[int]") -> None:
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def slice(self, start: int, stop: int) -> list[int]:
        return self._numbers[start:stop].tolist()

    def index(self, number: int, day: int) -> int | None:
        try:
            return self._numbers.index(number)
        except ValueError:
            return None


class SelectedListing:
    """A listing of selected articles: starred ones, the history or the hits of a search."""

    def __init__(self, store: ReadConnection, ids: Iterable[str], by: Grouping | None, newest: bool) -> None:
        self._store = store
        wanted = list(dict.fromkeys(ids))
        found = {row.id: row for row in (ListedRow(*one) for one in store.many(BY_ID, wanted))}
        records = [found[article] for article in wanted if article in found]
        if by is None:
            self._numbers = [row.number for row in records]
            self.groups: Sequence[Group] = [Group("", "", 0, len(records))] if records else []
        else:
            self._numbers, self.groups = _grouped(store, records, by, newest)
        self._ids = {article: row.number for article, row in found.items()}

    def __len__(self) -> int:
        return len(self._numbers)

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        return summaries_of(self._store, self._numbers[max(start, 0) : max(stop, 0)])

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return ids_of(self._store, self._numbers[max(start, 0) : max(stop, 0)])

    def load(self) -> None:
        """Do nothing: everything slow was read when the listing was created."""

    def with_store(self, store: ReadConnection) -> "SelectedListing":
        """Return the same listing on another connection."""
        listing = copy(self)
        listing._store = store
        return listing

    def find(self, article_id: str) -> int | None:
        number = self._ids.get(article_id)
        return None if number is None else self._numbers.index(number)


def _grouped(
    store: ReadConnection, records: Sequence[ListedRow], by: Grouping, newest: bool
) -> tuple[list[int], list[Group]]:
    members: dict[str, list[tuple[int, int, int, int]]] = {}
    for row in records:
        for key in group_keys(by, row.place, row.day, row.authors, row.tags, row.bulletin_id):
            members.setdefault(key, []).append((-row.day, row.rank, row.line, row.number))
    groups: list[Group] = []
    numbers: list[int] = []
    order = store.all("SELECT name, label FROM grp WHERE grouping = ? ORDER BY rank, name", (by,))
    for name, stored in order:
        if name in members:
            groups.append(Group(name, label(by, name, stored), len(numbers), len(members[name])))
            inside = sorted(members[name], reverse=not newest)
            numbers += [number for _, _, _, number in inside]
    return numbers, groups
