"""Conversion between saved positions in an article and positions in the composed article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue import NoArticle
from ..compose import ComposedArticle
from ..i18n import _
from ..library import BadArticle, BadFile
from ..reading import Position

if TYPE_CHECKING:
    from ..text.document import FieldSpan

PagePosition = tuple[int, int]
"""Block index in the composed article and code point in the block's text."""
Match = tuple[int, int, int]
"""Block index in the composed article, first code point, end (exclusive)."""

GONE = (NoArticle, OSError, BadArticle, BadFile)
"""Exceptions that mean an article can no longer be read."""


def located(page: ComposedArticle, spans: Sequence[FieldSpan]) -> list[Match]:
    """Convert field spans to matches in `page`, skipping spans in fields that the page does not show."""
    found = []
    for field, start, end in spans:
        try:
            found.append(page.locate(field, start, end))
        except KeyError:
            continue
    return found


def by_block(matches: Sequence[Match]) -> dict[int, list[tuple[int, int]]]:
    """Group matches by block index."""
    found: dict[int, list[tuple[int, int]]] = {}
    for block, start, end in matches:
        found.setdefault(block, []).append((start, end))
    return found


def position_of(page: ComposedArticle, page_position: PagePosition) -> Position:
    """Convert a position in the page to one that can be saved.

    Everything above the first paragraph becomes the start of the article.
    """
    where, offset = page.origin(*page_position)
    if isinstance(where, int):
        return Position(where, offset)
    if where == "dateline":
        return Position(page.opened - page.body, 0)
    return Position(max(page.end - page.body - 1, 0), 0) if where == "byline" else Position(0, 0)


def page_position_of(page: ComposedArticle, position: Position | None) -> PagePosition:
    """Convert a saved position to a position in the page.

    Return the top of the page for None, for the start, and for a paragraph that no longer exists.
    """
    if position is None or position == Position(0, 0):
        return 0, 0
    try:
        return page.locate(position.block, position.offset)[:2]
    except KeyError:
        return 0, 0


def unreadable(error: Exception) -> str:
    """Return the notice for an article that cannot be opened. An OSError may pass: a server or a disk is away."""
    return _("这篇文章现在打不开") if isinstance(error, OSError) else _("这篇文章打不开了")
