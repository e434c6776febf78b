"""An archive as the subcommands ask for it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..article import Article, ArticleSummary, GroupCounts
from ..catalogue import Grouping, NoArticle
from ..query.filters import BulletinFilter, Filter
from ..query.tree import And
from ..search import Answer
from ..text.document import About
from .archive_catalogue import ArchiveCatalogue
from .open_archive import OpenArchive

if TYPE_CHECKING:
    from ..text.match import ReadingMarks

_TOGETHER = 200
"""Articles fetched in one round trip."""


class ArchiveSource:
    """The articles of an archive in the order of the sidebar; see cli.ArticleSource."""

    def __init__(self, archive: OpenArchive, marks: "ReadingMarks | None" = None) -> None:
        self._archive, self._marks = archive, marks
        archive.memory.is_strict = True  # output that lacks articles must not look complete
        self.name, self.address = archive.memory.facts.name, archive.address

    @property
    def library(self) -> ArchiveCatalogue:
        """The bulletins and the gazetteer."""
        return self._archive.catalogue

    def entries(self) -> Iterator[ArticleSummary]:
        """Yield every article."""
        return self._archive.catalogue.entries()

    def select(self, filters: Sequence[Filter], bulletin: str) -> Iterator[ArticleSummary]:
        """Yield the articles that pass; see cli.ArticleSource. The server finds those that may."""
        catalogue = self._archive.catalogue
        found = catalogue.entries()
        if filters or bulletin:
            only = (BulletinFilter(bulletin, frozenset({bulletin})),) if bulletin else ()
            found = catalogue.matching(And((*only, *filters)))
        issued = {one.id: one.issued for one in catalogue.bulletins()}
        for entry in found:
            when = entry.date or issued.get(entry.bulletin_id)
            about = About(entry.place, entry.place_id, entry.date, when, entry.authors)
            if all(one.passes(entry.id, about) for one in filters):
                yield entry

    def group_counts(self, by: Grouping) -> GroupCounts:
        """Return the counts of the groups; see cli.ArticleSource. The archive keeps them."""
        catalogue = self._archive.catalogue
        return GroupCounts(catalogue.total, catalogue.group_counts(by))

    def places(self) -> Iterable[str]:
        """Return the place labels that occur in articles."""
        return [group.key for group in self._archive.catalogue.listing().groups if group.key]

    def article(self, id: str) -> Article | None:
        """Return the complete article, or None if it no longer exists."""
        try:
            return self._archive.catalogue.article(id)
        except NoArticle:
            return None

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """Yield the complete articles that exist, in order."""
        waiting: list[str] = []
        for id in ids:
            waiting.append(id)
            if len(waiting) == _TOGETHER:
                yield from self._archive.catalogue.articles(waiting)
                waiting = []
        yield from self._archive.catalogue.articles(waiting)

    def problems(self) -> int:
        """Return the number of problems found when the archive was loaded."""
        return len(self._archive.catalogue.problems())

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids that end with `ending`, or `ending` alone if it is an id."""
        if self._archive.catalogue.summary(ending):
            return [ending]
        return self._archive.catalogue.ids_ending(ending, most)

    def search(self, query: str, limit: int | None, newest: bool) -> Answer:
        """Return the complete and exact answer to `query`."""
        from .archive_search import ArchiveSearch

        search = ArchiveSearch(self._archive, self._archive.front, self._marks)
        return search.search(query, limit=limit, newest=newest)
