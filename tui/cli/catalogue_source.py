"""The articles of a large library, read from its catalogue, which is updated first."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..article import Article, GroupCounts
from ..catalogue import ArticleSummary, Catalogue, NoArticle
from ..clean import clean_line
from ..i18n import _
from ..indexer import Indexer, Progress
from ..library import BadArticle, BadFile, Library
from ..search import Answer
from ..search.engine import SearchEngine
from ..search.file_search import MAX_FILE_BYTES, FileSearch, fits_in_memory
from .article_source import Grouping, counted, selected, summary_of
from .output import remark
from .progress_line import ProgressLine

if TYPE_CHECKING:
    from ..query.filters import Filter
    from ..text.match import ReadingMarks

MAX_INDEX_SECONDS = 1.0
_PAGE = 500
"""Articles read from the catalogue at a time."""


class CatalogueSource:
    """The articles of a library of any size."""

    def __init__(self, library: Library, marks: "ReadingMarks | None" = None, *, for_search: bool = False) -> None:
        """`for_search`: index for at most `MAX_INDEX_SECONDS`; if that is not enough, search the files."""
        self.library = library
        self.name, self.address = clean_line(library.root.name), clean_line(str(library.root))
        self._marks = marks
        self._catalogue = Catalogue(library)
        self._for_search = for_search
        self._is_interrupted = False
        try:
            self._is_indexed = self._update(for_search, MAX_INDEX_SECONDS if for_search else None) and for_search
        except KeyboardInterrupt:
            if not for_search:
                raise
            self._is_indexed, self._is_interrupted = False, True

    def entries(self) -> Iterator[ArticleSummary]:
        """Yield every article."""
        if not self._catalogue.listed:
            yield from (summary_of(found) for found in self.library.everything() if isinstance(found, Article))
            return
        listing = self._catalogue.listing()
        for start in range(0, len(listing), _PAGE):
            yield from listing.summaries(start, start + _PAGE)

    def select(self, filters: Sequence["Filter"], bulletin: str) -> Iterator[ArticleSummary]:
        """Yield the articles that pass; see ArticleSource."""
        return selected(self.entries(), self.library, filters, bulletin)

    def group_counts(self, by: Grouping) -> GroupCounts:
        """Return the counts of the groups; see ArticleSource."""
        return counted(self.entries(), self.library, by)

    def places(self) -> Iterable[str]:
        """Return the place labels that occur in articles."""
        return [group.key for group in self._catalogue.listing().groups if group.key]

    def article(self, id: str) -> Article | None:
        """Return the complete article, or None if it no longer exists."""
        try:
            return self._catalogue.article(id)
        except (NoArticle, BadArticle, BadFile, OSError):
            return None

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the complete articles that exist, in order."""
        return (article for id in ids if (article := self.article(id)))

    def problems(self) -> int:
        """Return the number of problems in the library."""
        return len(self._catalogue.problems())

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids that end with `ending`, or `ending` alone if it is an id."""
        if self._catalogue.summary(ending):
            return [ending]
        return self._catalogue.ids_ending(ending, most)

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """Return the complete and exact answer to `query`; a partial one if the user has interrupted the program."""
        if self._is_interrupted:
            return Answer(query, query, (), None, partial=True, is_from_files=True)
        if not self._is_indexed:
            if self._for_search and fits_in_memory(self.library):
                return self._search_files(query, limit, newest)
            if self._for_search:
                message = _("库里的文件多于 {n} MB，不在文件里搜：先编制索引，以后直接用它。")
                remark(message.format(n=MAX_FILE_BYTES >> 20))
            self._update(for_search=True)
        return SearchEngine(self._catalogue, self._marks).search(query, limit=limit, newest=newest)

    def _search_files(self, query: str, limit: int | None, newest: bool) -> Answer:
        """Search the files; when the user interrupts the reading, answer from what was read."""
        files = FileSearch(self.library, self._marks)
        try:
            return files.search(query, limit=limit, newest=newest)
        except KeyboardInterrupt:
            return files.interrupted(query, limit)

    def _update(self, for_search: bool, seconds: float | None = None) -> bool:
        """Index what changed in the folder, for at most `seconds`; return whether that is complete.

        The grams, which take longest, are indexed only with `for_search`.
        """
        phase = "looking"
        until = None if seconds is None else time.monotonic() + seconds

        def note(progress: Progress) -> None:
            nonlocal phase
            phase = progress.phase
            line.show(progress)

        def is_complete() -> bool:
            """Return whether time is up, or the lists are complete, which come before the grams."""
            if until is not None and time.monotonic() > until:
                return True
            return not for_search and (phase == "indexing" or (phase == "waiting" and self._catalogue.listed))

        with ProgressLine() as line:
            is_done = Indexer(self._catalogue).run(note, is_complete)
        self._catalogue.refresh()
        return is_done
