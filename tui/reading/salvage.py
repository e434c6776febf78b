"""Recover the readable rows of a damaged state file."""

import contextlib
import sqlite3
from pathlib import Path

from . import sqlite_file
from .migrations import COLUMNS

_TABLES = ("library", "name", "folder", "device", "mark", "position", "session", "choice", "visit")
_OLD_COLUMNS = {"library": "0", "at": "max(change / 1000, 0)", "device": "0"}
"""Values for columns that files lack from before libraries were distinguished."""


def salvage(damaged: Path, into: sqlite3.Connection) -> int:
    """Copy every readable row, reading each table from both ends, and return the number of rows."""
    saved = 0
    with (
        contextlib.suppress(sqlite3.Error, UnicodeDecodeError),
        contextlib.closing(sqlite_file.connect(str(damaged))) as source,
    ):
        source.text_factory = str  # rows with damaged text raise an error and are skipped
        for table in _TABLES:
            for direction in ("asc", "desc"):
                saved += _copy(source, into, table, direction)
    return saved


def _copy(source: sqlite3.Connection, into: sqlite3.Connection, table: str, direction: str) -> int:
    saved = 0
    columns = COLUMNS[table].split()
    old = _is_old(source, table)
    wanted = [_OLD_COLUMNS.get(name, name) if old else name for name in columns]
    insert = f"insert or ignore into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    order = f"kind {direction}, id {direction}" if table == "mark" else f"{wanted[old]} {direction}"
    if table == "mark" and not old:
        order = f"library {direction}, {order}"
    into.execute("begin")
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
        for row in source.execute(f"select {', '.join(wanted)} from {table} order by {order}"):
            with contextlib.suppress(sqlite3.Error):
                saved += into.execute(insert, row).rowcount
    into.execute("commit")
    return saved


def _is_old(source: sqlite3.Connection, table: str) -> bool:
    """Return whether the table is from before libraries were distinguished."""
    if table not in ("mark", "position", "visit"):
        return False
    try:
        found = {name for (_number, name, *_rest) in source.execute(f"pragma table_info({table})")}
    except (sqlite3.Error, UnicodeDecodeError):
        return False
    return bool(found) and "library" not in found
