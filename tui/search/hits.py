"""Conversion of matching articles to hits."""

from collections.abc import Sequence

from ..query.expansion import Expanded
from ..query.filters import UNMARKED, MarkSets
from ..query.tree import Term
from ..text.document import Document
from ..text.match import merged, occurrences
from ..text.regex_match import regex_spans
from ..text.score import score
from ..text.snippet import snippet
from .answer import Hit

_FEW_TERMS = 4
"""Terms. More are readings of one word, of which most do not occur in an article."""
Occurrences = dict[Term, list[int]]
"""The positions in the folded text where each term of a query begins; terms that do not occur are left out."""


def all_occurrences(terms: Sequence[Term], text: Document) -> Occurrences:
    """Return the positions of the terms of a query that occur in the text."""
    if len(terms) > _FEW_TERMS:
        whole = text.folded_with_joined_title
        terms = [term for term in terms if term.text in whole or " " in term.text]
    return {term: found for term in terms if (found := occurrences(term, text))}


def hit(
    read: Expanded, text: Document, found: Occurrences, value: float | None = None, marked: MarkSets = UNMARKED
) -> Hit:
    """Return the article as a hit with all its matches.

    `found` has the positions of the terms that occur, `value` the score if it is known.
    """
    stretches = [text.stretch(at, len(word.text)) for word, begins in found.items() for at in begins]
    for one in read.regexes:
        stretches += regex_spans(one, text)
    stretches = merged(stretches)
    shown, spans = snippet(text, stretches)
    return Hit(
        text.article,
        text.title,
        text.about.place,
        text.about.date,
        round(score(read.combined, text, found, marked) if value is None else value, 3),
        shown,
        tuple(spans),
        text.spans(stretches),
        text.about.tags,
    )
