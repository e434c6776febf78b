"""The catalogue of a library, as the rest of the program asks it."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Self

from ..article import Article
from ..problem import Problem
from .rows import Grouping, Listing, Row
from .source import Source


class Catalogue:
    """The articles of a library. Opens at once, whatever the library's size; grows while an indexer works.

    An object belongs to the thread that made it: take another with `again()`.
    """

    conn: sqlite3.Connection
    """The database, for the search index that lives beside the rows; read only."""

    def __init__(self, library: Source) -> None:
        """Open the catalogue of the library, an empty one where there is none yet. Never fails for the cache's sake:
        where it cannot be kept it is made for the time of the program."""
        raise NotImplementedError

    @property
    def total(self) -> int:
        """How many articles there are."""
        raise NotImplementedError

    @property
    def complete(self) -> bool:
        """True when every file has been read and fed to the search index once; False while the first indexing goes on."""
        raise NotImplementedError

    def refresh(self) -> bool:
        """True when anything changed since the last call (by any process); cheap, call it as often as wanted."""
        raise NotImplementedError

    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Collection[str] = ()) -> Listing:
        """All articles in groups, the newest of a group first (or last), `without` some of them (ids: the read ones)."""
        raise NotImplementedError

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing:
        """Some articles, in the order of the ids or in groups; unknown ids are left out."""
        raise NotImplementedError

    def row(self, article_id: str) -> Row | None:
        """The row of an article, None when there is none of this id."""
        raise NotImplementedError

    def numbered(self, numbers: Sequence[int]) -> list[Row | None]:
        """The rows of these numbers, in the same order."""
        raise NotImplementedError

    def article(self, article_id: str) -> Article:
        """The article, read from its file. Raises KeyError when there is none of this id (any more), BadArticle or
        OSError when the file cannot be read as it was."""
        raise NotImplementedError

    def article_numbered(self, number: int) -> Article:
        """The same by number: raises KeyError when the article has changed since."""
        raise NotImplementedError

    def problems(self) -> Sequence[Problem]:
        """What was wrong with the library's content when it was last read, in the library's order."""
        raise NotImplementedError

    def places(self) -> Sequence[str]:
        """Labels of the places that have articles, in the order of the default listing."""
        raise NotImplementedError

    def authors(self) -> Sequence[str]:
        """Names of the authors, in the order of their first appearance."""
        raise NotImplementedError

    def fingerprint(self) -> str:
        """Differs when anything the catalogue shows may differ. For what is kept about a screen."""
        raise NotImplementedError

    def again(self) -> Self:
        """The same catalogue for another thread."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
