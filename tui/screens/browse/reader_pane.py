"""What is in the reader pane: which article, from which place, with which hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...article import Article
from ...compose import ComposedArticle, compose
from ...markdown import blocks
from ...reading import Position, Reading
from ...session.positions import GONE, Match, by_block, located, place_of, position_of
from ...session.stores import Stores
from ...widgets.article_page import ArticlePage, PagePosition

if TYPE_CHECKING:
    from ...text.document import FieldSpan


class ReaderPane:
    """Opens articles in the page, keeps the place in each, walks the hits.

    The place where the user reads and the place of a hit are two: what is only shown, because a hit is there, becomes
    the place of reading when the user scrolls on from it.
    """

    def __init__(self, page: ArticlePage, stores: Stores) -> None:
        self._view = page
        self._stores = stores
        self._page: ComposedArticle | None = None
        self.article: Article | None = None
        self.spans: tuple[FieldSpan, ...] = ()
        self.hits: list[Match] = []
        self.hit_at = 0
        self._shown_at: PagePosition | None = None
        """Top of the pane when a hit was brought into sight; None where what is shown is what is read."""

    def open(self, article_id: str, spans: Sequence[FieldSpan] = (), position: Position | None = None) -> None:
        """Show an article at its first hit, at a position, or where it was left. Raises NoArticle when it is gone."""
        article = self._stores.catalogue.article(article_id)
        page = compose(article, blocks(article.body), above=self._above(article))
        self.keep_place()
        self.article, self._page, self._shown_at = article, page, None
        self._view.page = page
        self._take(spans)
        if self.hits:
            self._to_hit()
        else:
            self._view.go_to(*place_of(page, position or self._reading.position(article_id)))

    def refresh(self) -> None:
        """Take the article again if its file has changed; one that is gone stays on the screen."""
        try:
            article = self._stores.catalogue.article(self.article.id) if self.article else None
        except GONE:
            return
        if article and article != self.article:
            self.compose_again()

    def compose_again(self) -> None:
        """Take the article that is open from its file and words of the language chosen; the place stays."""
        if self.article:
            article_id = self.article.id
            position = None if self._only_shows else self.position
            self.article = self._page = None
            self.open(article_id, position=position)

    def keep_place(self) -> None:
        """Remember how far the article was read; a place that is only shown is none."""
        if self.article and self._page and not self._only_shows:
            self._shown_at = None
            self._reading.remember_position(self.article.id, position_of(self._page, self._view.page_position))

    @property
    def position(self) -> Position:
        return position_of(self._page, self._view.page_position) if self._page else Position(0, 0)

    def mark(self, spans: Sequence[FieldSpan]) -> None:
        """Mark these hits in the article that is shown, and bring the first into sight; without any, go back to the
        place of reading."""
        self.keep_place()
        self._take(spans)
        if self.hits:
            self._to_hit()
        elif self._only_shows and self._page and self.article:
            self._view.go_to(*place_of(self._page, self._reading.position(self.article.id)))
            self._shown_at = None

    def walk(self, distance: int) -> bool:
        """To the next hit of this article; False when there is none further."""
        if not 0 <= self.hit_at + distance < len(self.hits):
            return False
        self.keep_place()
        self.hit_at += distance
        self._to_hit()
        return True

    def hits_beyond(self, step: int) -> int:
        """How many hits of this article come after the one shown, or before it where `step` is negative."""
        return max(len(self.hits) - 1 - self.hit_at, 0) if step > 0 else self.hit_at

    def walk_to_last(self) -> None:
        """To the last hit of this article."""
        self.walk(len(self.hits) - 1 - self.hit_at)

    def headings(self) -> list[tuple[str, int, int]]:
        """Subheads of the article: text, depth, and their block."""
        if not self._page:
            return []
        return [(b.text, b.level, n) for n, b in enumerate(self._page.blocks) if b.kind in ("headline", "subhead")]

    def links(self) -> list[str]:
        """Addresses of the article's links, in order."""
        return [mark.target for _block, mark in self._view.links if mark.kind == "link"]

    def go_to(self, position: Position) -> None:
        """To a place in the article that is shown, where the user was, reading or not."""
        if self._page and self.article:
            self._view.go_to(*place_of(self._page, position))
            is_read = position == (self._reading.position(self.article.id) or Position(0, 0))
            self._shown_at = None if is_read else self._view.page_position

    def return_to_hit(self, number: int, position: Position) -> None:
        """To a hit as it was left: its number, and the place at the top of the pane."""
        if self._page and number < len(self.hits):
            self.hit_at = number
            self._view.here = self.hits[number]
            self._view.go_to(*place_of(self._page, position))
            self._shown_at = self._view.page_position

    def go_to_block(self, block: int) -> None:
        """To a block of the page, to read there."""
        self._view.go_to(block)
        self.read_on()

    def read_on(self) -> None:
        """From now on what is shown is what is read."""
        self._shown_at = None

    @property
    def _only_shows(self) -> bool:
        """Whether the pane shows a hit from which nobody has scrolled on."""
        return self._shown_at is not None and self._shown_at == self._view.page_position

    def _take(self, spans: Sequence[FieldSpan]) -> None:
        self.spans = tuple(spans)
        self.hits = located(self._page, spans) if self._page else []
        self.hit_at = 0
        self._view.hits = by_block(self.hits)
        self._view.here = None

    def _to_hit(self) -> None:
        self._view.here = self.hits[self.hit_at] if self.hits else None
        if self.hits:
            self._view.bring_into_view(*self.hits[self.hit_at][:2])
            self._shown_at = self._view.page_position

    @property
    def _reading(self) -> Reading:
        return self._stores.reading

    def _above(self, article: Article) -> list[str]:
        place = self._stores.gazetteer.by_id(article.place_id)
        return [above.label for above in self._stores.gazetteer.above(place)] if place else []
