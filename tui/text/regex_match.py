"""Matches of regular expressions, by google-re2: linear in the text, whatever the expression."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from ..i18n import _
from ..query.tree import Node, Regex, leaves
from .document import Document

_MAX_LENGTH = 1_000
"""Characters of an expression."""


class _Match(Protocol):
    def start(self) -> int: ...

    def end(self) -> int: ...


class _Compiled(Protocol):
    def finditer(self, text: bytes, /, endpos: int | None = None) -> Iterator[_Match]: ...


class BadRegex(Exception):
    """The expression cannot be used; the message says why."""


def refusal(node: Node) -> str:
    """Return why the query cannot be answered, in one line; empty if it can."""
    try:
        for one in leaves(node, excluded=True):
            if isinstance(one, Regex):
                _compiled(one.source)
    except BadRegex as error:
        return str(error)
    return ""


def regex_spans(regex: Regex, text: Document) -> Iterator[tuple[int, int]]:
    """Yield start and end of every match that is not empty, in code points of the text; no overlaps, within a field.

    Reads the text as printed, not folded.
    """
    encoded = text.text.encode("utf-8", "replace")
    end = len(text.text[: text.title_end].encode("utf-8", "replace")) if regex.title else len(encoded)
    at = offset = 0
    for match in _compiled(regex.source).finditer(encoded, endpos=end):
        start, stop = match.start(), match.end()
        if start < stop:
            begin = at + len(encoded[offset:start].decode())
            at, offset = begin + len(encoded[start:stop].decode()), stop
            yield begin, at


@lru_cache(32)
def _compiled(source: str) -> _Compiled:
    """Return the compiled expression. `^` and `$` match where a field begins and ends, and nothing a line feed.

    Raises BadRegex.
    """
    try:
        import re2
    except ImportError:
        raise BadRegex(_("正则表达式需要 google-re2：pip install 'ganews-tui[regex]'")) from None
    if len(source) > _MAX_LENGTH:
        raise BadRegex(_("正则表达式长于 {n} 个字符").format(n=_MAX_LENGTH))
    options: Any = re2.Options()
    options.never_nl, options.log_errors = True, False
    try:
        compiled: _Compiled = re2.compile(b"(?m)" + source.encode("utf-8", "replace"), options)
    except re2.error as error:
        said = error.args[0] if error.args else ""
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        raise BadRegex(_("正则表达式有误：{reason}").format(reason=reason.replace("(?m)", "", 1))) from None
    return compiled
