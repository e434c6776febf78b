"""Loading of articles into an archive while others read it and load too."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ..problem import Problem
from .article_row import TYPES, ArticleRow, storable_text

if TYPE_CHECKING:
    from .postgres import Connection

_INCOMING = """create temporary table if not exists incoming (like article, digest bytea, file int, words text[])
    on commit delete rows"""
_RETRIES = 5


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed, in articles."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    left_out: tuple[str, ...] = ()
    """Ids that another file of the same folder has already."""

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.added + other.added,
            self.replaced + other.replaced,
            self.removed + other.removed,
            self.left_out + other.left_out,
        )


class LoadedFile(NamedTuple):
    """A row of the table `file`."""

    key: int
    path: str
    size: int
    mtime_ns: int


class Importer:
    """A connection that loads articles, a few hundred at a time. Many may work at once."""

    def __init__(self, conn: "Connection") -> None:
        self._conn = conn
        conn.execute("set statement_timeout = 0")
        conn.execute(_INCOMING)

    def take_numbers(self, count: int) -> int:
        """Return the first of `count` numbers that no other article gets."""
        with self._conn.transaction():
            self._conn.execute("set local synchronous_commit = off")  # the commit of the load writes it too
            row = self._conn.execute("select take_numbers(%s)", (count,)).fetchone()
        return int(row[0]) if row else 0

    def load(self, rows: Sequence[ArticleRow], removed_ids: Sequence[str] = ()) -> Loaded:
        """Store rows with different ids, replacing articles that have changed, and remove others: one load."""
        from psycopg.errors import DeadlockDetected, SerializationFailure

        for attempt in range(_RETRIES):
            try:
                return self._load(rows, removed_ids)
            except (DeadlockDetected, SerializationFailure):
                if attempt == _RETRIES - 1:
                    raise
                time.sleep(0.05 * 2**attempt)
        return Loaded()

    def _load(self, rows: Sequence[ArticleRow], removed_ids: Sequence[str]) -> Loaded:
        conn = self._conn
        with conn.transaction():
            (load,) = conn.execute("select begin_load()").fetchone() or (0,)
            gone = sorted(set(map(storable_text, removed_ids)) - {row.id for row in rows})
            removed = conn.execute("select remove_articles(%s, %s)", (gone, load)).fetchone() if gone else None
            taken = self._take(rows, load) if rows else Loaded()
            found = taken + Loaded(removed=removed[0] if removed else 0)
            if found.added or found.replaced or found.removed:
                minus = found.replaced + found.removed
                conn.execute("select end_load(%s, %s, %s)", (load, found.added + found.replaced, minus))
            else:
                conn.execute("delete from load where load = %s", (load,))
        return found

    def _take(self, rows: Iterable[ArticleRow], load: int) -> Loaded:
        with self._conn.cursor() as cursor:
            with cursor.copy("copy incoming from stdin (format binary)") as copy:
                copy.set_types(TYPES)
                for row in rows:
                    copy.write_row(row)
            added, replaced, left_out = cursor.execute("select * from take_incoming(%s)", (load,)).fetchone() or (
                0,
                0,
                [],
            )
        return Loaded(added, replaced, left_out=tuple(left_out or ()))

    def files(self, origin: str) -> dict[str, LoadedFile]:
        """Return the loaded files of a folder, by path."""
        query = "select key, path, size, mtime_ns from file where origin = %s"
        return {row[1]: LoadedFile(*row) for row in self._conn.execute(query, (origin,))}

    def begin_file(self, origin: str, path: str) -> int:
        """Return the key of a file, which counts as not loaded from now on."""
        row = self._conn.execute(
            "insert into file (origin, path, size, mtime_ns) values (%s, %s, -1, -1)"
            " on conflict (origin, path) do update set size = -1 returning key",
            (origin, storable_text(path)),
        ).fetchone()
        return int(row[0]) if row else 0

    def end_file(self, key: int, size: int, mtime_ns: int, problems: Sequence[Problem]) -> None:
        """Record that a file was loaded completely, with its problems."""
        with self._conn.transaction():
            self._conn.execute("update file set size = %s, mtime_ns = %s where key = %s", (size, mtime_ns, key))
            self._conn.execute("delete from problem where file = %s", (key,))
            insert = "insert into problem (file, path, line, code, message, remedy) values (%s, %s, %s, %s, %s, %s)"
            with self._conn.cursor() as cursor:
                cursor.executemany(insert, [(key, *map(_value, one)) for one in problems])

    def forget_file(self, key: int) -> None:
        """Remove a file that no longer exists from the table, with its problems. Its articles must be removed first."""
        self._conn.execute("delete from problem where file = %s", (key,))
        self._conn.execute("delete from file where key = %s", (key,))

    def mark_gone(self, keys: Sequence[int]) -> None:
        """Record that files are no longer in the folder, so that other files may take over their articles."""
        self._conn.execute("update file set size = -2 where key = any(%s)", (list(keys),))

    def read_again_duplicates(self, origin: str) -> bool:
        """Make files with duplicate ids count as changed; return whether there are any."""
        query = """update file set size = -1 where origin = %s and size >= 0
            and key in (select file from problem where code = 'duplicate-id')"""
        return self._conn.execute(query, (origin,)).rowcount > 0

    def store_drafts(self, file: int, drafts: Mapping[str, str]) -> None:
        """Store the drafts of a file, JSON by id, in place of its former ones."""
        with self._conn.transaction(), self._conn.cursor() as cursor:
            cursor.execute("delete from draft where file = %s and id <> all(%s)", (file, list(drafts)))
            cursor.executemany(
                "insert into draft values (%s, %s, %s) on conflict (id) do update"
                " set article = excluded.article, file = excluded.file",
                [(id, article, file) for id, article in sorted(drafts.items())],
            )

    def ids_of(self, file: int) -> set[str]:
        """Return the ids of the articles that came from a file."""
        return {id for (id,) in self._conn.execute("select id from ident where file = %s", (file,))}

    def set_bulletins(self, bulletins: Iterable[tuple[str, str, str | None]]) -> None:
        """Store ids, titles and dates of bulletins."""
        rows = sorted((storable_text(id), storable_text(title), issued) for id, title, issued in bulletins)
        with self._conn.transaction(), self._conn.cursor() as cursor:
            cursor.executemany(
                "insert into bulletin as b values (%s, %s, %s) on conflict (id) do update"
                " set title = excluded.title, issued = excluded.issued"
                " where (b.title, b.issued) is distinct from (excluded.title, excluded.issued)",
                rows,
            )

    def set_gazetteer(self, text: str) -> None:
        """Store the library's own gazetteer, for the readers."""
        self._conn.execute("update library set gazetteer = %s where gazetteer is distinct from %s", (text, text))

    def tidy(self) -> bool:
        """Add up groups and words, and empty the pending lists; return False if another process is doing it."""
        row = self._conn.execute("select tidy()").fetchone()
        return bool(row and row[0])


def _value(value: str | int | None) -> str | int | None:
    return storable_text(value) if isinstance(value, str) else value
