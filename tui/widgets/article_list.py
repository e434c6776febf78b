"""The sidebar's list of articles in sections: what it paints. Its moves are in `session.list_cursor`."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..session import list_cursor
from ..session.list_cursor import ListCursor
from ..session.list_geometry import ListPosition
from ..session.list_model import ListItem, ListModel, Section
from .caret import row_in
from .entry_cache import EntryCache
from .list_paint import Cursor, ListPaint
from .role_styles import RoleStyles, default_styles
from .row_cache import RowCache

P = ParamSpec("P")


class ArticleList(RowCache, ScrollView, can_focus=False):
    """Articles by section, with a cursor. `show` sets the source; `CursorMoved` reports cursor changes."""

    auto_links = False

    class CursorMoved(Message):
        """The cursor moved to another article, or to a header (None)."""

        def __init__(self, entry: ListItem | None) -> None:
            super().__init__()
            self.entry = entry

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, ArticleList.CursorMoved)

    class EntryChosen(Message):
        """The article under the cursor was clicked again: open it in the reader."""

        def __init__(self, entry: ListItem) -> None:
            super().__init__()
            self.entry = entry

    class NamedListChosen(Message):
        """A named list was clicked: open it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._list = ListCursor()
        self._last: ListItem | None = None
        self._is_inactive = False
        self._entries = EntryCache()
        self._paint = ListPaint(default_styles("side"))

    # Input

    def use(self, styles: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._paint = ListPaint(styles)
        self._redraw()

    def show(
        self,
        source: ListModel,
        *,
        folded: frozenset[str] = frozenset(),
        entry: int | None = 0,
        top: int = 0,
        last: ListItem | None = None,
    ) -> None:
        """Show `source` with the cursor on `entry` (None: the first header) and line `top` at the top.

        `last` becomes `last_entry` while the cursor is on a header; None keeps the article under the cursor.
        """
        self._save_last()
        self._last = last or self._last
        self._take(list_cursor.opened(source, folded, entry))
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._into_sight()
        self._report()

    def as_opened(self) -> bool:
        """Return whether `show` could restore this view: no section collapsed, the cursor on a visible entry."""
        if self.on_header or self.folded:
            return False
        first, bottom = self._cursor_lines()
        return self.top_line <= first and bottom <= self.top_line + self.size.height

    def update(self, source: ListModel) -> None:
        """Show a new version of the list. The cursor stays on its article, or on the nearest stop."""
        self._save_last()
        before = self.entry
        self._take(list_cursor.renewed(self._list, source, before.id if before else None))
        self._into_sight()
        if (now := self.entry) is None or before is None or now.id != before.id:
            self._report()

    def marks_changed(self, source: ListModel, number: int | None) -> None:
        """Repaint entry `number` and the headers whose counts changed. `source` has the same entries as before."""
        before, renewed = self._list.geometry.sections, list_cursor.recounted(self._list, source)
        if renewed is None:
            self.update(source)
            return
        self._list = renewed
        self._entries.use(source)
        for at, (old, new) in enumerate(zip(before, source.sections, strict=True)):
            if old != new:
                self._refresh_stop(ListPosition(at))
        for each in self._entries.copies(number) if number is not None else ():
            self._entries.fetch_again(each)
            self._refresh_stop(self._list.geometry.of_entry(each))

    def entries_changed(self) -> None:
        """Fetch and repaint the visible entries, after their marks changed."""
        self._entries.clear()
        self._redraw()

    @property
    def is_inactive(self) -> bool:
        """True while another pane receives the keys; the cursor is then dimmed."""
        return self._is_inactive

    @is_inactive.setter
    def is_inactive(self, away: bool) -> None:
        if away != self._is_inactive:
            self._is_inactive = away
            self._refresh_stop(self.cursor_position)

    # State

    @property
    def source(self) -> ListModel:
        return self._list.rows

    @property
    def entry(self) -> ListItem | None:
        """The article under the cursor; None on a header."""
        return None if self.number is None else self._entries.entry(self.number)

    @property
    def last_entry(self) -> ListItem | None:
        """The article under the cursor; on a header, the article the cursor was on last."""
        return self.entry or self._last

    @property
    def number(self) -> int | None:
        """The index in the source of the article under the cursor; None on a header."""
        return self._list.at.entry

    @property
    def cursor_position(self) -> ListPosition:
        """The position of the cursor. `list_cursor.to_position` returns to it."""
        return self._list.at

    @property
    def caret(self) -> Offset:
        """The screen position of the start of the cursor's row."""
        line = self._list.geometry.line_of(self.cursor_position) if self.section else 0
        return row_in(self.content_region, line - self.top_line)

    @property
    def section(self) -> Section | None:
        """The section that contains the cursor; None in an empty list."""
        return self._list.section

    @property
    def folded(self) -> frozenset[str]:
        return self._list.geometry.folded

    @property
    def on_header(self) -> bool:
        return self.number is None

    @property
    def top_line(self) -> int:
        return int(self.scroll_offset.y)

    # Movement

    def go(self, move: Callable[Concatenate[ListCursor, P], ListCursor], *args: P.args, **options: P.kwargs) -> None:
        """Move the cursor by a function of `list_cursor`; repaint what changed and scroll to the cursor."""
        after = move(self._list, *args, **options)
        if after.geometry is self._list.geometry and after.at == self.cursor_position:
            return
        self._save_last()
        before, self._list = self._list, after
        if after.geometry is before.geometry:
            self._refresh_stop(before.at)
            self._refresh_stop(after.at)
        else:
            self._measure()
        self._into_sight()
        self._report()

    def page_stops(self, of: float = 1) -> int:
        """Return how many stops make up `of` screens, at least 1."""
        height = self._list.geometry.height
        return max(max(int(of * max(self.size.height - height, 1)), 1) // height, 1)

    def go_to_top(self) -> None:
        """Move to the first article and scroll to the top, which shows the named lists."""
        self.go(list_cursor.to_top)
        self.scroll_to(y=0, animate=False, force=True, immediate=True)

    # Mouse

    def on_click(self, event: events.Click) -> None:
        spot = self._list.geometry.spot(int(event.y + self.scroll_offset.y))
        if spot is None:
            return
        at, _part = spot
        section = self._list.geometry.sections[at.section]
        if at.entry is not None and at == self.cursor_position and (entry := self.entry):
            self.post_message(self.EntryChosen(entry))
        elif at.entry is not None:
            self.go(list_cursor.to_position, at)
        elif section.is_named_list:
            self.post_message(self.NamedListChosen(section.key))
        else:
            self.go(list_cursor.toggle_fold, at.section)

    # Painting

    def draw_row(self, row: int) -> Strip:
        paint, width, geometry = self._paint, self.size.width, self._list.geometry
        spot = geometry.spot(row)
        if spot is None:
            return paint.blank(width)
        at, part = spot
        cursor: Cursor = None
        if at == self.cursor_position:
            cursor = "cursor_away" if self._is_inactive else "cursor"
        if at.entry is None:
            return paint.header(geometry.sections[at.section], geometry.is_folded(at.section), cursor, width)
        entry = self._entries.entry(at.entry)
        return paint.entry(entry, part, cursor, width) if entry else paint.blank(width)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._list.geometry.lines)
        self._into_sight()

    # Internals

    def _take(self, new: ListCursor) -> None:
        self._list = new
        self._entries.clear()
        self._entries.use(new.rows)
        self._measure()

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self._list.geometry.lines)
        self._redraw()

    def _redraw(self) -> None:
        self.forget_rows()
        self.refresh()

    def _save_last(self) -> None:
        """Remember the article that the cursor is about to leave."""
        self._last = self.last_entry

    def _report(self) -> None:
        """Post `CursorMoved` directly to the screen; bubbling through the panes takes longer than the step itself."""
        self.screen.post_message(self.CursorMoved(self.entry))

    def _refresh_stop(self, at: ListPosition) -> None:
        if at.section < len(self._list.geometry.sections):
            line, height = self._list.geometry.line_of(at), self._list.geometry.height_of(at)
            self.forget_rows(range(line, line + height))
            self.refresh(Region(0, line - self.top_line, self.size.width, height))

    def _into_sight(self) -> None:
        """Scroll the cursor to the middle if it is outside the pane; else do nothing.

        Later steps then repaint only the cursor's lines instead of the whole list, and the user sees what follows.
        """
        height = self.size.height
        if not height or not self._list.geometry.stops:
            return
        first, bottom = self._cursor_lines()
        top = self.top_line
        if first < top or bottom > top + height:
            middle = (first + bottom - height) // 2
            self.scroll_to(y=max(middle, 0), animate=False, force=True, immediate=True)

    def _cursor_lines(self) -> tuple[int, int]:
        """Return the cursor's first line and the line after its last. A section's first entry includes the header."""
        line = self._list.geometry.line_of(self._list.at)
        bottom = line + self._list.geometry.height_of(self._list.at)
        section = self._list.geometry.sections[self._list.at.section]
        if self._list.at.entry == section.start and section.label and bottom - line < self.size.height:
            line -= 1
        return line, bottom
