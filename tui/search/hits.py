"""From an article that is found to a hit, and the order hits are shown in."""

from collections.abc import Callable, Sequence

from ..query.tree import Node, Term, words
from ..text.document import Document
from ..text.match import UNMARKED, MarkSets, matches_query, merged, occurrences
from ..text.score import in_title, score
from ..text.snippet import snippet
from .answer import Hit

Occurrences = dict[Term, list[int]]
"""Where each word of a query begins in an article's folded text."""


def all_occurrences(whole: Node, text: Document) -> Occurrences:
    """Where the words of the whole query stand."""
    return {word: occurrences(word, text) for word in words(whole)}


def hit(whole: Node, text: Document, known: Occurrences | None = None, marked: MarkSets = UNMARKED) -> Hit:
    """The article as a hit, with everything in it that matched; where its words stand may be known."""
    found = all_occurrences(whole, text) if known is None else known
    stretches = merged(text.stretch(at, len(word.text)) for word, begins in found.items() for at in begins)
    shown, spans = snippet(text, stretches)
    return Hit(
        text.article,
        text.title,
        text.about.place,
        text.about.date,
        round(score(whole, text, found, marked), 3),
        shown,
        tuple(spans),
        text.spans(stretches),
    )


def hit_order(
    variants: Sequence[Node], newest: bool, marked: MarkSets = UNMARKED
) -> Callable[[Document], tuple[float, ...]]:
    """What to sort by: the first variant of the query that finds it, how well, the newer first; or only the last."""

    def order(text: Document) -> tuple[float, ...]:
        if newest:
            return (-text.number,)
        rank = next(
            (rank for rank, variant in enumerate(variants) if matches_query(variant, text, marked)), len(variants)
        )
        node = variants[min(rank, len(variants) - 1)]
        if in_title(node, text, marked):
            return (rank, 0, 0, -text.number)
        return (rank, 1, -score(node, text, marked=marked), -text.number)

    return order
