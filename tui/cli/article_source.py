"""The articles of a library as commands ask for them: from memory where they are few, from the catalogue else.

Both give the same articles in the same order, and the same answers to a query; what differs is how long it takes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..article import Article
from ..library import Library
from ..search import Answer

if TYPE_CHECKING:
    from ..text.match import ReadingMarks

FEW_BYTES = 1_000_000
FEW_FILES = 300
"""A library of no more than this is read whole by each command: some ten milliseconds."""


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
        """Every article."""
        ...

    def places(self) -> Iterable[str]:
        """The labels of the places that articles name, as they write them."""
        ...

    def article(self, id: str) -> Article | None:
        """The whole article; None when it has gone."""
        ...

    def problems(self) -> int:
        """How many problems the library has."""
        ...

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Ids that end so, at most that many."""
        ...

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """The answer to a query, complete and exact."""
        ...


def source_of(library: Library, marks: "ReadingMarks | None" = None) -> ArticleSource:
    """The shelf that suits the library's size."""
    size = 0
    for count, file in enumerate(library.files(), 1):
        size += file.size
        if size > FEW_BYTES or count > FEW_FILES:
            from .catalogue_source import CatalogueSource

            return CatalogueSource(library, marks)
    return MemorySource(library, marks)


class MemorySource:
    """A small library, read into memory."""

    def __init__(self, library: Library, marks: "ReadingMarks | None" = None) -> None:
        self.library = library
        self._marks = marks
        self._read, self._problems = library.load()
        self._issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
        self._articles = in_order(self._read, self._issued)

    def entries(self) -> Iterator[Entry]:
        """See Shelf."""
        return map(entry_of, self._articles)

    def places(self) -> Iterable[str]:
        """See Shelf."""
        return {article.place for article in self._articles if article.place}

    def article(self, id: str) -> Article | None:
        """See Shelf."""
        return next((article for article in self._articles if article.id == id), None)

    def problems(self) -> int:
        """See Shelf."""
        return len(self._problems)

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """See Shelf."""
        ids = [article.id for article in self._articles]
        return [ending] if ending in ids else [id for id in ids if id.endswith(ending)][:most]

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """See Shelf."""
        from ..search.memory_index import MemoryIndex

        searcher = MemoryIndex(self._read, self.library.gazetteer(), self._marks, issued=self._issued)
        return searcher.search(query, limit=limit, newest=newest)


def in_order(articles: Iterable[Article], issued: Mapping[str, str | None]) -> list[Article]:
    """As the sidebar has them: places as they first appear, none last, in a place the newest first, else as they come.

    An article without a date is as old as its bulletin; `issued` has the bulletins' dates.
    """
    places: dict[str, list[Article]] = {}
    for article in articles:
        places.setdefault(article.place or "", []).append(article)
    for group in places.values():
        group.sort(key=lambda article: article.date or issued.get(article.bulletin) or "", reverse=True)
    placeless = places.pop("", [])
    return [article for group in (*places.values(), placeless) for article in group]


def entry_of(article: Article) -> Entry:
    """What a list shows of an article."""
    return Entry(
        *(article.id, article.title, article.place, article.date, article.authors),
        *(len("".join(article.body.split())), article.place_id),
    )
