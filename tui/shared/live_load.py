"""Loading of articles into an archive while others read it and load too."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..problem import Problem
from .article_row import TYPES, ArticleRow, storable_text
from .file_rows import LoadedFile

if TYPE_CHECKING:
    from .postgres import Connection

_INCOMING = """create temporary table if not exists incoming (like article including storage, digest bytea, file int,
    words text[]) on commit delete rows"""
_RETRIES = 5
_MOVED = "GN001"
"""SQLSTATE of `take_incoming` if an article belongs to another node."""


class ShardMoved(Exception):
    """An article belongs to a shard that another node has."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed, in articles."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    left_out: tuple[str, ...] = ()
    """Ids that another file of the same folder has already."""

    @property
    def changes(self) -> int:
        """The number of articles that changed."""
        return self.added + self.replaced + self.removed

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.added + other.added,
            self.replaced + other.replaced,
            self.removed + other.removed,
            self.left_out + other.left_out,
        )


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
        """Store rows with different ids, replacing articles that have changed, and remove others: one load.

        Raises ShardMoved if an article belongs to another node.
        """
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
            if gone:
                conn.execute("select take_turn()")
            removed = conn.execute("select remove_articles(%s, %s)", (gone, load)).fetchone() if gone else None
            taken = self.take(rows, load) if rows else Loaded()
            found = taken + Loaded(removed=removed[0] if removed else 0)
            if found.changes:
                minus = found.replaced + found.removed
                conn.execute("select end_load(%s, %s, %s)", (load, found.added + found.replaced, minus))
            else:
                conn.execute("delete from load where load = %s", (load,))
        return found

    def take(self, rows: Sequence[ArticleRow], load: int, *, is_move: bool = False) -> Loaded:
        """Store rows as part of a load, inside the caller's transaction. Raises ShardMoved."""
        from psycopg import Error

        with self._conn.cursor() as cursor:
            with cursor.copy("copy incoming from stdin (format binary)") as copy:
                copy.set_types(TYPES)
                for row in rows:
                    copy.write_row(row)
            try:
                found = cursor.execute("select * from take_incoming(%s, %s)", (load, is_move)).fetchone()
            except Error as error:
                if error.diag.sqlstate == _MOVED:
                    raise ShardMoved from error
                raise
            added, replaced, left_out = found or (0, 0, [])
        return Loaded(added, replaced, left_out=tuple(left_out or ()))

    def own_shards(self) -> frozenset[int]:
        """Return the shards of this node."""
        return frozenset(shard for (shard,) in self._conn.execute("select shard from shard join library using (node)"))

    def files(self, origin: str) -> dict[str, LoadedFile]:
        """Return the loaded files of a folder, by path."""
        query = "select key, path, size, mtime_ns from file where origin = %s"
        return {row[1]: LoadedFile(*row) for row in self._conn.execute(query, (origin,))}

    def begin_files(self, origin: str, paths: Sequence[str]) -> dict[str, int]:
        """Return the keys of files, which count as not loaded from now on."""
        rows = self._conn.execute(
            "insert into file (origin, path, size, mtime_ns) select %s, path, -1, -1 from unnest(%s::text[]) path"
            " order by path on conflict (origin, path) do update set size = -1 returning path, key",
            (origin, [storable_text(path) for path in paths]),
        )
        found = {path: int(key) for path, key in rows}
        return {path: found[storable_text(path)] for path in paths}

    def end_files(self, files: Sequence[tuple[int, int, int]]) -> None:
        """Record that files were loaded completely: key, size and time of each."""
        self._conn.execute(
            "update file set size = n.size, mtime_ns = n.mtime_ns"
            " from unnest(%s::int[], %s::bigint[], %s::bigint[]) as n (key, size, mtime_ns) where file.key = n.key",
            tuple(map(list, zip(*files, strict=True))),
        )

    def set_problems(self, problems: Mapping[int, Sequence[Problem]]) -> None:
        """Store the problems of files, by key, in place of their former ones."""
        rows = [(key, *map(_storable, problem)) for key, found in problems.items() for problem in found]
        with self._conn.transaction(), self._conn.cursor() as cursor:
            cursor.execute("delete from problem where file = any(%s)", (list(problems),))
            insert = "insert into problem (file, path, line, code, message, remedy) values (%s, %s, %s, %s, %s, %s)"
            cursor.executemany(insert, rows)

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

    def store_drafts(self, drafts: Mapping[int, Mapping[str, str]]) -> None:
        """Store the drafts of files, JSON by id, in place of their former ones."""
        rows = sorted((id, article, key) for key, found in drafts.items() for id, article in found.items())
        with self._conn.transaction(), self._conn.cursor() as cursor:
            cursor.execute("delete from draft where file = any(%s)", (list(drafts),))
            insert = "insert into draft (id, article, file) values (%s, %s, %s) on conflict (id) do nothing"
            cursor.executemany(insert, rows)

    def ids_of(self, files: Sequence[int]) -> dict[int, set[str]]:
        """Return the ids of the articles that came from each of the files."""
        found: dict[int, set[str]] = {key: set() for key in files}
        for key, id in self._conn.execute("select file, id from ident where file = any(%s)", (list(files),)):
            found[key].add(id)
        return found

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

    def tidy(self, *, is_over: bool = True) -> bool:
        """Empty the pending lists, and add up groups and words: now if the load is over, else every ten seconds.

        Return False if another process is doing it.
        """
        row = self._conn.execute("select tidy(%s)", (is_over,)).fetchone()
        return bool(row and row[0])


def _storable(value: str | int | None) -> str | int | None:
    return storable_text(value) if isinstance(value, str) else value
