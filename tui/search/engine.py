"""The search over a library's catalogue: in memory while the library is small, else by the catalogue's index."""

from collections.abc import Callable

from ..catalogue import Catalogue
from ..query.parser import parse
from ..text.index import Index
from ..text.match import ReadingMarks
from .answer import Answer, never
from .index_search import IndexSearch
from .memory_index import MAX_ARTICLES, MemoryIndex


class SearchEngine:
    """Searches the articles of a catalogue as they are when the query comes. Belongs to the catalogue's thread."""

    def __init__(self, catalogue: Catalogue, marks: ReadingMarks | None = None, *, numbers: bool = True) -> None:
        """Without `numbers`, 12 and 十二 are different."""
        self._catalogue = catalogue
        self._gazetteer = catalogue.library.gazetteer()
        self._marks = marks
        self._numbers = numbers
        self._search: IndexSearch | None = None
        self._version = -1

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """See Search."""
        try:
            search = self._current()
            if search is None:
                return Answer(query, parse(query).read_as, (), None, partial=True)
            return search.search(query, limit=limit, newest=newest, budget=budget, cancelled=cancelled)
        except Exception as error:
            if not self._catalogue.recover(error):
                raise
            self._search = None
            return Answer(query, "", (), None, partial=True)

    def _current(self) -> IndexSearch | None:
        """Return the search over the catalogue as it is now; None while there is no index of this format."""
        if self._catalogue.refresh() or self._search is None or self._catalogue.version != self._version:
            self._version = self._catalogue.version
            self._search = None  # frees what it holds before the same is read again
            index = self._index()
            if index is not None:
                self._search = IndexSearch(index, self._gazetteer, self._marks, numbers=self._numbers)
        return self._search

    def _index(self) -> Index | None:
        catalogue = self._catalogue
        index = catalogue.index()
        if index is not None and catalogue.complete and catalogue.total <= MAX_ARTICLES:
            return MemoryIndex(catalogue.library.load()[0], catalogue.library.bulletins())
        return index
