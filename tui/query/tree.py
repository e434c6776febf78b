"""The tree of a parsed query, and its conversion back to text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, assert_never

from .filters import OPERATORS, Filter, quoted

_PUNCTUATION = frozenset('()"|')


@dataclass(frozen=True, slots=True)
class Term:
    """Folded text that must occur within one field. `literal` (quoted): not interpreted as pinyin or a number."""

    text: str
    typed: str
    literal: bool = False
    title: bool = False
    """Whether it must occur in the title."""
    bounded: bool = False
    """Whether matches inside a longer number are rejected."""

    def __hash__(self) -> int:
        """Return the hash of the text: terms are keys for every article, and few terms of a query share a text."""
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, between slashes in the query, that must match the printed text of one field."""

    source: str
    title: bool = False
    """Whether it must match in the title."""


@dataclass(frozen=True, slots=True)
class Not:
    """A negation: true if the part is false."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """A conjunction: true if every part is true; without parts it matches every article."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """A disjunction: true if at least one part is true."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A proximity condition: one field has matches of every part, at most `distance` characters apart."""

    parts: tuple["Node", ...]
    distance: int


Node = Term | Regex | Filter | Not | And | Or | Near
Order = Literal["", "newest", "oldest", "score"]


@dataclass(frozen=True, slots=True)
class Query:
    """The typed text and its parsed tree."""

    typed: str
    root: Node
    read_as: str = field(default="")
    order: Order = ""
    """The order of the hits; empty if the query does not specify one."""

    @property
    def empty(self) -> bool:
        return self.root == And(())


def leaves(node: Node, excluded: bool = False) -> Iterator[Term | Regex | Filter]:
    """Yield the terms, expressions and filters in order; with `excluded` also those under a `Not`."""
    match node:
        case Term() | Regex() | Filter():
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
    """Return the tree with each term replaced by `change(term, excluded)`."""
    match node:
        case Term():
            return change(node, excluded)
        case Filter() | Regex():
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
    """Yield the terms that are not excluded: those that a hit may contain."""
    return (one for one in leaves(node) if isinstance(one, Term))


def has_words(node: Node) -> bool:
    """Return whether the node has a term that is not excluded."""
    return next(words(node), None) is not None


def written(node: Node, inner: bool = False) -> str:
    """Return the node in the query language; parsing the text gives an equal node.

    `inner` tells that the text becomes part of a larger query and may need brackets or quotes.
    """
    match node:
        case Term():
            is_quoted = node.literal or (inner and _is_misleading(node.typed)) or _is_like_regex(node.typed)
            shown = quoted(node.typed) if is_quoted else node.typed
            return f"title:{shown}" if node.title else shown
        case Regex():
            return f"title:/{node.source}/" if node.title else f"/{node.source}/"
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
    """Return whether a term could be mistaken for an operator, a bracket or an expression among other terms."""
    return (
        text[0] in "-－" or (text[0] == "/" and len(text) > 1) or text in OPERATORS or not _PUNCTUATION.isdisjoint(text)
    )


def _is_like_regex(text: str) -> bool:
    return len(text) > 2 and text[0] == text[-1] == "/"
