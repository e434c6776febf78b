"""The data that the indexer passes to the catalogue: files, their slices and the articles in them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ..library import ArticleFile
from ..problem import Problem


class IndexedFile(NamedTuple):
    """A row of the table `file`: a file as it was when it was read."""

    key: int
    path: str
    bulletin: str
    kind: str
    size: int
    mtime_ns: int
    rank: int
    done: int
    lines: int
    crc: int


class Record(NamedTuple):
    """A row of the table `article` without the article's number and the keys of file and bulletin."""

    id: str
    title: str
    place: str | None
    place_id: int | None
    date: str | None
    day: int
    characters: int
    authors: str
    tags: str
    start: int
    length: int
    line: int
    digest: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a file that is read at once: whole lines, or a whole Markdown file."""

    file: ArticleFile
    issued: str | None
    """The bulletin's date, for articles without one."""
    start: int
    stop: int
    line: int
    """Number of the first line, counted from 1."""
    lines: int = 0
    """Complete lines in the slice. A last line without a line feed is parsed but not counted."""
    done: int = 0
    """Bytes of complete lines from the start of the file to the end of this slice."""
    crc: int = 0
    """CRC-32 of those bytes."""
    last: bool = True


@dataclass(frozen=True, slots=True)
class ParsedSlice:
    """The articles and problems of a slice. Each problem has the line of its article."""

    records: tuple[Record, ...]
    problems: tuple[tuple[int, Problem], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A slice to read, with what the catalogue knows about its file."""

    part: Slice
    known: IndexedFile | None
    rank: int
    begins: bool
    """Whether the slice is the first of its file in this run."""
    again: bool
    """Whether the file was read before and is now read again from its start."""


@dataclass(slots=True)
class Changes:
    """The difference between the files that were read and those in the folder."""

    unread: list[tuple[ArticleFile, IndexedFile | None]] = field(default_factory=list)
    """New files and changed ones, in the library's order."""
    gone: list[IndexedFile] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    """Ranks of the unread files, by path; of every file if `renumbered`."""
    renumbered: bool = False

    @property
    def size(self) -> int:
        """Bytes to read, assuming that files that have grown were only appended to."""
        return sum(
            file.size - (known.done if known is not None and known.done <= file.size else 0)
            for file, known in self.unread
        )


class PendingText(NamedTuple):
    """An article whose text is still to be indexed, and its location."""

    number: int
    file: ArticleFile
    start: int
    length: int
    line: int
    place: str | None
    place_id: int | None
    day: int
