"""A scrolling page that keeps the reading position when its width changes.

The position is a block and a code point. Blocks not set yet have estimated heights (`typeset.setting`), so every
change of a height scrolls the position back to the top of the pane.
"""

from itertools import accumulate

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.timer import Timer

from ..compose import ComposedArticle
from ..session.page_positions import PagePosition
from ..typeset import PageLayout, Row, Style, even, set_page
from .row_cache import RowCache

TOP = 1
"""Empty rows above the headline."""
BOTTOM = 1
"""Empty rows below the last line."""
_SLICE = 16_000
"""Code points set per timer tick, so that keys are handled while the rest of a long article is set."""
_ROOM_TO_HANG = 24
"""Cells. Narrower panes have no margin for hanging marks."""
_OVERLAP_LINES = 2
"""Rows that remain visible after moving by a page."""


class PageScroll(RowCache, ScrollView):
    """A page centred in its pane at a given measure, with the reading position."""

    DEFAULT_CSS = """
    PageScroll { overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; }
    """

    page: var[ComposedArticle | None] = var(None, init=False)
    """The article shown; assigning it scrolls to the top."""
    measure: var[int] = var(72, init=False)
    """Cells. Maximum width of the text column; narrower panes reduce it."""
    setting_style: var[Style] = var(Style(), init=False)

    class PositionChanged(Message):
        """The text at the top of the pane, or the percentage read, changed."""

        def __init__(self, block: int, offset: int, percent: int) -> None:
            """Create the message; `percent` is the share of the text up to the last visible row, 0 to 100."""
            super().__init__()
            self.block = block
            self.offset = offset
            self.percent = percent

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, PageScroll.PositionChanged)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.auto_links = False
        self._setting: PageLayout | None = None
        self._set_for: int | None = None
        self._ahead: int | None = None
        self._settling: Timer | None = None
        self._place: PagePosition = (0, 0)
        self._left = 0
        self._before: list[int] = [0]
        self._reported: tuple[int, int, int] | None = None

    @property
    def page_position(self) -> PagePosition:
        """The position at the top of the pane."""
        return self._place

    @property
    def percent(self) -> int:
        """Share of the text up to the last visible row, 0 to 100."""
        if self._setting is None or not self._before[-1]:
            return 0
        last = self._row_at(self.scroll_offset.y + self._height - 1)
        if last is None:
            return 100
        end = last.line.end if last.line else 0
        return min(100, 100 * (self._before[last.block] + end) // self._before[-1])

    def is_shown(self, block: int, offset: int) -> bool:
        """Return whether this character is in the pane."""
        if self._setting is None:
            return False
        y = self._setting.row_of(block, offset) + TOP - self.scroll_offset.y
        return 0 <= y < self._height

    def watch_page(self) -> None:
        blocks = self.page.blocks if self.page else ()
        self._before = list(accumulate((len(block.text) for block in blocks), initial=0))
        self._place = (0, 0)
        self._reported = None
        self._set()

    def watch_measure(self) -> None:
        self._set()

    def watch_setting_style(self) -> None:
        self._set()

    def on_resize(self, event: events.Resize) -> None:
        if self._set_for == self._width and self._setting is not None:
            self._keep_position()
            self._settle_soon()
        else:
            self._set()

    def _set(self) -> None:
        """Set the page for the current width and keep the position at the top."""
        self._fit()
        if self._setting is None:
            self.virtual_size = Size(0, 0)
        else:
            self._keep_position()
            self._settle_soon()
        self.refresh()

    def _fit(self) -> None:
        """Create a layout for the current width. Leaves the virtual size and the scroll offset unchanged."""
        self.forget_rows()
        self._setting, self._set_for, self._ahead = None, None, None
        width = self._width
        if self.page is None or width < 1:
            return
        measure = self._measure_for(width)
        self._left = (width - measure) // 2
        style = self.setting_style
        if style.hanging and width < _ROOM_TO_HANG:
            style = style._replace(hanging=False)
        self._setting = set_page(self.page, measure, style)
        self._setting.settle(_SLICE // 4)
        self._set_for = width

    def first_row(self) -> int:
        """Return the row at the top of the pane.

        Textual paints a pane in its new width before the resize event. The page is then set at once and painted from
        the kept position, so that no frame shows the old lines.
        """
        if self._set_for is not None and self._set_for != self._width:
            self._fit()
            self._ahead = self._row_of_position()
        return self.scroll_offset.y if self._ahead is None else self._ahead

    def _row_of_position(self) -> int:
        if self._setting is None or self._place == (0, 0):
            return 0
        y = self._setting.row_of(*self._place) + TOP
        return max(0, min(y, self._setting.rows + TOP + BOTTOM - self._height))

    def _measure_for(self, width: int) -> int:
        """Return the measure for a pane of `width` cells: whole ems, with margins unless the pane is very narrow."""
        margin = (
            2 if width >= 44 or (self.setting_style.hanging and width >= _ROOM_TO_HANG) else 1 if width >= 24 else 0
        )
        return even(min(self.measure, width - 2 * margin)) if width > 1 else 1

    def _settle_soon(self) -> None:
        if self._settling is None and self._setting is not None and not self._setting.is_settled:
            self._settling = self.set_timer(0.02, self._settle)

    def _settle(self) -> None:
        """Set another slice of a long article. Rows above the pane may change; the visible ones do not."""
        self._settling = None
        if self._setting is not None and self._setting.settle(_SLICE):
            self._keep_position()
            self._settle_soon()

    def _keep_position(self) -> None:
        """Update the page's height and scroll the position to the top."""
        setting = self._setting
        if setting is None:
            return
        self._ahead = None
        y = self._row_of_position()
        size = Size(self._width, setting.rows + TOP + BOTTOM)
        if size != self.virtual_size or y != self.scroll_offset.y:
            kept = self._place
            self.forget_rows()
            self.virtual_size = size
            self._to_row(y)
            self._place = kept
        self._tell()

    def _row_at(self, y: int) -> Row | None:
        """Return the page row at widget row `y`; None above and below the page."""
        if self._setting is None:
            return None
        try:
            return self._setting.row(y - TOP)
        except IndexError:
            return None

    def line_down(self, count: int = 1) -> None:
        """Move down by lines; up if `count` is negative. Like this the other moves."""
        self._move(count)

    def page_down(self, count: int = 1) -> None:
        self._move(count * max(1, self._height - _OVERLAP_LINES))

    def half_page_down(self, count: int = 1) -> None:
        self._move(count * max(1, self._height // 2))

    def to_top(self) -> None:
        self._to_row(0)

    def to_end(self) -> None:
        self._set_for_now()
        if self._setting is None or self.page is None:
            return
        last = len(self.page.blocks) - 1
        self._setting.lines(last)
        self._make_exact(last - self._height, last)
        self._to_row(self._setting.rows + TOP + BOTTOM - self._height)

    def go_to(self, block: int, offset: int = 0, *, above: int = 0) -> None:
        """Scroll a character to the top of the pane, with `above` rows before it."""
        self._set_for_now()
        if self._setting is None or self.page is None:
            self._place = (block, offset)
            return
        block = max(0, min(block, len(self.page.blocks) - 1))
        self._make_exact(block - self._height, block)
        y = self._setting.row_of(block, offset) + TOP
        self._to_row(y - above if (block, offset) != (0, 0) else 0)
        if above == 0 and self.scroll_offset.y == y:
            self._place = (block, offset)

    def bring_into_view(self, block: int, offset: int) -> None:
        """Scroll if the character is not visible, so that it appears a third of the way down."""
        if not self.is_shown(block, offset):
            self.go_to(block, offset, above=self._height // 3)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self._setting is None or self._set_for != self._width:
            return
        y = self.scroll_offset.y
        self._place = (0, 0) if y <= TOP else self._setting.position(y - TOP)
        if not self._setting.is_settled and self._place != (0, 0):
            self._keep_position()
        else:
            self._tell()

    def _move(self, rows: int) -> None:
        """Scroll by `rows`. Blocks on the way are set first, so that no row is skipped."""
        self._set_for_now()
        if self._setting is None:
            return
        if not self._setting.is_settled:
            here = self._place[0]
            self._make_exact(*((here + rows, here) if rows < 0 else (here, self._last_within(rows))))
            self._keep_position()
        self._to_row(self.scroll_offset.y + rows)

    def _set_for_now(self) -> None:
        """Set the page for the current width if the resize event has not arrived yet."""
        if self.page is not None and self._set_for != self._width:
            self._set()

    def _last_within(self, rows: int) -> int:
        """Return the index of the last block in the pane after scrolling down by `rows`."""
        if self._setting is None or self.page is None:
            return 0
        left, last = rows + self._height, self._place[0]
        while last + 1 < len(self.page.blocks) and (left := left - len(self._setting.lines(last))) > 0:
            last += 1
        return last

    def _make_exact(self, first: int, last: int) -> None:
        """Set blocks `first` to `last` completely, so that their heights are exact."""
        if self._setting is None or self._setting.is_settled:
            return
        for n in range(max(0, first), last + 1):
            self._setting.lines(n)
        self.forget_rows()
        self.virtual_size = Size(self._width, self._setting.rows + TOP + BOTTOM)

    def _to_row(self, y: int) -> None:
        self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def _tell(self) -> None:
        report = (*self._place, self.percent)
        if report != self._reported:
            self._reported = report
            self.screen.post_message(self.PositionChanged(*report))  # not through the queue of each container

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height
