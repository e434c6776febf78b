"""Matches of regular expressions, by google-re2: linear in the text, whatever the expression."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, Protocol

from ..i18n import _
from ..query.tree import And, Node, Regex, leaves
from .document import Document

_MAX_LENGTH = 1_000
"""Characters of an expression."""
_ANCHOR = re.compile(r"(?<!\[)\^|\$|\\[AbBzQ]")
"""Assertions about what is before or after a match; also `\\Q`, after which no character is special."""

_ALTERED = (
    rb"(?:\\[^n]|[\x00-\x09\x0b-\x1f\x7f\xcc\xcd\xd2\xd8-\xdf\xe0\xe1\xed\xf0-\xff]"
    rb"|\xc2[\x80-\x9f\xad]|\xe2(?:\x80[\x80-\x8f\xa8-\xaf]|\x81)|\xe3\x85|\xef[\xb8\xbb\xbe\xbf])[^\n]*"
)
"""The rest of a line from an escape other than that of a line feed, or from a character that `clean` may change."""


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


def without_match(regex: Regex, texts: Sequence[bytes]) -> list[bool]:
    """Return for each text in UTF-8 whether it shows that the article has no match. Reads all texts at once.

    A text is a line of JSON and may be followed by lines with other fields.
    """
    joined = b"\n".join(texts)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    found = [True] * len(texts)
    for compiled in (_compiled(regex.source), _altered()):
        for match in compiled.finditer(joined):
            if match.start() < match.end():
                found[bisect_right(starts, match.start()) - 1] = False
    return found


def free_regex(node: Node) -> Regex | None:
    """Return an expression that every hit must match, and whose matches depend on nothing before or after them."""
    match node:
        case Regex():
            return None if _ANCHOR.search(node.source) else node
        case And(parts):
            return next(filter(None, map(free_regex, parts)), None)
        case _:
            return None


@cache
def _altered() -> _Compiled:
    """Return a pattern of lines of JSON whose strings may differ from what is searched."""
    import re2

    options: Any = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    compiled: _Compiled = re2.compile(_ALTERED, options)
    return compiled


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
