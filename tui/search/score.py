"""How well an article answers: title before lead before body, then how often and how close together.

Inverse document frequency is left out: most queries are one word, to which it says nothing.
"""

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


def score(node: Node, text: Searched) -> float:
    """The score of an article that is found; 0 where nothing in the query can be better or worse."""
    match node:
        case Word():
            return _word(places(node, text, _LOOK_AT), text)
        case All(parts):
            return sum(score(part, text) for part in parts) + _nearness(parts, text)
        case Any(parts):
            return max((score(part, text) for part in parts if holds(part, text)), default=0.0)
    return 0.0


def _word(found: list[int], text: Searched) -> float:
    if not found:
        return 0.0
    best = 0.0
    if found[0] < text.title_end:
        best = TITLE
    elif found[0] <= text.title_end + LEAD_LENGTH:
        best = LEAD
    return best + min(len(found), MOST)


def _nearness(parts: tuple[Node, ...], text: Searched) -> float:
    """Up to 2 for each two neighbouring words of the query, halved when they are ten characters apart."""
    found = [(places(part, text, _LOOK_AT), len(part.text)) for part in parts if isinstance(part, Word)]
    near = 0.0
    for (ones, length), (others, other_length) in pairwise(found):
        apart = [max(other - one - length, one - other - other_length, 0) for one in ones for other in others]
        if apart:
            near += NEAR / (1 + min(apart) / 10)
    return near


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
