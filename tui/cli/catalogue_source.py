"""The articles of a large library: from the catalogue, brought in step with the folder before anything is said."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..article import Article
from ..catalogue import Catalogue, NoArticle
from ..indexer import Indexer, Progress
from ..library import BadArticle, BadFile, Library
from ..search import Answer
from ..search.engine import SearchEngine
from .article_source import Entry
from .progress import Bar

if TYPE_CHECKING:
    from ..text.match import ReadingMarks

_PAGE = 500


class CatalogueSource:
    """A library of any size; see Shelf."""

    def __init__(self, library: Library, marks: "ReadingMarks | None" = None) -> None:
        self.library = library
        self._marks = marks
        self._catalogue = Catalogue(library)
        self._bring_in_step(for_search=False)

    def entries(self) -> Iterator[Entry]:
        """See Shelf."""
        listing = self._catalogue.listing()
        for start in range(0, len(listing), _PAGE):
            for row in listing.summaries(start, start + _PAGE):
                yield Entry(row.id, row.title, row.place, row.date, row.authors, row.characters, row.place_id)

    def places(self) -> Iterable[str]:
        """See Shelf."""
        return [group.key for group in self._catalogue.listing().groups if group.key]

    def article(self, id: str) -> Article | None:
        """See Shelf."""
        try:
            return self._catalogue.article(id)
        except (NoArticle, BadArticle, BadFile, OSError):
            return None

    def problems(self) -> int:
        """See Shelf."""
        return len(self._catalogue.problems())

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """See Shelf."""
        if self._catalogue.summary(ending):
            return [ending]
        return self._catalogue.ids_ending(ending, most)

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """See Shelf."""
        self._bring_in_step(for_search=True)
        return SearchEngine(self._catalogue, self._marks).search(query, limit=limit, newest=newest)

    def _bring_in_step(self, for_search: bool) -> None:
        """Read what changed in the folder; what only a search needs, which takes longest, only for a search."""
        phase = "looking"

        def tell(progress: Progress) -> None:
            nonlocal phase
            phase = progress.phase
            bar.show(progress)

        def enough() -> bool:
            """Who holds the lock brings the lists in step first; after the first time they can be used meanwhile."""
            return not for_search and (phase == "indexing" or (phase == "waiting" and self._catalogue.listed))

        with Bar() as bar:
            Indexer(self._catalogue).run(tell, enough)
        self._catalogue.refresh()
