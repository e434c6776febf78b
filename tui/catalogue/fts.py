"""Conversion of a query to an FTS5 expression that finds every hit, and to what must be verified on the text.

A term of one or two characters is itself a gram. For a longer term the expression requires its grams, and the text
decides. An excluded part goes into the expression only if its expression is exact.
"""

from collections.abc import Callable
from typing import assert_never

from ..query.filters import Filter, IndexValue
from ..query.regex_literals import required_literals
from ..query.tree import And, Near, Node, Not, Or, Regex, Term, has_words
from .grams import AUTHOR, BULLETIN, MAX_VALUE, PLACE, SOUND, TAG, TITLE, exact, value_token, wanted

MAX_GRAMS = 5
"""Grams required for one term. A few rare ones exclude nearly all other articles, and each common one takes time. There
are no counts of pairs that are not words, so a few of them may all be common."""
Rarest = Callable[[list[str]], list[str]]
"""Returns the rarest of the given grams, at most `MAX_GRAMS`."""
_MAX_PARTS = 200
"""Parts of one expression; SQLite limits its depth."""
_KINDS = {"place": PLACE, "author": AUTHOR, "tag": TAG, "bulletin": BULLETIN, "sound": SOUND}


def spread(grams: list[str], most: int = MAX_GRAMS) -> list[str]:
    """Return at most `most` grams at equal distances: the choice if their frequencies are unknown."""
    return grams[:: -(-len(grams) // most)] if len(grams) > most else grams


def expression(node: Node, rarest: Rarest = spread, title: bool = False) -> str | None:
    """Return an expression that finds at least every hit, with `title` every hit in the title; None if impossible."""
    match node:
        case Term():
            prefix = TITLE if title or node.title else ""
            return _all([f'"{prefix}{gram}"' for gram in rarest(wanted(node.text))])
        case Regex():
            return expression(required_literals(node.source), rarest, node.title)
        case Filter():
            return _any([_token(value) for value in node.index_values()])
        case And(parts) | Near(parts):
            return _every(parts, rarest, title)
        case Or(parts):
            if title:  # a filter alone says nothing about titles
                parts = tuple(part for part in parts if has_words(part)) or parts
            found = [expression(part, rarest, title) for part in parts[:_MAX_PARTS]]
            if len(parts) > _MAX_PARTS or not all(found):
                return None
            return f"({' OR '.join(one for one in found if one)})"
        case Not():
            return None
        case _:
            assert_never(node)


def _token(value: IndexValue) -> str:
    return f'"{value_token(_KINDS[value.kind], value.value)}"' + (" *" if value.is_prefix else "")


def _every(parts: tuple[Node, ...], rarest: Rarest, title: bool) -> str | None:
    found = _all([one for part in parts[:_MAX_PARTS] if (one := expression(part, rarest, title))])
    if not found:
        return None
    for part in parts[:_MAX_PARTS]:
        if isinstance(part, Not) and is_exact(part.part) and (excluded := expression(part.part)):
            found = f"({found} NOT {excluded})"
    return found


def _all(found: list[str]) -> str | None:
    if len(found) < 2:
        return found[0] if found else None
    return f"({' AND '.join(found)})"


def _any(found: list[str]) -> str | None:
    return f"({' OR '.join(found)})" if found else None


def is_exact(node: Node) -> bool:
    """Return whether the expression finds only hits."""
    match node:
        case Term():
            return exact(node.text) and not node.bounded
        case Filter():
            values = node.index_values()
            return bool(values) and node.is_exact and all(len(one.value) < MAX_VALUE for one in values)
        case And(parts):
            # FTS5 has no unary NOT: an exclusion needs another part
            has_wanted = any(not isinstance(part, Not) for part in parts)
            return has_wanted and len(parts) <= _MAX_PARTS and all(map(_is_settled, parts))
        case Or(parts):
            return 0 < len(parts) <= _MAX_PARTS and all(map(is_exact, parts))
        case Not() | Near() | Regex():
            return False
        case _:
            assert_never(node)


def remainder(node: Node) -> Node:
    """Return the part of `node` that must still be verified on an article that the expression found."""
    if is_exact(node):
        return And(())
    if isinstance(node, And) and len(node.parts) <= _MAX_PARTS and expression(node):
        return And(tuple(part for part in node.parts if not _is_settled(part)))
    return node


def _is_settled(part: Node) -> bool:
    return is_exact(part.part if isinstance(part, Not) else part)


def days(node: Node) -> tuple[str, str]:
    """Return the first and the last day that a hit can have, as ISO dates; an empty string is open."""
    match node:
        case Filter():
            return node.days()
        case And(parts):
            spans = [days(part) for part in parts]
            lasts = [last for _, last in spans if last]
            return max((first for first, _ in spans), default=""), min(lasts, default="")
        case Term() | Or() | Not() | Near() | Regex():
            return "", ""
        case _:
            assert_never(node)
