"""What each command does on this screen, by its name in `keys.COMMANDS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...words import _
from .finding import Phase
from .layout import Pane
from .shelves import ALL, HISTORY, STARRED, UNREAD

if TYPE_CHECKING:
    from .screen import BrowseScreen

Act = Callable[[int | None], None]


class Acts:
    """The commands' bodies, where they touch more than one pane; a pane's own lies in the pane."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen

    @property
    def _list(self) -> ArticleList:
        return self._screen.sidebar

    @property
    def _page(self) -> ArticlePage:
        return self._screen.page

    def table(self) -> dict[str, Act]:
        """Every command this screen answers."""
        return {
            "down": lambda n: self._move(n or 1),
            "up": lambda n: self._move(-(n or 1)),
            "page_down": lambda n: self._page.page_down(n or 1) if self._reads else self._list.move_page(n or 1),
            "page_up": lambda n: self._page.page_up(n or 1) if self._reads else self._list.move_page(-(n or 1)),
            "half_page_down": lambda n: self._half_pages(n or 1),
            "half_page_up": lambda n: self._half_pages(-(n or 1)),
            "top": lambda n: self._page.to_top() if self._reads else self._list.move_top(),
            "end": lambda n: self._page.to_end() if self._reads else self._list.move_end(),
            "next_article": lambda n: self._article(n or 1),
            "previous_article": lambda n: self._article(-(n or 1)),
            "next_place": lambda n: self._list.move_section(n or 1),
            "previous_place": lambda n: self._list.move_section(-(n or 1)),
            "fold": lambda n: self._list.fold(),
            "other_pane": lambda n: self._other(),
            "list_pane": lambda n: self._screen.to_pane(Pane.LIST),
            "reader_pane": lambda n: self.read(),
            "read": lambda n: self.read(),
            "leave": lambda n: self.leave(),
            "search": lambda n: self._screen.find(),
            "order": lambda n: self._screen.notice(self._screen.finding.turn_order()),
            "next_hit": lambda n: self._walk(n or 1),
            "previous_hit": lambda n: self._walk(-(n or 1)),
            "star": lambda n: self._marked(self._screen.marking.star()),
            "toggle_read": lambda n: self._marked(self._screen.marking.toggle_read()),
            "mark_all_read": lambda n: self._marked(self._screen.marking.read_all()),
            "undo": lambda n: self._marked(self._screen.marking.undo()),
            "redo": lambda n: self._marked(self._screen.marking.redo()),
            "list_all": lambda n: self._screen.open_shelf(ALL),
            "list_unread": lambda n: self._screen.open_shelf(UNREAD),
            "list_starred": lambda n: self._screen.open_shelf(STARRED),
            "list_history": lambda n: self._screen.open_shelf(HISTORY),
            "zen": lambda n: self._zen(),
        }

    @property
    def _reads(self) -> bool:
        return self._screen.pane is Pane.READER

    def _move(self, distance: int) -> None:
        if self._reads:
            self._page.line_down(distance)
        else:
            self._list.move(distance)

    def _half_pages(self, halves: int) -> None:
        if self._reads:
            self._page.half_page_down(halves)
        else:
            self._list.move_page(halves / 2)

    def _article(self, distance: int) -> None:
        self._list.move(distance)
        if self._reads:
            self._screen.follow()
            self._mark_read()

    def read(self) -> None:
        """Go into the article under the cursor: now it counts as read. A shelf opens, a folded group unfolds."""
        section = self._list.section
        if self._list.on_header and section:
            if section.shelf:
                self._screen.open_shelf(section.key)
            else:
                self._list.fold()
            return
        if self._list.entry is None:
            return
        if self._screen.finding.phase is Phase.TYPING:
            self._screen.finding.accept()
        self._screen.follow()
        self._screen.to_pane(Pane.READER)
        self._mark_read()

    def leave(self) -> None:
        """A step back: from the reader to the list, from hits to the list as it was, from a shelf to all."""
        screen = self._screen
        if screen.zen:
            self._zen()
        elif self._reads:
            screen.to_pane(Pane.LIST)
        elif screen.finding.phase is not Phase.CLOSED:
            screen.finding.close()
            screen.to_pane(Pane.LIST)
        elif screen.shelf != ALL:
            entry = self._list.entry
            screen.open_shelf(ALL, entry.id if entry else None)
        screen.settle()

    def _other(self) -> None:
        if self._reads:
            self._screen.to_pane(Pane.LIST)
        else:
            self.read()

    def _walk(self, distance: int) -> None:
        """To another hit, and past an article's last one into the next article that was found."""
        screen = self._screen
        if screen.finding.answer is None:
            screen.notice(_("先用 / 搜索"))
        elif not screen.reader.walk(distance):
            before = self._list.number
            self._list.move(1 if distance > 0 else -1)
            if self._list.number == before:
                screen.notice(_("没有更多了"))
                return
            screen.follow()
            if distance < 0:
                screen.reader.walk_to_last()

    def _mark_read(self) -> None:
        entry = self._list.entry
        if entry and self._screen.marking.read(entry.id):
            self._screen.marks_changed()
        if entry:
            self._screen.stores.reading.visit(entry.id, self._screen.reader.position)

    def _marked(self, said: str) -> None:
        self._screen.marks_changed()
        self._screen.notice(said)

    def _zen(self) -> None:
        self._screen.zen = not self._screen.zen
        if self._screen.zen:
            self.read()
        self._screen.lay_out()
