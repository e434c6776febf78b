"""What the catalogue keeps of an article, and how much of a file is read at a time. Runs in any process."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from ..article import Article
from ..library import ArticleFile, BadFile, Library, LocatedArticle
from ..library.safe_open import open_bytes
from ..problem import Problem

_SLICE = 1 << 20
"""Bytes of lines that are read in one go."""
_FEW = 1 << 16
"""Bytes of a file's first slice: so that the first rows are there at once."""


class Record(NamedTuple):
    """An article as a row of the table, without the number and the keys that only the database knows."""

    id: str
    title: str
    place: str | None
    place_id: int | None
    date: str | None
    day: int
    characters: int
    authors: str
    start: int
    length: int
    line: int
    digest: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a file, to be read in one go: whole lines, or the whole of a Markdown file."""

    file: ArticleFile
    issued: str | None
    """The date of its bulletin, for articles without one."""
    start: int
    stop: int
    line: int
    """Of the first line, counted from 1."""
    lines: int = 0
    """Whole lines in it: one that is not ended yet is read, but does not count as read."""
    done: int = 0
    crc: int = 0
    """Of all bytes of whole lines from the start of the file, as far as `done`."""
    last: bool = True


@dataclass(frozen=True, slots=True)
class ParsedSlice:
    """What a slice holds; a problem comes with the line of the article."""

    records: tuple[Record, ...]
    problems: tuple[tuple[int, Problem], ...]


def read(library: Library, part: Slice) -> ParsedSlice:
    """The records of a slice."""
    records: list[Record] = []
    problems: list[tuple[int, Problem]] = []
    for found in library.read(part.file, part.start, part.stop, part.line):
        if isinstance(found, Problem):
            problems.append((found.line or part.line, found))
        else:
            records.append(record(found, part.issued))
    return ParsedSlice(tuple(records), tuple(problems))


def record(located: LocatedArticle, issued: str | None) -> Record:
    """The record of an article; `issued` is its bulletin's date."""
    article = located.article
    day = day_of(article.date or issued)
    return Record(
        article.id,
        "\n".join(article.title),
        article.place,
        article.place_id,
        article.date,
        day,
        sum(map(len, article.body.split())),
        "\n".join(article.authors),
        located.offset,
        located.length,
        located.line,
        digest(article, day),
    )


def day_of(date: str | None) -> int:
    """An ISO date as a number that sorts: 20230601, 20230600 for a month, 20230000 for a year, 0 for none."""
    return int(date.replace("-", "").ljust(8, "0")) if date else 0


def digest(article: Article, day: int) -> int:
    """63 bits that differ when anything of the article that rows or search show differs."""
    fields = (*article.title, "", article.place or "", str(article.place_id), article.dateline or "")
    rest = ("", *article.authors, "", article.byline, article.date or "", str(day), article.body)
    text = "\x1f".join(fields + rest)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def slices(root: Path, file: ArticleFile, issued: str | None, done: int, lines: int, crc: int) -> Iterator[Slice]:
    """The slices of a file that follow its first `done` bytes and `lines` lines. Raises BadFile or OSError."""
    if file.kind != "jsonl":
        yield Slice(file, issued, 0, file.size, 1)
        return
    with open_bytes(root, file.path) as source:
        source.seek(done)
        size, last = _SLICE if done else _FEW, False
        while not last:
            raw = source.read(size)
            whole = raw.rfind(b"\n") + 1
            behind = done + whole, crc32(raw[:whole], crc), raw.count(b"\n")
            end, open_crc = done + len(raw), crc32(raw[whole:], crc32(raw[:whole], crc))
            last = len(raw) < size
            ended = whole == len(raw)
            while not ended and (piece := source.readline(_SLICE)):
                end, open_crc, ended = end + len(piece), crc32(piece, open_crc), piece.endswith(b"\n")
            if ended and end > behind[0]:
                behind = end, open_crc, behind[2] + 1
            last = last or not ended
            yield Slice(file, issued, done, end, lines + 1, behind[2], behind[0], behind[1], last)
            done, crc, lines, size = behind[0], behind[1], lines + behind[2], _SLICE


def prefix_is(root: Path, file: ArticleFile, done: int, crc: int) -> bool:
    """True when the first `done` bytes are those that have been read: then only what follows is new."""
    if file.kind != "jsonl" or not 0 < done <= file.size:
        return False
    found, left = 0, done
    try:
        with open_bytes(root, file.path) as source:
            while left and (raw := source.read(min(left, 1 << 22))):
                found, left = crc32(raw, found), left - len(raw)
    except (OSError, BadFile):
        return False
    return not left and found == crc
