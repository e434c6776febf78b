"""The search over an archive: in memory if it is small, else with the server's index."""

from collections.abc import Callable
from contextlib import suppress

from ..search import Answer
from ..search.answer import never
from ..search.index_search import IndexSearch
from ..search.memory_index import MAX_ARTICLES, MemoryIndex
from ..text.index import Index, OutOfTime
from ..text.match import ReadingMarks
from .archive_catalogue import ArchiveCatalogue
from .archive_index import ArchiveIndex
from .archive_words import WordMemory
from .node_link import Away
from .node_links import Nodes
from .open_archive import OpenArchive
from .postgres import ServerProblem
from .sql_condition import Marked

PATIENCE_SECONDS = 10.0
"""Seconds. Lowest limit of a search: most of its time is spent on the network, where none can be saved."""


class ArchiveSearch:
    """A search over an archive; see Search. Belongs to one thread."""

    def __init__(
        self,
        archive: OpenArchive,
        nodes: Nodes,
        marks: ReadingMarks | None = None,
        *,
        marked: Marked = lambda mark: None,
        numbers: bool = True,
    ) -> None:
        """Create the search. `marked` returns conditions on marks for the server; see sql_condition."""
        self._archive, self._nodes, self._marks, self._marked, self._numbers = archive, nodes, marks, marked, numbers
        self._catalogue = ArchiveCatalogue(archive.memory, nodes)
        self._words = WordMemory()
        self._is_large = False
        """Whether the archive was too large for memory: asking each time would cost a round trip."""
        self._version = -1
        self._search: IndexSearch | None = None

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """See Search. A `budget` means that hits need not be counted. Raises Away."""
        patience = None if budget is None else max(budget, PATIENCE_SECONDS)

        def answer() -> Answer:
            try:
                return self._current().search(query, limit=limit, newest=newest, budget=patience, cancelled=cancelled)
            except OutOfTime as error:  # before the first candidate
                raise Away(str(error)) from error

        before = self._nodes.connected
        try:
            found = answer()
            is_whole = self._nodes.connected >= before
        except Away:
            if not self._connects_again():
                raise
            return answer()
        return found if is_whole or not self._connects_again() else answer()

    def _connects_again(self) -> bool:
        """Connect to nodes whose connections turned out to be cut: they may have been so while nobody searched."""
        with suppress(ServerProblem):
            return self._nodes.connect(only_due=True) > 0
        return False

    def _current(self) -> IndexSearch:
        """Return the search over the archive as it is now."""
        if self._search is None or self._version != self._archive.memory.version:
            with suppress(ServerProblem):  # the first question then says why
                self._nodes.connect(only_due=True)
            self._version = self._archive.memory.version
            gazetteer = self._archive.memory.facts.gazetteer
            self._search = IndexSearch(self._open(), gazetteer, self._marks, numbers=self._numbers)
        return self._search

    def _open(self) -> Index:
        self._is_large = self._is_large or self._catalogue.total > MAX_ARTICLES
        if not self._is_large:
            articles = [held.article for held in self._catalogue.every_article()]
            return MemoryIndex(articles, self._archive.memory.facts.bulletins)
        return ArchiveIndex(self._catalogue, self._archive.memory, self._nodes, self._marked, self._words)
