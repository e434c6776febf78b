"""The body alone of an article that was read before: for who looks at very many articles, one after the other."""

import re
from json import JSONDecoder

from ..clean import clean, may_change
from .fields import Fields
from .markdown_file import body as markdown_body
from .markdown_file import titled

_scan = JSONDecoder().raw_decode
"""`json.loads` without what it does around this."""
_TITLE = re.compile(rb'"title": \["[0-9A-Za-z\xe4-\xe9]')
"""A title with a first part: then none is looked for in the body."""


def body_of(kind: str, raw: bytes) -> tuple[str | None, str] | None:
    """The stem (None for a Markdown file, which is named by its path) and the body, as `Library.article_at` would read
    it from these bytes; None when they hold no article."""
    try:
        if kind == "jsonl" and (sliced := _sliced(raw)):
            return sliced
        text = raw.decode("utf-8")
        if kind != "jsonl":
            return (None, markdown_body(text, kind)) if text.strip() else None
        text = text.removeprefix("\ufeff")
        values, _end = _scan(text)
        stem, body = values["id"], values["body"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not (isinstance(stem, str) and isinstance(body, str)):
        return None
    title = Fields(values, {}, "", 1).title()
    return stem, titled(title, clean(_lines(body)).strip("\n"), kind)[1]


def _sliced(raw: bytes) -> tuple[str, str] | None:
    """The same for a line as we write it, with nothing escaped but line feeds: cut out, not parsed, in half the time.

    A quote in a string is escaped, so `"body": "` cannot stand in one; with one brace it is a field of the line itself.
    """
    if raw.count(b"{") != 1 or not _TITLE.search(raw) or not raw.startswith(b"{") or not raw.rstrip().endswith(b"}"):
        return None
    stem, body = _value(raw, b'"id": "'), _value(raw, b'"body": "')
    if stem is None or body is None:
        return None
    text = body.decode()
    lines = text.replace("\\n", "\n")
    if "\\" in lines or b"\\" in stem:
        return None
    # Most of what cleaning takes away is not printable; asking for that and the rest takes half the time.
    return stem.decode(), (lines if text.isprintable() and not may_change(body) else clean(lines)).strip("\n")


def _value(raw: bytes, key: bytes) -> bytes | None:
    """What stands between the key and the next quote; it ends in a backslash where that quote is escaped."""
    start = raw.find(key)
    end = raw.find(b'"', start + len(key))
    return raw[start + len(key) : end] if start >= 0 and end >= 0 else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
