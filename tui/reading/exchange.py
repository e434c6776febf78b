"""Export marks to another machine and merge marks from there.

Each mark is a line of JSON, `{"kind", "article", "is_on", "at", "device"}`: the format of a shared archive's marks. Of
two marks of one kind on one article the later counts, by (at, device). Merging files in any order, or more than once,
therefore gives the same marks.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from .marks import MAX_CLOCK_LEAD, owner_of, storable

MAX_LINE = 65_536
"""Characters. A longer line is no mark."""
KINDS = ("read", "star", "search")
_DEVICE = re.compile(r"[\w.-]{0,64}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Mark(NamedTuple):
    """The latest mark or unmark of an article on one device. For a saved search, `article` is the query."""

    kind: str
    article: str
    is_on: bool
    at: int
    """Microseconds since 1970."""
    device: str


class BadMark(ValueError):
    """A line that is no mark. The message names the wrong part."""


def format_mark(mark: Mark) -> str:
    """Return the mark as a line of JSON, without a line feed."""
    moment = (_EPOCH + mark.at * _MICROSECOND).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return json.dumps({**mark._asdict(), "at": moment}, ensure_ascii=False)


def parse_mark(line: str) -> Mark:
    """Return the mark in a line of JSON. Raises BadMark."""
    try:
        found = json.loads(line) if len(line) <= MAX_LINE else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadMark("JSON")
    kind, article, is_on, device = (found.get(name) for name in ("kind", "article", "is_on", "device"))
    if kind not in KINDS:
        raise BadMark("kind")
    if not isinstance(article, str) or not article:
        raise BadMark("article")
    if not isinstance(is_on, bool):
        raise BadMark("is_on")
    if not isinstance(device, str) or not _DEVICE.fullmatch(device):
        raise BadMark("device")
    return Mark(kind, storable(article), is_on, _moment(found.get("at")), device)


def _moment(at: object) -> int:
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadMark("at")
    return (moment - _EPOCH) // _MICROSECOND


def marks_after(conn: sqlite3.Connection, library: int, kind: str, article: str, limit: int, now: int) -> list[Mark]:
    """Return at most `limit` marks of a kind, in order of article, that follow `article`."""
    rows = conn.execute(
        "select m.kind, m.id, m.is_on, min(m.at, ?), coalesce(d.name, '') from mark m left join device d"
        " on d.key = m.device where m.library = ? and m.kind = ? and m.id > ? order by m.id limit ?",
        (now + MAX_CLOCK_LEAD, owner_of(kind, library), kind, article, limit),
    )
    return [Mark(kind, id, bool(is_on), at, device) for kind, id, is_on, at, device in rows]


def merge(conn: sqlite3.Connection, library: int, marks: Sequence[Mark], now: int) -> int:
    """Store the marks that are later than those in the file, and return their number.

    Times later than `now + MAX_CLOCK_LEAD` are reduced to that time.
    """
    conn.executemany(
        "insert or ignore into device (name, host) values (?, '')",
        [(mark.device,) for mark in marks],
    )
    taken = {number for (number,) in conn.execute("select number from change")}
    later = 0
    for kind, id, is_on, at, device in marks:
        at = min(at, now + MAX_CLOCK_LEAD)
        change = next(number for number in (at * 1000, at * 1000 + 1) if number not in taken)
        later += conn.execute(
            _UPSERT_IF_LATER, (owner_of(kind, library), kind, id, is_on, change, at, device, now + MAX_CLOCK_LEAD)
        ).rowcount
    return later


_UPSERT_IF_LATER = """
insert into mark (library, kind, id, is_on, change, at, device)
values (?1, ?2, ?3, ?4, ?5, ?6, (select key from device where name = ?7))
on conflict (library, kind, id) do update
set is_on = excluded.is_on, change = excluded.change, at = excluded.at, device = excluded.device
where (min(at, ?8), coalesce((select name from device where key = mark.device), ''), is_on)
    < (excluded.at, ?7, excluded.is_on)
"""


def batches(marks: Iterable[Mark], size: int) -> Iterator[list[Mark]]:
    """Yield the marks in lists of at most `size`."""
    batch: list[Mark] = []
    for mark in marks:
        batch.append(mark)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
