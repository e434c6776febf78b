"""The tables of a catalogue's database, and functions that create, open and check it."""

import sqlite3
import sys
from hashlib import blake2b
from pathlib import Path

FORMAT = 7
"""Version of the tables. A database of another version is rebuilt."""
APPLICATION = 0x67616E65
"""The application id in the file header ("gane"), which identifies databases of this program."""
STAMP = f"{FORMAT}-{sys.byteorder}"

ARTICLE = """
CREATE TABLE article(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, title TEXT NOT NULL, place TEXT, place_id INTEGER, date TEXT,
    day INTEGER NOT NULL, characters INTEGER NOT NULL, authors TEXT NOT NULL, tags TEXT NOT NULL,
    bulletin INTEGER NOT NULL, file INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
    line INTEGER NOT NULL, digest INTEGER NOT NULL)
"""
"""Line feeds separate the parts of the title, the authors and the tags. `day` is the date as a number, 20230600 for
2023-06: the article's date, else the bulletin's, else 0. `digest` changes with the article."""
ARTICLE_INDEXES = {
    "article_id": "CREATE UNIQUE INDEX article_id ON article(id)",
    "article_file": "CREATE INDEX article_file ON article(file, line)",
}
TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

-- A folder of articles; rank is its place in the library's order.
CREATE TABLE bulletin(
    key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, issued TEXT, rank INTEGER NOT NULL);

-- A file as it was read. Size and time are those of the file that was read to its end, -1 until then. Of lines of JSON:
-- `done` bytes in `lines` whole lines have been read, with this CRC-32. Ranks rise in the library's order with gaps.
CREATE TABLE file(
    key INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, bulletin INTEGER NOT NULL, kind TEXT NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, rank INTEGER NOT NULL,
    done INTEGER NOT NULL, lines INTEGER NOT NULL, crc INTEGER NOT NULL);

-- A folder of a bulletin, and its files as they were when all had been read: see `library.packed_folder`. In step with
-- the table `file` while `folders` in `meta` is 1.
CREATE TABLE folder(path TEXT PRIMARY KEY, bulletin TEXT NOT NULL, issued TEXT, packed BLOB NOT NULL);

-- file is NULL for what is wrong with the library, a bulletin, or a file that cannot be read at all; `at` is the line
-- of the article, `line` the line that the problem names.
CREATE TABLE problem(file INTEGER, at INTEGER NOT NULL, path TEXT NOT NULL, line INTEGER, code TEXT NOT NULL,
    message TEXT NOT NULL, remedy TEXT NOT NULL);
CREATE INDEX problem_file ON problem(file);

-- A group of an order, at place `rank` (of its first article, a date, a bulletin); pages: triples of page key, count
-- and first day, as packed 32-bit integers. No key of a group or page is used twice: an open listing may hold it.
CREATE TABLE grp(
    key INTEGER PRIMARY KEY AUTOINCREMENT, grouping TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL,
    rank INTEGER NOT NULL, count INTEGER NOT NULL, pages BLOB NOT NULL, UNIQUE(grouping, name));
CREATE TABLE page(key INTEGER PRIMARY KEY AUTOINCREMENT, numbers BLOB NOT NULL);

-- Numbers whose text is still to be indexed, both ends included.
CREATE TABLE pending(first INTEGER PRIMARY KEY, last INTEGER NOT NULL);

-- The numbers that articles had before they were sorted by date, for lists that were opened before.
CREATE TABLE renumbered(old INTEGER PRIMARY KEY, number INTEGER NOT NULL);
"""


_CONTENT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""Result codes of the schema check that show a file of other content. A missing table or column gives SQLITE_ERROR."""


class Unusable(Exception):
    """The file is not a catalogue of this library and format."""


BUSY_SECONDS = 5.0
"""Seconds that a statement waits for a lock."""


def connect(path: str, *, writing: bool = False, busy: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Return a connection to a database file, or to a `file:…` URI in memory. It waits `busy` seconds for locks."""
    conn = sqlite3.connect(path, timeout=busy, isolation_level=None, uri=path.startswith("file:"))
    if path.startswith("file:"):
        conn.execute("PRAGMA read_uncommitted = ON")
    elif writing:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA wal_autocheckpoint = 8000")
    if not writing:
        conn.execute("PRAGMA query_only = ON")
    return conn


def wait_for_others(conn: sqlite3.Connection) -> None:
    """Make statements wait `BUSY_SECONDS` for locks from now on."""
    conn.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1000)}")


def make(path: str, root: Path, stamp: str) -> sqlite3.Connection:
    """Create a database with empty tables; return a writing connection to it."""
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA auto_vacuum = INCREMENTAL")
        conn.execute("PRAGMA journal_mode = WAL")
    finally:
        conn.close()
    conn = connect(path, writing=True)
    try:
        conn.execute("PRAGMA synchronous = OFF")  # an empty database is rebuilt faster than it is synced
        create(conn, root, stamp)
        conn.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        conn.close()
        raise
    return conn


def create(conn: sqlite3.Connection, root: Path, stamp: str) -> None:
    """Create the tables of an empty database, in one transaction."""
    conn.execute(f"PRAGMA application_id = {APPLICATION}")
    conn.execute("BEGIN IMMEDIATE")
    for statement in (ARTICLE, *ARTICLE_INDEXES.values(), *TABLES.split(";\n")):
        conn.execute(statement)
    conn.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [("stamp", stamp), ("root", str(root)), ("total", 0), ("complete", 0), ("sorted", 0), ("next", 0)],
    )
    seal(conn)
    conn.execute("COMMIT")


def seal(conn: sqlite3.Connection) -> None:
    """Store a fingerprint of the tables, inside the transaction that created them."""
    conn.execute("INSERT OR REPLACE INTO meta VALUES ('schema', ?)", (_fingerprint(conn),))


def is_whole(conn: sqlite3.Connection) -> bool:
    """Return whether the tables match the fingerprint stored by `seal`."""
    found = conn.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    return found is not None and found[0] == _fingerprint(conn)


def _fingerprint(conn: sqlite3.Connection) -> str:
    """Return a digest of the statements that created the tables, in hexadecimal digits."""
    statements = sorted(str(sql) for (sql,) in conn.execute("SELECT sql FROM sqlite_master"))
    return blake2b("\n".join(statements).encode("utf-8", "replace"), digest_size=8).hexdigest()


def check(conn: sqlite3.Connection, root: Path, stamp: str) -> None:
    """Raise Unusable unless this is an intact catalogue of this library in this format.

    Errors that do not concern the content (a lock, a disk that cannot be read) are raised unchanged.
    """
    try:
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        found = dict(conn.execute("SELECT key, value FROM meta WHERE key IN ('stamp', 'root')"))
        whole = (application, found.get("stamp"), found.get("root")) == (APPLICATION, stamp, str(root))
        if whole and is_whole(conn):
            return
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the message of an error may itself be undecodable
        if _CONTENT.isdisjoint({getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF}):
            raise
        raise Unusable(ascii(error)) from error
    raise Unusable("another format or library" if not whole else "other tables")
