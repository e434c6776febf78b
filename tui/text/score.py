"""The score of a hit: BM25 over headline and body, without inverse document frequency (IDF).

A search over combinations of the constants raised the mean reciprocal rank of known items (`python -m bench ranking`).
Those of nearness were chosen on the half of the articles that is not reported, the others on all. Body saturation and
lead are among the best that still put one occurrence in the lead before many further down. IDF did not raise the rank.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import assert_never

from ..query.filters import UNMARKED, Filter, MarkSets
from ..query.tree import And, Near, Node, Not, Or, Regex, Term, has_words
from .document import Document
from .match import matches_query, occurrences

TITLE = 6.0
"""Weight of the headline; the body's is 1."""
TITLE_SATURATION, BODY_SATURATION = 4.0, 0.6
"""BM25's k1: the higher, the more further occurrences count."""
TITLE_LENGTH, BODY_LENGTH = 23, 600
"""Code points of an average news item. Constants, so that a score does not depend on the library."""
TITLE_LENGTH_SHARE = 0.5
"""BM25's b, the strength of length normalisation, for the headline. For the body it is 1."""
SHORT_TITLE, SHORT_BODY = 10, 100
"""Code points. A field shorter than this is scored as if it had this length."""
HEADLINE = 12.0
"""Score added if the query, or an alternative of it, is one term that is the whole headline."""
LEAD = 0.22
"""Score added if a word occurs in the lead."""
LEAD_LENGTH = 80
"""Code points after the headline that count as the lead."""
NEAR, NEAR_HALF = 2.0, 5
"""Highest score added for each two neighbouring words of the query, and the characters between them at which half of it
is left."""
_LOOK_AT = 40
"""Occurrences of a word that are scored."""


def score(
    node: Node, text: Document, known: Mapping[Term, list[int]] | None = None, marked: MarkSets = UNMARKED
) -> float:
    """Return the score of a hit; 0 if the query has only filters and exclusions.

    `known` maps the words that occur to their positions, None to find them here; `marked` has the articles' marks.
    """
    match node:
        case Term():
            if not (found := _places(node, text, known)):
                return 0.0
            return _words([found], text)[0] + (HEADLINE if _is_headline(node, found, text) else 0.0)
        case And(parts) | Near(parts):
            own = [(_places(part, text, known), len(part.text)) for part in parts if isinstance(part, Term)]
            others = sum(score(part, text, known, marked) for part in parts if not isinstance(part, Term))
            scores = _words([ones for ones, _ in own], text)
            # an article that is about all the words is better than one that is much about one of them
            return others + sum(scores) + (min(scores) if len(scores) > 1 else 0.0) + nearness(own)
        case Or(parts):
            best = 0.0
            for part in parts:
                is_term = isinstance(part, Term)
                if (known is None or part in known) if is_term else matches_query(part, text, marked):
                    best = max(best, score(part, text, known, marked))
            return best
        case Filter() | Regex() | Not():
            return 0.0
        case _:
            assert_never(node)


def _places(word: Term, text: Document, known: Mapping[Term, list[int]] | None) -> list[int]:
    found = occurrences(word, text, _LOOK_AT) if known is None else known.get(word, [])[:_LOOK_AT]
    return sorted(map(text.position, found)) if found and found[0] < 0 else found


def _is_headline(word: Term, found: Sequence[int], text: Document) -> bool:
    """Return whether the word is the whole headline, ignoring spaces."""
    end = text.folded_title_end
    return found[:1] == [0] and word.text.replace(" ", "") == text.folded[:end].replace(" ", "")


def _words(places: Sequence[Sequence[int]], text: Document) -> list[float]:
    """Return the score of each word; `places` has the positions where each begins, ascending.

    The terms are BM25's for a field whose length is a multiple of the average.
    """
    end = text.folded_title_end
    title = TITLE_SATURATION * (1 - TITLE_LENGTH_SHARE + TITLE_LENGTH_SHARE * max(end, SHORT_TITLE) / TITLE_LENGTH)
    body = BODY_SATURATION * max(text.folded_length - end, SHORT_BODY) / BODY_LENGTH
    scores = []
    for found in places:
        in_title = bisect_left(found, end)
        in_body = len(found) - in_title
        value = TITLE * in_title * (TITLE_SATURATION + 1) / (in_title + title)
        if in_body:
            value += in_body * (BODY_SATURATION + 1) / (in_body + body)
            if found[in_title] <= end + LEAD_LENGTH:
                value += LEAD
        scores.append(value)
    return scores


def nearness(found: list[tuple[list[int], int]]) -> float:
    """Return the score for nearness: up to `NEAR` for each two neighbouring words.

    `found` has the positions and the length of each word, in the order of the query.
    """
    near = 0.0
    for (ones, length), (others, other_length) in pairwise(found):
        if ones and others:
            near += NEAR / (1 + _apart(ones, length, others, other_length) / NEAR_HALF)
    return near


def _apart(ones: list[int], length: int, others: list[int], other_length: int) -> int:
    """Return the least number of characters between two words; 0 if they touch.

    Compares each occurrence only with the next and the previous one of the other word.
    """
    least, at, count = 1 << 30, 0, len(others)
    for one in ones:
        while at < count and others[at] < one:
            at += 1
        if at < count and others[at] - one - length < least:
            least = others[at] - one - length
        if at and one - others[at - 1] - other_length < least:
            least = one - others[at - 1] - other_length
        if least <= 0:
            return 0
    return least


@lru_cache(256)
def _titled(word: Term) -> Term:
    """Return the same word, in the title."""
    return word if word.title else replace(word, title=True)


def in_title(node: Node, text: Document, marked: MarkSets = UNMARKED) -> bool:
    """Return whether the title has every word of the query; of an OR, of one alternative that matches the article."""
    match node:
        case Term():
            return bool(occurrences(_titled(node), text, 1))
        case And(parts) | Near(parts):
            return has_words(node) and all(in_title(part, text, marked) for part in parts if has_words(part))
        case Or(parts):
            return any(
                has_words(part) and in_title(part, text, marked) and matches_query(part, text, marked) for part in parts
            )
        case Filter() | Regex() | Not():
            return False
        case _:
            assert_never(node)
