"""The named lists: the whole library in groups, unread, starred, history and saved searches."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from ..catalogue import ArticleSummary, Grouping, Listing
from ..i18n import _
from ..reading import Reading
from .list_model import ListItem, Section
from .named_list_keys import ALL, HISTORY, SAVED, STARRED, UNREAD
from .stores import CatalogueLike

_KEPT_HISTORY = 200
"""Articles shown in the history."""
_MAX_COUNTED_NOW = 2_000
"""Articles. Below this number of read articles, counting the unread ones is too fast for the user to notice."""

_MAX_OPENED_NOW = 5_000
"""Articles. In a larger library, another thread finds out which articles are unread."""

_MAX_STARRED_NOW = 500
"""Starred articles. More are looked up in another thread."""


class LoadedList(NamedTuple):
    """What another thread has read for a list."""

    listing: Listing
    starred: int
    """Number of starred articles."""


Later = Callable[[Callable[[], int]], None]
"""Runs a count in another thread and reports its result."""


class ListingModel:
    """A listing as a list model, with the lines of the other named lists above its groups."""

    height = 2

    def __init__(self, listing: Listing, reading: Reading, sections: Sequence[Section]) -> None:
        self.listing = listing
        self.reading = reading
        self.sections = sections

    def __len__(self) -> int:
        return len(self.listing)

    def entries(self, start: int, stop: int) -> Sequence[ListItem]:
        rows = self.listing.summaries(start, min(stop, len(self.listing)))
        ids = [row.id for row in rows]
        read, starred = self.reading.read_among(ids), self.reading.starred_among(ids)
        return [_item(row, read, starred) for row in rows]

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return self.listing.ids(start, min(stop, len(self.listing)))

    def find(self, article_id: str) -> int | None:
        return self.listing.find(article_id)


def _item(row: ArticleSummary, read: frozenset[str], starred: frozenset[str]) -> ListItem:
    return ListItem(
        row.id, row.title, meta(row), unread=row.id not in read, starred=row.id in starred, place=row.place or ""
    )


class NamedLists:
    """Opens named lists by key, and counts unread and starred articles."""

    def __init__(self, catalogue: CatalogueLike, reading: Reading, later: Later) -> None:
        """Prepare the lists. `later` runs a count in another thread and stores the result in `unread`."""
        self._catalogue = catalogue
        self._reading = reading
        self._later = later
        self.grouping: Grouping = "place"
        self.newest = True
        self.unread = 0
        """Number of unread articles in the library."""
        self.known = False
        """Whether `unread` has been counted yet."""
        self._asked = False
        self._starred: int | None = None

    def is_slow(self, key: str) -> bool:
        """Return whether opening the list reads so much that it belongs in another thread."""
        if key == STARRED:
            return len(self._reading.starred()) > _MAX_STARRED_NOW
        return key == UNREAD and (self._catalogue.is_remote or self._catalogue.total > _MAX_OPENED_NOW)

    def is_slow_to_renew(self, key: str) -> bool:
        """Return whether another thread must read the list again after its articles changed."""
        return self.is_slow(key) or (not self._catalogue.listed and self._catalogue.total > _MAX_OPENED_NOW)

    @property
    def has_many_groups(self) -> bool:
        """Whether another thread must read the groups. A large library may have many authors or tags."""
        return self.grouping in ("author", "tag") and self._catalogue.total > _MAX_OPENED_NOW

    def load(self, key: str) -> LoadedList:
        """Read a list for `open`, in the calling thread, on a separate catalogue connection."""
        with self._catalogue_again() as catalogue:
            listing = self._listing_on(catalogue, key)
            listing.load()
            return LoadedList(listing, len(catalogue.listing_of(self._reading.starred())))

    def open(self, key: str, loaded: LoadedList | None = None) -> ListingModel:
        """Return the list with this key; the whole library if the key is unknown. `loaded`: the result of `load`."""
        if loaded is None:
            listing, self._starred = self._listing_on(self._catalogue, key), None
        else:
            listing, self._starred = self._catalogue.adopt(loaded.listing), loaded.starred
        if not self._asked:
            self.recount()
        headers = (
            self._named_lists()
            if key == ALL
            else [Section(ALL, _("全部"), is_named_list=True, number=self._catalogue.total)]
        )
        if key in (STARRED, HISTORY):
            groups = [Section(key, label(key), 0, len(listing))] if len(listing) else []
        else:
            groups = [Section(group.key, _label(group.label), group.start, group.count) for group in listing.groups]
        return ListingModel(listing, self._reading, [*headers, *groups])

    @contextmanager
    def again(self, model: ListingModel) -> Iterator[ListingModel]:
        """Yield a list without headers on a separate catalogue connection. Call it in the thread that reads it."""
        with self._catalogue_again() as catalogue:
            yield ListingModel(catalogue.adopt(model.listing), self._reading, ())

    @contextmanager
    def _catalogue_again(self) -> Iterator[CatalogueLike]:
        catalogue = self._catalogue.again()
        try:
            yield catalogue
        finally:
            if catalogue is not self._catalogue:
                catalogue.close()

    def with_counts(self, model: ListingModel, starred: int | None = 0) -> ListingModel:
        """Return the same list of all articles with current counts.

        Adds `starred` to the number of starred articles; None counts them again.
        """
        self._starred = None if self._starred is None or starred is None else self._starred + starred
        groups = [section for section in model.sections if not section.is_named_list]
        return ListingModel(model.listing, self._reading, [*self._named_lists(), *groups])

    def recount(self) -> None:
        """Count the unread articles, in another thread if many articles are read.

        Counting is expensive, so the caller adjusts `unread` for single marks instead.
        """
        self._asked = True
        read = next(self._reading.all_read(), [])
        if len(read) < _MAX_COUNTED_NOW and not self._catalogue.is_remote:
            self.unread, self.known = self._catalogue.unread_count(read), True
        else:
            self._later(self._count)

    def _count(self) -> int:
        """Return the number of unread articles. Runs in another thread."""
        with self._catalogue_again() as catalogue:
            return catalogue.unread_count(self._read())

    def _listing_on(self, catalogue: CatalogueLike, key: str) -> Listing:
        match key:
            case "unread":
                return catalogue.unread(self._read(), self.grouping, newest=self.newest)
            case "starred":
                return catalogue.listing_of(self._reading.starred())
            case "history":
                return catalogue.listing_of(self._reading.history(_KEPT_HISTORY))
        return catalogue.listing(self.grouping, newest=self.newest)

    def _read(self) -> Iterator[str]:
        """Yield the ids of all read articles, in pages, since they may be too many to hold in memory."""
        return (id for page in self._reading.all_read() for id in page)

    def _named_lists(self) -> list[Section]:
        if self._starred is None:
            self._starred = len(self._catalogue.listing_of(self._reading.starred()))
        starred = self._starred
        headers = [Section(UNREAD, label(UNREAD), is_named_list=True, number=self.unread if self.known else None)]
        if starred:
            headers.append(Section(STARRED, label(STARRED), is_named_list=True, number=starred))
        if self._reading.history(1):
            headers.append(Section(HISTORY, label(HISTORY), is_named_list=True))
        searches = self._reading.saved_searches()
        return [*headers, *(Section(SAVED + query, label(SAVED + query), is_named_list=True) for query in searches)]


def label(key: str) -> str:
    """Return the title of a list in the user's language."""
    names = {ALL: _("全部"), UNREAD: _("未读"), STARRED: _("收藏"), HISTORY: _("读过")}
    return names.get(key) or _("搜索：{query}").format(query=key.removeprefix(SAVED))


def meta(row: ArticleSummary) -> str:
    """Return the line below the headline: date, authors and tags. The place is in the group's header."""
    return "  ".join(filter(None, (row.date, *row.authors, *(f"#{tag}" for tag in row.tags))))


def _label(label: str) -> str:
    return label or _("未注明")


def grouping_label(grouping: Grouping) -> str:
    """Return the name of a grouping in the user's language."""
    names = {
        "place": _("按地方分组"),
        "month": _("按月份分组"),
        "bulletin": _("按册分组"),
        "author": _("按作者分组"),
        "tag": _("按标签分组"),
    }
    return names[grouping]
