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

PAGE = 256
"""Entries fetched in one call."""
PAGES = 64
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

    class Chosen(Message):
        """The article under the cursor was clicked again: open it in the reader."""

        def __init__(self, entry: ListItem) -> None:
            super().__init__()
            self.entry = entry

    class ShelfChosen(Message):
        """A named list was clicked: open it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source: ListModel = EmptyModel()
        self._shape = ListGeometry((), 2)
        self._cursor = ListPosition(0)
        self._last: ListItem | None = None
        self._away = False
        self._pages: OrderedDict[int, Sequence[ListItem]] = OrderedDict()
        self._paint = ListPaint(default_styles("side"))

    # Input

    def use(self, inks: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._paint = ListPaint(inks)
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
        self._note_last()
        self._last = last or self._last
        self._source = source
        self._pages.clear()
        self._reshape(folded)
        self._cursor = self._first_stop(entry)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self._into_sight()
        self._report()

    def as_opened(self) -> bool:
        """Return whether `show` could restore this view: no section collapsed, the cursor on a visible entry."""
        if self._cursor.entry is None or self._shape.folded:
            return False
        first, bottom = self._cursor_lines()
        return self.top_line <= first and bottom <= self.top_line + self.size.height

    def update(self, source: ListModel) -> None:
        """Show a new version of the list. The cursor stays on its article, or on the nearest stop."""
        self._note_last()
        entry, stop = self.entry, self._stop()
        self._source = source
        self._pages.clear()
        self._reshape(self._shape.folded)
        number = source.find(entry.id) if entry else None
        if number is not None:
            self._cursor = self._shape.of_entry(number)
        else:
            self._cursor = self._shape.at_stop(stop) if self._shape.stops else ListPosition(0)
        self._into_sight()
        if (now := self.entry) is None or entry is None or now.id != entry.id:
            self._report()

    def marks_changed(self, source: ListModel, number: int | None) -> None:
        """Repaint entry `number` and the headers whose counts changed. `source` has the same entries as before."""
        before = self._shape.sections
        if [_outline(section) for section in before] != [_outline(section) for section in source.sections]:
            self.update(source)
            return
        self._source = source
        self._shape = ListGeometry(source.sections, source.height, self._shape.folded)
        for at, (old, new) in enumerate(zip(before, source.sections, strict=True)):
            if old != new:
                self._refresh_stop(ListPosition(at))
        for each in self._copies(number) if number is not None else ():
            self._fetch_again(each)
            self._refresh_stop(self._shape.of_entry(each))

    def entries_changed(self) -> None:
        """Fetch and repaint the visible entries, after their marks changed."""
        self._pages.clear()
        self._redraw()

    @property
    def away(self) -> bool:
        """True while another pane receives the keys; the cursor is then dimmed."""
        return self._away

    @away.setter
    def away(self, away: bool) -> None:
        if away != self._away:
            self._away = away
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
    def standing(self) -> ListPosition:
        """The position of the cursor. `stand` returns to it."""
        return self._cursor

    @property
    def caret(self) -> Offset:
        """The screen position of the start of the cursor's row."""
        line = self._shape.line_of(self._cursor) if self._shape.sections else 0
        return row_in(self.content_region, line - self.top_line)

    @property
    def section(self) -> Section | None:
        """The section that contains the cursor; None in an empty list."""
        return self._shape.sections[self._cursor.section] if self._shape.sections else None

    @property
    def folded(self) -> frozenset[str]:
        return self._shape.folded

    @property
    def on_header(self) -> bool:
        return self._cursor.entry is None

    @property
    def top_line(self) -> int:
        return int(self.scroll_offset.y)

    # Movement

    def move(self, distance: int) -> None:
        """Move the cursor by `distance` stops; negative moves up."""
        if self._shape.stops:
            self._go(self._shape.at_stop(self._stop() + distance))

    def stand(self, at: ListPosition) -> None:
        """Move the cursor to `at`, if the list still has that position."""
        if self._shape.has(at):
            self._go(at)

    def move_page(self, pages: int, of: float = 1) -> None:
        """Move the cursor by `pages` times `of` screens, and scroll along."""
        self.move(pages * self.page_stops(of))

    def page_stops(self, of: float = 1) -> int:
        """Return how many stops make up `of` screens, at least 1."""
        lines = max(int(of * max(self.size.height - self._shape.height, 1)), 1)
        return max(lines // self._shape.height, 1)

    def move_top(self) -> None:
        """Move to the first article and scroll to the top, which shows the named lists."""
        if self._shape.stops:
            self._go(self._first_stop(0))
            self.scroll_to(y=0, animate=False, force=True, immediate=True)

    def move_end(self) -> None:
        self._go(self._shape.at_stop(self._shape.stops - 1))

    def move_to(self, entry: int) -> None:
        """Move to entry number `entry` and expand its section."""
        if 0 <= entry < len(self._source):
            section = self._shape.section_of(entry)
            if self._shape.is_folded(section):
                self._reshape(self._shape.folded - {self._shape.sections[section].key})
            self._go(ListPosition(section, entry))

    def move_section(self, distance: int) -> None:
        """Move to the first article of the section `distance` sections away, skipping named lists."""
        places = self._places()
        if not places:
            return
        here = next((n for n, place in enumerate(places) if place >= self._cursor.section), len(places))
        if here < len(places) and places[here] != self._cursor.section and distance > 0:
            here -= 1
        self.open_section(places[min(max(here + distance, 0), len(places) - 1)])

    def nth_section(self, number: int) -> None:
        """Move to the first article of section `number`, counted from 1 without named lists."""
        places = self._places()
        if places:
            self.open_section(places[min(number, len(places)) - 1])

    def open_section(self, section: int) -> None:
        """Move to a section's first article, or to its header if it is collapsed."""
        first = self._shape.sections[section].start
        self._go(ListPosition(section) if self._shape.is_folded(section) else ListPosition(section, first))

    def fold(self) -> None:
        """Collapse the section under the cursor, or expand it."""
        section = self.section
        if section is None or section.shelf or not section.label:
            return
        self._note_last()
        number = self._cursor.section
        was_folded = section.key in self._shape.folded
        self._reshape(self._shape.folded ^ {section.key})
        self._cursor = ListPosition(number, section.start) if was_folded and section.count else ListPosition(number)
        self._into_sight()
        self._redraw()
        self._report()

    # Mouse

    def on_click(self, event: events.Click) -> None:
        spot = self._shape.spot(int(event.y + self.scroll_offset.y))
        if spot is None:
            return
        at, _part = spot
        if at.entry is None:
            self._click_header(at)
        elif at == self._cursor and (entry := self.entry):
            self.post_message(self.Chosen(entry))
        else:
            self._go(at)

    def _click_header(self, at: ListPosition) -> None:
        section = self._shape.sections[at.section]
        if section.shelf:
            self.post_message(self.ShelfChosen(section.key))
            return
        self._cursor = at
        self.fold()

    # Painting

    def draw_row(self, row: int) -> Strip:
        paint, width = self._paint, self.size.width
        spot = self._shape.spot(row)
        if spot is None:
            return paint.blank(width)
        at, part = spot
        cursor: Cursor = None if at != self._cursor else "cursor_away" if self._away else "cursor"
        if at.entry is None:
            return paint.header(self._shape.sections[at.section], self._shape.is_folded(at.section), cursor, width)
        entry = self._fetch(at.entry)
        return paint.entry(entry, part, cursor, width) if entry else paint.blank(width)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._shape.lines)
        self._into_sight()

    # Internals

    def _fetch(self, entry: int) -> ListItem | None:
        number, inside = divmod(entry, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._source.entries(number * PAGE, (number + 1) * PAGE)
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page[inside] if inside < len(page) else None

    def _copies(self, entry: int) -> list[int]:
        """Return the cached indexes of the article at `entry`: grouping by author lists some articles several times."""
        item = self._fetch(entry)
        return [
            number * PAGE + inside
            for number, page in self._pages.items()
            for inside, each in enumerate(page)
            if item is not None and each.id == item.id
        ]

    def _fetch_again(self, entry: int) -> None:
        """Replace one entry in the cached pages."""
        number, inside = divmod(entry, PAGE)
        page = self._pages.get(number)
        new = self._source.entries(entry, entry + 1)
        if page is not None and inside < len(page) and new and new[0].id == page[inside].id:
            self._pages[number] = (*page[:inside], new[0], *page[inside + 1 :])
        else:
            self._pages.pop(number, None)

    def _places(self) -> list[int]:
        return [n for n, section in enumerate(self._shape.sections) if not section.shelf]

    def _first_stop(self, entry: int | None) -> ListPosition:
        if entry is not None and len(self._source):
            return self._shape.of_entry(min(entry, len(self._source) - 1))
        return ListPosition(0)

    def _stop(self) -> int:
        return self._shape.stop_of(self._cursor) if self._shape.stops else 0

    def _reshape(self, folded: frozenset[str]) -> None:
        self._shape = ListGeometry(self._source.sections, self._source.height, folded)
        self.virtual_size = Size(self.size.width, self._shape.lines)
        self._redraw()

    def _redraw(self) -> None:
        self.forget_rows()
        self.refresh()

    def _go(self, at: ListPosition) -> None:
        if at == self._cursor or not self._shape.stops:
            return
        self._note_last()
        before, self._cursor = self._cursor, at
        self._refresh_stop(before)
        self._refresh_stop(at)
        self._into_sight()
        self._report()

    def _note_last(self) -> None:
        """Remember the article that the cursor is about to leave."""
        self._last = self.last_entry

    def _report(self) -> None:
        """Post `CursorMoved` directly to the screen; bubbling through the panes takes longer than the step itself."""
        self.screen.post_message(self.CursorMoved(self.entry))

    def _refresh_stop(self, at: ListPosition) -> None:
        if at.section < len(self._shape.sections):
            line, height = self._shape.line_of(at), self._shape.height_of(at)
            self.forget_rows(range(line, line + height))
            self.refresh(Region(0, line - self.top_line, self.size.width, height))

    def _into_sight(self) -> None:
        """Scroll the cursor to the middle if it is outside the pane; else do nothing.

        Later steps then repaint only the cursor's lines instead of the whole list, and the user sees what follows.
        """
        height = self.size.height
        if not height or not self._shape.stops:
            return
        first, bottom = self._cursor_lines()
        top = self.top_line
        if first < top or bottom > top + height:
            middle = (first + bottom - height) // 2
            self.scroll_to(y=max(middle, 0), animate=False, force=True, immediate=True)

    def _cursor_lines(self) -> tuple[int, int]:
        """Return the cursor's first line and the line after its last. A section's first entry includes the header."""
        line = self._shape.line_of(self._cursor)
        bottom = line + self._shape.height_of(self._cursor)
        section = self._shape.sections[self._cursor.section]
        if self._cursor.entry == section.start and section.label and bottom - line < self.size.height:
            line -= 1
        return line, bottom


def _outline(section: Section) -> tuple[str, int, int, bool]:
    """Return the properties of a section that determine the rows of its entries."""
    return section.key, section.start, section.count, section.shelf
