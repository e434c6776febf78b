"""Which library the state is asked about, and what it takes over from the time before libraries were told apart.

Steps on a connection. `Owner` finds the library's key on whatever connection is in use: the file, or memory.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from .identity import SAMPLES, KnownFolder, KnownLibrary, LibraryFolder, Sample, is_id, new_id, recognise, stayed
from .marks import EVERYBODY, chunks, placeholders, storable

NOBODY = -1
"""The key of a library of which nothing is kept."""
_REMEMBERED = 500
"""Libraries, the last opened first, among which a folder's is looked for."""


class Holdings(Protocol):
    """What a library holds, as its catalogue tells it."""

    @property
    def content(self) -> str:
        """Stands for the articles there are: another text when one has come."""
        ...

    def held(self, ids: Sequence[str]) -> Collection[str]:
        """Return which of the ids are articles of the library."""
        ...

    def pieces(self, count: int) -> Sequence[tuple[str, int, int]]:
        """Return so many articles from all over the library: file, first byte, length in bytes."""
        ...


class Owner:
    """The library that a `Reading` is opened for; without a folder, what was kept before libraries were told apart."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._uid = ""
        self._found: tuple[sqlite3.Connection, int] | None = None

    @property
    def root(self) -> Path | None:
        """The library's folder."""
        return self._root

    def key(self, conn: sqlite3.Connection) -> int:
        """Return the library's key; `NOBODY` if this file knows nothing of it."""
        if self._root is None:
            return EVERYBODY
        if self._found is not None and self._found[0] is conn:
            return self._found[1]
        key = _find(conn, LibraryFolder(self._root), self._uid)
        if key != NOBODY:
            self._uid = self._uid or _uid_of(conn, key)
            if not conn.in_transaction:
                self._found = conn, key
        return key

    def settled(self, conn: sqlite3.Connection) -> bool:
        """Return whether the file knows the library, and where it lies now."""
        if self._root is None:
            return True
        folder, key = LibraryFolder(self._root), self.key(conn)
        lies = (key, folder.device, folder.inode)
        return (
            key != NOBODY and _lies(conn, storable(folder.path)) == lies and by_name(conn, folder.marker) in (key, None)
        )

    def registered(self, conn: sqlite3.Connection) -> int:
        """Return the key, in a transaction, and write down where the library lies; a new library is made known."""
        if self._root is None:
            return EVERYBODY
        if self._found is not None and self._found[0] is conn:
            return self._found[1]
        folder = LibraryFolder(self._root)
        key = _find(conn, folder, self._uid)
        self._uid = folder.marker or self._uid or new_id()
        if key == NOBODY:
            key = conn.execute("insert into library (samples, seen) values ('[]', '')").lastrowid or NOBODY
        else:
            self._uid = folder.marker or _uid_of(conn, key)
        conn.execute("insert or ignore into name values (?, ?)", (self._uid, key))
        if folder.marker and (lies := _lies(conn, storable(folder.path))) and lies[0] != key:
            _join(conn, lies[0], key)
        path, lies = storable(folder.path), (key, folder.device, folder.inode)
        if _lies(conn, path) != lies:
            (opened,) = conn.execute("select coalesce(max(opened), 0) + 1 from folder").fetchone()
            conn.execute("insert or replace into folder values (?, ?, ?, ?, ?)", (path, *lies, opened))
        return key

    def forget(self) -> None:
        """Look the key up again: another window may have changed which library is which."""
        self._found = None

    def uid(self, conn: sqlite3.Connection) -> str:
        """Return the id by which the library is known here and elsewhere; an empty text if it is not known."""
        return _uid_of(conn, self.key(conn))


def names(conn: sqlite3.Connection, library: int) -> list[str]:
    """Return every id by which the library is known."""
    return [uid for (uid,) in conn.execute("select uid from name where library = ? order by uid", (library,))]


def samples_of(conn: sqlite3.Connection, library: int) -> tuple[Sample, ...]:
    """Return what is remembered of what the library holds."""
    row = conn.execute("select samples from library where key = ?", (library,)).fetchone()
    return read_samples(row[0]) if row else ()


def seen(conn: sqlite3.Connection, library: int) -> str:
    """Return what stood for the library's content when it was last looked at."""
    row = conn.execute("select seen from library where key = ?", (library,)).fetchone()
    return row[0] if row else ""


def learn(conn: sqlite3.Connection, library: int, samples: Sequence[Sample], seen: str) -> None:
    """Remember what the library holds; `seen` stands for its content as it is now."""
    values = (json.dumps([list(sample) for sample in samples], ensure_ascii=True), seen, library)
    conn.execute("update library set samples = ?, seen = ? where key = ?", values)


def call(conn: sqlite3.Connection, library: int, uid: str) -> None:
    """Let the library be known by this id too. One that another library is known by stays with that library."""
    conn.execute("insert or ignore into name values (?, ?)", (uid, library))


def read_samples(written: str) -> tuple[Sample, ...]:
    """Return samples as they were written down, here or elsewhere; none of those that lead out of a library."""
    try:
        rows = [Sample(str(a), int(b), int(c), str(d), str(e)) for a, b, c, d, e in json.loads(written)[:SAMPLES]]
    except (ValueError, TypeError, RecursionError, OverflowError, KeyError):
        return ()
    return tuple(row for row in rows if not row.path.startswith("/") and ".." not in row.path.split("/"))


# What was kept before libraries were told apart

_SOURCES = {
    "read": ("mark", "kind = 'read'"),
    "star": ("mark", "kind = 'star'"),
    "position": ("position", "id is not null"),
    "visit": ("visit", "id is not null"),
}
"""Tables with old rows, and which of their rows; each in order of id without sorting."""
SOURCES = tuple(_SOURCES)


def unclaimed(conn: sqlite3.Connection, library: int, source: str, after: str, limit: int) -> list[str]:
    """Return ids with an old row of which the library has none, in order, from the first after `after`."""
    table, which = _SOURCES[source]
    rows = conn.execute(
        f"select distinct id from {table} t where library = 0 and {which} and id > ?1 and not exists"
        f" (select 1 from {table} o where o.library = ?2 and o.{which} and o.id = t.id)"
        " order by id limit ?3",
        (after, library, limit),
    )
    return [id for (id,) in rows]


def adopt(conn: sqlite3.Connection, library: int, ids: Sequence[str]) -> None:
    """Copy the old marks, positions and visits of these articles to the library, where it has none of its own."""
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
    """Copy what undo needs of the old changes to marks that the library has taken over."""
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


def any_unclaimed(conn: sqlite3.Connection) -> bool:
    """Return whether anything is left from before libraries were told apart."""
    return any(
        conn.execute(f"select 1 from {table} where library = 0 and {which} limit 1").fetchone()
        for table, which in _SOURCES.values()
    )


# Finding the library of a folder


def _find(conn: sqlite3.Connection, folder: LibraryFolder, uid: str) -> int:
    """Return the key of the library in the folder: by its own id, by the one found before, else by the rule."""
    for name in filter(None, (folder.marker, uid)):
        if (key := by_name(conn, name)) is not None:
            return key
    lies = _lies(conn, storable(folder.path))
    here = None if lies is None else _known(conn, lies[0])
    if here is not None and stayed(folder, here):
        return here.key
    keys = conn.execute("select key from library order by key desc limit ?", (_REMEMBERED,)).fetchall()
    known = [_known(conn, key) for (key,) in keys]
    found = recognise(folder, known, here)
    return NOBODY if found is None else found


def _join(conn: sqlite3.Connection, was: int, key: int) -> None:
    """Give the marks that were made in a folder to the library that its new marker names, where they are later.

    Only if the library that lay there lies nowhere else.
    """
    (folders,) = conn.execute("select count(*) from folder where library = ?", (was,)).fetchone()
    if folders != 1 or was == EVERYBODY:
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


def _lies(conn: sqlite3.Connection, path: str) -> tuple[int, int, int] | None:
    """Return the library that was the last to be opened at a path, with the folder's device and inode then."""
    row = conn.execute(
        "select library, device, inode from folder where path = ? order by opened desc limit 1", (path,)
    ).fetchone()
    return tuple(row) if row else None


def _known(conn: sqlite3.Connection, key: int) -> KnownLibrary:
    rows = conn.execute("select path, device, inode from folder where library = ?", (key,))
    return KnownLibrary(key, samples_of(conn, key), tuple(KnownFolder(*row) for row in rows))


def by_name(conn: sqlite3.Connection, uid: str | None) -> int | None:
    """Return the key of the library that is known by the id."""
    row = conn.execute("select library from name where uid = ?", (uid,)).fetchone()
    return row[0] if row else None


def _uid_of(conn: sqlite3.Connection, key: int) -> str:
    return next((uid for uid in names(conn, key) if is_id(uid)), "")
