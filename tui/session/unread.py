"""The next unread article of a list. Reads ids and marks in batches; may run in any thread."""

from collections.abc import Callable, Sequence

from .list_model import ListModel

ReadAmong = Callable[[Sequence[str]], frozenset[str]]
"""Returns which of the ids are read."""
BATCH = 500
"""Ids checked per batch."""


def nth_unread(rows: ListModel, read_among: ReadAmong, after: int, nth: int) -> str | None:
    """Return the id of the `nth` unread entry after index `after`, or None. Wraps around at the end of the list."""
    id = None
    for _step in range(nth):
        found = next_unread(rows, read_among, after)
        if found is None:
            return None
        after, id = found
    return id


def next_unread(rows: ListModel, read_among: ReadAmong, after: int) -> tuple[int, str] | None:
    """Return index and id of the first unread entry after `after`, or None. Wraps around at the end of the list."""
    for first, stop in ((after + 1, len(rows)), (0, after + 1)):
        for at in range(first, stop, BATCH):
            ids = rows.ids(at, min(at + BATCH, stop))
            read = read_among(ids)
            found = next(((number, id) for number, id in enumerate(ids, at) if id not in read), None)
            if found is not None:
                return found
    return None
