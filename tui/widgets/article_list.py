"""The sidebar's list of articles in sections. It fetches and paints only visible entries."""

from collections import OrderedDict
from collections.abc import Sequence

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..session.list_model import EmptyModel, ListItem, ListModel, Section
from .caret import row_in
from .list_geometry import ListGeometry, ListPosition
from .list_paint import Cursor, ListPaint
from .role_styles import RoleStyles, default_styles
from .row_cache import RowCache

PAGE_ENTRIES = 256
"""Entries fetched in one call."""
KEPT_PAGES = 64
"""Pages of `PAGE` entries kept in memory."""


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
        self._source: ListModel = EmptyModel()
        self._geometry = ListGeometry((), 2)
        self._cursor = ListPosition(0)
        self._last: ListItem | None = None
        self._is_inactive = False
        self._pages: OrderedDict[int, Sequence[ListItem]] = OrderedDict()
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
        self._source = source
        self._pages.clear()
        self._set_geometry(folded)
        self._cursor = self._first_stop(entry)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._into_sight()
        self._report()

    def as_opened(self) -> bool:
        """Return whether `show` could restore this view: no section collapsed, the cursor on a visible entry."""
        if self._cursor.entry is None or self._geometry.folded:
            return False
        first, bottom = self._cursor_lines()
        return self.top_line <= first and bottom <= self.top_line + self.size.height

    def update(self, source: ListModel) -> None:
        """Show a new version of the list. The cursor stays on its article, or on the nearest stop."""
        self._save_last()
        entry, stop = self.entry, self._stop()
        self._source = source
        self._pages.clear()
        self._set_geometry(self._geometry.folded)
        number = source.find(entry.id) if entry else None
        if number is not None:
            self._cursor = self._geometry.of_entry(number)
        else:
            self._cursor = self._geometry.at_stop(stop) if self._geometry.stops else ListPosition(0)
        self._into_sight()
        if (now := self.entry) is None or entry is None or now.id != entry.id:
            self._report()

    def marks_changed(self, source: ListModel, number: int | None) -> None:
        """Repaint entry `number` and the headers whose counts changed. `source` has the same entries as before."""
        before = self._geometry.sections
        if [_outline(section) for section in before] != [_outline(section) for section in source.sections]:
            self.update(source)
            return
        self._source = source
        self._geometry = ListGeometry(source.sections, source.height, self._geometry.folded)
        for at, (old, new) in enumerate(zip(before, source.sections, strict=True)):
            if old != new:
                self._refresh_stop(ListPosition(at))
        for each in self._numbers_of(number) if number is not None else ():
            self._fetch_again(each)
            self._refresh_stop(self._geometry.of_entry(each))

    def entries_changed(self) -> None:
        """Fetch and repaint the visible entries, after their marks changed."""
        self._pages.clear()
        self._redraw()

    @property
    def is_inactive(self) -> bool:
        """True while another pane receives the keys; the cursor is then dimmed."""
        return self._is_inactive

    @is_inactive.setter
    def is_inactive(self, away: bool) -> None:
        if away != self._is_inactive:
            self._is_inactive = away
            self._refresh_stop(self._cursor)

    # State

    @property
    def source(self) -> ListModel:
        return self._source

    @property
    def entry(self) -> ListItem | None:
        """The article under the cursor; None on a header."""
        return None if self._cursor.entry is None else self._fetch(self._cursor.entry)

    @property
    def last_entry(self) -> ListItem | None:
        """The article under the cursor; on a header, the article the cursor was on last."""
        return self.entry or self._last

    @property
    def number(self) -> int | None:
        """The index in the source of the article under the cursor; None on a header."""
        return self._cursor.entry

    @property
    def cursor_position(self) -> ListPosition:
        """The position of the cursor. `stand` returns to it."""
        return self._cursor

    @property
    def caret(self) -> Offset:
        """The screen position of the start of the cursor's row."""
        line = self._geometry.line_of(self._cursor) if self._geometry.sections else 0
        return row_in(self.content_region, line - self.top_line)

    @property
    def section(self) -> Section | None:
        """The section that contains the cursor; None in an empty list."""
        return self._geometry.sections[self._cursor.section] if self._geometry.sections else None

    @property
    def folded(self) -> frozenset[str]:
        return self._geometry.folded

    @property
    def on_header(self) -> bool:
        return self._cursor.entry is None

    @property
    def top_line(self) -> int:
        return int(self.scroll_offset.y)

    # Movement

    def move(self, distance: int) -> None:
        """Move the cursor by `distance` stops; negative moves up."""
        if self._geometry.stops:
            self._set_cursor(self._geometry.at_stop(self._stop() + distance))

    def move_to_position(self, at: ListPosition) -> None:
        """Move the cursor to `at`, if the list still has that position."""
        if self._geometry.has(at):
            self._set_cursor(at)

    def move_page(self, pages: int, of: float = 1) -> None:
        """Move the cursor by `pages` times `of` screens, and scroll along."""
        self.move(pages * self.page_stops(of))

    def page_stops(self, of: float = 1) -> int:
        """Return how many stops make up `of` screens, at least 1."""
        lines = max(int(of * max(self.size.height - self._geometry.height, 1)), 1)
        return max(lines // self._geometry.height, 1)

    def move_top(self) -> None:
        """Move to the first article and scroll to the top, which shows the named lists."""
        if self._geometry.stops:
            self._set_cursor(self._first_stop(0))
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def move_end(self) -> None:
        self._set_cursor(self._geometry.at_stop(self._geometry.stops - 1))

    def move_to(self, entry: int) -> None:
        """Move to entry number `entry` and expand its section."""
        if 0 <= entry < len(self._source):
            section = self._geometry.section_of(entry)
            if self._geometry.is_folded(section):
                self._set_geometry(self._geometry.folded - {self._geometry.sections[section].key})
            self._set_cursor(ListPosition(section, entry))

    def move_section(self, distance: int) -> None:
        """Move to the first article of the section `distance` sections away, skipping named lists."""
        places = self._group_sections()
        if not places:
            return
        here = next((n for n, place in enumerate(places) if place >= self._cursor.section), len(places))
        if here < len(places) and places[here] != self._cursor.section and distance > 0:
            here -= 1
        self.open_section(places[min(max(here + distance, 0), len(places) - 1)])

    def nth_section(self, number: int) -> None:
        """Move to the first article of section `number`, counted from 1 without named lists."""
        places = self._group_sections()
        if places:
            self.open_section(places[min(number, len(places)) - 1])

    def open_section(self, section: int) -> None:
        """Move to a section's first article, or to its header if it is collapsed."""
        first = self._geometry.sections[section].start
        self._set_cursor(ListPosition(section) if self._geometry.is_folded(section) else ListPosition(section, first))

    def fold(self) -> None:
        """Collapse the section under the cursor, or expand it."""
        section = self.section
        if section is None or section.is_named_list or not section.label:
            return
        self._save_last()
        number = self._cursor.section
        was_folded = section.key in self._geometry.folded
        self._set_geometry(self._geometry.folded ^ {section.key})
        self._cursor = ListPosition(number, section.start) if was_folded and section.count else ListPosition(number)
        self._into_sight()
        self._redraw()
        self._report()

    # Mouse

    def on_click(self, event: events.Click) -> None:
        spot = self._geometry.spot(int(event.y + self.scroll_offset.y))
        if spot is None:
            return
        at, _part = spot
        if at.entry is None:
            self._click_header(at)
        elif at == self._cursor and (entry := self.entry):
            self.post_message(self.EntryChosen(entry))
        else:
            self._set_cursor(at)

    def _click_header(self, at: ListPosition) -> None:
        section = self._geometry.sections[at.section]
        if section.is_named_list:
            self.post_message(self.NamedListChosen(section.key))
            return
        self._cursor = at
        self.fold()

    # Painting

    def draw_row(self, row: int) -> Strip:
        paint, width = self._paint, self.size.width
        spot = self._geometry.spot(row)
        if spot is None:
            return paint.blank(width)
        at, part = spot
        cursor: Cursor = None if at != self._cursor else "cursor_away" if self._is_inactive else "cursor"
        if at.entry is None:
            return paint.header(
                self._geometry.sections[at.section], self._geometry.is_folded(at.section), cursor, width
            )
        entry = self._fetch(at.entry)
        return paint.entry(entry, part, cursor, width) if entry else paint.blank(width)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._geometry.lines)
        self._into_sight()

    # Internals

    def _fetch(self, entry: int) -> ListItem | None:
        number, inside = divmod(entry, PAGE_ENTRIES)
        page = self._pages.get(number)
        if page is None:
            page = self._source.entries(number * PAGE_ENTRIES, (number + 1) * PAGE_ENTRIES)
            self._pages[number] = page
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[inside] if inside < len(page) else None

    def _numbers_of(self, entry: int) -> list[int]:
        """Return the cached indexes of the article at `entry`: grouping by author lists some articles several times."""
        item = self._fetch(entry)
        return [
            number * PAGE_ENTRIES + inside
            for number, page in self._pages.items()
            for inside, each in enumerate(page)
            if item is not None and each.id == item.id
        ]

    def _fetch_again(self, entry: int) -> None:
        """Replace one entry in the cached pages."""
        number, inside = divmod(entry, PAGE_ENTRIES)
        page = self._pages.get(number)
        new = self._source.entries(entry, entry + 1)
        if page is not None and inside < len(page) and new and new[0].id == page[inside].id:
            self._pages[number] = (*page[:inside], new[0], *page[inside + 1 :])
        else:
            self._pages.pop(number, None)

    def _group_sections(self) -> list[int]:
        return [n for n, section in enumerate(self._geometry.sections) if not section.is_named_list]

    def _first_stop(self, entry: int | None) -> ListPosition:
        if entry is not None and len(self._source):
            return self._geometry.of_entry(min(entry, len(self._source) - 1))
        return ListPosition(0)

    def _stop(self) -> int:
        return self._geometry.stop_of(self._cursor) if self._geometry.stops else 0

    def _set_geometry(self, folded: frozenset[str]) -> None:
        self._geometry = ListGeometry(self._source.sections, self._source.height, folded)
        self.virtual_size = Size(self.size.width, self._geometry.lines)
        self._redraw()

    def _redraw(self) -> None:
        self.forget_rows()
        self.refresh()

    def _set_cursor(self, at: ListPosition) -> None:
        if at == self._cursor or not self._geometry.stops:
            return
        self._save_last()
        before, self._cursor = self._cursor, at
        self._refresh_stop(before)
        self._refresh_stop(at)
        self._into_sight()
        self._report()

    def _save_last(self) -> None:
        """Remember the article that the cursor is about to leave."""
        self._last = self.last_entry

    def _report(self) -> None:
        """Post `CursorMoved` directly to the screen; bubbling through the panes takes longer than the step itself."""
        self.screen.post_message(self.CursorMoved(self.entry))

    def _refresh_stop(self, at: ListPosition) -> None:
        if at.section < len(self._geometry.sections):
            line, height = self._geometry.line_of(at), self._geometry.height_of(at)
            self.forget_rows(range(line, line + height))
            self.refresh(Region(0, line - self.top_line, self.size.width, height))

    def _into_sight(self) -> None:
        """Scroll the cursor to the middle if it is outside the pane; else do nothing.

        Later steps then repaint only the cursor's lines instead of the whole list, and the user sees what follows.
        """
        height = self.size.height
        if not height or not self._geometry.stops:
            return
        first, bottom = self._cursor_lines()
        top = self.top_line
        if first < top or bottom > top + height:
            middle = (first + bottom - height) // 2
            self.scroll_to(y=max(middle, 0), animate=False, force=True, immediate=True)

    def _cursor_lines(self) -> tuple[int, int]:
        """Return the cursor's first line and the line after its last. A section's first entry includes the header."""
        line = self._geometry.line_of(self._cursor)
        bottom = line + self._geometry.height_of(self._cursor)
        section = self._geometry.sections[self._cursor.section]
        if self._cursor.entry == section.start and section.label and bottom - line < self.size.height:
            line -= 1
        return line, bottom


def _outline(section: Section) -> tuple[str, int, int, bool]:
    """Return the properties of a section that determine the rows of its entries."""
    return section.key, section.start, section.count, section.is_named_list
