"""How well an article answers: title before lead before body, then how often and how close together.

Inverse document frequency is left out: most queries are one word, to which it says nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from ..query.filters import UNMARKED, Filter, MarkSets
from ..query.tree import And, Near, Node, Not, Or, Term, has_words
from .document import Document
from .match import matches_query, occurrences

TITLE = 16.0
LEAD = 8.0
LEAD_LENGTH = 80
"""Code points after the title that count as the lead."""
MOST = 6
"""Occurrences beyond this many say nothing more."""
NEAR = 2.0
_LOOK_AT = 40


def score(
    node: Node, text: Document, known: Mapping[Term, list[int]] | None = None, marked: MarkSets = UNMARKED
) -> float:
    """Return the score of an article that is found; 0 where nothing in the query can be better or worse.

    `known` has the positions of every word of the query, `marked` the marks of the articles examined.
    """
    match node:
        case Term():
            return _word(_places(node, text, known), text)
        case And(parts) | Near(parts):
            found = [(_places(part, text, known), len(part.text)) for part in parts if isinstance(part, Term)]
            others = sum(score(part, text, known, marked) for part in parts if not isinstance(part, Term))
            return others + sum(_word(ones, text) for ones, _ in found) + nearness(found)
        case Or(parts):
            found_by = (part for part in parts if isinstance(part, Term) or matches_query(part, text, marked))
            return max((score(part, text, known, marked) for part in found_by), default=0.0)
        case Filter() | Not():
            return 0.0
        case _:
            assert_never(node)


def _places(word: Term, text: Document, known: Mapping[Term, list[int]] | None) -> list[int]:
    found = occurrences(word, text, _LOOK_AT) if known is None else known[word][:_LOOK_AT]
    return sorted(map(text.position, found)) if found and found[0] < 0 else found


def _word(found: list[int], text: Document) -> float:
    if not found:
        return 0.0
    best = 0.0
    if found[0] < text.folded_title_end:
        best = TITLE
    elif found[0] <= text.folded_title_end + LEAD_LENGTH:
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


def in_title(node: Node, text: Document, marked: MarkSets = UNMARKED) -> bool:
    """Return whether the title has every word of the query, or of an alternative that finds the article."""
    match node:
        case Term():
            return bool(occurrences(node if node.title else replace(node, title=True), text, 1))
        case And(parts) | Near(parts):
            return has_words(node) and all(in_title(part, text, marked) for part in parts if has_words(part))
        case Or(parts):
            return any(
                has_words(part) and in_title(part, text, marked) and matches_query(part, text, marked) for part in parts
            )
        case Filter() | Not():
            return False
        case _:
            assert_never(node)
