"""Validation of the fields of an article: names, types and problem messages.

Markdown files and lines of `articles.jsonl` hold the same fields. docs/format.schema.json describes them for programs;
a test compares the two.
"""

import re
from collections.abc import Mapping
from typing import TypeGuard

from ..article import Article, Source
from ..clean import bidi_controls, clean_counted, clean_line
from ..i18n import _
from ..problem import Problem
from ..yaml_reader import Value
from .written_dates import iso_date

MOST = 1000
"""Maximum number of headline parts, authors or tags of an article."""
LONGEST = 2000
"""Code points. Maximum length of a field's text."""
_SEPARATORS = re.compile("[,，、;；]")
_NAMES = {"authors": ("authors", "author"), "tags": ("tags", "tag")}
"""Accepted names of each list field; the first one present is used."""


class BadArticle(Exception):
    """An article that cannot be opened; `problem` says why and what to do. Other articles are unaffected."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Fields:
    """One article's raw fields, and the problems found in them."""

    def __init__(self, values: Mapping[str, Value], lines: Mapping[str, int], file: str, line: int) -> None:
        self._values = values
        self._lines = lines
        self._file = file
        self._line = line
        self._bidi = 0
        self.problems: list[Problem] = []

    def article(self, id: str, title: tuple[str, ...], body: str, bidi: int, date: str | None = None) -> Article:
        """Return the article, and append problems with its fields to `problems`.

        `bidi` is the number of bidi controls removed from the text; `date` is the date of an article whose fields have
        none.
        """
        article = Article(
            id=id,
            title=title,
            place=self._text("place") or None,
            place_id=self._code("place_id"),
            dateline=self._text("dateline") or None,
            authors=self._texts("authors"),
            byline=self._text("byline"),
            date=self._date(date),
            source=self._source(),
            tags=self._tags(),
            body=body,
            description=self._quiet("description") or self._quiet("summary"),
            url=self._quiet("url"),
            slug=self._quiet("slug"),
            draft=self._values.get("draft") is True,
        )
        if found := self._bidi + bidi:
            message = _("有 {n} 个改变文字方向的控制符，已去掉。").format(n=found)
            self.problems.append(Problem(self._file, self._line, "bidi", message, _("从原文里删去即可。")))
        return article

    def problem(self, field: str, code: str, message: str, remedy: str) -> Problem:
        """Return a problem located at the field's line."""
        return Problem(self._file, self._lines.get(field, self._line), code, message, remedy)

    def title(self) -> tuple[str, ...]:
        """Return the parts of the headline; empty without a usable title."""
        value = self._values.get("title")
        if isinstance(value, list):
            return self._list("title", value)
        if isinstance(value, bool | dict):
            self._wrong("title", _("应为文字或列表"), _("写成 title: [上句, 下句]。"))
            return ()
        part = "" if value is None else self._clean("title", str(value))
        return (part,) if part else ()

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        if isinstance(value, str):
            return self._clean(field, value)
        if value is not None:
            self._wrong(field, _("应为文字"), _("数字和 true、false 要加引号。"))
        return ""

    def _texts(self, field: str) -> tuple[str, ...]:
        """Return the texts of a list field. A single text is split at commas and similar marks."""
        name = next((name for name in _NAMES[field] if self._values.get(name) is not None), field)
        value = self._values.get(name)
        if value is None:
            return ()
        if isinstance(value, list):
            return self._list(name, value)
        if isinstance(value, bool) or (isinstance(value, dict) and not isinstance(value.get("name"), str)):
            self._wrong(name, _("应为列表"), _("写成 {field}: [甲, 乙]。").format(field=name))
            return ()
        text = self._clean(name, str(value["name"] if isinstance(value, dict) else value))
        return tuple(filter(None, map(str.strip, _SEPARATORS.split(text))))[:MOST]

    def _tags(self) -> tuple[str, ...]:
        """Return tags and categories without duplicates. Categories may be nested lists."""
        categories = self._values.get("categories", self._values.get("category"))
        if isinstance(categories, str):
            categories = [*_SEPARATORS.split(categories)]
        found = [*self._texts("tags")]
        for one in categories[:MOST] if isinstance(categories, list) else ():
            found += [
                clean_line(each[:LONGEST]).strip()
                for each in (one if isinstance(one, list) else [one])
                if isinstance(each, str)
            ]
        return tuple(dict.fromkeys(filter(None, found)))[:MOST]

    def _quiet(self, field: str) -> str:
        """Return the text of a field that other programs use too; empty, without a problem, for other types."""
        value = self._values.get(field)
        return clean_line(value[:LONGEST]).strip() if isinstance(value, str) else ""

    def _list(self, field: str, value: list[Value]) -> tuple[str, ...]:
        named = [one.get("name") if isinstance(one, dict) and field != "title" else one for one in value[:MOST]]
        texts = [self._clean(field, str(one)) for one in named if _is_text(one)]
        good = tuple([text for text in texts if text])
        if len(value) > MOST:
            self._wrong(field, _("多于 {n} 项").format(n=MOST), _("只读前面的。"))
        elif len(good) < len(value):
            self._wrong(field, _("各项应为文字，不可为空"), _("空项删去。"))
        return good

    def _clean(self, field: str, text: str) -> str:
        """Return the text cleaned for display, on one line and at most `LONGEST` code points."""
        if len(text) > LONGEST:
            self._bidi += bidi_controls(text[LONGEST:])
            self._wrong(field, _("长过 {n} 个字").format(n=LONGEST), _("正文写在下面；只读前面的。"))
            text = text[:LONGEST]
        text, bidi = clean_counted(text)
        self._bidi += bidi
        return text.replace("\n", " ").replace("\t", " ").strip()

    def _code(self, field: str) -> int | None:
        value = self._values.get(field)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 100_000 <= value <= 999_999:
            return value
        self._wrong(field, _("应为六位数字"), _("用 GB/T 2260 的代码，如 150523。"))
        return None

    def _date(self, other: str | None) -> str | None:
        value = self._values.get("date")
        if value is None or (isinstance(value, str) and not value.strip(" \t\u3000") and len(value) <= 100):
            return other
        text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if len(text) <= 100 and (date := iso_date(text)):
            return date
        self._wrong("date", _("不是日期"), _("写成 2023、2023-06 或 2023-06-01。"))
        return other

    def _source(self) -> Source | None:
        value = self._values.get("source")
        if value is None:
            return None
        if isinstance(value, str):
            text = self._clean("source", value)
            return Source(text) if text else None
        if isinstance(value, dict):
            file, first, last = value.get("file"), value.get("first"), value.get("last")
            if isinstance(file, str) and _counts(first) and _counts(last):
                return Source(self._clean("source", file), first, last)
        self._wrong(
            "source", _("应为文字，或有 file、first、last"), _("写成 source: {file: 原文.txt, first: 1, last: 20}。")
        )
        return None

    def _wrong(self, field: str, what: str, remedy: str) -> None:
        self.problems.append(self.problem(field, "wrong-type", f"{field} {what}" + _("。"), remedy))


def _is_text(value: Value) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _counts(value: Value) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
