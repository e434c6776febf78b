"""Classification of errors: proof of a damaged database, or another cause.

Only proven damage is repaired: an SQLite result code for corruption, a schema that differs from the one created, or a
failed check of the whole file. A programming error is none of these and reaches the crash report.
"""

import sqlite3
import time
from contextlib import closing

from . import schema

CORRUPTION = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""SQLite result codes for a file whose content is not a valid database."""
UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
    }
)
"""Result codes for a disk or folder that cannot be used at the moment. They prove nothing about the content."""
IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""Result codes for a database that another connection has locked."""
SUSPICIOUS = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError)
"""Exceptions that damaged values can cause in the code that reads them; programming errors raise them too."""

_CHECK_SECONDS = 5.0
"""Seconds. A check that takes longer is stopped and proves nothing."""
_STEPS = 20_000
"""Steps of SQLite's virtual machine between two time checks."""


def code(error: BaseException) -> int:
    """Return SQLite's primary result code, 0 for an error without one."""
    found: int = getattr(error, "sqlite_errorcode", 0)
    return found & 0xFF


def is_passing(error: BaseException) -> bool:
    """Return whether the disk, a lock or the file's content caused the error, so that another try may succeed."""
    return isinstance(error, OSError) or code(error) in CORRUPTION | UNAVAILABLE | IN_USE


def is_undecodable(error: BaseException) -> bool:
    """Return whether a statement found text that is not UTF-8, which the program never writes.

    Python's `sqlite3` raises this itself, without an SQLite result code. Pass only errors raised by a statement.
    """
    return isinstance(error, UnicodeDecodeError) or (
        isinstance(error, sqlite3.OperationalError) and not code(error) and "decode" in str(error).casefold()
    )


def is_proven(error: BaseException, path: str) -> bool:
    """Return whether the database at `path` is proven damaged. Checks the whole file if the error alone is no proof."""
    if code(error) in CORRUPTION:
        return True
    return isinstance(error, SUSPICIOUS) and code(error) not in UNAVAILABLE | IN_USE and not _is_sound(path)


def _is_sound(path: str) -> bool:
    """Return False if the file is proven damaged; True also if it cannot be opened or the check takes too long."""
    try:
        with closing(schema.connect(path)) as conn:
            until = time.monotonic() + _CHECK_SECONDS
            conn.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            return schema.is_whole(conn) and _is_readable(conn)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return code(error) not in CORRUPTION and not is_undecodable(error)


def _is_readable(conn: sqlite3.Connection) -> bool:
    """Return False if SQLite finds a fault in the pages it could read, or a value has the wrong type for its column."""
    faults = [str(line) for (line,) in conn.execute("PRAGMA quick_check(10)")]
    if any("failed to get page" in line for line in faults):
        return True  # a page that could not be read proves nothing
    if faults != ["ok"]:
        return False
    for (table,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if "grams" not in table:  # the internal tables of FTS5 contain no text
            wanted = _types(conn, table)
            for row in conn.execute(f'SELECT * FROM "{table}"'):
                if not all(isinstance(value, kinds) for value, kinds in zip(row, wanted, strict=True)):
                    return False
    return True


def _types(conn: sqlite3.Connection, table: str) -> list[tuple[type, ...]]:
    """Return the Python types that each column of a table may hold."""
    known: dict[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "BLOB": (bytes,)}
    return [
        (*known.get(kind, (object,)), *(() if required or key else (type(None),)))
        for _number, _name, kind, required, _default, key in conn.execute(f'PRAGMA table_info("{table}")')
    ]
