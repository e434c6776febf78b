"""The sidebar's list of articles in sections: what it paints. Its moves are in `session.list_cursor`."""

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..session.list_cursor import ListCursor
from ..session.list_geometry import ListPosition
from ..session.list_model import ListItem, Section
from .caret import row_in
from .entry_cache import EntryCache
from .list_paint import Cursor, ListPaint
from .role_styles import RoleStyles, default_styles
from .row_cache import RowCache


class ArticleList(RowCache, ScrollView, can_focus=False):
    """Articles by section, with a cursor. It paints the list and the cursor that `show` sets."""

    auto_links = False

    class RowClicked(Message):
        """An entry or a header was clicked."""

        def __init__(self, at: ListPosition) -> None:
            super().__init__()
            self.at = at

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._list = ListCursor()
        self._is_inactive = False
        self._entries = EntryCache()
        self._paint = ListPaint(default_styles("side"))

    # Input

    def use(self, styles: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._paint = ListPaint(styles)
        self._redraw()

    def show(self, cursor: ListCursor, top: int) -> None:
        """Show a list and its cursor, and scroll to the cursor. Only rows that differ are painted.

        `top` is the first line of the pane if other entries than before are shown.
        """
        before, self._list = self._list, cursor
        if cursor.rows is not before.rows:
            self._entries.clear()
            self._entries.use(cursor.rows)
            self._measure()
            self.to_line(top)
        elif cursor.geometry is not before.geometry:
            self._measure()
        elif cursor.at == before.at:
            return
        else:
            self._refresh_stop(before.at)
            self._refresh_stop(cursor.at)
        self._into_sight()

    def show_marks(self, cursor: ListCursor, number: int) -> None:
        """Repaint entry `number` and the headers whose counts changed. `cursor` has the same entries as before."""
        before, self._list = self._list, cursor
        self._entries.use(cursor.rows)
        for at, (old, new) in enumerate(zip(before.geometry.sections, cursor.geometry.sections, strict=True)):
            if old != new:
                self._refresh_stop(ListPosition(at))
        for each in self._entries.copies(number):
            self._entries.fetch_again(each)
            self._refresh_stop(self._list.geometry.of_entry(each))

    def show_all_marks(self) -> None:
        """Fetch and repaint the visible entries, after their marks changed."""
        self._entries.clear()
        self._redraw()

    def to_line(self, line: int) -> None:
        """Scroll a line of the list to the top of the pane."""
        self.scroll_to(y=line, animate=False, force=True, immediate=True)

    @property
    def is_inactive(self) -> bool:
        """True while another pane receives the keys; the cursor is then dimmed."""
        return self._is_inactive

    @is_inactive.setter
    def is_inactive(self, away: bool) -> None:
        if away != self._is_inactive:
            self._is_inactive = away
            self._refresh_stop(self._list.at)

    # State

    @property
    def entry(self) -> ListItem | None:
        """The article under the cursor; None on a header."""
        return None if self.number is None else self._entries.entry(self.number)

    @property
    def number(self) -> int | None:
        """The index in the source of the article under the cursor; None on a header."""
        return self._list.at.entry

    @property
    def caret(self) -> Offset:
        """The screen position of the start of the cursor's row."""
        line = self._list.geometry.line_of(self._list.at) if self.section else 0
        return row_in(self.content_region, line - self.top_line)

    @property
    def section(self) -> Section | None:
        """The section that contains the cursor; None in an empty list."""
        return self._list.section

    @property
    def folded(self) -> frozenset[str]:
        return self._list.geometry.folded

    @property
    def top_line(self) -> int:
        return int(self.scroll_offset.y)

    def shows_as_opened(self) -> bool:
        """Return whether `show` could restore this view: no section collapsed, the cursor on a visible entry."""
        if self.number is None or self.folded:
            return False
        first, bottom = self._cursor_lines()
        return self.top_line <= first and bottom <= self.top_line + self.size.height

    def on_click(self, event: events.Click) -> None:
        spot = self._list.geometry.spot(int(event.y + self.scroll_offset.y))
        if spot is not None:
            self.post_message(self.RowClicked(spot[0]))

    # Painting

    def draw_row(self, row: int) -> Strip:
        paint, width, geometry = self._paint, self.size.width, self._list.geometry
        spot = geometry.spot(row)
        if spot is None:
            return paint.blank(width)
        at, part = spot
        cursor: Cursor = None
        if at == self._list.at:
            cursor = "cursor_away" if self._is_inactive else "cursor"
        if at.entry is None:
            return paint.header(geometry.sections[at.section], geometry.is_folded(at.section), cursor, width)
        entry = self._entries.entry(at.entry)
        return paint.entry(entry, part, cursor, width) if entry else paint.blank(width)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._list.geometry.lines)
        self._into_sight()

    # Internals

    def _measure(self) -> None:
        self.virtual_size = Size(self.size.width, self._list.geometry.lines)
        self._redraw()

    def _redraw(self) -> None:
        self.forget_rows()
        self.refresh()

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
