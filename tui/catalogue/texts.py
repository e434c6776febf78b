"""The texts of catalogued articles, read from their files: the index does not store them."""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from ..article import Article
from ..library import BadArticle, BadFile
from ..library.body_parser import body_of
from ..library.safe_open import open_bytes, read_part
from ..query.dates import iso
from ..query.tree import Regex
from ..text.document import About, Document, document, paragraphs
from ..text.regex_match import without_match
from .summaries import NoArticle, parts

_TEXTS = """SELECT a.number, a.id, a.title, f.path, f.kind, a.start, a.length, d.plain, d.unseen, d.dateline, d.byline,
    d.length, a.place, a.place_id, a.date, a.day, a.authors, a.tags
    FROM article a JOIN file f ON f.key = a.file JOIN search_doc d ON d.number = a.number WHERE a.number IN ({})"""
_MAX_KEPT = 2_000
"""Documents kept in memory: less than 10 MB."""
_MAX_OPEN_FILES = 32


class Texts(Protocol):
    """The documents of an index."""

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """See Index."""
        ...

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        """Return the numbers in the same order; some in which the expression has no match are left out."""
        ...


class _Row(NamedTuple):
    number: int
    id: str
    title: str
    path: str
    kind: str
    start: int
    length: int
    plain: int
    unseen: int
    dateline: str | None
    byline: str | None
    length_of_body: int
    place: str | None
    place_id: int | None
    date: str | None
    day: int
    authors: str
    tags: str

    def head(self) -> bytes:
        """Return headline, dateline and byline on lines of their own, after a line feed."""
        fields = ("", self.title.replace("\n", " "), self.dateline or "", self.byline or "")
        return "\n".join(fields).encode("utf-8", "replace")

    def about(self) -> About:
        when = self.date or iso(self.day)
        return About(self.place, self.place_id, self.date, when, parts(self.authors), parts(self.tags))


def _is_verbatim(row: _Row, raw: bytes) -> bool:
    """Return whether all paragraphs of the article are in these bytes, but for escapes and what cleaning changes."""
    return row.kind == "jsonl" and bool(row.plain) and f'"id": "{row.id.partition("/")[2]}"'.encode() in raw


class ArticleTexts:
    """A cache that reads the texts of a catalogue's articles. Belongs to one thread."""

    def __init__(self, conn: sqlite3.Connection, root: Path, article: Callable[[int], Article]) -> None:
        """Read below the library's folder `root`. `article` reads an article that has moved within its file."""
        self._conn, self._root, self._article = conn, root, article
        self._kept: OrderedDict[int, Document] = OrderedDict()
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> list[Document | None]:
        """See Index."""
        kept = self._kept
        missing = [number for number in numbers if number not in kept]
        found: dict[int, Document] = {}
        if missing:
            query = _TEXTS.format(",".join("?" * len(missing)))
            read = self._read if with_text else self._bare
            for row in map(_Row._make, self._conn.execute(query, missing)):
                if (text := read(row)) is not None:
                    found[text.number] = text
        answer = [kept.get(number) or found.get(number) for number in numbers]
        if with_text:
            kept.update(found)
            while len(kept) > _MAX_KEPT:
                kept.popitem(last=False)
        return answer

    def matching(self, numbers: Sequence[int], regex: Regex) -> list[int]:
        """Return the numbers in the same order, without those of articles in which the expression has no match.

        Searches the bytes in the files, without parsing them, and drops an article only if they show its text verbatim.
        """
        query = _TEXTS.format(",".join("?" * len(numbers)))
        rows = {row.number: row for row in map(_Row._make, self._conn.execute(query, numbers))}
        known = [number for number in numbers if number in rows]
        raw = [self._bytes(rows[number]) for number in known]
        lines = [one + rows[number].head() for number, one in zip(known, raw, strict=True)]
        found = zip(known, raw, without_match(regex, lines), strict=True)
        return [number for number, one, has_none in found if not (has_none and _is_verbatim(rows[number], one))]

    def forget(self) -> None:
        """Drop all documents and close the files, because the library has changed."""
        self._kept.clear()
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _bare(self, row: _Row) -> Document:
        return Document(row.number, row.id, tuple(row.title.split("\n")), "", row.about, unseen=False)

    def _read(self, row: _Row) -> Document | None:
        """Return the article's document; None if the article no longer exists."""
        found = body_of(row.kind, self._bytes(row), row.length_of_body)
        if found is None or (found[0] is not None and not row.id.endswith(f"/{found[0]}")):
            return self._read_whole(row.number)
        title = tuple(row.title.split("\n"))
        dateline, byline = row.dateline, row.byline
        fields = [" ".join(title), *([dateline] if dateline else ()), *paragraphs(found[1], bool(row.plain))]
        if byline:
            fields.append(byline)
        return Document(
            *(row.number, row.id, title, "\n".join(fields), row.about),
            dateline=dateline is not None,
            byline=byline is not None,
            unseen=bool(row.unseen),
        )

    def _read_whole(self, number: int) -> Document | None:
        with suppress(NoArticle, OSError, BadFile, BadArticle):
            return document(number, self._article(number))
        return None

    def _bytes(self, row: _Row) -> bytes:
        """Return the bytes of the article; empty if they cannot be read."""
        try:
            if row.kind != "jsonl":
                return read_part(self._root, row.path, row.start, row.length)
            file = self._files.get(row.path) or self._open(row.path)
            return os.pread(file.fileno(), row.length, row.start)
        except (OSError, BadFile):
            return b""

    def _open(self, path: str) -> BinaryIO:
        file = self._files[path] = open_bytes(self._root, path)
        if len(self._files) > _MAX_OPEN_FILES:
            self._files.popitem(last=False)[1].close()
        return file
