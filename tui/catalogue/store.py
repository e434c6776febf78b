"""A thread's reading connection to the database, which outlives a database that is damaged or has moved."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from .home import Home

_LOST = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SIGNS = ("decode", "no such column", "no such table", "NoneType")
_MANY = 500


class Store:
    """Reads from the database in use. Damage in it gives an empty answer and a new, empty database."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.conn = home.open()
        self.path = home.path
        self._seen = -1

    def all(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Every row of a query; none when the database turns out to be damaged or to have moved."""
        try:
            return self.conn.execute(sql, parameters).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if self.home.path != self.path or self.home.moved():
                self._open()
            elif is_damage(error):
                self.damaged()
            else:
                raise
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
        if self.home.path != self.path or self.home.moved():
            self._open()
        rows = self.all("PRAGMA data_version")
        before, self._seen = self._seen, int(rows[0][0]) if rows else -1
        return before != self._seen

    def close(self) -> None:
        self.conn.close()

    def _open(self) -> None:
        self.conn.close()
        self.conn = self.home.open()
        self.path = self.home.path
        self._seen = -1


def is_damage(error: Exception) -> bool:
    """True when an error says that the file cannot be used, not that somebody else is using it.

    Text that is no text is found by Python's own module, which gives no code; where names are damaged they are missing,
    and where a row is, nothing stands in columns that are never empty.
    """
    return code(error) in _LOST or any(sign in str(error) for sign in _SIGNS)


def code(error: Exception) -> int:
    """SQLite's primary result code; 0 for an error that did not come from SQLite."""
    found: int = getattr(error, "sqlite_errorcode", 0)
    return found & 0xFF
