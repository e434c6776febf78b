"""The body alone of an article that was read before: for who looks at very many articles, one after the other."""

from json import JSONDecoder

from ..clean import clean
from .fields import BadArticle
from .markdown_file import _parted

_scan = JSONDecoder().raw_decode
"""`json.loads` without what it does around this."""


def body_of(kind: str, raw: bytes) -> tuple[str | None, str] | None:
    """The stem (None for a Markdown file, which is named by its path) and the body, as `Library.article_at` would read
    it from these bytes; None when they hold no article."""
    try:
        text = raw.decode("utf-8")
        if kind == "md":
            text = clean(_lines(text.removeprefix("\ufeff")))
            return None, _parted(text, "")[1].strip("\n")
        values, _end = _scan(text)
        stem, body = values["id"], values["body"]
    except (ValueError, KeyError, TypeError, RecursionError, BadArticle):
        return None
    return (stem, clean(_lines(body)).strip("\n")) if isinstance(stem, str) and isinstance(body, str) else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
