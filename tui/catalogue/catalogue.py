"""The catalogue of a library: its interface for the rest of the program."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..article import Article, ArticleSummary
from ..library import ArticleFile, Library
from ..problem import Problem
from .connection import ReadConnection
from .damage import is_proven
from .database import Database, digest
from .listing import BY_ID, BY_NUMBER, FullListing, ListedRow, SelectedListing, rows_of
from .summaries import Grouping, Listing, NoArticle

if TYPE_CHECKING:
    from .catalogue_index import CatalogueIndex
    from .texts import ArticleTexts

_FIND = """SELECT f.path, b.id, f.kind, a.start, a.length, a.line, a.id, a.place, a.place_id
    FROM article a JOIN file f ON f.key = a.file JOIN bulletin b ON b.key = a.bulletin WHERE a.{} = ?"""

_PIECE = """SELECT f.path, a.start, a.length FROM article a JOIN file f ON f.key = a.file
    WHERE a.number > ? ORDER BY a.number LIMIT 1"""

_COUNT = "SELECT count(*) FROM article WHERE id IN ({})"
_COUNTED_IDS = 5_000
"""Ids counted at once."""
_MAX_STAMPED = 64
"""Files whose time stamps `files` checks."""


class Catalogue:
    """The articles of a library. Opens immediately, even if the library is large; grows while an indexer works.

    It belongs to the thread that created it; `again` returns one for another thread.
    """

    is_remote = False
    """Whether the articles are on a server."""

    def __init__(self, library: Library, home: Database | None = None) -> None:
        """Open the catalogue of the library, or an empty one.

        If the cache folder cannot be used, the catalogue is temporary and ends with the program.
        """
        self.library = library
        self.home = home or Database(library.root)
        self._owner = home is None
        self._store = ReadConnection(self.home)
        self._texts: ArticleTexts | None = None

    @property
    def conn(self) -> sqlite3.Connection:
        """The reading connection, for the index, tests and measurements."""
        return self._store.conn

    @property
    def version(self) -> int:
        """A number that changes whenever the connection is replaced."""
        return self._store.version

    def index(self) -> "CatalogueIndex | None":
        """Return the index as it is now; None before indexing has begun, or if it has another format."""
        from .catalogue_index import CatalogueIndex
        from .gram_table import FORMAT  # loaded late, here and below: lists at start-up do not need these
        from .texts import ArticleTexts

        if self._texts is not None:
            self._texts.forget()
        self._texts = ArticleTexts(self.conn, self.library.root, self.article_numbered)
        if not self.conn.execute("SELECT 1 FROM meta WHERE key = 'search' AND value = ?", (FORMAT,)).fetchone():
            return None
        return CatalogueIndex(self.conn, self._texts, is_growing=not self.complete)

    @property
    def kept(self) -> bool:
        """Whether the catalogue is in the cache folder; if not, the next start must index again."""
        return self.home.kept

    @property
    def total(self) -> int:
        """Number of articles."""
        return self._store.meta("total")

    @property
    def complete(self) -> bool:
        """Whether all files have been read and their texts indexed."""
        return bool(self._store.meta("complete"))

    @property
    def listed(self) -> bool:
        """Whether all files have been read into the lists once; the index may still be incomplete."""
        return bool(self._store.meta("sorted"))

    def refresh(self) -> bool:
        """Return whether any process changed the catalogue since the last call. Fast."""
        return self._store.changed()

    def recover(self, error: Exception) -> bool:
        """Continue with a new, empty database if the error proves that this one is damaged; return whether it does."""
        if not is_proven(error, self.home.path):
            return False
        self._store.damaged()
        return True

    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> Listing:
        """Return all articles in groups, except ids `without`. `newest` sorts each group newest first, else last."""
        return FullListing(self._store, by, newest, without)

    def unread(self, read: Iterable[str], by: Grouping = "place", *, newest: bool = True) -> Listing:
        """Return the articles without the ids `read`, all that the user has read, in groups."""
        return self.listing(by, newest=newest, without=read)

    def unread_count(self, read: Iterable[str]) -> int:
        """Return the number of articles without the ids `read`, all that the user has read."""
        waiting, held = iter(read), 0
        while part := list(islice(waiting, _COUNTED_IDS)):
            held += sum(number for (number,) in self._store.many(_COUNT, part))
        return self.total - held

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing:
        """Return these articles, in groups or, if `by` is None, in the order of the ids. Skips unknown ids."""
        return SelectedListing(self._store, ids, by, newest)

    def adopt(self, listing: Listing) -> Listing:
        """Return a listing that another connection of this catalogue made, for use with this one."""
        return listing.with_store(self._store) if isinstance(listing, FullListing | SelectedListing) else listing

    def summary(self, article_id: str) -> ArticleSummary | None:
        """Return the summary of an article; None if there is none with this id."""
        found = self._store.all(BY_ID.format("?"), (article_id,))
        return ListedRow(*found[0]).summary() if found else None

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Return at most `most` ids with this ending, for a user who types part of an id. Reads every id."""
        found = self._store.all("SELECT id FROM article WHERE substr(id, -?) = ? LIMIT ?", (len(ending), ending, most))
        return [article_id for (article_id,) in found]

    def numbered(self, numbers: Sequence[int]) -> list[ArticleSummary | None]:
        """Return the summaries for these numbers, in the same order; None for a removed or changed article."""
        found = rows_of(self._store, BY_NUMBER, numbers)
        return [ListedRow(*found[number]).summary() if number in found else None for number in numbers]

    @property
    def content(self) -> str:
        """A text that changes when an article is added or the database is replaced."""
        return f"{os.path.basename(self.home.path)} {self._store.meta('next')} {self._store.meta('sorted')}"

    def held(self, ids: Sequence[str]) -> list[str]:
        """Return the ids that belong to articles of the library."""
        return [article_id for (article_id,) in self._store.many("SELECT id FROM article WHERE id IN ({})", ids)]

    def pieces(self, count: int) -> list[tuple[str, int, int]]:
        """Return the file, first byte and length in bytes of at most `count` articles, spread over the library."""
        last = self._store.all("SELECT coalesce(max(number), 0) FROM article")
        numbers = [last[0][0] * step // count for step in range(count)] if last else []
        found = [row for number in numbers for row in self._store.all(_PIECE, (number,))]
        return list(dict.fromkeys(found))

    def article(self, article_id: str) -> Article:
        """Return the article, read from its file.

        Raises NoArticle if there is none with this id, BadArticle or OSError if its file cannot be read.
        """
        return self._article("id", article_id)

    def file_of(self, article_id: str) -> Path:
        """Return the file that holds the article. Raises NoArticle if there is none with this id."""
        found = self._store.all(_FIND.format("id"), (article_id,))
        if not found:
            raise NoArticle(article_id)
        return self.library.root / str(found[0][0])

    def article_numbered(self, number: int) -> Article:
        """Return the article with this number. Raises NoArticle if it was removed or has changed."""
        return self._article("number", number)

    def problems(self) -> Sequence[Problem]:
        """Return the problems found when the library was last read, in the library's order."""
        return [
            Problem(*found)
            for found in self._store.all(
                "SELECT p.path, p.line, p.code, p.message, p.remedy FROM problem p LEFT JOIN file f ON f.key = p.file"
                " ORDER BY f.rank, p.path, p.line"
            )
        ]

    def notices(self) -> Sequence[str]:
        """Return lines for the user about the library: none."""
        return ()

    def places(self) -> Sequence[str]:
        """Return the labels of the places that have articles, in the order of the default listing."""
        return self._names("place")

    def authors(self) -> Sequence[str]:
        """Return the names of the authors, in the order of their first appearance."""
        return self._names("author")

    @property
    def digest(self) -> str:
        """A text that identifies the library on this machine; see `database.digest`."""
        return digest(self.library.root)

    def files(self) -> tuple[str, ...]:
        """Return the files and folders whose time stamps show that the catalogue may have changed.

        These are the database and the first files of the library; for a small library, all files.
        """
        database = (str(self.home.folder / "current"), self.home.path) if self.home.kept else ()
        paths = [path for (path,) in self._store.all("SELECT path FROM file ORDER BY rank LIMIT ?", (_MAX_STAMPED,))]
        folders = {path.rpartition("/")[0] for path in paths}
        named = ["", "gazetteer.yaml", *(f"{folder}/bulletin.yaml" for folder in folders), *folders, *paths]
        return (*database, *(str(self.library.root / name) for name in dict.fromkeys(named)))

    def again(self) -> "Catalogue":
        """Return a catalogue of the same library for the calling thread."""
        return Catalogue(self.library, self.home)

    def close(self) -> None:
        """Close the catalogue. The one that was opened first also removes a temporary database."""
        self._store.close()
        if self._owner:
            self.home.close()

    def _names(self, by: Grouping) -> list[str]:
        found = self._store.all("SELECT name FROM grp WHERE grouping = ? AND name <> '' ORDER BY rank, name", (by,))
        return [name for (name,) in found]

    def _article(self, column: str, value: str | int) -> Article:
        found = self._store.all(_FIND.format(column), (value,))
        if not found or None in found[0][:6]:  # removed, or the database is damaged
            raise NoArticle(value)
        path, bulletin, kind, start, length, line, article_id, place, place_id = found[0]
        file = ArticleFile(path, bulletin, kind)
        article = self.library.article_at(file, start, length, line, (place, place_id))
        if article.id != article_id:
            raise NoArticle(value)
        return article
