"""The marks of a library on a server that are still to be sent, and those that come from there.

A mark whose time differs from the one in `sent` has not been sent. An outbox has a connection of its own to the state
file, so an open `Reading` notices what comes in as it notices another window.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from .exchange import Mark, merge
from .libraries import Owner
from .marks import MAX_CLOCK_LEAD, SHARED, chunks, owner_of, placeholders
from .state_file import StateFile

T = TypeVar("T")
BATCH_MARKS = 500
MAX_ID_BYTES = 2_000
"""Bytes of an id or of a saved search in UTF-8. The server's index cannot hold much longer ones, which stay here."""

_UNSENT = f"""
select m.kind, m.id, m.is_on, m.at, coalesce(d.name, '')
from mark m left join device d on d.key = m.device
left join sent s on s.library = ?1 and s.kind = m.kind and s.id = m.id
where (m.library = ?1 and m.kind in ('read', 'star') or m.library = {SHARED} and m.kind = 'search')
and s.at is not m.at and length(cast(m.id as blob)) <= {MAX_ID_BYTES} limit ?2
"""
"""Saved searches belong to all libraries of this machine, and so to each that is shared."""

_READ_MARKS = """
select m.id, m.is_on, m.at, coalesce(d.name, '') from mark m left join device d on d.key = m.device
where m.library = ? and m.kind = 'read' and m.id in ({})
"""


class Pulled(NamedTuple):
    """What has come from the server: the number of the last change, and the time of the last watermark."""

    change: int
    watermark: int
    """Microseconds since 1970; 0 for none."""


class Outbox:
    """The exchange of one library's marks with a server. Any thread may call its methods."""

    def __init__(self, path: Path | str, owner: Owner) -> None:
        self._store = StateFile(None if str(path) == ":memory:" else Path(path))
        self._owner = owner

    def close(self) -> None:
        self._store.close()

    def changed(self) -> bool:
        """Return whether the state was changed elsewhere since the last call."""
        return self._store.changed()

    def unsent(self, most: int) -> list[Mark]:
        """Return at most `most` marks that are still to be sent. Reads all marks of the library."""
        rows = self._read(lambda conn, key: conn.execute(_UNSENT, (key, most)).fetchall())
        return [Mark(kind, id, bool(is_on), at, device) for kind, id, is_on, at, device in rows]

    def note_sent(self, marks: Sequence[Mark]) -> None:
        """Record that the server has these marks, or later ones."""
        rows = [(mark.kind, mark.article, mark.at) for mark in marks]
        self._write(
            lambda conn, key: conn.executemany(
                "insert or replace into sent values (?, ?, ?, ?)", [(key, *row) for row in rows]
            )
        )

    def take(self, marks: Sequence[Mark]) -> int:
        """Store the server's marks where they are later, in batches; return how many were."""
        return sum(
            self._write(lambda conn, key, part=marks[start : start + BATCH_MARKS]: _take(conn, key, part))  # type: ignore[misc]
            for start in range(0, len(marks), BATCH_MARKS)
        )

    def read_marks(self, ids: Sequence[str]) -> list[Mark]:
        """Return the marks that say whether these articles are read, of those that have one."""
        return self._read(
            lambda conn, key: [
                Mark("read", *row)
                for part in chunks(ids)
                for row in conn.execute(_READ_MARKS.format(placeholders(part)), (key, *part))
            ]
        )

    def pulled(self) -> Pulled:
        """Return what has come from the server."""
        row = self._read(
            lambda conn, key: conn.execute("select change, watermark from pulled where library = ?", (key,)).fetchone()
        )
        return Pulled(*row) if row else Pulled(0, 0)

    def note_pulled(self, pulled: Pulled) -> None:
        """Record what has come from the server."""
        self._write(lambda conn, key: conn.execute("insert or replace into pulled values (?, ?, ?)", (key, *pulled)))

    def _read(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.read(lambda conn: step(conn, self._owner.key(conn)))

    def _write(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.write(lambda conn: step(conn, self._owner.register(conn)))


def _take(conn: sqlite3.Connection, library: int, marks: Sequence[Mark]) -> int:
    """Merge the marks, and record those that are now stored as sent."""
    latest = max(0, time.time_ns() // 1000) + MAX_CLOCK_LEAD
    later = merge(conn, library, marks, latest - MAX_CLOCK_LEAD)
    conn.executemany(
        "insert or replace into sent select ?, kind, id, at from mark m where library = ? and kind = ? and id = ?"
        " and at = ? and coalesce((select name from device where key = m.device), '') = ?",
        [
            (library, owner_of(mark.kind, library), mark.kind, mark.article, min(mark.at, latest), mark.device)
            for mark in marks
        ],
    )
    return later
