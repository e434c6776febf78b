"""Batches of slices to read."""

from collections.abc import Iterator

from ..catalogue.records import Changes, Job, Slice
from ..library import BadFile, Library
from .slices import prefix_is, slices

_BATCH_FILES, _BATCH_BYTES = 64, 1 << 18
"""Files and bytes. The limits of a batch of small files."""


def jobs(library: Library, changes: Changes) -> Iterator[list[Job]]:
    """Yield the unread files as batches of slices, in the library's order.

    Of a file to which lines were appended, only the new part is read.
    """
    issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
    waiting: list[Job] = []
    size = 0
    for file, known in changes.unread:
        goes_on = known is not None and prefix_is(library.root, file, known.done, known.crc)
        done, lines, crc = (known.done, known.lines, known.crc) if known and goes_on else (0, 0, 0)
        again = known is not None and not goes_on
        begins = True
        try:
            for part in slices(library.root, file, issued.get(file.bulletin), done, lines, crc):
                job = Job(part, known, changes.ranks[file.path], begins, again)
                begins = False
                waiting.append(job)
                size += part.stop - part.start
                if file.kind == "jsonl" or len(waiting) >= _BATCH_FILES or size >= _BATCH_BYTES:
                    yield waiting
                    waiting, size = [], 0
        except (OSError, BadFile):
            if begins:
                waiting.append(Job(Slice(file, None, 0, 0, 1), known, changes.ranks[file.path], True, again))
    if waiting:
        yield waiting
