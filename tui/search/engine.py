"""The search over a library: with the catalogue's index, in memory if small, or in its files until indexed."""

from collections.abc import Callable

from ..article import Article
from ..catalogue import Catalogue
from ..query.parser import parse
from ..text.match import ReadingMarks
from .answer import Answer, Search, never
from .file_search import FileSearch, fits_in_memory
from .index_search import IndexSearch
from .memory_index import MAX_ARTICLES, MemoryIndex


class SearchEngine:
    """A search over a catalogue's articles, in their state at each query. Belongs to the catalogue's thread."""

    def __init__(self, catalogue: Catalogue, marks: ReadingMarks | None = None, *, numbers: bool = True) -> None:
        """Create the engine. With `numbers=False`, 12 does not find 十二."""
        self._catalogue = catalogue
        self._gazetteer = catalogue.library.gazetteer()
        self._marks = marks
        self._numbers = numbers
        self._search: Search | None = None
        self._files: FileSearch | None = None
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

    def read_article(self, article_id: str) -> Article | None:
        """Return an article from the files that are searched until the index is complete, or None.

        May be called in any thread.
        """
        files = self._files
        return files.article(article_id) if files else None

    def _current(self) -> Search | None:
        """Return the search over the library as it is now; None if it is too large for memory and has no index yet."""
        if self._catalogue.refresh() or self._search is None or self._catalogue.version != self._version:
            self._version = self._catalogue.version
            self._search = None  # frees the old articles before the new ones are read
            self._search = self._open()
        return self._search

    def _open(self) -> Search | None:
        catalogue = self._catalogue
        index = catalogue.index()
        if index is None or index.is_unfinished:
            if self._files is None and fits_in_memory(catalogue.library):
                self._files = FileSearch(catalogue.library, self._marks, numbers=self._numbers)
            if self._files is not None or index is None:
                return self._files
        self._files = None
        if catalogue.complete and catalogue.total <= MAX_ARTICLES:
            small = MemoryIndex(catalogue.library.load()[0], catalogue.library.bulletins())
            return IndexSearch(small, self._gazetteer, self._marks, numbers=self._numbers)
        assert index is not None
        return IndexSearch(index, self._gazetteer, self._marks, numbers=self._numbers)
