"""Where the person is and was: positions, visits, sessions, lists of what is marked; steps on a connection."""

import sqlite3

from .jump_list import Position, Visit
from .marks import Kind, owner

KEPT_VISITS = 10_000

SessionRow = tuple[str | None, str, str, bool, str, str, int]


def position(conn: sqlite3.Connection, library: int, id: str) -> Position | None:
    """The place kept for the article."""
    row = conn.execute("select block, offset from position where library = ? and id = ?", (library, id)).fetchone()
    return Position(*row) if row else None


def remember(conn: sqlite3.Connection, library: int, id: str, position: Position) -> None:
    """Keep the place."""
    conn.execute("insert or replace into position values (?, ?, ?, ?)", (library, id, position.block, position.offset))


def note_visit(conn: sqlite3.Connection, library: int, number: int, stop: Visit) -> None:
    """Add a visit; of very many the oldest go."""
    conn.execute(
        "insert or ignore into visit values (?, ?, ?, ?, ?)",
        (library, number, stop.id, stop.position.block, stop.position.offset),
    )
    conn.execute(
        "delete from visit where library = ?1 and number <="
        " (select number from visit where library = ?1 order by number desc limit 1 offset ?2)",
        (library, KEPT_VISITS),
    )


def newest_visit(conn: sqlite3.Connection, library: int) -> int:
    """The number of the last visit; 0 before the first."""
    row = conn.execute("select coalesce(max(number), 0) from visit where library = ?", (library,)).fetchone()
    return int(row[0])


def last_visits(conn: sqlite3.Connection, library: int) -> list[Visit]:
    """The last hundred visits, oldest first."""
    rows = conn.execute(
        "select id, block, offset from visit where library = ? order by number desc limit 100", (library,)
    ).fetchall()
    return [Visit(id, Position(block, offset)) for id, block, offset in reversed(rows)]


def history(conn: sqlite3.Connection, library: int, limit: int, offset: int) -> list[str]:
    """Ids visited, last first, each once."""
    rows = conn.execute(
        "select id from visit where library = ? group by id order by max(number) desc limit ? offset ?",
        (library, limit, offset),
    )
    return [id for (id,) in rows]


def newest_marked(conn: sqlite3.Connection, library: int, kind: Kind) -> list[str]:
    """Ids that carry the mark, last marked first."""
    rows = conn.execute(
        "select id from mark where library = ? and kind = ? and is_on order by change desc, id",
        (owner(kind, library), kind),
    )
    return [id for (id,) in rows]


def marked_after(conn: sqlite3.Connection, library: int, kind: Kind, after: str, limit: int) -> list[str]:
    """So many ids that carry the mark, in order of id, from the first after `after`."""
    rows = conn.execute(
        "select id from mark where library = ? and kind = ? and id > ? and is_on order by id limit ?",
        (owner(kind, library), kind, after, limit),
    )
    return [id for (id,) in rows]


def session(conn: sqlite3.Connection, library: str) -> SessionRow | None:
    """How the library was left."""
    row = conn.execute(
        "select article, listing, grouping, newest, query, focus, top from session where library = ?", (library,)
    ).fetchone()
    if row is None:
        return None
    article, listing, grouping, newest, query, focus, top = row
    return article, listing, grouping, bool(newest), query, focus, top


def remember_session(conn: sqlite3.Connection, library: str, row: SessionRow) -> None:
    """Keep how it was left."""
    conn.execute("insert or replace into session values (?, ?, ?, ?, ?, ?, ?, ?)", (library, *row))


def choice(conn: sqlite3.Connection, name: str, settled: str) -> str | None:
    """What was chosen, if the settings said then what they say now."""
    row = conn.execute("select value from choice where name = ? and settled = ?", (name, settled)).fetchone()
    return str(row[0]) if row else None


def choose(conn: sqlite3.Connection, name: str, value: str, settled: str) -> None:
    """Keep what was chosen."""
    conn.execute("insert or replace into choice values (?, ?, ?)", (name, value, settled))
