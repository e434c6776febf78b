"""The catalogue of a library, as the rest of the program asks it."""

import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..article import Article
from ..library import ArticleFile, Library
from ..problem import Problem
from .connection import ReadConnection
from .database import Database, digest
from .listing import BY_ID, BY_NUMBER, FullListing, SelectedListing, summary_of
from .summaries import ArticleSummary, Grouping, Listing

_PLACED = """SELECT f.path, b.id, f.kind, a.start, a.length, a.line, a.id, a.place, a.place_id
    FROM article a JOIN file f ON f.key = a.file JOIN bulletin b ON b.key = a.bulletin WHERE a.{} = ?"""

_PIECE = """SELECT f.path, a.start, a.length FROM article a JOIN file f ON f.key = a.file
    WHERE a.number > ? ORDER BY a.number LIMIT 1"""

_STAMPED = 64
"""Files of the library that are looked at for its fingerprint."""


class NoArticle(KeyError):
    """The catalogue holds no article of this id or number, or holds another one by now."""


class Catalogue:
    """The articles of a library. Opens at once, whatever the library's size; grows while an indexer works.

    An object belongs to the thread that made it: take another with `again()`.
    """

    def __init__(self, library: Library, home: Database | None = None) -> None:
        """Open the catalogue of the library, an empty one where there is none yet.

        Never fails for the cache's sake: where it cannot be kept there, it is made for the time of the program.
        """
        self.library = library
        self.home = home or Database(library.root)
        self._owner = home is None
        self._store = ReadConnection(self.home)

    @property
    def conn(self) -> sqlite3.Connection:
        """The database, for the search index that lies beside the rows; for reading only."""
        return self._store.conn

    @property
    def kept(self) -> bool:
        """False when nothing can be kept in the cache folder, so that the next start has to index again."""
        return self.home.kept

    @property
    def total(self) -> int:
        """How many articles there are."""
        return self._store.meta("total")

    @property
    def complete(self) -> bool:
        """True when every file has been read and fed to the search index; False while the first indexing goes on."""
        return bool(self._store.meta("complete"))

    @property
    def listed(self) -> bool:
        """True when every file has been read into the lists once; the search index may still be behind."""
        return bool(self._store.meta("sorted"))

    def refresh(self) -> bool:
        """True when anything changed since the last call, by any process. Cheap: call it as often as wanted."""
        return self._store.changed()

    def damaged(self) -> None:
        """Called by who reads `conn` and finds the database damaged: go on with a new, empty one."""
        self._store.damaged()

    def listing(self, by: Grouping = "place", *, newest: bool = True, without: Iterable[str] = ()) -> Listing:
        """All articles in groups, the newest of a group first (or last), `without` some of them, given by their ids."""
        return FullListing(self._store, by, newest, without)

    def listing_of(self, ids: Iterable[str], by: Grouping | None = None, *, newest: bool = True) -> Listing:
        """Some articles, in the order of the ids or in groups; unknown ids are left out."""
        return SelectedListing(self._store, ids, by, newest)

    def summary(self, article_id: str) -> ArticleSummary | None:
        """The row of an article, None when there is none of this id."""
        found = self._store.all(BY_ID.format("?"), (article_id,))
        return summary_of(found[0][:9]) if found else None

    def ids_ending(self, ending: str, most: int) -> Sequence[str]:
        """Ids that end so, at most that many: for who types part of one. Looks at every id."""
        found = self._store.all("SELECT id FROM article WHERE substr(id, -?) = ? LIMIT ?", (len(ending), ending, most))
        return [article_id for (article_id,) in found]

    def numbered(self, numbers: Sequence[int]) -> list[ArticleSummary | None]:
        """The rows of these numbers, in the same order; None where an article has gone or has changed."""
        found = {record[0]: summary_of(record) for record in self._store.many(BY_NUMBER, numbers)}
        return [found.get(number) for number in numbers]

    @property
    def content(self) -> str:
        """Stands for the articles there are: another text when one has come, or the database is another."""
        return f"{os.path.basename(self.home.path)} {self._store.meta('next')} {self._store.meta('sorted')}"

    def held(self, ids: Sequence[str]) -> list[str]:
        """Return which of the ids are articles of the library."""
        return [article_id for (article_id,) in self._store.many("SELECT id FROM article WHERE id IN ({})", ids)]

    def pieces(self, count: int) -> list[tuple[str, int, int]]:
        """Return so many articles, or fewer, from all over the library: file, first byte, length in bytes."""
        last = self._store.all("SELECT coalesce(max(number), 0) FROM article")
        numbers = [last[0][0] * step // count for step in range(count)] if last else []
        found = [row for number in numbers for row in self._store.all(_PIECE, (number,))]
        return list(dict.fromkeys(found))

    def article(self, article_id: str) -> Article:
        """The article, read from its file.

        Raises NoArticle when there is none of this id (any more), BadArticle or OSError when its file cannot be read.
        """
        return self._article("id", article_id)

    def file_of(self, article_id: str) -> Path:
        """The file that holds the article. Raises NoArticle when there is none of this id (any more)."""
        found = self._store.all(_PLACED.format("id"), (article_id,))
        if not found:
            raise NoArticle(article_id)
        return self.library.root / str(found[0][0])

    def article_numbered(self, number: int) -> Article:
        """The same by number. Raises NoArticle when the article has changed since."""
        return self._article("number", number)

    def problems(self) -> Sequence[Problem]:
        """What was wrong with the library's content when it was last read, in the library's order."""
        return [
            Problem(*found)
            for found in self._store.all(
                "SELECT p.path, p.line, p.code, p.message, p.remedy FROM problem p LEFT JOIN file f ON f.key = p.file"
                " ORDER BY f.rank, p.path, p.line"
            )
        ]

    def places(self) -> Sequence[str]:
        """Labels of the places that have articles, in the order of the default listing."""
        return self._names("place")

    def authors(self) -> Sequence[str]:
        """Names of the authors, in the order of their first appearance."""
        return self._names("author")

    @property
    def digest(self) -> str:
        """Stands for the library on this machine; see `home.digest`."""
        return digest(self.library.root)

    def files(self) -> tuple[str, ...]:
        """The files and folders whose time stamps tell that what the catalogue shows may have changed.

        The database, and of the library as much as can be looked at in no time: for a small one all of it.
        """
        database = (str(self.home.folder / "current"), self.home.path) if self.home.kept else ()
        paths = [path for (path,) in self._store.all("SELECT path FROM file ORDER BY rank LIMIT ?", (_STAMPED,))]
        folders = {path.rpartition("/")[0] for path in paths}
        named = ["", "gazetteer.yaml", *(f"{folder}/bulletin.yaml" for folder in folders), *folders, *paths]
        return (*database, *(str(self.library.root / name) for name in dict.fromkeys(named)))

    def fingerprint(self) -> str:
        """Differs when anything the catalogue shows may differ; never the same where it cannot be kept."""
        if not self.home.kept:
            return f"{self.home.path} {time.time_ns()}"
        return " ".join((self.digest, *map(_stamp, (*self.files(), f"{self.home.path}-wal"))))

    def again(self) -> "Catalogue":
        """The same catalogue for another thread."""
        return Catalogue(self.library, self.home)

    def close(self) -> None:
        """Close it; a database that cannot be kept goes with the catalogue that was opened first."""
        self._store.close()
        if self._owner:
            self.home.close()

    def _names(self, by: Grouping) -> list[str]:
        found = self._store.all("SELECT name FROM grp WHERE grouping = ? AND name <> '' ORDER BY rank, name", (by,))
        return [name for (name,) in found]

    def _article(self, column: str, value: str | int) -> Article:
        found = self._store.all(_PLACED.format(column), (value,))
        if not found or None in found[0][:6]:  # gone, or damaged
            raise NoArticle(value)
        path, bulletin, kind, start, length, line, article_id, place, place_id = found[0]
        file = ArticleFile(path, bulletin, kind)
        article = self.library.article_at(file, start, length, line, (place, place_id))
        if article.id != article_id:
            raise NoArticle(value)
        return article


def _stamp(path: str) -> str:
    try:
        about = os.stat(path)
    except OSError:
        return "-"
    return f"{about.st_ino}.{about.st_size}.{about.st_mtime_ns}"
