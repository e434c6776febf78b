"""Parsing of an article from a line of `articles.jsonl`."""

import json
import re

from ..article import Article
from ..clean import clean, clean_counted, clean_line
from ..i18n import _
from ..problem import Problem
from .fields import BadArticle, Fields
from .markdown_file import titled

MAX_VALUES = 2_000_000
"""Maximum number of values in one line; as empty lists they take about 130 MB."""
_ALWAYS_READ = 1 << 20
"""Code points. Lines up to this length cannot exhaust memory and are not counted."""
_STEM = re.compile(r"(?!\.{1,2}\Z)(?=.*\S)[^/\\\t\n]{1,200}\Z")


def parse_line(bulletin: str, text: str, file: str, line: int) -> tuple[Article, list[Problem]]:
    """Return the article on a line, and its problems. Raises BadArticle."""
    try:
        values = json.loads(_bounded(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError) as error:
        message = _("第 {line} 行不是 JSON：{why}。").format(line=line, why=clean(getattr(error, "msg", str(error))))
        raise BadArticle(Problem(file, line, "json", message, _("一行写一篇文章，一个 JSON 对象。"))) from None
    if not isinstance(values, dict):
        raise BadArticle(Problem(file, line, "json", _("这一行不是 JSON 对象。"), _("写成 {…}，一行一篇。")))
    fields = Fields(values, {}, file, line)
    stem, body = values.get("id"), values.get("body")
    if not isinstance(stem, str) or not is_stem(stem):
        code = "missing-field" if stem is None else "id"
        message = _("缺少 id 字段。") if stem is None else _("id 不能用作文章名。")
        raise BadArticle(fields.problem("id", code, message, _("id 是文字，在本册内不重复，不含斜线和控制符。")))
    if not isinstance(body, str):
        code = "missing-field" if body is None else "wrong-type"
        message = _("缺少 body 字段。") if body is None else _("body 应为文字。")
        raise BadArticle(fields.problem("body", code, message, _("body 是 Markdown 正文，可以是空文字。")))
    body, bidi = clean_counted(body.replace("\r\n", "\n").replace("\r", "\n"))
    body = body.strip("\n")
    title, body = titled(fields.title(), body, "jsonl")
    return fields.article(f"{bulletin}/{stem}", title or (stem.strip(),), body, bidi), fields.problems


def _bounded(text: str) -> str:
    """Return the text unchanged. Raises ValueError if parsing its many values could exhaust memory."""
    if len(text) > _ALWAYS_READ and sum(map(text.count, ",[{")) > MAX_VALUES:
        bare = text.replace("\\\\", "").replace('\\"', "")
        if (
            bare.count('"') > 2 * MAX_VALUES
            or sum(part.count(one) for part in bare.split('"')[::2] for one in ",[{") > MAX_VALUES
        ):
            raise ValueError(_("多于 {n} 个值").format(n=MAX_VALUES))
    return text


def is_stem(text: str) -> bool:
    """Return whether the text can name an article: one path component without control characters."""
    return _STEM.match(text) is not None and clean_line(text) == text
