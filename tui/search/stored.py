"""The text of catalogued articles, read from their files: the index holds none of it."""

import os
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from ..catalogue import Catalogue
from ..library import BadArticle, BadFile
from ..library.body import body_of
from ..library.disk import open_bytes
from .answer import Field
from .dates import iso
from .searched import Searched, fields, paragraphs

_ROWS = """SELECT a.number, a.id, a.title, a.place, a.place_id, a.date, a.day, a.authors,
    f.path, f.kind, a.start, a.length, d.plain, d.dateline, d.byline
    FROM article a JOIN file f ON f.key = a.file JOIN search_doc d ON d.number = a.number WHERE a.number IN ({})"""
_KEPT = 3_000
"""Articles kept as long as others are asked for: about ten megabytes."""
_FILES = 32
"""Files of lines kept open."""


class StoredTexts:
    """Texts of the catalogue's articles. Belongs to one thread."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: OrderedDict[int, Searched] = OrderedDict()
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()

    def texts(self, numbers: Sequence[int]) -> list[Searched | None]:
        """See Texts."""
        missing = [number for number in numbers if number not in self._kept]
        if missing:
            query = _ROWS.format(",".join("?" * len(missing)))
            for row in self._catalogue.conn.execute(query, missing):
                self._kept[row[0]] = self._searched(*row)
        found = [self._kept.get(number) for number in numbers]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def forget(self) -> None:
        """The library has changed: read everything again when it is asked for."""
        self._kept.clear()
        for file in self._files.values():
            file.close()
        self._files.clear()

    def _searched(
        self,
        number: int,
        id: str,
        title: str,
        place: str | None,
        place_id: int | None,
        date: str | None,
        day: int,
        authors: str,
        *where: Any,
    ) -> Searched:
        names = tuple(authors.split("\n")) if authors else ()
        parts = tuple(title.split("\n"))
        read = partial(self._fields, number, id, " ".join(parts), *where)
        return Searched(number, id, parts, place, place_id, date, iso(day), names, read)

    def _fields(
        self,
        number: int,
        id: str,
        title: str,
        path: str,
        kind: str,
        start: int,
        length: int,
        plain: int,
        dateline: str | None,
        byline: str | None,
    ) -> list[tuple[Field, str]]:
        """The fields as `searched.fields` gives them; none when the article is no longer there."""
        found = body_of(kind, self._bytes(path, kind, start, length))
        if found is None or (found[0] is not None and not id.endswith(f"/{found[0]}")):
            return self._whole(number)
        texts: list[tuple[Field, str]] = [("title", title)]
        if dateline:
            texts.append(("dateline", dateline))
        texts.extend(enumerate(paragraphs(found[1], bool(plain))))
        if byline:
            texts.append(("byline", byline))
        return texts

    def _whole(self, number: int) -> list[tuple[Field, str]]:
        with suppress(KeyError, OSError, BadFile, BadArticle, sqlite3.Error):
            return fields(self._catalogue.article_numbered(number))
        return []

    def _bytes(self, path: str, kind: str, start: int, length: int) -> bytes:
        """The bytes of the article; none when they cannot be read."""
        with suppress(OSError, BadFile):
            if kind == "md":
                with open_bytes(self._catalogue.library.root, path) as file:
                    return os.pread(file.fileno(), length, start)
            return os.pread(self._opened(path).fileno(), length, start)
        return b""

    def _opened(self, path: str) -> BinaryIO:
        file = self._files.get(path)
        if file is None:
            file = self._files[path] = open_bytes(self._catalogue.library.root, path)
            if len(self._files) > _FILES:
                self._files.popitem(last=False)[1].close()
        return file
