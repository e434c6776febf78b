"""A thread's reading connection to the database, which outlives a database that is damaged or has moved."""

import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from . import schema
from .damage import CORRUPTION, IN_USE, UNAVAILABLE, code, is_undecodable
from .database import Database

_MANY = 500
_LOCKED_SECONDS = 30.0
"""A database in memory is locked while its tables are made, and SQLite does not wait for that by itself."""
_RETRY_SECONDS = 0.01


class ReadConnection:
    """Reads from the database in use. Proven damage in it gives an empty answer and a new, empty database; a disk
    that cannot be read gives an empty answer and leaves the database alone; so does one that stays locked. Every other
    error is raised."""

    def __init__(self, home: Database) -> None:
        self.home = home
        self.conn = home.open()
        self.path = home.path
        self.version = 0
        """Counts the connections opened."""
        self._seen = -1
        self._unread = False

    def all(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query; none when the database turns out to be damaged or to have moved."""
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
        """The rows of a query with `IN ({})` for any number of values, a few hundred at a time."""
        rows = []
        for start in range(0, len(values), _MANY):
            part = values[start : start + _MANY]
            rows += self.all(sql.format(",".join("?" * len(part))), part)
        return rows

    def meta(self, key: str) -> int:
        """A number the indexer has left."""
        rows = self.all("SELECT value FROM meta WHERE key = ?", (key,))
        return int(rows[0][0]) if rows else 0

    def damaged(self) -> None:
        """Throw the database away and go on with an empty one."""
        self.home.drop()
        self._open()

    def changed(self) -> bool:
        """True when the database is another one, or has been written to, since the last call."""
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
        """Return whether an error that a statement raised is proof of damage."""
        if code(error) in CORRUPTION or is_undecodable(error):
            return True
        try:
            return code(error) == sqlite3.SQLITE_ERROR and not schema.is_whole(self.conn)
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return True

    def _unavailable(self) -> None:
        """Open the database again; at the second failure go on with one outside the cache folder."""
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
