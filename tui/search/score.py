"""How well an article answers: title before lead before body, then how often and how close together.

Inverse document frequency is left out: most queries are one word, to which it says nothing.
"""

from collections.abc import Mapping
from itertools import pairwise

from .match import holds, places
from .query import All, Any, Node, Word, words
from .searched import Searched

TITLE = 16.0
LEAD = 8.0
LEAD_LENGTH = 80
"""Code points behind the title in which a word stands in the lead."""
MOST = 6
"""Occurrences beyond this many say nothing more."""
NEAR = 2.0
_LOOK_AT = 40


def score(node: Node, text: Searched, known: Mapping[Word, list[int]] | None = None) -> float:
    """The score of an article that is found; 0 where nothing in the query can be better or worse.

    Where every word of the query begins in the text may be known.
    """
    match node:
        case Word():
            return _word(_places(node, text, known), text)
        case All(parts):
            found = [(_places(part, text, known), len(part.text)) for part in parts if isinstance(part, Word)]
            others = sum(score(part, text, known) for part in parts if not isinstance(part, Word))
            return others + sum(_word(ones, text) for ones, _ in found) + nearness(found)
        case Any(parts):
            return max(
                (score(part, text, known) for part in parts if isinstance(part, Word) or holds(part, text)), default=0.0
            )
    return 0.0


def _places(word: Word, text: Searched, known: Mapping[Word, list[int]] | None) -> list[int]:
    return places(word, text, _LOOK_AT) if known is None else known[word][:_LOOK_AT]


def _word(found: list[int], text: Searched) -> float:
    if not found:
        return 0.0
    best = 0.0
    if found[0] < text.title_end:
        best = TITLE
    elif found[0] <= text.title_end + LEAD_LENGTH:
        best = LEAD
    return best + min(len(found), MOST)


def nearness(found: list[tuple[list[int], int]]) -> float:
    """Up to 2 for each two neighbouring words of the query, halved when they are ten characters apart; from where the
    words begin, in order, and their lengths."""
    near = 0.0
    for (ones, length), (others, other_length) in pairwise(found):
        if ones and others:
            near += NEAR / (1 + _apart(ones, length, others, other_length) / 10)
    return near


def _apart(ones: list[int], length: int, others: list[int], other_length: int) -> int:
    """Characters between the two nearest of two words; 0 where they touch. The next one of the other word, behind or
    before, is the nearest."""
    least, at = 1 << 30, 0
    for one in ones:
        while at < len(others) and others[at] < one:
            at += 1
        if at < len(others):
            least = min(least, max(others[at] - one - length, 0))
        if at:
            least = min(least, max(one - others[at - 1] - other_length, 0))
    return least


def in_title(node: Node, text: Searched) -> bool:
    """Whether every word of the query, or of one of its alternatives, stands in the title."""
    match node:
        case Word():
            return text.folded_for(node.text).find(node.text, 0, text.title_end) >= 0
        case All(parts):
            return _has_words(node) and all(in_title(part, text) for part in parts if _has_words(part))
        case Any(parts):
            return any(_has_words(part) and in_title(part, text) for part in parts)
    return False


def _has_words(node: Node) -> bool:
    return next(words(node), None) is not None
