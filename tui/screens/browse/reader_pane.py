"""The contents of the reader pane: the article, the position in it, the matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...article import Article, Block
from ...compose import ComposedArticle, compose
from ...i18n import _
from ...markdown import blocks
from ...reading import Position, Reading
from ...session.page_positions import GONE, Match, by_block, located, page_position_of, position_of
from ...session.stores import Stores
from ...widgets.article_page import ArticlePage, PagePosition

if TYPE_CHECKING:
    from ...session.article_text import Link
    from ...text.document import FieldSpan


class ReaderPane:
    """Opens articles in the page, saves the reading position of each, and moves between matches.

    The reading position and the position of a shown match are separate. A match that is only shown becomes the
    reading position when the user scrolls on from it.
    """

    def __init__(self, page: ArticlePage, stores: Stores) -> None:
        self._view = page
        self._stores = stores
        self._page: ComposedArticle | None = None
        self.article: Article | None = None
        self.spans: tuple[FieldSpan, ...] = ()
        self.matches: list[Match] = []
        self.match_number = 0
        self._shown_at: PagePosition | None = None
        """Position at the top of the pane when a match was shown; None if the pane shows the reading position."""

    def open(self, article_id: str, spans: Sequence[FieldSpan] = (), position: Position | None = None) -> None:
        """Show an article at its first match, else at `position`, else where the user left it.

        Raises one of the exceptions in `GONE` if the article can no longer be read.
        """
        article = self._stores.catalogue.article(article_id)
        page = compose(article, blocks(article.body), above=self._above(article))
        self.save_position()
        self.article, self._page, self._shown_at = article, page, None
        self._view.page = page
        self._take(spans)
        if self.matches:
            self._to_match()
        else:
            self._view.go_to(*page_position_of(page, position or self._reading.position(article_id)))

    @property
    def explains(self) -> bool:
        """Whether the pane says why the library has no article."""
        return self.article is None and self._view.page is not None

    def explain(self) -> None:
        """Say why the library has no article, what was left out, and what to do."""
        from ...library.emptiness import emptiness  # only an empty library needs it

        found = emptiness(self._stores.root, self._stores.catalogue.problems())
        said = [Block("item", line, marker="•") for line in found.problems]
        rest = [Block("paragraph", line) for line in (found.passed_over, found.to_do) if line]
        lines = (Block("headline", _("没有能读的文章")), Block("paragraph", found.seen), *said, *rest)
        self.article = self._page = None
        self._view.page = ComposedArticle(lines, 1, len(lines))
        self._view.go_to(0, 0)

    def refresh(self) -> None:
        """Reload the article if its file changed. An article that no longer exists stays on the screen."""
        try:
            article = self._stores.catalogue.article(self.article.id) if self.article else None
        except GONE:
            return
        if article and article != self.article:
            self.compose_again()

    def compose_again(self) -> None:
        """Reload the open article from its file and set it in the current language. The position stays."""
        if self.article:
            article_id = self.article.id
            position = None if self._only_shows else self.position
            self.article = self._page = None
            self.open(article_id, position=position)

    def save_position(self) -> None:
        """Save the reading position, unless the pane only shows a match."""
        if self.article and self._page and not self._only_shows:
            self._shown_at = None
            self._reading.remember_position(self.article.id, position_of(self._page, self._view.page_position))

    @property
    def position(self) -> Position:
        return position_of(self._page, self._view.page_position) if self._page else Position(0, 0)

    def highlight(self, spans: Sequence[FieldSpan]) -> None:
        """Highlight the matches and scroll to the first; without matches, return to the reading position."""
        self.save_position()
        self._take(spans)
        if self.matches:
            self._to_match()
        elif self._only_shows and self._page and self.article:
            self._view.go_to(*page_position_of(self._page, self._reading.position(self.article.id)))
            self._shown_at = None

    def move_match(self, distance: int) -> bool:
        """Move by `distance` matches. Return False, without moving, if the article has no such match."""
        if not 0 <= self.match_number + distance < len(self.matches):
            return False
        self.save_position()
        self.match_number += distance
        self._to_match()
        return True

    def matches_beyond(self, step: int) -> int:
        """Return how many matches follow the current one in this article, or precede it if `step` is negative."""
        return max(len(self.matches) - 1 - self.match_number, 0) if step > 0 else self.match_number

    def to_last_match(self) -> None:
        """Go to the last match of this article."""
        self.move_match(len(self.matches) - 1 - self.match_number)

    def headings(self) -> list[tuple[str, int, int]]:
        """Return the headline and subheads of the article as (text, level, block index)."""
        if not self._page:
            return []
        return [(b.text, b.level, n) for n, b in enumerate(self._page.blocks) if b.kind in ("headline", "subhead")]

    def links(self) -> list[Link]:
        """Return the article's links and pictures in reading order."""
        from ...session.article_text import links_of  # only a command needs it, not the first screen

        return links_of(self._page.blocks) if self._page else []

    def go_to(self, position: Position) -> None:
        """Go to an earlier position in the open article, which need not be the reading position."""
        if self._page and self.article:
            self._view.go_to(*page_position_of(self._page, position))
            is_read = position == (self._reading.position(self.article.id) or Position(0, 0))
            self._shown_at = None if is_read else self._view.page_position

    def return_to_match(self, number: int, position: Position) -> None:
        """Restore a match by its index, with `position` at the top of the pane."""
        if self._page and number < len(self.matches):
            self.match_number = number
            self._view.current_match = self.matches[number]
            self._view.go_to(*page_position_of(self._page, position))
            self._shown_at = self._view.page_position

    def go_to_block(self, block: int) -> None:
        """Go to a block of the page and make it the reading position."""
        self._view.go_to(block)
        self.read_on()

    def read_on(self) -> None:
        """Make the shown position the reading position."""
        self._shown_at = None

    @property
    def _only_shows(self) -> bool:
        """Whether the pane shows a match and the user has not scrolled since."""
        return self._shown_at is not None and self._shown_at == self._view.page_position

    def _take(self, spans: Sequence[FieldSpan]) -> None:
        self.spans = tuple(spans)
        self.matches = located(self._page, spans) if self._page else []
        self.match_number = 0
        self._view.matches = by_block(self.matches)
        self._view.current_match = None

    def _to_match(self) -> None:
        self._view.current_match = self.matches[self.match_number] if self.matches else None
        if self.matches:
            self._view.bring_into_view(*self.matches[self.match_number][:2])
            self._shown_at = self._view.page_position

    @property
    def _reading(self) -> Reading:
        return self._stores.reading

    def _above(self, article: Article) -> list[str]:
        place = self._stores.gazetteer.by_id(article.place_id)
        return [above.label for above in self._stores.gazetteer.above(place)] if place else []
