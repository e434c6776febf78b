"""The text that a double click selects: a word of an alphabet, or the clause between punctuation marks."""

import re
import unicodedata

from . import unbreakable

_JOINING = "·・-–—"
"""Marks that join the characters on both sides, as in 3·15 or 艾合买提·买买提."""


def span_at(text: str, at: int) -> tuple[int, int]:
    """Return start and end of the word or clause at a code point. A mark or a space is one by itself."""
    if not 0 <= at < len(text):
        return len(text), len(text)
    if not _is_inside(text, at):
        return at, at + 1
    start = end = at
    while start and _is_inside(text, start - 1):
        start -= 1
    while end < len(text) and _is_inside(text, end):
        end += 1
    if text[at] > "\u04ff":
        return start, end
    words = (word.span() for word in re.finditer(unbreakable.WORD, text[start:end]))
    return next(((start + a, start + b) for a, b in words if a <= at - start < b), (start, end))


def _is_inside(text: str, at: int) -> bool:
    """Return whether a code point is part of a word or clause, not punctuation or white space."""
    if unicodedata.category(text[at])[0] not in "PZC":
        return True
    beside = text[at - 1 : at] + text[at + 1 : at + 2] if at else ""
    is_joined = len(beside) == 2 and all(unicodedata.category(one)[0] in "LNM" for one in beside)
    return is_joined and (text[at] in _JOINING or (text[at] in "'’._@/&+#:%=?~" and beside.isascii()))
