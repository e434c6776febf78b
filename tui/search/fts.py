"""A query as FTS5 takes it: an expression that finds every hit, and what is still to be looked at in the text.

A word of one or two characters is a gram itself; of a longer one all grams are asked for, and the text decides. What
is excluded is given to the index only where the grams are the whole truth.
"""

from collections.abc import Callable

from ..catalogue.grams import AUTHOR, PLACE, TITLE, exact, value_token, wanted
from ..query.tree import And, AuthorFilter, DateFilter, MarkFilter, Node, Not, Or, PlaceFilter, Term, has_words

MOST = 5
"""Grams asked for one word: a few rare ones say nearly all there is to say, and each common one costs. How rare pairs
are that are no words is not known: three of them may all be common."""
Rarest = Callable[[list[str]], list[str]]
"""At most MOST of some grams, the rarest."""
_MOST_PARTS = 200
"""Parts of one expression; SQLite's parser has its bounds."""


def spread(grams: list[str], most: int = MOST) -> list[str]:
    """Some of the grams, where nothing is known of their rarity."""
    return grams[:: -(-len(grams) // most)] if len(grams) > most else grams


def expression(node: Node, rarest: Rarest = spread, title: bool = False) -> str | None:
    """Finds at least what the query finds, in the titles alone if so wished; None where the index cannot help."""
    match node:
        case Term():
            prefix = TITLE if title or node.title else ""
            return _all([f'"{prefix}{gram}"' for gram in rarest(wanted(node.text))])
        case PlaceFilter(_, codes, labels):
            tokens = [
                *(f'"{PLACE}{code}"' for code in sorted(codes)),
                *(f'"{value_token(PLACE, one)}"' for one in labels),
            ]
            return f"({' OR '.join(tokens)})"
        case AuthorFilter():
            return f'"{value_token(AUTHOR, node.name)}" *'
        case And(parts):
            return _every(parts, rarest, title)
        case Or(parts):
            if title:  # what finds an article by a filter alone says nothing about titles
                parts = tuple(part for part in parts if has_words(part)) or parts
            found = [expression(part, rarest, title) for part in parts[:_MOST_PARTS]]
            if len(parts) > _MOST_PARTS or not all(found):
                return None
            return f"({' OR '.join(one for one in found if one)})"
        case Not() | DateFilter() | MarkFilter():
            return None


def _every(parts: tuple[Node, ...], rarest: Rarest, title: bool) -> str | None:
    found = _all([one for part in parts[:_MOST_PARTS] if (one := expression(part, rarest, title))])
    if not found:
        return None
    for part in parts[:_MOST_PARTS]:
        if isinstance(part, Not) and certain(part.part) and (excluded := expression(part.part)):
            found = f"({found} NOT {excluded})"
    return found


def _all(found: list[str]) -> str | None:
    if len(found) < 2:
        return found[0] if found else None
    return f"({' AND '.join(found)})"


def certain(node: Node) -> bool:
    """Whether what the expression finds are the hits, with nothing left to look at."""
    match node:
        case Term():
            return exact(node.text) and not node.bounded
        case PlaceFilter() | AuthorFilter():
            return True
        case And(parts):
            excluded = [part.part for part in parts if isinstance(part, Not)]
            wanted_parts = [part for part in parts if not isinstance(part, Not)]
            every = [*excluded, *wanted_parts]
            return bool(wanted_parts) and len(parts) <= _MOST_PARTS and all(certain(part) for part in every)
        case Or(parts):
            return 0 < len(parts) <= _MOST_PARTS and all(certain(part) for part in parts)
    return False


def rest(node: Node) -> Node:
    """What is still to be looked at in an article that the expression found."""
    if certain(node):
        return And(())
    if isinstance(node, And) and expression(node) and len(node.parts) <= _MOST_PARTS:
        return And(tuple(part for part in node.parts if not _settled(part)))
    return node


def _settled(part: Node) -> bool:
    return certain(part.part) if isinstance(part, Not) else certain(part)


def days(node: Node) -> tuple[str, str]:
    """The first and the last day on which anything can be found; empty is open."""
    if isinstance(node, DateFilter):
        return node.first, node.last
    if isinstance(node, And):
        spans = [days(part) for part in node.parts]
        lasts = [last for _, last in spans if last]
        return max((first for first, _ in spans), default=""), min(lasts, default="")
    return "", ""
