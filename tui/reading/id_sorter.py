"""Many ids in order, whatever the order in which they come. SQLite sorts them in a temporary file that it deletes."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from .marks import chunks, column

UNSORTED_IDS = 5000
"""Ids passed on as they come, so that a short list is not sorted, and undo knows the change while the rest is."""


def in_order(ids: Iterable[str]) -> Iterator[str]:
    """Yield the first ids as they come, then the others in order and each once.

    A million marks in order of id take a sixth of the time of marks in the order of a list, because the marks of one
    transaction are then on a few pages of the file.
    """
    source = iter(ids)
    yield from islice(source, UNSORTED_IDS)
    if (first := next(source, None)) is not None:
        yield from _sorted(chain((first,), source))


def _sorted(ids: Iterable[str]) -> Iterator[str]:
    with contextlib.closing(sqlite3.connect("")) as conn:
        conn.execute("create table given (id text)")
        for part in chunks(ids):
            conn.execute(f"insert into given values {', '.join(['(?)'] * len(part))}", part)
        conn.execute("create index by_id on given (id)")
        rows, after = "(select distinct id from given where id > ? order by id limit ?)", ""
        while batch := column(conn, "id", rows, (after, UNSORTED_IDS)):
            yield from batch
            after = batch[-1]
