"""The data that a session works on. The app passes it to the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..article import Article
from ..catalogue import ArticleSummary, Grouping, Listing, NoArticle
from ..gazetteer import Gazetteer
from ..i18n import N_
from ..problem import Problem
from ..reading import Reading

if TYPE_CHECKING:
    from ..search import Search


class CatalogueLike(Protocol):
    """The articles of a library: `catalogue.Catalogue`, or a small substitute in a test."""

    @property
    def total(self) -> int: ...
    @property
    def is_remote(self) -> bool:
        """Whether the articles are on a server, so that questions about many belong in another thread."""
        ...

    @property
    def listed(self) -> bool:
        """Whether the first indexing has listed all articles. Until then, each listing reads its whole order."""
        ...

    def refresh(self) -> bool: ...
    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> Listing: ...
    def unread(self, read: Iterable[str], by: Grouping = "place", *, newest: bool = True) -> Listing:
        """Return the articles without the ids `read`, all that the user has read, in groups."""
        ...

    def unread_count(self, read: Iterable[str]) -> int:
        """Return the number of articles without the ids `read`, all that the user has read."""
        ...

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing: ...
    def adopt(self, listing: Listing) -> Listing:
        """Return a listing that another connection of this catalogue made, for use with this one."""
        ...

    def summary(self, article_id: str) -> ArticleSummary | None: ...
    def article(self, article_id: str) -> Article: ...
    def file_of(self, article_id: str) -> Path: ...
    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids with this ending."""
        ...

    def problems(self) -> Sequence[Problem]: ...
    def notices(self) -> Sequence[str]:
        """Return lines for the user about the library, which are not returned again."""
        ...

    def again(self) -> CatalogueLike:
        """Return a new connection to the same catalogue. Call it in the thread that uses it."""
        ...

    def close(self) -> None: ...


BUNDLED_TITLE = N_("公安新闻")
"""Title of the bundled library; translated when shown."""


class Stores(NamedTuple):
    """Everything that a session reads and writes: the articles, the search and the reading state."""

    title: str
    """Title of the library: its folder's name, or `BUNDLED_TITLE`."""
    root: str
    """Path of the library's folder; the key under which its session is saved."""
    catalogue: CatalogueLike
    reading: Reading
    gazetteer: Gazetteer
    open_search: Callable[[], Search]
    """Returns a new search, for use in the calling thread only."""
    found_in_files: Callable[[str], Article | None] = lambda _id: None
    """Returns an article that the search has read from its file, because it may be missing in the catalogue yet."""

    def article(self, id: str) -> Article:
        """Return an article, if necessary from the files that the search reads until the library is indexed.

        Raises an exception of `GONE` if it cannot be read.
        """
        try:
            return self.catalogue.article(id)
        except NoArticle:
            if found := self.found_in_files(id):
                return found
            raise
