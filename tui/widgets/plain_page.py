"""The reader pane, plain: the set page of an article without type styles."""

from collections.abc import Sequence

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..page import Page
from ..typeset import Setting, Style, painted, set_page
from .inks import Inks, standing
from .strips import strip

Place = tuple[int, int]


class PlainPage(ScrollView, can_focus=False):
    """Shows a page at a measure, from a place in it."""

    auto_links = False

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page: Page | None = None
        self._setting: Setting | None = None
        self.measure = 72
        self.hits: Sequence[tuple[int, int, int]] = ()
        self._inks = standing("page")

    def use(self, inks: Inks) -> None:
        """Draw in these inks."""
        self._inks = inks
        self.refresh()

    def show(self, page: Page, place: Place = (0, 0), hits: Sequence[tuple[int, int, int]] = ()) -> None:
        self._page, self.hits = page, hits
        self._set(place)

    @property
    def place(self) -> Place:
        return self._setting.place(int(self.scroll_offset.y)) if self._setting else (0, 0)

    @property
    def percent(self) -> int:
        if not self._setting:
            return 0
        below = self._setting.rows - self.size.height
        return 100 if below <= 0 else round(100 * self.scroll_offset.y / below)

    def go_to(self, block: int, offset: int) -> None:
        if self._setting:
            self._to(self._setting.find(block, offset))

    def scroll_lines(self, lines: int) -> None:
        self._to(int(self.scroll_offset.y) + lines)

    def scroll_pages(self, pages: float) -> None:
        self.scroll_lines(round(pages * (self.size.height - 1)))

    def to_top(self) -> None:
        self._to(0)

    def to_end(self) -> None:
        if self._setting:
            self._setting.settle(10**9)
            self._resize()
            self._to(self._setting.rows)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self._inks.plain
        y += int(self.scroll_offset.y)
        if not self._setting or y >= self._setting.rows:
            return Strip.blank(width, base)
        row = self._setting.row(y)
        text = painted(self._setting.prepared(row.block), row.line) if row.line else ""
        return strip([(" " * max((width - self._setting.measure) // 2, 1), base), (text, base)], width, base)

    def on_resize(self) -> None:
        if self._page:
            self._set(self.place)

    def _set(self, place: Place) -> None:
        if self._page is None:
            return
        self._setting = set_page(self._page, max(min(self.measure, self.size.width - 4), 2), Style())
        self._setting.settle(50_000)
        self._resize()
        self._to(self._setting.find(*place) if place != (0, 0) else 0)
        self.refresh()

    def _resize(self) -> None:
        if self._setting:
            self.virtual_size = Size(self.size.width, self._setting.rows)

    def _to(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True, immediate=True)
