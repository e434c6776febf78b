"""Positions in an article as they are kept, and the same places in the article as it is composed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue import NoArticle
from ..compose import ComposedArticle
from ..library import BadArticle, BadFile
from ..reading import Position

if TYPE_CHECKING:
    from ..text.document import FieldSpan

PagePosition = tuple[int, int]
"""Block of the composed article and code point in its text."""
Match = tuple[int, int, int]
"""Block of the composed article, first code point, end."""

GONE = (NoArticle, OSError, BadArticle, BadFile)
"""Raised when an article can no longer be read."""


def located(page: ComposedArticle, spans: Sequence[FieldSpan]) -> list[Match]:
    """The spans as they lie in the page; those in fields it does not show are left out."""
    found = []
    for field, start, end in spans:
        try:
            found.append(page.locate(field, start, end))
        except KeyError:
            continue
    return found


def by_block(hits: Sequence[Match]) -> dict[int, list[tuple[int, int]]]:
    """The hits of each block."""
    found: dict[int, list[tuple[int, int]]] = {}
    for block, start, end in hits:
        found.setdefault(block, []).append((start, end))
    return found


def position_of(page: ComposedArticle, place: PagePosition) -> Position:
    """A place in the page as it is kept: paragraph and code point. All above the first paragraph is the start."""
    where, offset = page.origin(*place)
    if isinstance(where, int):
        return Position(where, offset)
    if where == "dateline":
        return Position(page.opened - page.body, 0)
    return Position(max(page.end - page.body - 1, 0), 0) if where == "byline" else Position(0, 0)


def place_of(page: ComposedArticle, position: Position | None) -> PagePosition:
    """The inverse; the top of the page for the start, or for a paragraph that is no more."""
    if position is None or position == Position(0, 0):
        return 0, 0
    try:
        return page.locate(position.block, position.offset)[:2]
    except KeyError:
        return 0, 0
