"""The articles of a library as the subcommands ask for them.

`MemorySource` serves small libraries and `CatalogueSource` large ones: the same articles in the same order, and the
same answers to a query. They differ in how long they take.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from ..article import Article, ArticleSummary, Bulletin, GroupCount, GroupCounts
from ..gazetteer import Gazetteer
from ..search import Answer

if TYPE_CHECKING:
    from ..query.filters import Filter

Grouping = Literal["place", "month", "author", "tag"]


class LibraryFacts(Protocol):
    """What the subcommands ask of a library besides its articles."""

    def bulletins(self) -> Sequence[Bulletin]:
        """Return the bulletins, newest issue first, then by name."""
        ...

    def gazetteer(self) -> Gazetteer: ...


class ArticleSource(Protocol):
    """The articles of a library, in the sidebar's order."""

    @property
    def library(self) -> LibraryFacts: ...

    @property
    def name(self) -> str:
        """The name of the library, cleaned."""
        ...

    @property
    def address(self) -> str:
        """Where the library is, cleaned: the path of its folder."""
        ...

    def entries(self) -> Iterator[ArticleSummary]:
        """Yield every article."""
        ...

    def select(self, filters: Sequence["Filter"], bulletin: str) -> Iterator[ArticleSummary]:
        """Yield the articles that pass the filters; with `bulletin`, only those of the bulletin with this id."""
        ...

    def group_counts(self, by: Grouping) -> GroupCounts:
        """Return the numbers of articles and characters of all groups."""
        ...

    def places(self) -> Iterable[str]:
        """Return the place labels that occur in articles, as written there."""
        ...

    def article(self, id: str) -> Article | None:
        """Return the complete article, or None if it no longer exists."""
        ...

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the complete articles that exist, in order."""
        ...

    def problems(self) -> int:
        """Return the number of problems in the library."""
        ...

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids that end with `ending`."""
        ...

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """Return the complete and exact answer to `query`, with at most `limit` hits."""
        ...


def summary_of(article: Article) -> ArticleSummary:
    """Return the article as lists show it, without a number."""
    characters = len("".join(article.body.split()))
    known = (article.place, article.date, characters, article.authors, article.place_id)
    return ArticleSummary(0, article.id, article.title, *known, tags=article.tags)


def selected(
    entries: Iterator[ArticleSummary], library: LibraryFacts, filters: Sequence["Filter"], bulletin: str
) -> Iterator[ArticleSummary]:
    """Return those of the entries that pass; see ArticleSource."""
    if bulletin:
        entries = (entry for entry in entries if entry.bulletin_id == bulletin)
    if not filters:
        return entries
    from ..text.document import About

    issued = {one.id: one.issued for one in library.bulletins()}

    def passes(entry: ArticleSummary) -> bool:
        when = entry.date or issued.get(entry.bulletin_id)
        about = About(entry.place, entry.place_id, entry.date, when, entry.authors)
        return all(one.passes(entry.id, about) for one in filters)

    return filter(passes, entries)


def counted(entries: Iterable[ArticleSummary], library: LibraryFacts, by: Grouping) -> GroupCounts:
    """Return the counts of the groups of the entries; see ArticleSource."""
    issued = {one.id: one.issued for one in library.bulletins()}
    total = 0
    counts: dict[str, GroupCount] = {}
    for entry in entries:
        total += 1
        for key in group_keys(entry, by, issued.get(entry.bulletin_id)):
            articles, characters = counts.get(key, (0, 0))
            counts[key] = GroupCount(articles + 1, characters + entry.characters)
    return GroupCounts(total, counts)


def group_keys(entry: ArticleSummary, by: Grouping, issued: str | None) -> Iterable[str]:
    """Return the keys of the groups that contain the article; `issued` is the date of its bulletin."""
    if by == "author":
        return entry.authors or ("",)
    if by == "tag":
        return entry.tags or ("",)
    return ((entry.date or issued or "")[:7],) if by == "month" else (entry.place or "",)
