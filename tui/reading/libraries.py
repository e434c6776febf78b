"""The libraries in the state file, and the state from versions that did not distinguish libraries.

The functions run on a connection. `Owner` finds the key of a library on the present one, to the file or to memory.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from .identity import (
    MAX_SAMPLES,
    KnownFolder,
    KnownLibrary,
    LibraryFolder,
    Sample,
    has_stayed,
    is_id,
    new_id,
    recognise,
)
from .marks import SHARED, chunks, placeholders, storable

UNKNOWN = -1
"""The key of a library that the file does not know."""
_MAX_RECOGNISED = 500
"""Libraries, the newest first, among which a folder is recognised."""


class Holdings(Protocol):
    """The content of a library, as its catalogue knows it."""

    @property
    def content(self) -> str:
        """A text that changes when an article is added."""
        ...

    def held(self, ids: Sequence[str]) -> Collection[str]:
        """Return those of the ids that are articles of the library."""
        ...

    def pieces(self, count: int) -> Sequence[tuple[str, int, int]]:
        """Return `count` articles from all parts of the library, as (file, first byte, length in bytes)."""
        ...


class Owner:
    """The library of a `Reading`. Without a folder, the state from before libraries were distinguished."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._uid = ""
        self._found: tuple[sqlite3.Connection, int] | None = None

    @property
    def root(self) -> Path | None:
        """The folder of the library."""
        return self._root

    def key(self, conn: sqlite3.Connection) -> int:
        """Return the key of the library, or `UNKNOWN`."""
        if self._root is None:
            return SHARED
        if self._found is not None and self._found[0] is conn:
            return self._found[1]
        key = _find(conn, LibraryFolder(self._root), self._uid)
        if key != UNKNOWN:
            self._uid = self._uid or _uid_of(conn, key)
            if not conn.in_transaction:
                self._found = conn, key
        return key

    def is_registered(self, conn: sqlite3.Connection) -> bool:
        """Return whether the file has the library with its present folder."""
        if self._root is None:
            return True
        folder, key = LibraryFolder(self._root), self.key(conn)
        last = (key, folder.device, folder.inode)
        return (
            key != UNKNOWN
            and _last_library_at(conn, storable(folder.path)) == last
            and by_name(conn, folder.marker) in (key, None)
        )

    def register(self, conn: sqlite3.Connection) -> int:
        """Store the library and its present folder, inside a transaction, and return the key."""
        if self._root is None:
            return SHARED
        if self._found is not None and self._found[0] is conn:
            return self._found[1]
        folder = LibraryFolder(self._root)
        key = _find(conn, folder, self._uid)
        self._uid = folder.marker or self._uid or new_id()
        if key == UNKNOWN:
            key = conn.execute("insert into library (samples, seen) values ('[]', '')").lastrowid or UNKNOWN
        else:
            self._uid = folder.marker or _uid_of(conn, key)
        conn.execute("insert or ignore into name values (?, ?)", (self._uid, key))
        if folder.marker and (last := _last_library_at(conn, storable(folder.path))) and last[0] != key:
            _join(conn, last[0], key)
        path, last = storable(folder.path), (key, folder.device, folder.inode)
        if _last_library_at(conn, path) != last:
            (opened,) = conn.execute("select coalesce(max(opened), 0) + 1 from folder").fetchone()
            conn.execute("insert or replace into folder values (?, ?, ?, ?, ?)", (path, *last, opened))
        return key

    def forget(self) -> None:
        """Forget the key, which another window may have changed."""
        self._found = None

    def uid(self, conn: sqlite3.Connection) -> str:
        """Return the id of the library, which other machines know too; empty if the library is unknown."""
        return _uid_of(conn, self.key(conn))


class NamedOwner(Owner):
    """The library of a `Reading` that has no folder here, such as an archive on a server, and is known by its id."""

    def __init__(self, uid: str) -> None:
        super().__init__(None)
        self._uid = uid

    def key(self, conn: sqlite3.Connection) -> int:
        """Return the key of the library, or `UNKNOWN`."""
        found = by_name(conn, self._uid)
        return UNKNOWN if found is None else found

    def is_registered(self, conn: sqlite3.Connection) -> bool:
        """Return whether the file has the library."""
        return self.key(conn) != UNKNOWN

    def register(self, conn: sqlite3.Connection) -> int:
        """Store the library, inside a transaction, and return the key."""
        if (key := self.key(conn)) == UNKNOWN:
            key = conn.execute("insert into library (samples, seen) values ('[]', '')").lastrowid or UNKNOWN
            add_id(conn, key, self._uid)
        return key


def known_ids(conn: sqlite3.Connection, library: int) -> list[str]:
    """Return all ids of the library."""
    return [uid for (uid,) in conn.execute("select uid from name where library = ? order by uid", (library,))]


def samples_of(conn: sqlite3.Connection, library: int) -> tuple[Sample, ...]:
    """Return the stored samples of the library."""
    row = conn.execute("select samples from library where key = ?", (library,)).fetchone()
    return read_samples(row[0]) if row else ()


def seen_content(conn: sqlite3.Connection, library: int) -> str:
    """Return `Holdings.content` as of the last time that samples were stored."""
    row = conn.execute("select seen from library where key = ?", (library,)).fetchone()
    return row[0] if row else ""


def save_samples(conn: sqlite3.Connection, library: int, samples: Sequence[Sample], seen: str) -> None:
    """Store samples of the library; `seen` is its `Holdings.content`."""
    values = (json.dumps([list(sample) for sample in samples], ensure_ascii=True), seen, library)
    conn.execute("update library set samples = ?, seen = ? where key = ?", values)


def add_id(conn: sqlite3.Connection, library: int, uid: str) -> None:
    """Add an id to the library, unless another library has it."""
    conn.execute("insert or ignore into name values (?, ?)", (uid, library))


def read_samples(written: str) -> tuple[Sample, ...]:
    """Return the samples in a JSON text, without those whose path leads out of the library."""
    try:
        rows = [Sample(str(a), int(b), int(c), str(d), str(e)) for a, b, c, d, e in json.loads(written)[:MAX_SAMPLES]]
    except (ValueError, TypeError, RecursionError, OverflowError, KeyError):
        return ()
    return tuple(row for row in rows if not row.path.startswith("/") and ".." not in row.path.split("/"))


# State from before libraries were distinguished

_SOURCES = {
    "read": ("mark", "kind = 'read'"),
    "star": ("mark", "kind = 'star'"),
    "position": ("position", "id is not null"),
    "visit": ("visit", "id is not null"),
}
"""Tables with such state, and a condition on their rows. An index gives each in order of id."""
SOURCES = tuple(_SOURCES)


def unclaimed_ids(conn: sqlite3.Connection, library: int, source: str, after: str, limit: int) -> list[str]:
    """Return ids after `after`, in order, that have such state in a table where the library has none for them."""
    table, which = _SOURCES[source]
    rows = conn.execute(
        f"select distinct id from {table} t where library = 0 and {which} and id > ?1 and not exists"
        f" (select 1 from {table} o where o.library = ?2 and o.{which} and o.id = t.id)"
        " order by id limit ?3",
        (after, library, limit),
    )
    return [id for (id,) in rows]


def adopt(conn: sqlite3.Connection, library: int, ids: Sequence[str]) -> None:
    """Copy the old marks, positions and visits of the articles to the library, where it has none."""
    for part in chunks(ids):
        which = f"library = 0 and id in ({placeholders(part)})"
        values = (library, *part)
        conn.execute(
            "insert or ignore into mark select ?, kind, id, is_on, change, at, device from mark"
            f" where kind in ('read', 'star') and {which}",
            values,
        )
        conn.execute(f"insert or ignore into position select ?, id, block, offset from position where {which}", values)
        conn.execute(
            f"insert or ignore into visit select ?, number, id, block, offset from visit where {which}", values
        )


def adopt_changes(conn: sqlite3.Connection, library: int) -> None:
    """Copy the old changes of adopted marks to the library, so that they can be undone."""
    conn.execute(
        "insert or ignore into item select ?1, i.change, i.id, i.was_on, i.was_change from item i"
        " join change c on c.library = 0 and c.number = i.change and c.kind in ('read', 'star') where i.library = 0"
        " and exists (select 1 from mark m where m.library = ?1 and m.kind = c.kind and m.id = i.id)",
        (library,),
    )
    touched = (
        "select change, count(*) as n from (select change, id from mark where library = ?1 and kind in ('read', 'star')"
        " union select change, id from item where library = ?1) group by change"
    )
    conn.execute(
        "insert or ignore into change select ?1, c.number, c.window, c.kind, c.is_on, min(c.count, t.n), c.undone"
        f" from change c join ({touched}) t on t.change = c.number where c.library = 0 and c.kind in ('read', 'star')",
        (library,),
    )


def has_unclaimed(conn: sqlite3.Connection) -> bool:
    """Return whether there is state from before libraries were distinguished."""
    return any(
        conn.execute(f"select 1 from {table} where library = 0 and {which} limit 1").fetchone()
        for table, which in _SOURCES.values()
    )


# Finding the library of a folder


def _find(conn: sqlite3.Connection, folder: LibraryFolder, uid: str) -> int:
    """Return the key of the library in the folder: by its marker, by the id `uid` found before, or by the rule."""
    for name in filter(None, (folder.marker, uid)):
        if (key := by_name(conn, name)) is not None:
            return key
    last = _last_library_at(conn, storable(folder.path))
    here = None if last is None else _known_library(conn, last[0])
    if here is not None and has_stayed(folder, here):
        return here.key
    keys = conn.execute("select key from library order by key desc limit ?", (_MAX_RECOGNISED,)).fetchall()
    known = [_known_library(conn, key) for (key,) in keys]
    found = recognise(folder, known, here)
    return UNKNOWN if found is None else found


def _join(conn: sqlite3.Connection, was: int, key: int) -> None:
    """Move the state of library `was`, where it is later, to the library `key` that a new marker names.

    Does nothing if `was` has other folders.
    """
    (folders,) = conn.execute("select count(*) from folder where library = ?", (was,)).fetchone()
    if folders != 1 or was == SHARED:
        return
    conn.execute(
        "insert into mark select ?, kind, id, is_on, change, at, device from mark where library = ?"
        " on conflict (library, kind, id) do update set is_on = excluded.is_on, change = excluded.change,"
        " at = excluded.at, device = excluded.device where (at, is_on) < (excluded.at, excluded.is_on)",
        (key, was),
    )
    for table, columns in (("position", "id, block, offset"), ("visit", "number, id, block, offset")):
        conn.execute(f"insert or ignore into {table} select ?, {columns} from {table} where library = ?", (key, was))
    conn.execute("update name set library = ? where library = ?", (key, was))


def _last_library_at(conn: sqlite3.Connection, path: str) -> tuple[int, int, int] | None:
    """Return the last library opened at a path, with the device and inode that the folder had then."""
    row = conn.execute(
        "select library, device, inode from folder where path = ? order by opened desc limit 1", (path,)
    ).fetchone()
    return tuple(row) if row else None


def _known_library(conn: sqlite3.Connection, key: int) -> KnownLibrary:
    rows = conn.execute("select path, device, inode from folder where library = ?", (key,))
    return KnownLibrary(key, samples_of(conn, key), tuple(KnownFolder(*row) for row in rows))


def by_name(conn: sqlite3.Connection, uid: str | None) -> int | None:
    """Return the key of the library with this id, or None."""
    row = conn.execute("select library from name where uid = ?", (uid,)).fetchone()
    return row[0] if row else None


def _uid_of(conn: sqlite3.Connection, key: int) -> str:
    return next((uid for uid in known_ids(conn, key) if is_id(uid)), "")
