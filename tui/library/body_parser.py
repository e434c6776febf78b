"""The body alone of an article that was read before: for who looks at very many articles, one after the other."""

from json import JSONDecoder

from ..clean import clean, may_change
from .fields import BadArticle
from .markdown_file import _parted

_scan = JSONDecoder().raw_decode
"""`json.loads` without what it does around this."""


def body_of(kind: str, raw: bytes) -> tuple[str | None, str] | None:
    """The stem (None for a Markdown file, which is named by its path) and the body, as `Library.article_at` would read
    it from these bytes; None when they hold no article."""
    try:
        if sliced := _sliced(raw):
            return sliced
        text = raw.decode("utf-8").removeprefix("\ufeff")
        if kind == "md":
            text = clean(_lines(text))
            return None, _parted(text, "")[1].strip("\n")
        values, _end = _scan(text)
        stem, body = values["id"], values["body"]
    except (ValueError, KeyError, TypeError, RecursionError, BadArticle):
        return None
    return (stem, clean(_lines(body)).strip("\n")) if isinstance(stem, str) and isinstance(body, str) else None


def _sliced(raw: bytes) -> tuple[str, str] | None:
    """The same for a line as we write it, with nothing escaped but line feeds: cut out, not parsed, in half the time.

    A quote in a string is escaped, so `"body": "` cannot stand in one; with one brace it is a field of the line itself.
    """
    if raw.count(b"{") != 1 or not raw.startswith(b"{") or not raw.rstrip().endswith(b"}"):
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
