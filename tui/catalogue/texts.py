"""The text of catalogued articles, read from their files: the index holds none of it."""

import os
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import BinaryIO

from ..library import BadArticle, BadFile
from ..library.body_parser import body_of
from ..library.safe_open import open_bytes, read_part
from ..query.dates import iso
from ..text.document import About, Document, document, paragraphs
from . import Catalogue, NoArticle

_TEXTS = """SELECT a.number, a.id, a.title, f.path, f.kind, a.start, a.length, d.plain, d.unseen, d.dateline, d.byline,
    a.place, a.place_id, a.date, a.day, a.authors
    FROM article a JOIN file f ON f.key = a.file JOIN search_doc d ON d.number = a.number WHERE a.number IN ({})"""
_About = tuple[str | None, int | None, str | None, int, str]
_Row = tuple[int, str, str, str, str, int, int, int, int, str | None, str | None, *_About]
_KEPT = 2_000
"""Articles kept as long as others are asked for: under ten megabytes."""
_FILES = 32
"""Files of lines kept open."""


class ArticleTexts:
    """Texts of the catalogue's articles. Belongs to one thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: OrderedDict[int, Document] = OrderedDict()
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()

    def texts(self, numbers: Sequence[int], *, with_text: bool = True) -> list[Document | None]:
        """See Texts."""
        kept = self._kept
        missing = [number for number in numbers if number not in kept]
        found: dict[int, Document] = {}
        if missing:
            query = _TEXTS.format(",".join("?" * len(missing)))
            read = self._read if with_text else self._bare
            for row in self._catalogue.conn.execute(query, missing):
                if (text := read(row)) is not None:
                    found[text.number] = text
        answer = [kept.get(number) or found.get(number) for number in numbers]
        if with_text:
            kept.update(found)
            while len(kept) > _KEPT:
                kept.popitem(last=False)
        return answer

    def forget(self) -> None:
        """The library has changed: read everything again when it is asked for."""
        self._kept.clear()
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _bare(self, row: _Row) -> Document:
        return Document(row[0], row[1], tuple(row[2].split("\n")), "", partial(_about, *row[11:]), unseen=False)

    def _read(self, row: _Row) -> Document | None:
        """The article as `searched` gives it; None when it is no longer there."""
        number, id, title, path, kind, start, length, plain, unseen, dateline, byline = row[:11]
        found = body_of(kind, self._bytes(path, kind, start, length))
        if found is None or (found[0] is not None and not id.endswith(f"/{found[0]}")):
            return self._again(number)
        parts = title.split("\n")
        texts = [" ".join(parts)]
        if dateline:
            texts.append(dateline)
        texts += paragraphs(found[1], bool(plain))
        if byline:
            texts.append(byline)
        text = "\n".join(texts)
        known = partial(_about, *row[11:])
        has_dateline, has_byline = dateline is not None, byline is not None
        return Document(
            *(number, id, tuple(parts), text, known), dateline=has_dateline, byline=has_byline, unseen=bool(unseen)
        )

    def _again(self, number: int) -> Document | None:
        with suppress(NoArticle, OSError, BadFile, BadArticle):
            return document(number, self._catalogue.article_numbered(number))
        return None

    def _bytes(self, path: str, kind: str, start: int, length: int) -> bytes:
        """The bytes of the article; none when they cannot be read."""
        try:
            if kind != "jsonl":
                return read_part(self._catalogue.library.root, path, start, length)
            file = self._files.get(path) or self._opened(path)
            return os.pread(file.fileno(), length, start)
        except (OSError, BadFile):
            return b""

    def _opened(self, path: str) -> BinaryIO:
        file = self._files[path] = open_bytes(self._catalogue.library.root, path)
        if len(self._files) > _FILES:
            self._files.popitem(last=False)[1].close()
        return file


def _about(place: str | None, place_id: int | None, date: str | None, day: int, authors: str) -> About:
    return About(place, place_id, date, date or iso(day), tuple(authors.split("\n")) if authors else ())
