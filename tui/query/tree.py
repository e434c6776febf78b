"""A query as it was understood: a small tree, and how it is written out again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

_MARKS = frozenset('()"|')
_OPERATORS = frozenset({"OR", "AND", "NOT", "或", "且", "非", "｜"})
Mark = Literal["unread", "read", "starred"]


@dataclass(frozen=True, slots=True)
class Term:
    """Text that must occur in one field, folded. `literal` in quotes: never read as pinyin or a number."""

    text: str
    typed: str
    literal: bool = False
    title: bool = False
    """Only in the title."""
    bounded: bool = False
    """Must not stand inside a longer number."""


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """In one of these places."""

    typed: str
    codes: frozenset[int]
    labels: frozenset[str]
    """Folded."""


@dataclass(frozen=True, slots=True)
class AuthorFilter:
    """Written by somebody whose name, folded, begins so."""

    typed: str
    name: str


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Dated within these days, `2023-06-01` to `2023-06-30`, both included; empty is open."""

    typed: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """Marked so by this reader."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; without parts everything is found."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of the parts holds."""

    parts: tuple["Node", ...]


Node = Term | PlaceFilter | AuthorFilter | DateFilter | MarkFilter | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and what it means."""

    typed: str
    root: Node
    read_as: str = field(default="")

    @property
    def empty(self) -> bool:
        return self.root == And(())


def words(node: Node) -> Iterator[Term]:
    """The words that may be found in an article: those that are not excluded."""
    match node:
        case Term():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from words(part)
        case _:
            return


def has_words(node: Node) -> bool:
    """Return whether there is a word in the node that is not excluded."""
    return next(words(node), None) is not None


def written(node: Node, inner: bool = False) -> str:
    """The node in the query language, so that reading it again gives the same."""
    match node:
        case Term():
            shown = quoted(node.typed) if node.literal or (inner and _misleading(node.typed)) else node.typed
            return f"title:{shown}" if node.title else shown
        case PlaceFilter(typed):
            return f"place:{spaced(typed)}"
        case AuthorFilter(typed):
            return f"author:{spaced(typed)}"
        case DateFilter(typed):
            return f"date:{typed}"
        case MarkFilter(mark):
            return f"is:{mark}"
        case Not(part):
            return f"-{written(part, True)}"
        case And(parts):
            text = " ".join(written(part, True) for part in parts)
        case Or(parts):
            text = " OR ".join(written(part, True) for part in parts)
    return f"({text})" if inner and len(parts) != 1 else text


def _misleading(text: str) -> bool:
    """Whether a word that is text might, among others, be taken for an operator or a bracket."""
    return text[0] in "-－" or text in _OPERATORS or not _MARKS.isdisjoint(text)


def quoted(text: str) -> str:
    """In quotes; a quote within cannot be written in a query and becomes its full-width twin, which means the same."""
    return '"' + text.replace('"', "＂") + '"'


def spaced(text: str) -> str:
    """In quotes unless it is a plain name: what has spaces, brackets or operators in it is read otherwise without."""
    text = text.replace('"', "＂")
    return text if text.replace("·", "").isalnum() and text not in _OPERATORS else quoted(text)
