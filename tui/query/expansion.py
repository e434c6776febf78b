"""A query with its interpretations: what the words typed may mean, in the order of the hits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ..fold import dense
from .numerals import as_printed, numeral_variants
from .tree import Node, Or, Query, Term, leaves, mapped, written

Reader = Callable[[str], tuple[str, ...]]
"""The words that pinyin may mean."""

_MAX_SHOWN = 6
"""Words shown as the interpretation of one typed."""
_MOST = 12
"""Combinations of readings."""
_MOST_READ, _MOST_TRIED = 32, 64
"""Different words of a query that are given other meanings, and that are tried as pinyin: more than that is a pasted
text."""


class Interpretation(NamedTuple):
    """What something typed may mean: 开鲁 for `kailu`, 十二 for `12`."""

    typed: str
    words: tuple[str, ...]
    """The likeliest, the first few."""
    others: tuple[str, ...] = ()
    """Further words that occur and are searched for; `=词` in the query chooses one."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A query whose words are as they are meant."""

    variants: tuple[Node, ...]
    """As typed, then with each reading. Hits of an earlier variant come before those that only a later one finds."""
    combined: Node
    """All of them in one."""
    interpretations: tuple[Interpretation, ...]
    read_as: str


def expand(query: Query, reader: Reader, numbers: bool, occurs: Callable[[str], bool]) -> Expanded:
    """Give each plain word its readings. A typed word that does not occur is dropped if it has readings."""
    meanings: dict[Term, tuple[Node, ...]] = {}
    tried = 0
    for word in dict.fromkeys(one for one in leaves(query.root, excluded=True) if isinstance(one, Term)):
        tried += any("a" <= one <= "z" for one in word.text)
        known = reader if tried <= _MOST_TRIED else _no_pinyin
        if len(meanings) < _MOST_READ and (nodes := _meanings(word, known, numbers, occurs)) != (word,):
            meanings[word] = nodes
    if not meanings:
        return Expanded((query.root,), query.root, (), query.read_as)
    everything = {word: _any(nodes) for word, nodes in meanings.items()}
    combined = _replaced(query.root, everything, everything)
    chosen = list(islice(choices([len(nodes) for nodes in meanings.values()]), _MOST + 1))
    variants: list[Node] = [
        _replaced(query.root, dict(zip(meanings, map(_pick, meanings.values(), choice), strict=True)), everything)
        for choice in chosen[:_MOST]
    ]
    if len(chosen) > _MOST:
        variants.append(combined)
    readings = tuple(_interpretation(word, nodes) for word, nodes in meanings.items())
    shown = {word: Term(word.text, _arrow(word, nodes)) for word, nodes in meanings.items()}
    order = f" sort:{query.order}" if query.order else ""
    read_as = written(_replaced(query.root, shown, shown), bool(order)) + order
    return Expanded(tuple(variants), combined, readings, read_as)


def choices(counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every choice of one index below each count, by rising sum, then in order."""
    for total in range(sum(counts) - len(counts) + 1):
        yield from _of_sum(counts, total)


def _of_sum(counts: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Yield the choices whose sum is `total`, in order. Each is found from the last, so none is looked for in vain."""
    left = [0]
    for count in reversed(counts):
        left.append(left[-1] + count - 1)
    left.reverse()

    def filled(chosen: list[int], total: int) -> tuple[int, ...]:
        for count, behind in zip(counts[len(chosen) :], left[len(chosen) + 1 :], strict=True):
            chosen.append(max(0, total - behind))
            assert chosen[-1] < count
            total -= chosen[-1]
        return tuple(chosen)

    if total > left[0]:
        return
    choice = filled([], total)
    while True:
        yield choice
        behind = 0
        for at in range(len(counts) - 1, -1, -1):
            if behind and choice[at] + 1 < counts[at]:
                choice = filled([*choice[:at], choice[at] + 1], behind - 1)
                break
            behind += choice[at]
        else:
            return


def _no_pinyin(_typed: str) -> tuple[str, ...]:
    return ()


def _meanings(word: Term, reader: Reader, numbers: bool, occurs: Callable[[str], bool]) -> tuple[Node, ...]:
    if word.literal:
        return (word,)
    if numbers and (others := numeral_variants(word.text)):
        same = (Term(other, as_printed(other), title=word.title, bounded=True) for other in others)
        return (Or((word, *same)),)
    read = tuple(Term(dense(text), text, title=word.title) for text in reader(word.typed))
    read = tuple(one for one in read if one.text != word.text)
    return read if read and not occurs(word.text) else (word, *read)


def _replaced(node: Node, plain: Mapping[Term, Node], excluded: Mapping[Term, Node]) -> Node:
    """Return the tree with other words; what is excluded is excluded in every reading."""
    return mapped(node, lambda word, is_excluded: (excluded if is_excluded else plain).get(word, word))


def _pick(nodes: tuple[Node, ...], at: int) -> Node:
    return nodes[at]


def _any(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _shown(word: Term, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """The readings in words, without what was typed."""
    if len(nodes) == 1 and isinstance(nodes[0], Or):
        nodes = nodes[0].parts
    return tuple(node.typed for node in nodes if isinstance(node, Term) and node != word)


def _interpretation(word: Term, nodes: tuple[Node, ...]) -> Interpretation:
    shown = _shown(word, nodes)
    return Interpretation(word.typed, shown[:_MAX_SHOWN], shown[_MAX_SHOWN:])


def _arrow(word: Term, nodes: tuple[Node, ...]) -> str:
    _, words, others = _interpretation(word, nodes)
    return f"{word.typed} › {' '.join(words)}{' …' if others else ''}"
