"""From an article that is found to a hit, and the order hits are shown in."""

from collections.abc import Callable, Sequence

from .answer import Hit
from .match import UNMARKED, Marking, holds, merged, places
from .query import Node, Word, words
from .score import in_title, score
from .searched import Searched
from .snippet import snippet

Places = dict[Word, list[int]]
"""Where each word of a query begins in an article's folded text."""


def every_place(whole: Node, text: Searched) -> Places:
    """Where the words of the whole query stand."""
    return {word: places(word, text) for word in words(whole)}


def hit(whole: Node, text: Searched, known: Places | None = None, marked: Marking = UNMARKED) -> Hit:
    """The article as a hit, with everything in it that matched; where its words stand may be known."""
    found = every_place(whole, text) if known is None else known
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
    variants: Sequence[Node], newest: bool, marked: Marking = UNMARKED
) -> Callable[[Searched], tuple[float, ...]]:
    """What to sort by: the first variant of the query that finds it, how well, the newer first; or only the last."""

    def order(text: Searched) -> tuple[float, ...]:
        if newest:
            return (-text.number,)
        rank = next((rank for rank, variant in enumerate(variants) if holds(variant, text, marked)), len(variants))
        node = variants[min(rank, len(variants) - 1)]
        if in_title(node, text, marked):
            return (rank, 0, 0, -text.number)
        return (rank, 1, -score(node, text, marked=marked), -text.number)

    return order
