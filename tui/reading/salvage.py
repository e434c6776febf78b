"""What can still be read of a damaged state file."""

import contextlib
import sqlite3
from pathlib import Path

from . import file as state_file

_TABLES = ("mark", "position", "session", "choice", "visit")


def salvage(damaged: Path, into: sqlite3.Connection) -> int:
    """Copy every readable row, from the front and from the back of each table; returns how many rows were saved."""
    saved = 0
    with (
        contextlib.suppress(sqlite3.Error, UnicodeDecodeError),
        contextlib.closing(state_file.connect(str(damaged))) as source,
    ):
        for table in _TABLES:
            columns = [name for (_number, name, *_rest) in into.execute(f"pragma table_info({table})")]
            for direction in ("asc", "desc"):
                saved += _copy(source, into, table, columns, direction)
    return saved


def _copy(source: sqlite3.Connection, into: sqlite3.Connection, table: str, columns: list[str], direction: str) -> int:
    saved = 0
    names = ", ".join(columns)
    insert = f"insert or ignore into {table} ({names}) values ({', '.join('?' * len(columns))})"
    order = f"kind {direction}, id {direction}" if table == "mark" else f"1 {direction}"
    into.execute("begin")
    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
        for row in source.execute(f"select {names} from {table} order by {order}"):
            with contextlib.suppress(sqlite3.Error):
                saved += into.execute(insert, row).rowcount
    into.execute("commit")
    return saved
