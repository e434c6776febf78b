"""A thread's reading connection, which continues with another database if its own is damaged or replaced."""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import Any

from . import schema
from .damage import CORRUPTION, IN_USE, UNAVAILABLE, code, is_undecodable
from .database import Database

_MANY = 500
"""Values of one `IN` list."""
_LOCKED_SECONDS = 30.0
"""Seconds to wait for a locked table. SQLite itself does not wait for the creation of tables in a memory database."""
_RETRY_SECONDS = 0.01


class ReadConnection:
    """A connection for reading from the database in use.

    If the database is proven damaged, the answer is empty and a new, empty database replaces it. If the disk cannot be
    read or the database stays locked, the answer is empty and the database is left alone. Other errors are raised.
    """

    def __init__(self, home: Database) -> None:
        self.home = home
        self.conn = home.open()
        self.path = home.path
        self.version = 0
        """Number of times the connection was reopened."""
        self._seen = -1
        self._unread = False

    def all(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return every row of a query; none if the database proves to be damaged, locked, unreadable or replaced."""
        try:
            return self._patiently(sql, parameters)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if code(error) in IN_USE:
                self._seen = -1
            elif code(error) in UNAVAILABLE:
                self._unavailable()
            elif not self._is_damage(error):
                raise
            elif self._has_moved():
                self._open()
            else:
                self.damaged()
            return []

    def many(self, sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return the rows of a query that contains `IN ({})`, for any number of values; `_MANY` at a time."""
        rows = []
        for start in range(0, len(values), _MANY):
            part = values[start : start + _MANY]
            rows += self.all(sql.format(",".join("?" * len(part))), part)
        return rows

    def pairs(self, sql: str, values: Sequence[object]) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs in the two JSON arrays that a query like those of `many` returns.

        SQLite gathers an array in one step. It lets other threads run at each step, and a thread that reads row by row
        waits for a busy one at every row.
        """
        for first, second in self.many(sql, values):
            yield from zip(json.loads(first), json.loads(second), strict=True)

    def meta(self, key: str) -> int:
        """Return a number from the table `meta`, 0 if it is missing."""
        rows = self.all("SELECT value FROM meta WHERE key = ?", (key,))
        return int(rows[0][0]) if rows else 0

    def damaged(self) -> None:
        """Drop the database and continue with an empty one."""
        self.home.drop()
        self._open()

    def changed(self) -> bool:
        """Return whether the database was replaced or written to since the last call."""
        if self._has_moved():
            self._open()
        rows = self.all("PRAGMA data_version")
        before, self._seen = self._seen, int(rows[0][0]) if rows else -1
        return before != self._seen

    def close(self) -> None:
        self.conn.close()

    def _patiently(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        until = time.monotonic() + _LOCKED_SECONDS
        while True:
            try:
                return self.conn.execute(sql, parameters).fetchall()
            except sqlite3.OperationalError as error:
                if code(error) != sqlite3.SQLITE_LOCKED or time.monotonic() > until:
                    raise
                time.sleep(_RETRY_SECONDS)

    def _has_moved(self) -> bool:
        return self.home.path != self.path or self.home.moved()

    def _is_damage(self, error: Exception) -> bool:
        """Return whether an error raised by a statement proves damage."""
        if code(error) in CORRUPTION or is_undecodable(error):
            return True
        try:
            return code(error) == sqlite3.SQLITE_ERROR and not schema.is_whole(self.conn)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return True

    def _unavailable(self) -> None:
        """Open the database again; at the second failure use one outside the cache folder."""
        if self._unread and self.home.kept and not self._has_moved():
            self.home.give_up_cache()
        self._unread = True
        self._open()

    def _open(self) -> None:
        self.conn.close()
        self.conn = self.home.open()
        self.version += 1
        self.path = self.home.path
        self._seen = -1
