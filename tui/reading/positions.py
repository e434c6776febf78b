"""Positions, visits, sessions, choices and lists of marked articles, as functions that run on a connection."""

import sqlite3

from .jump_list import Position, Visit
from .marks import Kind, column, owner_of

MAX_STORED_VISITS = 10_000

SessionRow = tuple[str | None, str, str, bool, str, str, int]
"""The fields of `SavedSession`."""


def position(conn: sqlite3.Connection, library: int, id: str) -> Position | None:
    """Return the stored position in the article, or None."""
    row = conn.execute("select block, offset from position where library = ? and id = ?", (library, id)).fetchone()
    return Position(*row) if row else None


def save_position(conn: sqlite3.Connection, library: int, id: str, position: Position) -> None:
    """Store the position in an article."""
    conn.execute("insert or replace into position values (?, ?, ?, ?)", (library, id, position.block, position.offset))


def add_visit(conn: sqlite3.Connection, library: int, number: int, visit: Visit) -> None:
    """Add a visit, and delete the oldest beyond `MAX_STORED_VISITS`."""
    conn.execute(
        "insert or ignore into visit values (?, ?, ?, ?, ?)",
        (library, number, visit.id, visit.position.block, visit.position.offset),
    )
    conn.execute(
        "delete from visit where library = ?1 and number <="
        " (select number from visit where library = ?1 order by number desc limit 1 offset ?2)",
        (library, MAX_STORED_VISITS),
    )


def newest_visit(conn: sqlite3.Connection, library: int) -> int:
    """Return the number of the last visit, or 0."""
    row = conn.execute("select coalesce(max(number), 0) from visit where library = ?", (library,)).fetchone()
    return int(row[0])


def last_visits(conn: sqlite3.Connection, library: int) -> list[Visit]:
    """Return the last hundred visits, oldest first."""
    rows = conn.execute(
        "select id, block, offset from visit where library = ? order by number desc limit 100", (library,)
    ).fetchall()
    return [Visit(id, Position(block, offset)) for id, block, offset in reversed(rows)]


def history(conn: sqlite3.Connection, library: int, limit: int, offset: int) -> list[str]:
    """Return visited ids without duplicates, the most recent first."""
    rows = conn.execute(
        "select id from visit where library = ? group by id order by max(number) desc limit ? offset ?",
        (library, limit, offset),
    )
    return [id for (id,) in rows]


def newest_marked(conn: sqlite3.Connection, library: int, kind: Kind) -> list[str]:
    """Return the ids that have the mark, the most recently marked first."""
    rows = "(select id from mark where library = ? and kind = ? and is_on order by change desc, id)"
    return column(conn, "id", rows, (owner_of(kind, library), kind))


def marked_after(conn: sqlite3.Connection, library: int, kind: Kind, after: str, limit: int) -> list[str]:
    """Return at most `limit` ids after `after`, in order, that have the mark."""
    rows = "(select id from mark where library = ? and kind = ? and id > ? and is_on order by id limit ?)"
    return column(conn, "id", rows, (owner_of(kind, library), kind, after, limit))


def session(conn: sqlite3.Connection, library: str) -> SessionRow | None:
    """Return the stored session of the library, or None."""
    row = conn.execute(
        "select article, listing, grouping, newest, query, focus, top from session where library = ?", (library,)
    ).fetchone()
    if row is None:
        return None
    article, listing, grouping, newest, query, focus, top = row
    return article, listing, grouping, bool(newest), query, focus, top


def save_session(conn: sqlite3.Connection, library: str, row: SessionRow) -> None:
    """Store the session of a library."""
    conn.execute("insert or replace into session values (?, ?, ?, ?, ?, ?, ?, ?)", (library, *row))


def choice(conn: sqlite3.Connection, name: str, settled: str) -> str | None:
    """Return the value chosen while the setting was `settled`, or None."""
    row = conn.execute("select value from choice where name = ? and settled = ?", (name, settled)).fetchone()
    return str(row[0]) if row else None


def save_choice(conn: sqlite3.Connection, name: str, value: str, settled: str) -> None:
    """Store a choice, and the setting that it overrides."""
    conn.execute("insert or replace into choice values (?, ?, ?)", (name, value, settled))
