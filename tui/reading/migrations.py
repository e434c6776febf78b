"""The tables of the reading state, and the migration of older files.

`mark` holds each mark, with its last change, time (microseconds since 1970) and device. `change` and `item` serve
undo; an article that was never marked before has no item, since its mark has the number of the change. Library 0 holds
saved searches, and the state from before libraries were distinguished. `name` holds all ids of a library, and `folder`
the folders from which it was opened. Of several libraries at one path, the one with the highest `opened` is the last.
For libraries on a server, `sent` holds the time of each mark as the server knows it, and `pulled` the last change and
the time of the last watermark that came from there.
"""

import contextlib
import sqlite3

APPLICATION_ID = 0x67616E65
"""`gane`, which the header of the file holds to distinguish it from other databases."""

COLUMNS = {
    "mark": "library kind id is_on change at device",
    "change": "library number window kind is_on count undone",
    "item": "library change id was_on was_change",
    "position": "library id block offset",
    "visit": "library number id block offset",
    "session": "library article listing grouping newest query focus top",
    "choice": "name value settled",
    "library": "key samples seen",
    "name": "uid library",
    "folder": "path library device inode opened",
    "device": "key name host",
    "sent": "library kind id at",
    "pulled": "library change watermark",
}
"""The columns of every table, in order."""
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
    """
    create table library (
        key integer primary key,
        samples text not null,
        seen text not null
    );
    create table name (uid text primary key, library integer not null) without rowid;
    create table folder (
        path text not null,
        library integer not null,
        device integer not null,
        inode integer not null,
        opened integer not null,
        primary key (path, library)
    ) without rowid;
    create table device (key integer primary key, name text not null unique, host text not null);

    alter table mark rename to old_mark;
    create table mark (
        library integer not null,
        kind text not null,
        id text not null,
        is_on integer not null,
        change integer not null,
        at integer not null,
        device integer not null,
        primary key (library, kind, id)
    ) without rowid;
    insert or ignore into mark select 0, kind, id, is_on, change, max(change / 1000, 0), 0 from old_mark;
    drop table old_mark;
    create index mark_by_change on mark (library, kind, change) where is_on and kind <> 'read';

    alter table change rename to old_change;
    create table change (
        library integer not null,
        number integer not null,
        window text not null,
        kind text not null,
        is_on integer not null,
        count integer not null,
        undone integer not null default 0,
        primary key (library, number)
    ) without rowid;
    insert or ignore into change select 0, number, window, kind, is_on, count, undone from old_change;
    drop table old_change;
    create index change_by_number on change (number);

    alter table item rename to old_item;
    create table item (
        library integer not null,
        change integer not null,
        id text not null,
        was_on integer not null,
        was_change integer not null,
        primary key (library, change, id)
    ) without rowid;
    insert or ignore into item select 0, change, id, was_on, was_change from old_item;
    drop table old_item;

    alter table position rename to old_position;
    create table position (
        library integer not null,
        id text not null,
        block integer not null,
        offset integer not null,
        primary key (library, id)
    ) without rowid;
    insert or ignore into position select 0, id, block, offset from old_position;
    drop table old_position;

    alter table visit rename to old_visit;
    create table visit (
        library integer not null,
        number integer not null,
        id text not null,
        block integer not null,
        offset integer not null,
        primary key (library, number)
    ) without rowid;
    insert or ignore into visit select 0, number, id, block, offset from old_visit;
    drop table old_visit;
    create index visit_by_id on visit (library, id, number);
    """,
    """
    create table sent (
        library integer not null,
        kind text not null,
        id text not null,
        at integer not null,
        primary key (library, kind, id)
    ) without rowid;
    create table pulled (library integer primary key, change integer not null, watermark integer not null);
    """,
)


class NewerFile(Exception):
    """The file was written by a newer version of the program."""


class ForeignFile(Exception):
    """The file is a database of another program."""


class Damaged(Exception):
    """The file lacks something that a file of its version has."""


def migrate(conn: sqlite3.Connection) -> None:
    """Migrate the file to the newest schema in one transaction.

    Raises NewerFile, ForeignFile, sqlite3.Error, or Damaged if a migration fails on the content. The file is then
    unchanged.
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
    except BaseException as error:
        with contextlib.suppress(sqlite3.Error):
            conn.execute("rollback")
        if primary_code(error) == sqlite3.SQLITE_ERROR and not _is_complete(conn, version):
            raise Damaged from error
        raise


def check(conn: sqlite3.Connection) -> None:
    """Raise Damaged if a table or column of the newest schema is missing."""
    if not _columns(conn).issuperset((table, name) for table, names in COLUMNS.items() for name in names.split()):
        raise Damaged


def _is_complete(conn: sqlite3.Connection, version: int) -> bool:
    """Return whether the file has every table and column of its version."""
    made = sqlite3.connect(":memory:")
    for script in MIGRATIONS[:version]:
        made.executescript(script)
    return _columns(conn) >= _columns(made)


def _columns(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = conn.execute(
        "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'"
    )
    return set(rows)


def primary_code(error: BaseException) -> int:
    """Return SQLite's primary result code, or 0 for another error."""
    code: int = getattr(error, "sqlite_errorcode", None) or 0
    return code & 0xFF


def _version(conn: sqlite3.Connection) -> int:
    """Return the version of the file, read in one transaction, because another window may be creating the file."""
    starts_transaction = not conn.in_transaction
    if starts_transaction:
        conn.execute("begin")
    try:
        (version,) = conn.execute("pragma user_version").fetchone()
        (application,) = conn.execute("pragma application_id").fetchone()
        (tables,) = conn.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error as error:
        if primary_code(error) == sqlite3.SQLITE_ERROR:  # the statements are correct, so the file is not
            raise Damaged from error
        raise
    finally:
        if starts_transaction:
            with contextlib.suppress(sqlite3.Error):  # a failed read may have ended the transaction
                conn.execute("rollback")
    if application != APPLICATION_ID and (application or version or tables):
        raise ForeignFile
    if version > len(MIGRATIONS):
        raise NewerFile
    return int(version)
