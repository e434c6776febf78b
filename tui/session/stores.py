"""What the screens work on, as they need it; the app hands it to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..article import Article
from ..catalogue import ArticleSummary, Grouping, Listing
from ..gazetteer import Gazetteer
from ..i18n import N_
from ..problem import Problem
from ..reading import Reading

if TYPE_CHECKING:
    from ..search import Search


class CatalogueLike(Protocol):
    """The articles of a library: `catalogue.Catalogue`, or a small one in a test."""

    @property
    def total(self) -> int: ...
    def refresh(self) -> bool: ...
    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> Listing: ...
    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing: ...
    def summary(self, article_id: str) -> ArticleSummary | None: ...
    def article(self, article_id: str) -> Article: ...
    def file_of(self, article_id: str) -> Path: ...
    def problems(self) -> Sequence[Problem]: ...
    def again(self) -> CatalogueLike:
        """The same for another thread; called there."""
        ...

    def close(self) -> None: ...


BUNDLED_TITLE = N_("公安新闻")
"""Of the library that comes with the program; said in the language chosen."""


class Stores(NamedTuple):
    """All that a reading room has: the articles, a way to search them, and what the person did."""

    title: str
    """The library's: its folder's name, or `BUNDLED_TITLE`."""
    root: str
    """The library's folder: what its session is kept under."""
    catalogue: CatalogueLike
    reading: Reading
    gazetteer: Gazetteer
    open_search: Callable[[], Search]
    """A search for the thread that calls it."""
