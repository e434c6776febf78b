"""Marks and their undo, as functions that run inside the caller's transaction.

A row of `mark` holds the number of its last change. Undo restores a row only if the change being undone is still the
last one, so marks made later in another window stay.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

SHARED = 0
"""The key of saved searches, and of state from before libraries were distinguished."""
Kind = Literal["read", "star", "search"]
CHUNK = 500
"""Ids in one statement. SQLite before 3.32 takes at most 999 values."""
MAX_CHANGES = 1000
SLICE_MARKS = 500
"""Marks set, or looked through to undo a change, in one transaction. A key press waits for at most one of them."""
_MAX_RECORDED = 50
"""Marks. A change of at most this many records each mark in `item`, so that undo need not read all marks."""


class Change(NamedTuple):
    """One action of the user that set or removed marks of one kind."""

    number: int
    kind: Kind
    is_on: bool
    count: int  # type: ignore[assignment]  # a tuple has a method of this name
    ids: tuple[str, ...]
    """The first few ids."""
    is_recorded: bool = False
    """Whether `item` holds every mark of the change, so that undo need not look through all marks."""


def chunks(ids: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """Yield the ids in lists of at most `size`, reading no further ahead."""
    source = map(storable, ids)
    while part := list(islice(source, size)):
        yield part


def storable(text: str) -> str:
    """Return the text with lone surrogates escaped, as SQLite needs it. Folder names that are not UTF-8 have them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


class MarkContext(NamedTuple):
    """The change, window, time and device that are stored with a mark."""

    number: int
    """Number of the change."""
    window: str
    at: int
    """Microseconds since 1970."""
    device: str
    """Name for this device if the file has none yet."""
    host: str


MAX_CLOCK_LEAD = 5 * 60 * 1_000_000
"""Microseconds. A mark time further ahead of this clock is reduced to this lead."""
_NEXT_TIME = "max(?, min(at, ?) + 1)"
"""SQL for the time of a mark that follows another: later than that one, whatever the clocks say, up to the cap."""


class MarkRange(NamedTuple):
    """The marks with ids after `after`, up to and including `last`; None is the beginning or the end."""

    after: str | None = None
    last: str | None = None

    def where(self) -> tuple[str, tuple[str, ...]]:
        """Return an SQL condition and its values."""
        bounds = [(" and id > ?", self.after), (" and id <= ?", self.last)]
        return (
            "".join(condition for condition, bound in bounds if bound is not None),
            tuple(bound for _condition, bound in bounds if bound is not None),
        )


ALL_MARKS = MarkRange()


def device_key(conn: sqlite3.Connection, name: str, host: str) -> int:
    """Return the key of this device, adding it as `name` if the file does not have it.

    A device is a state folder on a host. A copy of the folder on another machine is another device.
    """
    row = conn.execute("select key from device where host = ? order by key limit 1", (host,)).fetchone()
    if row is not None:
        return int(row[0])
    return conn.execute("insert into device (name, host) values (?, ?)", (name, host)).lastrowid or 0


def owner_of(kind: str, library: int) -> int:
    """Return the key under which a mark is stored: saved searches are shared by all libraries."""
    return SHARED if kind == "search" else library


def marked_among(conn: sqlite3.Connection, library: int, kind: Kind, ids: Sequence[str]) -> frozenset[str]:
    """Return those of the ids that have the mark."""
    where = "library = ? and kind = ? and is_on and id in ({})"
    of = owner_of(kind, library)
    return frozenset(
        id
        for part in chunks(ids)
        for id in column(conn, "id", f"mark where {where.format(placeholders(part))}", (of, kind, *part))
    )


def column(conn: sqlite3.Connection, name: str, rows: str, values: Sequence[object]) -> list[str]:
    """Return one column of the rows that `rows`, the end of a SELECT, describes, in their order.

    SQLite gathers them in one step. It lets other threads run at each step, and a thread that reads row by row waits
    for a busy one at every row.
    """
    (found,) = conn.execute(f"select json_group_array(cast({name} as text)) from {rows}", values).fetchone()
    listed: list[str] = json.loads(found)
    return listed


def set_marks(
    conn: sqlite3.Connection, library: int, context: MarkContext, kind: Kind, is_on: bool, ids: Sequence[str]
) -> int:
    """Set or remove the marks as part of the context's change, and return how many of them changed.

    Does nothing if that change has been undone.
    """
    undone = "select 1 from change where library = ? and number = ? and undone"
    if conn.execute(undone, (library, context.number)).fetchone():
        return 0
    conn.execute(
        "insert or ignore into change (library, number, window, kind, is_on, count) values (?, ?, ?, ?, ?, 0)",
        (library, context.number, context.window, kind, is_on),
    )
    device = device_key(conn, context.device, context.host)
    altered = sum(_set_chunk(conn, library, context, device, kind, is_on, part) for part in chunks(ids))
    this = (library, context.number)
    conn.execute("update change set count = count + ? where library = ? and number = ?", (altered, *this))
    conn.execute("delete from change where library = ? and number = ? and count = 0", this)
    return altered


def _set_chunk(
    conn: sqlite3.Connection,
    library: int,
    context: MarkContext,
    device: int,
    kind: Kind,
    is_on: bool,
    ids: Sequence[str],
) -> int:
    of = owner_of(kind, library)
    which = f"library = ? and kind = ? and is_on <> ? and id in ({placeholders(ids)})"
    values = (of, kind, is_on, *ids)
    conn.execute(
        f"insert or ignore into item select ?, ?, id, is_on, change from mark where {which}",
        (library, context.number, *values),
    )
    altered = conn.execute(
        f"update mark set is_on = ?, change = ?, at = {_NEXT_TIME}, device = ? where {which}",
        (is_on, context.number, context.at, context.at + MAX_CLOCK_LEAD, device, *values),
    ).rowcount
    if is_on:
        given = f"(select column1 as id from (values {', '.join(['(?)'] * len(ids))})) given"
        if len(ids) <= _MAX_RECORDED:
            conn.execute(
                f"insert or ignore into item select ?, ?, id, 0, 0 from {given}"
                " where not exists (select 1 from mark m where m.library = ? and m.kind = ? and m.id = given.id)",
                (library, context.number, *ids, of, kind),
            )
        altered += conn.execute(
            f"insert or ignore into mark select ?, ?, id, 1, ?, ?, ? from {given}",
            (of, kind, context.number, context.at, device, *ids),
        ).rowcount
    return altered


def newest_number(conn: sqlite3.Connection) -> int:
    """Return the number of the newest change of any library, or 0."""
    return int(conn.execute("select coalesce(max(number), 0) from change").fetchone()[0])


def last_change(conn: sqlite3.Connection, library: int, window: str, before: int) -> Change | None:
    """Return the newest change that is not undone, of this window or, up to number `before`, of any window."""
    row = conn.execute(
        "select number from change where library = ? and not undone and (window = ? or number <= ?)"
        " order by number desc limit 1",
        (library, window, before),
    ).fetchone()
    return change(conn, library, row[0]) if row else None


def change(conn: sqlite3.Connection, library: int, number: int) -> Change | None:
    """Return the change with this number, or None if it has been deleted."""
    row = conn.execute(
        "select kind, is_on, count from change where library = ? and number = ?", (library, number)
    ).fetchone()
    if row is None:
        return None
    kind, is_on, count = row
    recorded = conn.execute(
        "select id from item where library = ? and change = ? order by id limit ?", (library, number, _MAX_RECORDED)
    ).fetchall()
    is_recorded = len(recorded) == count
    if not is_recorded and count <= CHUNK:
        recorded = conn.execute(
            "select id from item where library = ?1 and change = ?2 union select id from mark"
            " where library = ?3 and kind = ?4 and change = ?2 limit 3",
            (library, number, owner_of(kind, library), kind),
        ).fetchall()
    ids = tuple(id for (id,) in recorded[:3]) if count <= CHUNK else ()
    return Change(number, kind, bool(is_on), count, ids, is_recorded)


def next_range(conn: sqlite3.Connection, library: int, kind: Kind, after: str | None) -> MarkRange:
    """Return the range of `SLICE_MARKS` marks after an id; it has no end if no more marks follow."""
    where, values = MarkRange(after).where()
    row = conn.execute(
        f"select id from mark where library = ? and kind = ?{where} order by id limit 1 offset {SLICE_MARKS - 1}",
        (owner_of(kind, library), kind, *values),
    ).fetchone()
    return MarkRange(after, row[0] if row else None)


def undo_change(
    conn: sqlite3.Connection, library: int, context: MarkContext, part: MarkRange = ALL_MARKS, *, scans: bool = True
) -> None:
    """Undo a part of the context's change: restore each mark that it was the last to change, with the present time.

    The last part marks the change as undone, so a killed undo can be repeated. `scans`: look through all marks of
    the part, because the change does not record them all. Does nothing if the change has been deleted.
    """
    row = _change_row(conn, library, context.number)
    if row is None:
        return
    kind, is_on = row
    of, stamp = _owner_and_stamp(conn, library, context, kind)
    items, bounds = _items(library, context.number, part)
    was = f"(select {{}} from item where {items} and id = mark.id)"
    conn.execute(
        f"update mark set is_on = {was.format('was_on')}, change = {was.format('was_change')}, at = {_NEXT_TIME},"
        f" device = ? where library = ? and kind = ? and change = ? and id in (select id from item where {items})",
        (*bounds, *bounds, *stamp, of, kind, context.number, *bounds),
    )
    if scans:
        condition, ends = part.where()
        conn.execute(
            f"update mark set is_on = 0, at = {_NEXT_TIME}, device = ?"
            f" where library = ? and kind = ? and change = ? and is_on = ?{condition}",
            (*stamp, of, kind, context.number, is_on, *ends),
        )
    if part.last is None:
        conn.execute("update change set undone = 1 where library = ? and number = ?", (library, context.number))


def redo_change(
    conn: sqlite3.Connection, library: int, context: MarkContext, part: MarkRange = ALL_MARKS, *, scans: bool = True
) -> None:
    """Redo a part of an undone change where marks have not changed since.

    The first part marks the change as done, so a killed redo can be undone. `scans`: see `undo_change`. Does nothing
    if the change has been deleted.
    """
    row = _change_row(conn, library, context.number)
    if row is None:
        return
    kind, is_on = row
    of, stamp = _owner_and_stamp(conn, library, context, kind)
    if scans:
        condition, ends = part.where()
        conn.execute(
            f"update mark set is_on = ?, at = {_NEXT_TIME}, device = ?"
            f" where library = ? and kind = ? and change = ?{condition}",
            (is_on, *stamp, of, kind, context.number, *ends),
        )
    items, bounds = _items(library, context.number, part)
    conn.execute(
        f"update mark set is_on = ?, change = ?, at = {_NEXT_TIME}, device = ? where library = ? and kind = ?"
        f" and id in (select id from item where {items})"
        f" and change = (select was_change from item where {items} and id = mark.id)",
        (is_on, context.number, *stamp, of, kind, *bounds, *bounds),
    )
    if not part.after:
        conn.execute("update change set undone = 0 where library = ? and number = ?", (library, context.number))


def _owner_and_stamp(
    conn: sqlite3.Connection, library: int, context: MarkContext, kind: str
) -> tuple[int, tuple[int, int, int]]:
    """Return the key under which marks of the kind are stored, and the values of `_NEXT_TIME` and the device."""
    device = device_key(conn, context.device, context.host)
    return owner_of(kind, library), (context.at, context.at + MAX_CLOCK_LEAD, device)


def newest_expired(conn: sqlite3.Connection, library: int) -> int | None:
    """Return the number of the newest change beyond `MAX_CHANGES`, or None."""
    row = conn.execute(
        "select number from change where library = ? order by number desc limit 1 offset ?", (library, MAX_CHANGES)
    ).fetchone()
    return int(row[0]) if row else None


def delete_expired(conn: sqlite3.Connection, library: int) -> None:
    """Delete changes beyond `MAX_CHANGES`. Their marks stay."""
    last = newest_expired(conn, library)
    if last is not None:
        conn.execute("delete from item where library = ? and change <= ?", (library, last))
        conn.execute("delete from change where library = ? and number <= ?", (library, last))


def placeholders(values: Sequence[str]) -> str:
    """Return SQL placeholders for the values."""
    return ", ".join("?" * len(values))


def _change_row(conn: sqlite3.Connection, library: int, number: int) -> tuple[str, int] | None:
    row = conn.execute("select kind, is_on from change where library = ? and number = ?", (library, number)).fetchone()
    return tuple(row) if row else None


def _items(library: int, number: int, part: MarkRange) -> tuple[str, tuple[int | str, ...]]:
    """Return an SQL condition for the items of a part of a change, and its values."""
    condition, bounds = part.where()
    values: tuple[int | str, ...] = (library, number, *bounds)
    return f"library = ? and change = ?{condition}", values
