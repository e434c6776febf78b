"""One article as text: front matter and body, read and written."""

import json
import re

from ..article import Article
from ..clean import bidi_controls, clean
from ..i18n import _
from ..problem import Problem
from .fields import BadArticle, Fields
from .safe_yaml import BadYaml, Value, mapping

_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


def parse(id: str, text: str, file: str) -> tuple[Article, list[Problem]]:
    """The article that a Markdown file holds, and what is wrong with it; raises BadArticle."""
    bidi = bidi_controls(text)
    text = clean(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise BadArticle(Problem(file, 1, "empty", _("文件是空的。"), _("写上文章，或删去此文件。")))
    front, body = _parted(text, file)
    try:
        found = mapping(front)
    except BadYaml as error:
        line = error.line + 1
        message = _("文件头不是可用的 YAML：{why}。").format(why=clean(error.message))
        raise BadArticle(
            Problem(file, line, "front-matter", message, _("改正这一行；含冒号、井号的文字加引号。"))
        ) from None
    fields = Fields(found.values, {key: line + 1 for key, line in found.lines.items()}, file, 1)
    article = fields.article(id, body.strip("\n"), bidi)
    named = found.values.get("id")
    if named is not None and named != article.stem:
        remedy = _("以文件名为准；删去 id 一行，或改成“{stem}”。").format(stem=article.stem)
        fields.problems.append(fields.problem("id", "id", _("id 与文件名不一致。"), remedy))
    return article, fields.problems


def line_of(text: str, field: str) -> int:
    """Return the line on which the front matter has a field; 1 where it cannot be told."""
    front = text.replace("\r\n", "\n").replace("\r", "\n")
    closing = _CLOSING.search(front, 3)
    found = re.compile(f"^[\"']?{field}[\"']?[ \t]*:", re.MULTILINE).search(front, 3, closing.start() if closing else 0)
    return front.count("\n", 0, found.start()) + 1 if found else 1


def render(article: Article) -> str:
    """The Markdown file that reads as this article."""
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields_of(article).items())
    return f"---\n{front}\n---\n\n{article.body}\n"


def fields_of(article: Article) -> dict[str, Value]:
    """The fields that are written for an article, without its body; what is not known is left out."""
    source = article.source
    fields: dict[str, Value] = {
        "title": list(article.title),
        "place": article.place,
        "place_id": article.place_id,
        "dateline": article.dateline,
        "authors": list(article.authors),
        "byline": article.byline,
        "date": article.date,
        "source": {"file": source.file, "first": source.first, "last": source.last} if source else None,
        "tags": list(article.tags),
    }
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def _parted(text: str, file: str) -> tuple[str, str]:
    """Front matter and body."""
    opening, _feed, rest = text.partition("\n")
    if opening.rstrip() != "---":
        message = _("没有文件头。")
        raise BadArticle(Problem(file, 1, "front-matter", message, _("第一行写 ---，然后写 title 等字段，再写 ---。")))
    closing = _CLOSING.search(rest)
    if closing is None:
        raise BadArticle(Problem(file, 1, "front-matter", _("文件头没有结束。"), _("在各字段之后加一行 ---。")))
    return rest[: closing.start()], rest[closing.end() :]
