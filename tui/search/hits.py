"""Conversion of matching articles to hits."""

from ..query.filters import UNMARKED, MarkSets
from ..query.tree import Node, Regex, Term, leaves, words
from ..text.document import Document
from ..text.match import merged, occurrences
from ..text.regex_match import regex_spans
from ..text.score import score
from ..text.snippet import snippet
from .answer import Hit

Occurrences = dict[Term, list[int]]
"""The positions in the folded text where each term of a query begins."""


def all_occurrences(combined: Node, text: Document) -> Occurrences:
    """Return the positions of all terms of the combined query."""
    return {word: occurrences(word, text) for word in words(combined)}


def hit(combined: Node, text: Document, known: Occurrences | None = None, marked: MarkSets = UNMARKED) -> Hit:
    """Return the article as a hit with all its matches. `known` has the positions of the terms, None to find them."""
    found = all_occurrences(combined, text) if known is None else known
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
