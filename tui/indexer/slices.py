"""The division of files into slices, and the parsing of slices into records. Runs in any process."""

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

from ..article import Article
from ..catalogue.records import ParsedSlice, Record, Slice
from ..library import ArticleFile, BadFile, Library, LocatedArticle
from ..library.safe_open import open_bytes
from ..problem import Problem
from ..query.dates import day_of

_SLICE_BYTES = 1 << 20
_FIRST_SLICE_BYTES = 1 << 16
"""Bytes of a file's first slice: few, so that the first rows appear at once."""


def read(library: Library, part: Slice) -> ParsedSlice:
    """Parse a slice into records and problems."""
    records: list[Record] = []
    problems: list[tuple[int, Problem]] = []
    for found in library.read(part.file, part.start, part.stop, part.line):
        if isinstance(found, Problem):
            problems.append((found.line or part.line, found))
        else:
            records.append(record(found, part.issued))
    return ParsedSlice(tuple(records), tuple(problems))


def record(located: LocatedArticle, issued: str | None) -> Record:
    """Return the record of an article; `issued` is its bulletin's date."""
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
        "\n".join(article.tags),
        located.offset,
        located.length,
        located.line,
        digest(article, day),
    )


def digest(article: Article, day: int) -> int:
    """Return a 63-bit hash of everything in the article that lists show or search uses."""
    fields = (*article.title, "", article.place or "", str(article.place_id), article.dateline or "")
    rest = ("", *article.authors, "", *article.tags, "", article.byline, article.date or "", str(day), article.body)
    text = "\x1f".join(fields + rest)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def slices(root: Path, file: ArticleFile, issued: str | None, done: int, lines: int, crc: int) -> Iterator[Slice]:
    """Yield the slices of a file after its first `done` bytes, which are `lines` lines with CRC-32 `crc`.

    Slices of JSON lines contain whole lines. Raises BadFile or OSError.
    """
    if file.kind != "jsonl":
        yield Slice(file, issued, 0, file.size, 1)
        return
    with open_bytes(root, file.path) as source:
        source.seek(done)
        size, last = _SLICE_BYTES if done else _FIRST_SLICE_BYTES, False
        while not last:
            raw = source.read(size)
            whole = raw.rfind(b"\n") + 1
            behind = done + whole, crc32(raw[:whole], crc), raw.count(b"\n")
            end, open_crc = done + len(raw), crc32(raw[whole:], crc32(raw[:whole], crc))
            last = len(raw) < size
            ended = whole == len(raw)
            while not ended and (piece := source.readline(_SLICE_BYTES)):
                end, open_crc, ended = end + len(piece), crc32(piece, open_crc), piece.endswith(b"\n")
            if ended and end > behind[0]:
                behind = end, open_crc, behind[2] + 1
            last = last or not ended
            yield Slice(file, issued, done, end, lines + 1, behind[2], behind[0], behind[1], last)
            done, crc, lines, size = behind[0], behind[1], lines + behind[2], _SLICE_BYTES


def prefix_is(root: Path, file: ArticleFile, done: int, crc: int) -> bool:
    """Return whether the first `done` bytes still have CRC-32 `crc`, so that only the rest must be read."""
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
