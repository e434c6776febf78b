"""The tables of the reading state, and how an older file becomes a newer one.

`mark` says what is on (read, starred, a saved search) and which change made it so; `change` and `item` are what undo
needs. A change over many articles writes no items for articles never marked before: their rows carry its number.
"""

import sqlite3

APPLICATION_ID = 0x67616E65
"""`gane`, in the file's header: it tells our file from any other database."""

TABLES = ("mark", "change", "item", "position", "visit", "session", "choice")
MIGRATIONS: tuple[str, ...] = (
    """
    create table mark (
        kind text not null,
        id text not null,
        is_on integer not null,
        change integer not null,
        primary key (kind, id)
    ) without rowid;
    create index mark_by_change on mark (kind, change) where is_on and kind <> 'read';
    create table change (
        number integer primary key,
        window text not null,
        kind text not null,
        is_on integer not null,
        count integer not null,
        undone integer not null default 0
    );
    create table item (
        change integer not null,
        id text not null,
        was_on integer not null,
        was_change integer not null,
        primary key (change, id)
    ) without rowid;
    create table position (id text primary key, block integer not null, offset integer not null) without rowid;
    create table visit (
        number integer primary key,
        id text not null,
        block integer not null,
        offset integer not null
    );
    create index visit_by_id on visit (id, number);
    create table session (
        library text primary key,
        article text,
        listing text not null,
        grouping text not null,
        newest integer not null,
        query text not null,
        focus text not null
    ) without rowid;
    """,
    """
    create table choice (name text primary key, value text not null, settled text not null) without rowid;
    """,
    """
    alter table session add column top integer not null default 0;
    """,
)


class NewerFile(Exception):
    """The file was written by a newer version of the program."""


class ForeignFile(Exception):
    """The file is a database, but not ours."""


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the file to the newest schema, one numbered step after the other, all in one transaction.

    Raises NewerFile, ForeignFile, or sqlite3.Error with the file unchanged.
    """
    version = _version(conn)
    if version == len(MIGRATIONS):
        return
    conn.execute("begin immediate")
    try:
        for number, script in enumerate(MIGRATIONS[_version(conn) :], _version(conn) + 1):
            for statement in filter(str.strip, script.split(";")):
                conn.execute(statement)
            conn.execute(f"pragma user_version = {number}")
        conn.execute(f"pragma application_id = {APPLICATION_ID}")
        conn.execute("commit")
    except BaseException:
        conn.execute("rollback")
        raise


def check(conn: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError where a table of the newest schema is missing."""
    found = {name for (name,) in conn.execute("select name from sqlite_master")}
    if not found.issuperset(TABLES):
        raise sqlite3.DatabaseError("a table is missing")


def _version(conn: sqlite3.Connection) -> int:
    """The file's version, read in the caller's transaction or one of its own: another window may be making the file."""
    own = not conn.in_transaction
    if own:
        conn.execute("begin")
    try:
        (version,) = conn.execute("pragma user_version").fetchone()
        (application,) = conn.execute("pragma application_id").fetchone()
        (tables,) = conn.execute("select count(*) from sqlite_master").fetchone()
    finally:
        if own:
            conn.execute("rollback")
    if application != APPLICATION_ID and (application or version or tables):
        raise ForeignFile
    if version > len(MIGRATIONS):
        raise NewerFile
    return int(version)
