"""The commands that move: in the list, in the article, between articles, back and forward."""

from __future__ import annotations

from collections.abc import Callable

from ...i18n import _
from ...reading import Visit
from ...session import list_cursor
from ...session.named_list_keys import ALL
from ...session.named_lists import ListingModel
from ...session.page_positions import GONE
from ...session.unread import nth_unread
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from .command_gate import CommandGate
from .panes import Pane
from .parts import Hooks, Parts
from .reader_sync import ReaderSync
from .screen_search import Phase
from .screen_updates import ScreenUpdates

CommandFunction = Callable[[int | None], None]
"""The function of a command. Its argument is the count prefix, or None."""
THREAD_ENTRIES = 2_000
"""Entries. In longer lists, a thread looks for the next unread article."""


class MoveCommands:
    """The moving commands. Most act on the pane that has the keys."""

    def __init__(
        self, parts: Parts, hooks: Hooks, reader_sync: ReaderSync, updates: ScreenUpdates, gate: CommandGate
    ) -> None:
        self._parts, self._hooks = parts, hooks
        self._reader_sync, self._updates, self._gate = reader_sync, updates, gate

    def table(self) -> dict[str, CommandFunction]:
        """Return the functions of the moving commands, by command id."""
        return {
            "down": lambda n: self._move(n or 1),
            "up": lambda n: self._move(-(n or 1)),
            "page_down": lambda n: self._pages(n or 1),
            "page_up": lambda n: self._pages(-(n or 1)),
            "half_page_down": lambda n: self._half_pages(n or 1),
            "half_page_up": lambda n: self._half_pages(-(n or 1)),
            "top": lambda n: self._scroll().to_top() if self._is_in_reader else self._list.go_to_top(),
            "end": lambda n: self._scroll().to_end() if self._is_in_reader else self._list.go(list_cursor.to_end),
            "next_article": lambda n: self._article(n or 1),
            "previous_article": lambda n: self._article(-(n or 1)),
            "next_place": lambda n: self._place(n or 1),
            "previous_place": lambda n: self._place(-(n or 1)),
            "nth_place": lambda n: self._list.go(list_cursor.to_nth_section, n or 1),
            "next_unread": lambda n: self._unread(n or 1),
            "toggle_group": lambda n: self._list.go(list_cursor.toggle_fold),
            "other_pane": lambda n: self.leave_reader() if self._is_in_reader else self.read(),
            "list_pane": lambda n: self.leave_reader(),
            "reader_pane": lambda n: self.read(),
            "read": lambda n: self.read(),
            "leave": lambda n: self.leave(),
            "back": lambda n: self._back(n or 1),
            "forward": lambda n: self._jump(n or 1),
            "zen": lambda n: self._zen(),
        }

    def read(self) -> None:
        """Go into the article under the cursor and mark it read.

        On a header, open the named list or toggle the group instead. After a failed search, repeat the search.
        """
        section = self._list.section
        if self._parts.search.failed:
            self._parts.search.try_again()
            return
        if self._list.on_header and section:
            if section.is_named_list:
                self._hooks.open_list(section.key)
            else:
                self._list.go(list_cursor.toggle_fold)
            return
        if self._list.entry is None:
            return
        if self._parts.search.phase is Phase.TYPING:
            self._parts.search.accept()
        self._reader_sync.follow_now()
        if self._reader_sync.shows(self._list.entry.id):
            self._hooks.to_pane(Pane.READER)
            self._note_read()

    def leave_reader(self) -> None:
        """Move the keys back to the list."""
        if self._parts.zen:
            self._zen()
        self._hooks.to_pane(Pane.LIST)
        self._hooks.save_soon()

    def leave(self) -> None:
        """Go up one level: clear the selection, leave the reader, close the search, or return to all articles."""
        if self._hooks.clear_selection():
            pass
        elif self._is_in_reader:
            self.leave_reader()
        elif self._parts.search.phase is not Phase.CLOSED:
            self._parts.search.close()
            self._updates.marks_changed(0)
            self._hooks.to_pane(Pane.LIST)
        elif self._parts.list_key != ALL:
            entry = self._list.entry
            self._hooks.open_list(ALL, entry.id if entry else None)
        self._hooks.save_soon()

    @property
    def _list(self) -> ArticleList:
        return self._parts.sidebar

    def _scroll(self) -> ArticlePage:
        """Return the page for scrolling by the user. From now on, what it shows is the reading position."""
        self._parts.reader.read_on()
        return self._parts.page

    @property
    def _is_in_reader(self) -> bool:
        return self._parts.pane is Pane.READER

    def _move(self, distance: int) -> None:
        if self._is_in_reader:
            self._scroll().line_down(distance)
        else:
            self._list.go(list_cursor.move, distance)

    def _pages(self, pages: int) -> None:
        if self._is_in_reader:
            self._scroll().page_down(pages)
        else:
            self._list.go(list_cursor.move, pages * self._list.page_stops())

    def _half_pages(self, halves: int) -> None:
        if self._is_in_reader:
            self._scroll().half_page_down(halves)
        else:
            self._list.go(list_cursor.move, halves * self._list.page_stops(0.5))

    def _article(self, distance: int) -> None:
        self._list.go(list_cursor.move, distance)
        self._finish_move()

    def _place(self, distance: int) -> None:
        self._list.go(list_cursor.move_section, distance)
        self._finish_move()

    def _finish_move(self) -> None:
        """Finish a move to another article: in the reader, mark it read; in the list, only show it."""
        if self._is_in_reader:
            self._reader_sync.follow_now()
            self._note_read()
        else:
            self._reader_sync.follow()

    def _unread(self, count: int) -> None:
        """Go to the next unread article, or a later one by `count`; wrap around at the end of the list."""
        after = -1 if self._list.number is None else self._list.number
        read_among = self._parts.stores.reading.read_among
        if len(self._list.source) <= THREAD_ENTRIES:
            self._to_unread(nth_unread(self._list.source, read_among, after, count))
            return
        source, named_lists = self._list.source, self._parts.named_lists

        def find() -> int | None:
            """Find the article in a thread. A list from the catalogue is reopened there on its own connection."""
            if not isinstance(source, ListingModel):
                return nth_unread(source, read_among, after, count)
            with named_lists.again(source) as rows:
                return nth_unread(rows, read_among, after, count)

        self._gate.work(find, self._to_unread)

    def _to_unread(self, number: int | None) -> None:
        """Open the article that was found, or report that there is none."""
        if number is None:
            self._hooks.notice(_("都已读过"))
            return
        self._list.go(list_cursor.to_entry, number)
        self.read()

    def _note_read(self) -> None:
        entry = self._list.entry
        if entry is None or not self._reader_sync.shows(entry.id):
            return
        number = self._list.number
        if self._parts.marking.read(entry.id) and number is not None:
            self._updates.row_changed(number, unread=-1)
        self._parts.stores.reading.visit(entry.id, self._parts.reader.position)

    def _back(self, steps: int) -> None:
        if self._parts.reader.article:
            self._parts.stores.reading.visit(self._parts.reader.article.id, self._parts.reader.position)
        self._jump(-steps)

    def _jump(self, steps: int) -> None:
        """Go forward by `steps` in the visited positions, or back if negative."""
        reading = self._parts.stores.reading
        stop = reading.forward(steps) if steps > 0 else reading.back(-steps)
        if stop is None:
            self._hooks.notice(_("没有更多了"))
        elif self._opens(stop.id):
            self.go_to(stop)
        else:
            reading.forget_visit(stop.id)
            self._hooks.notice(_("那篇文章已经不在了"))

    def _opens(self, article_id: str) -> bool:
        """Return whether the article can still be read."""
        try:
            self._parts.stores.catalogue.article(article_id)
        except GONE:
            return False
        return True

    def go_to(self, stop: Visit) -> None:
        """Go to a position in any article. Open the list of all articles if the current list lacks the article."""
        number = self._list.source.find(stop.id)
        if number is None:
            if self._parts.search.phase is not Phase.CLOSED:
                self._parts.search.close()
            self._hooks.open_list(ALL, stop.id)
        else:
            self._list.go(list_cursor.to_entry, number)
        self._reader_sync.follow_now()
        self._parts.reader.go_to(stop.position)

    def _zen(self) -> None:
        self._parts.zen = not self._parts.zen
        if self._parts.zen and not self._is_in_reader:
            self.read()
        self._hooks.lay_out()
