"""The fields of an article: which there are, of which type, and what is said when one is wrong.

Markdown files and lines of `articles.jsonl` hold the same fields. docs/format.schema.json says the same to programs;
a test holds the two together.
"""

import re
from collections.abc import Mapping
from typing import TypeGuard

from ..article import Article, Source
from ..clean import bidi_controls, clean_line
from ..i18n import _
from ..problem import Problem
from .safe_yaml import Value

MOST = 1000
"""Headline parts, authors or tags an article may have."""
LONGEST = 2000
"""Code points of a field's text."""
DATE = (
    "[0-9]{4}"
    "|[0-9]{4}-(0[1-9]|1[0-2])"
    "|[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
)
"""ISO 8601, as much as is known: 2023, 2023-06 or 2023-06-01; leap years are known."""


class BadArticle(Exception):
    """This article cannot be opened; `problem` says why and what to do. All others can."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Fields:
    """One article's fields as they were read, and what is wrong with them."""

    def __init__(self, values: Mapping[str, Value], lines: Mapping[str, int], file: str, line: int) -> None:
        self._values = values
        self._lines = lines
        self._file = file
        self._line = line
        self._bidi = 0
        self.problems: list[Problem] = []

    def article(self, id: str, body: str, bidi: int) -> Article:
        """The article; what is wrong with a field that can be done without goes to `problems`.

        `bidi` is the number of bidi controls that were in the text before it was cleaned.
        """
        article = Article(
            id=id,
            title=self._title(),
            place=self._text("place") or None,
            place_id=self._code("place_id"),
            dateline=self._text("dateline") or None,
            authors=self._texts("authors"),
            byline=self._text("byline"),
            date=self._date(),
            source=self._source(),
            tags=self._texts("tags"),
            body=body,
        )
        if found := self._bidi + bidi:
            message = _("有 {n} 个改变文字方向的控制符，已去掉。").format(n=found)
            self.problems.append(Problem(self._file, self._line, "bidi", message, _("从原文里删去即可。")))
        return article

    def problem(self, field: str, code: str, message: str, remedy: str) -> Problem:
        """A problem at the field's line."""
        return Problem(self._file, self._lines.get(field, self._line), code, message, remedy)

    def _title(self) -> tuple[str, ...]:
        value = self._values.get("title")
        if value is None or value == []:
            message = _("缺少 title 字段。") if "title" not in self._values else _("title 是空的。")
            raise BadArticle(self.problem("title", "missing-field", message, _("写上标题，如 title: [筑牢禁毒防线]。")))
        if isinstance(value, str) and (part := self._clean("title", value)):
            self._wrong("title", _("应为列表"), _("写成 title: [上句, 下句]；现按一句读。"))
            return (part,)
        parts = self._list("title", value) if isinstance(value, list) else ()
        if not parts:
            raise BadArticle(
                self.problem(
                    "title", "wrong-type", _("title 应为文字的列表。"), _("写成 title: [上句, 下句]，数字加引号。")
                )
            )
        return parts

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        if isinstance(value, str):
            return self._clean(field, value)
        if value is not None:
            self._wrong(field, _("应为文字"), _("数字和 true、false 要加引号。"))
        return ""

    def _texts(self, field: str) -> tuple[str, ...]:
        value = self._values.get(field)
        if value is None:
            return ()
        if isinstance(value, list):
            return self._list(field, value)
        self._wrong(field, _("应为列表"), _("写成 {field}: [甲, 乙]。").format(field=field))
        text = self._clean(field, value) if isinstance(value, str) else ""
        return (text,) if text else ()

    def _list(self, field: str, value: list[Value]) -> tuple[str, ...]:
        texts = [self._clean(field, one) for one in value[:MOST] if isinstance(one, str)]
        good = tuple([text for text in texts if text])
        if len(value) > MOST:
            self._wrong(field, _("多于 {n} 项").format(n=MOST), _("只读前面的。"))
        elif len(good) < len(value):
            self._wrong(field, _("各项应为文字，不可为空"), _("数字加引号，空项删去。"))
        return good

    def _clean(self, field: str, text: str) -> str:
        """The text as it may be shown, on one line and no longer than a field may be."""
        self._bidi += bidi_controls(text)
        if len(text) > LONGEST:
            self._wrong(field, _("长过 {n} 个字").format(n=LONGEST), _("正文写在下面；只读前面的。"))
            text = text[:LONGEST]
        return clean_line(text).strip()

    def _code(self, field: str) -> int | None:
        value = self._values.get(field)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 100_000 <= value <= 999_999:
            return value
        self._wrong(field, _("应为六位数字"), _("用 GB/T 2260 的代码，如 150523。"))
        return None

    def _date(self) -> str | None:
        value = self._values.get("date")
        if value is None:
            return None
        text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
        if re.fullmatch(DATE, text):
            return text
        self._wrong("date", _("不是日期"), _("写成 2023、2023-06 或 2023-06-01。"))
        return None

    def _source(self) -> Source | None:
        value = self._values.get("source")
        if value is None:
            return None
        if isinstance(value, dict):
            file, first, last = value.get("file"), value.get("first"), value.get("last")
            if isinstance(file, str) and _counts(first) and _counts(last):
                return Source(self._clean("source", file), first, last)
        self._wrong("source", _("应有 file、first、last"), _("写成 source: {file: 原文.txt, first: 1, last: 20}。"))
        return None

    def _wrong(self, field: str, what: str, remedy: str) -> None:
        self.problems.append(self.problem(field, "wrong-type", f"{field} {what}" + _("。"), remedy))


def _counts(value: Value) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
