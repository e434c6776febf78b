"""From an article that is found to a hit."""

from ..query.filters import UNMARKED, MarkSets
from ..query.tree import Node, Term, words
from ..text.document import Document
from ..text.match import merged, occurrences
from ..text.score import score
from ..text.snippet import snippet
from .answer import Hit

Occurrences = dict[Term, list[int]]
"""Where each term of a query begins in an article's folded text."""


def all_occurrences(combined: Node, text: Document) -> Occurrences:
    """Return where the terms of the combined query occur."""
    return {word: occurrences(word, text) for word in words(combined)}


def hit(combined: Node, text: Document, known: Occurrences | None = None, marked: MarkSets = UNMARKED) -> Hit:
    """Return the article as a hit, with everything in it that matched; `known` saves finding the terms again."""
    found = all_occurrences(combined, text) if known is None else known
    stretches = merged(text.stretch(at, len(word.text)) for word, begins in found.items() for at in begins)
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
    )
