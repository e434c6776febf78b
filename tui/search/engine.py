"""Search over a library's catalogue: scanned while it is small, by the index when it is not."""

from collections.abc import Callable

from ..catalogue import Catalogue
from ..catalogue.damage import SUSPICIOUS, is_proven
from ..catalogue.gram_table import FORMAT
from ..catalogue.texts import ArticleTexts
from ..query.parser import parse
from ..text.match import ReadingMarks
from .answer import Answer, Search, never
from .catalogue_index import CatalogueIndex
from .memory_index import LARGEST, MemoryIndex

_PAGES = 16_384
"""Kilobytes of the index kept in memory: what words the queries of one sitting share, and the newest articles' rows."""


class SearchEngine:
    """Searches the articles of a catalogue as they are when the question comes. Belongs to the catalogue's thread."""

    def __init__(self, catalogue: Catalogue, marks: ReadingMarks | None = None, *, numbers: bool = True) -> None:
        """Without `numbers` 12 and 十二 are two things."""
        self._catalogue = catalogue
        self._gazetteer = catalogue.library.gazetteer()
        self._marks = marks
        self._numbers = numbers
        self._texts = ArticleTexts(catalogue)
        self._engine: Search | None = None
        self._conn = catalogue.conn

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
            engine = self._current()
            if engine is None:
                return Answer(query, parse(query).read_as, (), None, partial=True)
            return engine.search(query, limit=limit, newest=newest, budget=budget, cancelled=cancelled)
        except SUSPICIOUS as error:
            if not is_proven(error, self._catalogue.home.path):
                raise
            self._catalogue.damaged()
            self._engine = None
            return Answer(query, "", (), None, partial=True)

    def _current(self) -> Search | None:
        """Return the engine for the catalogue as it is now; see `_opened`."""
        if self._catalogue.refresh() or self._engine is None or self._catalogue.conn is not self._conn:
            self._texts.forget()
            self._conn = self._catalogue.conn
            self._engine = None  # what it holds goes before the same is read anew
            self._engine = self._opened()
        return self._engine

    def _opened(self) -> Search | None:
        """None as long as nobody has begun to index, or there is an index of another format only."""
        catalogue = self._catalogue
        if not catalogue.conn.execute("SELECT 1 FROM meta WHERE key = 'search' AND value = ?", (FORMAT,)).fetchone():
            return None
        if catalogue.complete and catalogue.total <= LARGEST:
            issued = {bulletin.id: bulletin.issued for bulletin in catalogue.library.bulletins()}
            articles = catalogue.library.load()[0]
            return MemoryIndex(articles, self._gazetteer, self._marks, numbers=self._numbers, issued=issued)
        growing = not catalogue.complete
        catalogue.conn.execute(f"PRAGMA cache_size = -{_PAGES}")
        return CatalogueIndex(
            catalogue.conn,
            self._texts,
            self._gazetteer,
            self._marks,
            numbers=self._numbers,
            growing=lambda: growing,
        )
