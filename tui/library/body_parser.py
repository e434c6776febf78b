"""Extraction of article bodies only, for searches through many articles that were read before."""

import re
from json import JSONDecoder

from ..clean import clean, may_change
from .fields import Fields
from .markdown_file import body as markdown_body
from .markdown_file import titled
from .safe_open import text_of_file

_scan = JSONDecoder().raw_decode
"""The core of `json.loads`, without its checks of the input type and of trailing text."""
_TITLE = re.compile(rb'"title": \["[0-9A-Za-z\xe4-\xe9]')
"""A title whose first part begins with a letter or Han character, so that the body is not searched for one."""


def body_of(kind: str, raw: bytes, length: int = -1) -> tuple[str | None, str] | None:
    """Return the stem and body that `Library.article_at` would read from `raw`; None if it holds no article.

    The stem is None except for `jsonl`: the path determines it for all other kinds. `length` is the number of
    characters of the clean body without white space, -1 if it is unknown.
    """
    try:
        if kind == "jsonl" and (sliced := _sliced(raw, length)):
            return sliced
        text = text_of_file(raw, kind)
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


def _sliced(raw: bytes, length: int) -> tuple[str, str] | None:
    """Return the same for a line as `render_line` writes it, if it escapes only line feeds; else None.

    Slicing takes half the time of parsing. A quote inside a string is escaped, so `"body": "` cannot occur in one; with
    a single brace it is a field of the line itself.
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
    return stem.decode(), (lines if _is_clean(text, body, length) else clean(lines)).strip("\n")


def _is_clean(text: str, utf8: bytes, length: int) -> bool:
    """Return whether `clean` leaves a text alone whose only escapes are line feeds. Takes a third of cleaning it.

    What `clean` changes is unprintable, or printable and removed: a text of the right length lost nothing.
    """
    if not text.isprintable():
        return False
    return len(text) - text.count(" ") - 2 * text.count("\\n") == length or not may_change(utf8)


def _value(raw: bytes, key: bytes) -> bytes | None:
    """Return the bytes between `key` and the next quote, which may be escaped; None without both."""
    start = raw.find(key)
    end = raw.find(b'"', start + len(key))
    return raw[start + len(key) : end] if start >= 0 and end >= 0 else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
