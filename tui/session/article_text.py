"""An article divided into units to read: sentences, paragraphs, sections. Pure; independent of any screen width."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from ..article import Article, Block
from ..compose import ComposedArticle, compose
from ..markdown import blocks
from ..reading import Position
from .page_positions import PagePosition, page_position_of, position_of

UnitKind = Literal["sentence", "paragraph", "section"]
UNIT_KINDS: tuple[UnitKind, ...] = ("sentence", "paragraph", "section")

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?…]+[”’」』）)】》]*|[^。！？!?]+$")
"""One sentence: up to its stop mark and the closing marks that follow it (CLREQ 3.1.2, 3.1.3)."""
_BY_LINE = frozenset(("table", "code"))
"""Kinds of block in which each line counts as a sentence."""


class Unit(NamedTuple):
    """A stretch of the article that is read in one step: `start` inclusive, `end` exclusive."""

    start: PagePosition
    end: PagePosition


class Link(NamedTuple):
    """A link in the article: the linked words and the address."""

    text: str
    target: str


def links_of(blocks: Iterable[Block]) -> list[Link]:
    """Return the links and the addresses of pictures in reading order, without repeated addresses."""
    found: dict[str, Link] = {}
    for block in blocks:
        if block.kind == "caption" and block.target:
            found.setdefault(block.target, Link(block.text, block.target))
        for span in block.spans:
            if span.kind == "link":
                found.setdefault(span.target, Link(block.text[span.start : span.end], span.target))
    return list(found.values())


class ArticleText:
    """The text of one article and the boundaries of its units. Immutable; units are computed on first use."""

    def __init__(self, article: Article, above: Sequence[str] | None = None) -> None:
        """Divide an article. With `above`, the places around its own, it begins with a line of places and authors."""
        self.article = article
        self.page: ComposedArticle = compose(article, blocks(article.body), above=above or (), chrome=above is not None)
        self._units: dict[UnitKind, list[Unit]] = {}

    def units(self, kind: UnitKind) -> list[Unit]:
        """Return all units of `kind` in reading order. The list is empty for an article without a body."""
        if kind not in self._units:
            self._units[kind] = self._cut(kind)
        return self._units[kind]

    def number_at(self, kind: UnitKind, place: PagePosition) -> int:
        """Return the index of the unit that contains `place`, or 0 if `place` is above the body."""
        return max(bisect_right(self.units(kind), place, key=lambda unit: unit.start) - 1, 0)

    def place(self, position: Position | None) -> PagePosition:
        """Convert a saved position to a position in the composed article; None becomes the top."""
        return page_position_of(self.page, position)

    def position(self, place: PagePosition) -> Position:
        """Convert `place` to a position that can be saved.

        Everything up to the first readable block becomes the start of the article.
        """
        first = self.readable[0] if self.readable else 0
        return Position(0, 0) if place <= (first, 0) else position_of(self.page, place)

    def block(self, number: int) -> Block:
        return self.page.blocks[number]

    @cached_property
    def readable(self) -> list[int]:
        """Indexes of the body's blocks that contain text."""
        return [n for n in range(self.page.body, self.page.end) if self.page.blocks[n].text.strip()]

    @cached_property
    def subheads(self) -> list[int]:
        """Indexes of the blocks that are subheads."""
        return [n for n in self.readable if self.page.blocks[n].kind == "subhead"]

    @cached_property
    def links(self) -> list[Link]:
        """The links and pictures; see `links_of`."""
        return links_of(self.page.blocks)

    def item_number(self, number: int) -> tuple[int, int]:
        """Return the number of a list item within its list, counted from 1, and the number of items in the list."""
        first, last = number, number
        while self._is_sibling(first - 1, number):
            first -= 1
        while self._is_sibling(last + 1, number):
            last += 1
        return number - first + 1, last - first + 1

    def _is_sibling(self, other: int, number: int) -> bool:
        if not self.page.body <= other < self.page.end:
            return False
        a, b = self.page.blocks[other], self.page.blocks[number]
        return (a.kind, a.level) == (b.kind, b.level)

    def _cut(self, kind: UnitKind) -> list[Unit]:
        if kind == "paragraph":
            return [Unit((n, 0), (n, len(self.block(n).text))) for n in self.readable]
        if kind == "sentence":
            return [unit for n in self.readable for unit in self._sentences(n)]
        starts = [n for n in self.readable if n == self.readable[0] or self.block(n).kind == "subhead"]
        ends = [*starts[1:], self.readable[-1] + 1] if starts else []
        return [Unit((start, 0), (end, 0)) for start, end in zip(starts, ends, strict=True)]

    def _sentences(self, number: int) -> list[Unit]:
        block = self.block(number)
        pattern = r"[^\n]+" if block.kind in _BY_LINE else _SENTENCE
        found = [match.span() for match in re.finditer(pattern, block.text) if match[0].strip()]
        if block.kind == "table" and len(found) > 1:
            del found[0]  # the column names are repeated in every row
        return [Unit((number, start), (number, end)) for start, end in found]
