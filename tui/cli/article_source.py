"""The articles of a library as the subcommands ask for them.

`MemorySource` serves small libraries and `CatalogueSource` large ones: the same articles in the same order, and the
same answers to a query. They differ in how long they take.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ..article import Article
from ..library import Library
from ..search import Answer


class Entry(NamedTuple):
    """An article as lists show it."""

    id: str
    title: tuple[str, ...]
    place: str | None
    date: str | None
    authors: tuple[str, ...]
    characters: int
    place_id: int | None = None

    @property
    def bulletin(self) -> str:
        return self.id.rpartition("/")[0]


class ArticleSource(Protocol):
    """The articles of a library, in the sidebar's order."""

    library: Library

    def entries(self) -> Iterator[Entry]:
        """Yield every article."""
        ...

    def places(self) -> Iterable[str]:
        """Return the place labels that occur in articles, as written there."""
        ...

    def article(self, id: str) -> Article | None:
        """Return the complete article, or None if it no longer exists."""
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


def entry_of(article: Article) -> Entry:
    """Return the article as lists show it."""
    return Entry(
        *(article.id, article.title, article.place, article.date, article.authors),
        *(len("".join(article.body.split())), article.place_id),
    )
