"""Marks and their undoing, as steps on a connection inside somebody else's transaction.

A row of `mark` carries the change that last touched it. Undo puts a row back only where the change being undone is
still the last: what another window has marked since stays.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

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


def marked_among(conn: sqlite3.Connection, kind: Kind, ids: Sequence[str]) -> frozenset[str]:
    """Which of the ids carry the mark."""
    return frozenset(
        id
        for part in chunks(ids)
        for (id,) in conn.execute(
            f"select id from mark where kind = ? and is_on and id in ({_places(part)})", (kind, *part)
        )
    )


def set_marks(conn: sqlite3.Connection, number: int, window: str, kind: Kind, is_on: bool, ids: Sequence[str]) -> int:
    """Mark the ids, or take the mark away, as part of the change `number`; returns how many that altered."""
    conn.execute(
        "insert or ignore into change (number, window, kind, is_on, count) values (?, ?, ?, ?, 0)",
        (number, window, kind, is_on),
    )
    altered = sum(_set_chunk(conn, number, kind, is_on, part) for part in chunks(ids))
    conn.execute("update change set count = count + ? where number = ?", (altered, number))
    conn.execute("delete from change where number = ? and count = 0", (number,))
    return altered


def _set_chunk(conn: sqlite3.Connection, number: int, kind: Kind, is_on: bool, ids: Sequence[str]) -> int:
    which = f"kind = ? and is_on <> ? and id in ({_places(ids)})"
    values = (kind, is_on, *ids)
    conn.execute(
        f"insert or ignore into item select ?, id, is_on, change from mark where {which}",
        (number, *values),
    )
    altered = conn.execute(f"update mark set is_on = ?, change = ? where {which}", (is_on, number, *values)).rowcount
    if is_on:
        rows = [(kind, id, number) for id in ids]
        altered += conn.executemany(
            "insert or ignore into mark (kind, id, is_on, change) values (?, ?, 1, ?)", rows
        ).rowcount
    return altered


def newest_number(conn: sqlite3.Connection) -> int:
    """The number of the newest change; 0 before the first."""
    return int(conn.execute("select coalesce(max(number), 0) from change").fetchone()[0])


def last_change(conn: sqlite3.Connection, window: str, before: int) -> Change | None:
    """The newest change not undone that this window made, or any window up to the change `before`."""
    row = conn.execute(
        "select number from change where not undone and (window = ? or number <= ?) order by number desc limit 1",
        (window, before),
    ).fetchone()
    return change(conn, row[0]) if row else None


def change(conn: sqlite3.Connection, number: int) -> Change | None:
    """The change of this number, or None when it is no longer kept."""
    row = conn.execute("select kind, is_on, count from change where number = ?", (number,)).fetchone()
    if row is None:
        return None
    kind, is_on, count = row
    ids = (
        conn.execute(
            "select id from item where change = ?1 union select id from mark where kind = ?2 and change = ?1 limit 3",
            (number, kind),
        ).fetchall()
        if count <= CHUNK
        else []
    )
    return Change(number, kind, bool(is_on), count, tuple(id for (id,) in ids))


def put_back(conn: sqlite3.Connection, number: int) -> None:
    """Undo the change: every row it was the last to touch is as it was. One that is no longer kept is no error."""
    row = conn.execute("select kind, is_on from change where number = ?", (number,)).fetchone()
    if row is None:
        return
    kind, is_on = row
    conn.executemany(
        "update mark set is_on = ?, change = ? where kind = ? and id = ? and change = ?",
        [(was_on, was, kind, id, number) for id, was_on, was in _items(conn, number)],
    )
    conn.execute("update mark set is_on = 0 where kind = ? and change = ? and is_on = ?", (kind, number, is_on))
    conn.execute("update change set undone = 1 where number = ?", (number,))


def do_again(conn: sqlite3.Connection, number: int) -> None:
    """Redo an undone change, where nothing has happened to a row since; one that is no longer kept is no error."""
    row = conn.execute("select kind, is_on from change where number = ?", (number,)).fetchone()
    if row is None:
        return
    kind, is_on = row
    conn.execute("update mark set is_on = ? where kind = ? and change = ?", (is_on, kind, number))
    conn.executemany(
        "update mark set is_on = ?, change = ? where kind = ? and id = ? and change = ?",
        [(is_on, number, kind, id, was) for id, _was_on, was in _items(conn, number)],
    )
    conn.execute("update change set undone = 0 where number = ?", (number,))


def trim(conn: sqlite3.Connection) -> None:
    """Keep the newest changes only; the marks themselves stay."""
    row = conn.execute("select number from change order by number desc limit 1 offset ?", (KEPT_CHANGES,)).fetchone()
    if row:
        conn.execute("delete from item where change <= ?", row)
        conn.execute("delete from change where number <= ?", row)


def _items(conn: sqlite3.Connection, number: int) -> list[tuple[str, int, int]]:
    return conn.execute("select id, was_on, was_change from item where change = ?", (number,)).fetchall()


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
