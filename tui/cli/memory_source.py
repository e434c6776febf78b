"""The articles of a small library, read into memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..article import Article, ArticleSummary, GroupCounts
from ..clean import clean_line
from ..library import Library
from ..search import Answer
from .article_source import Grouping, counted, selected, summary_of

if TYPE_CHECKING:
    from ..query.filters import Filter
    from ..text.match import ReadingMarks


class MemorySource:
    """The articles of a library, read into memory."""

    def __init__(self, library: Library, marks: "ReadingMarks | None" = None) -> None:
        self.library = library
        self.name, self.address = clean_line(library.root.name), clean_line(str(library.root))
        self._marks = marks
        self._read, self._problems = library.load()
        self._issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
        self._articles = sidebar_order(self._read, self._issued)

    def entries(self) -> Iterator[ArticleSummary]:
        """Yield every article."""
        titles = {bulletin.id: bulletin.title for bulletin in self.library.bulletins()}
        return (summary_of(one)._replace(bulletin=titles.get(one.bulletin, "")) for one in self._articles)

    def select(self, filters: Sequence["Filter"], bulletin: str) -> Iterator[ArticleSummary]:
        """Yield the articles that pass; see ArticleSource."""
        return selected(self.entries(), self.library, filters, bulletin)

    def group_counts(self, by: Grouping) -> GroupCounts:
        """Return the counts of the groups; see ArticleSource."""
        return counted(self.entries(), self.library, by)

    def places(self) -> Iterable[str]:
        """Return the place labels that occur in articles."""
        return {article.place for article in self._articles if article.place}

    def article(self, id: str) -> Article | None:
        """Return the complete article, or None if it no longer exists."""
        return next((article for article in self._articles if article.id == id), None)

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the complete articles that exist, in order."""
        return (article for id in ids if (article := self.article(id)))

    def problems(self) -> int:
        """Return the number of problems in the library."""
        return len(self._problems)

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids that end with `ending`, or `ending` alone if it is an id."""
        ids = [article.id for article in self._articles]
        return [ending] if ending in ids else [id for id in ids if id.endswith(ending)][:most]

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """Return the complete and exact answer to `query`."""
        from ..search.index_search import IndexSearch
        from ..search.memory_index import MemoryIndex

        index = MemoryIndex(self._read, self.library.bulletins())
        return IndexSearch(index, self.library.gazetteer(), self._marks).search(query, limit=limit, newest=newest)


def sidebar_order(articles: Iterable[Article], issued: Mapping[str, str | None]) -> list[Article]:
    """Return the articles in the order of the sidebar.

    Places come in order of first appearance, articles without a place last. Within a place the newest article comes
    first; the sort is stable. An article without a date takes its bulletin's date from `issued`.
    """
    places: dict[str, list[Article]] = {}
    for article in articles:
        places.setdefault(article.place or "", []).append(article)
    for group in places.values():
        group.sort(key=lambda article: article.date or issued.get(article.bulletin) or "", reverse=True)
    placeless = places.pop("", [])
    return [article for group in (*places.values(), placeless) for article in group]
