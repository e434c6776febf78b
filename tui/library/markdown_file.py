"""Parsing and output of an article as a text file with header and body."""

import json
import re

from ..article import Article, Source
from ..clean import clean_counted, clean_line
from ..i18n import _
from ..markdown.heading import first_heading
from ..problem import Problem
from ..yaml_reader import Value
from .fields import LONGEST, BadArticle, Fields
from .header import read, split
from .plain_text import body_of_text, chapter_title
from .written_dates import date_of_name

_HEADER_FIELDS = (
    *("title", "place", "place_id", "dateline", "authors", "byline", "date", "source", "tags", "description", "url"),
    *("slug", "draft"),
)
_SPLIT_SPACE = re.compile(r"[\s_-]+")
_MODULE_LINE = re.compile(r"(?:import|export)\s[^\n]*(?:\n|\Z)|[ \t]*\n")


def parse(id: str, text: str, file: str, kind: str = "md", name: str = "") -> tuple[Article, list[Problem]]:
    """Return the article in a file, and its problems. Raises BadArticle if the file is empty.

    `name` is the default for the title, and its leading date for the date; empty means the last part of the id.
    """
    text, bidi = _cleaned(text)
    if not text.strip():
        raise BadArticle(Problem(file, 1, "empty", _("文件是空的。"), _("写上文章，或删去此文件。")))
    parts = split(text)
    header = read(parts)
    fields = Fields(header.values, header.lines, file, 1)
    for line, message in header.wrong:
        fields.problems.append(
            Problem(file, line, "front-matter", message, _("改正这一行；含冒号、井号的文字加引号。"))
        )
    stem = id.rpartition("/")[2]
    date, rest = date_of_name(name or stem)
    title, body = titled(fields.title(), parts.body, kind)
    article = fields.article(id, title or (_readable(rest) or _readable(name or stem),), body, bidi, date)
    named = header.values.get("id")
    if named is not None and parts.closed and named != stem and _is_own(header.values):
        remedy = _("以文件名为准；删去 id 一行，或改成“{stem}”。").format(stem=stem)
        fields.problems.append(fields.problem("id", "id", _("id 与文件名不一致。"), remedy))
    return article, fields.problems


def body(text: str, kind: str) -> str:
    """Return only the body of the article that `parse` would return."""
    parts = split(_cleaned(text)[0])
    header = read(parts)
    return titled(Fields(header.values, header.lines, "", 1).title(), parts.body, kind)[1]


def _cleaned(text: str) -> tuple[str, int]:
    """Return the text without byte order mark and unsafe characters, its lines ended by line feeds.

    The number is that of the bidi controls that were removed.
    """
    text = text.removeprefix("\ufeff")
    return clean_counted(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text)


def titled(title: tuple[str, ...], body: str, kind: str) -> tuple[tuple[str, ...], str]:
    """Return title and body. A first heading that repeats or supplies the title is removed from the body."""
    if kind == "txt":
        chapter, body = ((), body) if title else chapter_title(body)
        return title or chapter, body_of_text(body).strip("\n")
    if kind == "mdx":
        at = 0
        while found := _MODULE_LINE.match(body, at):
            at = found.end()
            if at == len(body):
                break
        body = body[at:]
    body = body.strip("\n")
    if title and (kind == "jsonl" or not _may_begin_with_heading(body)):
        return title, body
    heading = first_heading(body)
    if heading is None or not (heading.leads or (heading.level == 1 and not title)):
        return title, body
    if title and _squeezed(heading.text) != _squeezed("".join(title)):
        return title, body
    text = clean_line(heading.text[:LONGEST]).strip()
    return title or ((text,) if text else ()), (body[: heading.start] + body[heading.end :]).strip("\n")


def _may_begin_with_heading(body: str) -> bool:
    first, _feed, rest = body.partition("\n")
    return first.lstrip(" ")[:1] in "#<![{" or rest.lstrip(" ")[:1] in ("=", "-")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _readable(name: str) -> str:
    """Return a file name as a title, with spaces for dashes and underscores."""
    return clean_line(_SPLIT_SPACE.sub(" ", name)).strip()


def _is_own(values: dict[str, Value]) -> bool:
    """Return whether the header was written for this program. Other programs use `id` differently."""
    return isinstance(values.get("title"), list) or "place" in values


def line_of(text: str, field: str) -> int:
    """Return the line number of a header field, or 1 if it is unknown."""
    return read(split(text.replace("\r\n", "\n").replace("\r", "\n"))).lines.get(field, 1)


def render(article: Article) -> str:
    """Return a Markdown file that parses into this article."""
    front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields_of(article).items())
    return f"---\n{front}\n---\n\n{article.body}\n"


def fields_of(article: Article) -> dict[str, Value]:
    """Return the article's fields for output, without the body and without empty fields."""
    fields = {name: field_of(article, name) for name in _HEADER_FIELDS}
    fields |= {"source": source_value(article.source), "draft": article.draft or None}
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def field_of(article: Article, name: str) -> Value:
    """Return a field for output. Not for `source`, which has several forms."""
    value = getattr(article, name)
    return list(value) if isinstance(value, tuple) else value


def source_value(source: Source | None) -> Value:
    """Return a source as a field value: a text, or a mapping of file and lines; None without a source."""
    if source is None or not source.first:
        return source.file if source else None
    return {"file": source.file, "first": source.first, "last": source.last}
