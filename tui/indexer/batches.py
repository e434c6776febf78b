"""Which parts of which files are read, in which portions."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..library import BadFile, Library
from .changes import Changes, IndexedFile
from .records import ParsedSlice, Slice, prefix_is, slices

__all__ = ["Job", "ParsedSlice", "jobs"]

_TOGETHER, _BYTES = 64, 1 << 18
"""Small files, and bytes of them, that are read in one portion."""


@dataclass(frozen=True, slots=True)
class Job:
    """A slice to be read, and what is known of its file."""

    part: Slice
    known: IndexedFile | None
    rank: int
    begins: bool
    """The first slice of its file that is read in this run."""
    again: bool
    """The file was read before, and is now read over from its start."""


def jobs(library: Library, changes: Changes) -> Iterator[list[Job]]:
    """What is unread, in portions, in the library's order."""
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
                if file.kind == "jsonl" or len(waiting) >= _TOGETHER or size >= _BYTES:
                    yield waiting
                    waiting, size = [], 0
        except (OSError, BadFile):
            if begins:
                waiting.append(Job(Slice(file, None, 0, 0, 1), known, changes.ranks[file.path], True, again))
    if waiting:
        yield waiting
