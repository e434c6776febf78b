"""A query as it was understood: a small tree, and how it is written out again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, assert_never

from .filters import OPERATORS, Filter, quoted

_PUNCTUATION = frozenset('()"|')


@dataclass(frozen=True, slots=True)
class Term:
    """Folded text that must occur in one field. `literal` in quotes: never read as pinyin or a number."""

    text: str
    typed: str
    literal: bool = False
    title: bool = False
    """Only in the title."""
    bounded: bool = False
    """Not inside a longer number."""


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; without parts everything is found."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Every part holds, in one field, with at most `distance` characters between neighbouring matches."""

    parts: tuple["Node", ...]
    distance: int


Node = Term | Filter | Not | And | Or | Near
Order = Literal["", "newest", "oldest", "score"]


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and what it means."""

    typed: str
    root: Node
    read_as: str = field(default="")
    order: Order = ""
    """Of the hits; empty where the query does not say."""

    @property
    def empty(self) -> bool:
        return self.root == And(())


def leaves(node: Node, excluded: bool = False) -> Iterator[Term | Filter]:
    """Yield the terms and filters, in order; those that are `excluded` only if so asked."""
    match node:
        case Term() | Filter():
            yield node
        case And(parts) | Or(parts) | Near(parts):
            for part in parts:
                yield from leaves(part, excluded)
        case Not(part):
            if excluded:
                yield from leaves(part, excluded)
        case _:
            assert_never(node)


def mapped(node: Node, change: Callable[[Term, bool], Node], excluded: bool = False) -> Node:
    """Return the tree with `change(term, excluded)` in place of each term."""
    match node:
        case Term():
            return change(node, excluded)
        case Filter():
            return node
        case And(parts):
            return And(tuple(mapped(part, change, excluded) for part in parts))
        case Or(parts):
            return Or(tuple(mapped(part, change, excluded) for part in parts))
        case Near(parts, distance):
            return Near(tuple(mapped(part, change, excluded) for part in parts), distance)
        case Not(part):
            return Not(mapped(part, change, True))
        case _:
            assert_never(node)


def words(node: Node) -> Iterator[Term]:
    """Yield the terms that may be found in an article: those that are not excluded."""
    return (one for one in leaves(node) if isinstance(one, Term))


def has_words(node: Node) -> bool:
    """Return whether there is a term in the node that is not excluded."""
    return next(words(node), None) is not None


def written(node: Node, inner: bool = False) -> str:
    """Return the node in the query language, so that parsing it gives the same."""
    match node:
        case Term():
            shown = quoted(node.typed) if node.literal or (inner and _is_misleading(node.typed)) else node.typed
            return f"title:{shown}" if node.title else shown
        case Filter():
            return node.written()
        case Not(part):
            return f"-{written(part, True)}"
        case And(parts):
            text = " ".join(written(part, True) for part in parts)
        case Or(parts):
            text = " OR ".join(written(part, True) for part in parts)
        case Near(parts, distance):
            text = " ".join([*(written(part, True) for part in parts), f"near:{distance}"])
        case _:
            assert_never(node)
    return f"({text})" if inner and len(parts) != 1 else text


def _is_misleading(text: str) -> bool:
    """Return whether a term might be taken for an operator or a bracket when written among others."""
    return text[0] in "-－" or text in OPERATORS or not _PUNCTUATION.isdisjoint(text)
