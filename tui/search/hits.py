"""Conversion of matching articles to hits."""

from collections.abc import Iterable

from ..query.filters import UNMARKED, MarkSets
from ..query.tree import Node, Regex, Term, leaves
from ..text.document import Document
from ..text.match import merged, occurrences
from ..text.regex_match import regex_spans
from ..text.score import score
from ..text.snippet import snippet
from .answer import Hit

Occurrences = dict[Term, list[int]]
"""The positions in the folded text where each term of a query begins."""


def all_occurrences(terms: Iterable[Term], text: Document) -> Occurrences:
    """Return the positions of the terms of a query."""
    return {term: occurrences(term, text) for term in terms}


def hit(combined: Node, text: Document, found: Occurrences, marked: MarkSets = UNMARKED) -> Hit:
    """Return the article as a hit with all its matches. `found` has the positions of all terms of the query."""
    stretches = [text.stretch(at, len(word.text)) for word, begins in found.items() for at in begins]
    for one in leaves(combined):
        if isinstance(one, Regex):
            stretches += regex_spans(one, text)
    stretches = merged(stretches)
    shown, spans = snippet(text, stretches)
    return Hit(
        text.article,
        text.title,
        text.about.place,
        text.about.date,
        round(score(combined, text, found, marked), 3),
        shown,
        tuple(spans),
        text.spans(stretches),
        text.about.tags,
    )
