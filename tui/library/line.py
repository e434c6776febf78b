"""One article as a line of `articles.jsonl`."""

import json

from ..article import Article
from ..clean import clean
from ..problem import Problem
from ..words import _
from .fields import BadArticle, Fields, bidi_problem
from .markdown_file import fields_of


def parse_line(bulletin: str, text: str, file: str, line: int) -> tuple[Article, list[Problem]]:
    """The article that the line holds, and what is wrong with it; raises BadArticle."""
    try:
        values = json.loads(text)
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
    if warning := bidi_problem(body, file, line):
        fields.problems.append(warning)
    body = clean(body.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    return fields.article(f"{bulletin}/{stem}", body), fields.problems


def render_line(article: Article) -> str:
    """The line that reads as this article, line feed included."""
    return json.dumps({"id": article.stem, **fields_of(article), "body": article.body}, ensure_ascii=False) + "\n"


def is_stem(text: str) -> bool:
    """Whether the text can name an article: one step of a path, nothing a terminal obeys."""
    return bool(text.strip()) and text not in (".", "..") and "/" not in text and "\\" not in text and _safe(text)


def _safe(text: str) -> bool:
    return clean(text) == text and "\n" not in text and "\t" not in text
