"""Folding: one form for letter case, width, accents of Latin letters, and traditional and simplified script.

Folding keeps the position of every character: an offset in the folded text is also one in the text. ASCII punctuation
becomes full-width. Every invisible character becomes a soft hyphen, which `dense` leaves out. The table is
`data/fold.txt`: Unicode's compatibility forms and case, OpenCC's traditional to simplified characters, variants.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
INVISIBLE = "\u00ad"
"""The folded form of invisible characters: soft hyphens, joiners, variation selectors, direction marks."""
_UNSEEN = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_SELECTORS_AND_TAGS = range(0xE0000, 0xE1000)
"""Code points that Unicode reserves for invisible characters; too many for the table."""
_BULK_FROM = 100_000
"""Code points that `bulk_fold` folds with the slower method, before it compiles its pattern."""
_MAX_VARIANTS = 10
"""Characters. Up to here, looking for each is faster than folding."""


class _Table(dict[int, str]):
    """A table for `str.translate`. Adds an entry for each character it lacks: most fold to themselves."""

    def __missing__(self, code: int) -> str:
        self[code] = character = INVISIBLE if code in _SELECTORS_AND_TAGS else chr(code)
        return character


@cache
def _table() -> _Table:
    characters, folded = (DATA / "fold.txt").read_text("utf-8").split("\n")[:2]
    table = _Table(zip(map(ord, characters), folded, strict=True))
    table.update(dict.fromkeys(map(ord, "\t\r\v\f"), " "))
    return table


def fold(text: str) -> str:
    """Return the folded text, of the same length. White space becomes a space; line feeds stay and separate fields."""
    return text.translate(_table())


def dense(text: str) -> str:
    """Return the folded text without invisible characters, as a user would type it."""
    return fold(text).replace(INVISIBLE, "")


def has_invisible(text: str) -> bool:
    """Return whether the text has invisible characters."""
    return re.search(_UNSEEN, text) is not None


def visible(text: str) -> str:
    """Return the text without invisible characters."""
    return re.sub(_UNSEEN, "", text)


@cache
def bulk_fold() -> Callable[[str], str]:
    """Return a function like `fold` for many long texts: seven times as fast if few characters change.

    It compiles its pattern, which takes 10 ms, only after `_BULK_FROM` code points.
    """
    table = _table()
    left = _BULK_FROM

    def folded(text: str) -> str:
        nonlocal left
        left -= len(text)
        sample = text[:64]
        if left > 0 or _is_astral(text) or len(_changing().findall(sample)) * 8 > len(sample):
            return text.translate(table)
        return _changing().sub(lambda match: table[ord(match[0])], text)

    return folded


@lru_cache(1_000)
def fold_variants(folded: str) -> str | None:
    """Return the variants that fold to a character of `folded`, or None if there are more than `_MAX_VARIANTS`.

    In a text without these variants, `folded` occurs at the same positions as in the folded text.
    """
    sources = _sources()
    found = "".join(sources.get(character, "") for character in set(folded))
    return found if len(found) <= _MAX_VARIANTS and fold(folded) == folded else None


def _entries() -> list[tuple[int, str]]:
    """Return a copy of the table's present entries: another thread may add some at any moment."""
    return list(_table().items())


@cache
def _sources() -> dict[str, str]:
    """Return the variants of each folded character, in one string."""
    found: dict[str, str] = {}
    for code, folded in _entries():
        if (source := chr(code)) != folded:
            found[folded] = found.get(folded, "") + source
    return found


@cache
def _changing() -> re.Pattern[str]:
    """Return a pattern of the BMP characters that folding changes; adding other planes would make it much slower."""
    basic = "".join(re.escape(chr(code)) for code, folded in _entries() if code < 0x10000 and folded != chr(code))
    return re.compile(f"[{basic}]")


def _is_astral(text: str) -> bool:
    """Return whether the text has characters beyond the Basic Multilingual Plane (BMP)."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)
