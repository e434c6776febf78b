"""Near words to offer where a query has no hits: only words whose choice finds an article."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from ..fold import dense
from ..query.near_words import MIN_PIECE, distance, halves, near_pieces, near_words
from ..query.readings import ChosenReading
from ..query.tree import Node, Or, Term, leaves, mapped
from ..text.index import Index

MAX_NEAR = 6
"""Near words offered for a query."""
_MAX_TERMS = 4
"""Terms of a query for which near words are looked up."""
_MAX_TRIED = 60
"""Words tried for one term."""
_MAX_HEADLINES = 400
"""Headlines compared with one term."""
_BATCH = 40
Names = Callable[[], Iterable[str]]
"""Returns the names of places and authors."""


def near_terms(root: Node, index: Index, names: Names, finds: Callable[[Node], bool]) -> Iterator[ChosenReading]:
    """Yield up to `MAX_NEAR` replacements of a term, each of which makes the query find an article.

    Only terms that occur nowhere and are not literal are replaced. `finds` tells whether a node has a hit.
    """
    typed = dict.fromkeys(one for one in leaves(root) if isinstance(one, Term) and not one.literal)
    missing = (term for term in islice(typed, _MAX_TERMS) if not finds(term))
    found = (
        ChosenReading(term.typed, word)
        for term in missing
        for word in _near(term.text, index, names)
        if finds(_replaced(root, term, word))
    )
    return islice(found, MAX_NEAR)


def _replaced(root: Node, term: Term, word: str) -> Node:
    chosen = Term(dense(word), word, literal=True, title=term.title)
    return mapped(root, lambda one, _excluded: chosen if one == term else one)


def _near(text: str, index: Index, names: Names) -> Iterator[str]:
    """Yield words that may be meant by a folded text: pieces of headlines, names, and words of the table."""
    pieces = {dense(piece): piece for piece in _pieces(text, index)}
    found = {word: word for word in near_words(text, names())} | pieces
    taken: list[str] = []
    for word in sorted(found, key=lambda word: distance(text, word))[:_MAX_TRIED]:
        is_part = any(word in longer for longer in taken)  # 禁毒宣 is not offered after 禁毒宣传
        if not is_part and (word in pieces or index.may_occur(word)):
            taken.append(word)
            yield found[word]


def _pieces(text: str, index: Index) -> Iterator[str]:
    """Yield the pieces of the newest headlines that are near the text."""
    if len(text) < MIN_PIECE:
        return
    node = Or(tuple(Term(half, half, literal=True, title=True) for half in halves(text)))
    index.expect([node], "newest")
    candidates = islice(index.newest(node), _MAX_HEADLINES)
    while batch := list(islice(candidates, _BATCH)):
        for document in index.documents(batch, with_text=False):
            if document is not None:
                yield from near_pieces(text, document.title)
