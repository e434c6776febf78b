"""Expansion of a query: adds the interpretations of its terms, in the order in which their hits are shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ..fold import dense
from .numerals import as_printed, numeral_variants
from .tree import Node, Or, Query, Regex, Term, leaves, mapped, words, written

Reader = Callable[[str], tuple[str, ...]]
"""Returns the words that typed pinyin may mean."""

_MAX_SHOWN = 6
"""Words shown as the interpretation of one typed word."""
_MOST = 12
"""Combinations of readings that become variants."""
_MOST_READ, _MOST_TRIED = 32, 64
"""Different words. The limits of a query for words that get interpretations and for words tried as pinyin; a longer
query is pasted text."""


class Interpretation(NamedTuple):
    """The meanings of a typed word: 开鲁 for `kailu`, 十二 for `12`."""

    typed: str
    words: tuple[str, ...]
    """The likeliest few, likeliest first."""
    others: tuple[str, ...] = ()
    """The other words that are searched for too; typing `=词` in the query selects one."""


@dataclass(frozen=True)
class Expanded:
    """A query with its terms interpreted."""

    variants: tuple[Node, ...]
    """The query as typed, then with each reading. Hits of an earlier variant are shown before those of a later one."""
    combined: Node
    """All variants in one node."""
    interpretations: tuple[Interpretation, ...]
    read_as: str

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The different terms that a hit may contain."""
        return tuple(dict.fromkeys(words(self.combined)))

    @cached_property
    def regexes(self) -> tuple[Regex, ...]:
        """The regular expressions that are not excluded."""
        return tuple(one for one in leaves(self.combined) if isinstance(one, Regex))


def expand(query: Query, reader: Reader, numbers: bool, occurs: Callable[[str], bool]) -> Expanded:
    """Add to each term that is not literal its interpretations. If it has any, drop the typed word unless it occurs."""
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
    """Yield every choice of one index below each count, by rising sum, then in lexicographic order."""
    for total in range(sum(counts) - len(counts) + 1):
        yield from _of_sum(counts, total)


def _of_sum(counts: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Yield the choices whose sum is `total`, in order. Derives each from the previous one, without dead ends."""
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
    """Return the tree with terms replaced from `plain`, excluded terms from `excluded`."""
    return mapped(node, lambda word, is_excluded: (excluded if is_excluded else plain).get(word, word))


def _pick(nodes: tuple[Node, ...], at: int) -> Node:
    return nodes[at]


def _any(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(nodes)


def _shown(word: Term, nodes: tuple[Node, ...]) -> tuple[str, ...]:
    """Return the readings as typed words, without `word` itself."""
    if len(nodes) == 1 and isinstance(nodes[0], Or):
        nodes = nodes[0].parts
    return tuple(node.typed for node in nodes if isinstance(node, Term) and node != word)


def _interpretation(word: Term, nodes: tuple[Node, ...]) -> Interpretation:
    shown = _shown(word, nodes)
    return Interpretation(word.typed, shown[:_MAX_SHOWN], shown[_MAX_SHOWN:])


def _arrow(word: Term, nodes: tuple[Node, ...]) -> str:
    _, words, others = _interpretation(word, nodes)
    return f"{word.typed} › {' '.join(words)}{' …' if others else ''}"
