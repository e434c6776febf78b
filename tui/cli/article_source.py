"""The articles of a library as the subcommands ask for them.

`MemorySource` serves small libraries and `CatalogueSource` large ones: the same articles in the same order, and the
same answers to a query. They differ in how long they take.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from ..article import Article, ArticleSummary, Bulletin
from ..gazetteer import Gazetteer
from ..search import Answer


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
