"""Marks and their undoing, as steps on a connection inside somebody else's transaction.

A row of `mark` carries the change that last touched it. Undo puts a row back only where the change being undone is
still the last: what another window has marked since stays.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

EVERYBODY = 0
"""The key of what belongs to no single library: saved searches, and what was kept before libraries were told apart."""
Kind = Literal["read", "star", "search"]
CHUNK = 500
"""Ids in one statement; SQLite before 3.32 takes 999 values."""
KEPT_CHANGES = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """What a person did in one go: so many articles marked, or marks taken away."""

    number: int
    kind: Kind
    is_on: bool
    count: int
    ids: tuple[str, ...]
    """The first few of them."""


def chunks(ids: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """The ids in lists of at most `size`; nothing more than that is held."""
    source = map(storable, ids)
    while part := list(islice(source, size)):
        yield part


def storable(text: str) -> str:
    """The text as SQLite takes it: a lone surrogate, as in the name of a folder that is not UTF-8, is written out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


class Act(NamedTuple):
    """Who marks, when, and where: what is written down beside every mark."""

    number: int
    """Of the change."""
    window: str
    at: int
    """Microseconds since 1970."""
    device: str
    """The name this device gets if it has none in the file yet."""
    host: str


CAP = 5 * 60 * 1_000_000
"""Microseconds. A mark from a clock that is further ahead than this counts as made at this distance from now."""
_LATER = "max(?, min(at, ?) + 1)"
"""When a mark is made that follows another: after it, whatever the clocks say, and never beyond the cap."""


def device_key(conn: sqlite3.Connection, name: str, host: str) -> int:
    """Return the key of this device, in a transaction; `name` is used if it has none yet.

    A device is a state folder on a host: a folder that is copied to another machine becomes another device there.
    """
    row = conn.execute("select key from device where host = ? order by key limit 1", (host,)).fetchone()
    if row is not None:
        return int(row[0])
    return conn.execute("insert into device (name, host) values (?, ?)", (name, host)).lastrowid or 0


def owner(kind: str, library: int) -> int:
    """Return the key of what a mark belongs to: a saved search belongs to the user, whatever library is open."""
    return EVERYBODY if kind == "search" else library


def marked_among(conn: sqlite3.Connection, library: int, kind: Kind, ids: Sequence[str]) -> frozenset[str]:
    """Which of the ids carry the mark."""
    return frozenset(
        id
        for part in chunks(ids)
        for (id,) in conn.execute(
            f"select id from mark where library = ? and kind = ? and is_on and id in ({placeholders(part)})",
            (owner(kind, library), kind, *part),
        )
    )


def set_marks(conn: sqlite3.Connection, library: int, act: Act, kind: Kind, is_on: bool, ids: Sequence[str]) -> int:
    """Mark the ids, or take the mark away, as part of the act's change; returns how many that altered.

    A change that has been undone is over: what would still come of it is left as it is.
    """
    undone = "select 1 from change where library = ? and number = ? and undone"
    if conn.execute(undone, (library, act.number)).fetchone():
        return 0
    conn.execute(
        "insert or ignore into change (library, number, window, kind, is_on, count) values (?, ?, ?, ?, ?, 0)",
        (library, act.number, act.window, kind, is_on),
    )
    device = device_key(conn, act.device, act.host)
    altered = sum(_set_chunk(conn, library, act, device, kind, is_on, part) for part in chunks(ids))
    this = (library, act.number)
    conn.execute("update change set count = count + ? where library = ? and number = ?", (altered, *this))
    conn.execute("delete from change where library = ? and number = ? and count = 0", this)
    return altered


def _set_chunk(
    conn: sqlite3.Connection, library: int, act: Act, device: int, kind: Kind, is_on: bool, ids: Sequence[str]
) -> int:
    of = owner(kind, library)
    which = f"library = ? and kind = ? and is_on <> ? and id in ({placeholders(ids)})"
    values = (of, kind, is_on, *ids)
    conn.execute(
        f"insert or ignore into item select ?, ?, id, is_on, change from mark where {which}",
        (library, act.number, *values),
    )
    altered = conn.execute(
        f"update mark set is_on = ?, change = ?, at = {_LATER}, device = ? where {which}",
        (is_on, act.number, act.at, act.at + CAP, device, *values),
    ).rowcount
    if is_on:
        rows = [(of, kind, id, act.number, act.at, device) for id in ids]
        altered += conn.executemany("insert or ignore into mark values (?, ?, ?, 1, ?, ?, ?)", rows).rowcount
    return altered


def newest_number(conn: sqlite3.Connection) -> int:
    """The number of the newest change, of whatever library; 0 before the first."""
    return int(conn.execute("select coalesce(max(number), 0) from change").fetchone()[0])


def last_change(conn: sqlite3.Connection, library: int, window: str, before: int) -> Change | None:
    """The newest change not undone that this window made, or any window up to the change `before`."""
    row = conn.execute(
        "select number from change where library = ? and not undone and (window = ? or number <= ?)"
        " order by number desc limit 1",
        (library, window, before),
    ).fetchone()
    return change(conn, library, row[0]) if row else None


def change(conn: sqlite3.Connection, library: int, number: int) -> Change | None:
    """The change of this number, or None when it is no longer kept."""
    row = conn.execute(
        "select kind, is_on, count from change where library = ? and number = ?", (library, number)
    ).fetchone()
    if row is None:
        return None
    kind, is_on, count = row
    ids = (
        conn.execute(
            "select id from item where library = ?1 and change = ?2 union select id from mark"
            " where library = ?3 and kind = ?4 and change = ?2 limit 3",
            (library, number, owner(kind, library), kind),
        ).fetchall()
        if count <= CHUNK
        else []
    )
    return Change(number, kind, bool(is_on), count, tuple(id for (id,) in ids))


def put_back(conn: sqlite3.Connection, library: int, act: Act) -> None:
    """Undo the act's change: every row it was the last to touch is as it was, by a mark made now.

    One that is no longer kept is no error.
    """
    row = _kept(conn, library, act.number)
    if row is None:
        return
    kind, is_on = row
    of, stamp = owner(kind, library), (act.at, act.at + CAP, device_key(conn, act.device, act.host))
    conn.executemany(
        f"update mark set is_on = ?, change = ?, at = {_LATER}, device = ?"
        " where library = ? and kind = ? and id = ? and change = ?",
        [(was_on, was, *stamp, of, kind, id, act.number) for id, was_on, was in _items(conn, library, act.number)],
    )
    conn.execute(
        f"update mark set is_on = 0, at = {_LATER}, device = ?"
        " where library = ? and kind = ? and change = ? and is_on = ?",
        (*stamp, of, kind, act.number, is_on),
    )
    conn.execute("update change set undone = 1 where library = ? and number = ?", (library, act.number))


def do_again(conn: sqlite3.Connection, library: int, act: Act) -> None:
    """Redo an undone change, where nothing has happened to a row since; one that is no longer kept is no error."""
    row = _kept(conn, library, act.number)
    if row is None:
        return
    kind, is_on = row
    of, stamp = owner(kind, library), (act.at, act.at + CAP, device_key(conn, act.device, act.host))
    conn.execute(
        f"update mark set is_on = ?, at = {_LATER}, device = ? where library = ? and kind = ? and change = ?",
        (is_on, *stamp, of, kind, act.number),
    )
    conn.executemany(
        f"update mark set is_on = ?, change = ?, at = {_LATER}, device = ?"
        " where library = ? and kind = ? and id = ? and change = ?",
        [(is_on, act.number, *stamp, of, kind, id, was) for id, _was_on, was in _items(conn, library, act.number)],
    )
    conn.execute("update change set undone = 0 where library = ? and number = ?", (library, act.number))


def to_trim(conn: sqlite3.Connection, library: int) -> int | None:
    """Return the number of the newest change that is kept no longer; None if there are not so many."""
    row = conn.execute(
        "select number from change where library = ? order by number desc limit 1 offset ?", (library, KEPT_CHANGES)
    ).fetchone()
    return int(row[0]) if row else None


def trim(conn: sqlite3.Connection, library: int) -> None:
    """Keep the newest changes only; the marks themselves stay."""
    last = to_trim(conn, library)
    if last is not None:
        conn.execute("delete from item where library = ? and change <= ?", (library, last))
        conn.execute("delete from change where library = ? and number <= ?", (library, last))


def placeholders(values: Sequence[str]) -> str:
    """Return the question marks for so many values."""
    return ", ".join("?" * len(values))


def _kept(conn: sqlite3.Connection, library: int, number: int) -> tuple[str, int] | None:
    row = conn.execute("select kind, is_on from change where library = ? and number = ?", (library, number)).fetchone()
    return tuple(row) if row else None


def _items(conn: sqlite3.Connection, library: int, number: int) -> list[tuple[str, int, int]]:
    rows = conn.execute("select id, was_on, was_change from item where library = ? and change = ?", (library, number))
    return rows.fetchall()
