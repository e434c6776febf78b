"""What each command does on this screen, by its name in `keys.COMMANDS`; those that move are in `moving`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ...catalogue import GROUPINGS
from ...i18n import _
from ...session.named_list_keys import ALL, HISTORY, STARRED, UNREAD
from ...session.named_lists import grouping_label
from .marking import all_ids
from .moving import Act, Moving
from .panes import Pane

if TYPE_CHECKING:
    from .screen import BrowseScreen

_MANY = 2_000
"""Articles that are marked without anybody noticing the time it takes."""
_MOST_HITS = 1_000
"""Hits that one key passes at most, since the articles on the way are opened to count their hits."""
_ASKED = 500
"""Hits up to which all are marked without asking: as many as are loaded at first."""


class Acts:
    """The commands' bodies, where they touch more than one pane; a pane's own lies in the pane."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen

    def table(self) -> dict[str, Act]:
        """Every command this screen answers."""
        screen, marking = self._screen, self._screen.marking
        return {
            **Moving(screen).table(),
            "search": lambda n: screen.find(),
            "find_place": lambda n: screen.find_place(),
            "order": lambda n: screen.notice(screen.finding.turn_order()),
            "grouping": lambda n: self._group(),
            "save_search": lambda n: self._save_search(),
            "next_match": lambda n: self._walk(n or 1),
            "previous_match": lambda n: self._walk(-(n or 1)),
            "star": lambda n: self._star(),
            "toggle_read": lambda n: self._toggle_read(),
            "mark_all_read": lambda n: self._read_all(),
            "undo": lambda n: self._marked(*marking.undo()),
            "redo": lambda n: self._marked(*marking.redo()),
            "copy_article": lambda n: self._copy(),
            "copy_reference": lambda n: self._copy_reference(),
            "list_all": lambda n: screen.open_shelf(ALL),
            "list_unread": lambda n: screen.open_shelf(UNREAD),
            "list_starred": lambda n: screen.open_shelf(STARRED),
            "list_history": lambda n: screen.open_shelf(HISTORY),
        }

    def _walk(self, distance: int) -> None:
        """To another hit, and past an article's last one into the next article that was found, so many times."""
        screen, reader = self._screen, self._screen.reader
        if screen.finding.answer is None:
            screen.notice(_("先搜索，再看上一处、下一处"))
            return
        left, step = min(abs(distance), _MOST_HITS), 1 if distance > 0 else -1
        while left > (here := reader.hits_beyond(step)):
            if not self._to_hits_beyond(step):
                reader.walk(step * here)
                screen.notice(_("没有更多了"))
                return
            left -= here + 1
        reader.walk(step * left)

    def _to_hits_beyond(self, step: int) -> bool:
        """To the first hit of the next article, or the last hit of the one before; False where there is none."""
        screen, sidebar = self._screen, self._screen.sidebar
        before = sidebar.number
        sidebar.move(step)
        if sidebar.number == before:
            return False
        screen.following.now()
        if step < 0:
            screen.reader.walk_to_last()
        return True

    def _marked(self, said: str, unread: int | None = None) -> None:
        self._screen.outside.marks_changed(unread)
        self._screen.notice(said)

    def _star(self) -> None:
        screen, number = self._screen, self._screen.sidebar.number
        entry = screen.sidebar.entry
        if entry is not None and number is not None:
            said = screen.marking.star()
            screen.outside.row_changed(number, starred=-1 if entry.starred else 1)
            screen.notice(said)

    def _toggle_read(self) -> None:
        screen, number = self._screen, self._screen.sidebar.number
        entry = screen.sidebar.entry
        if entry is not None and number is not None:
            said = screen.marking.toggle_read()
            screen.outside.row_changed(number, unread=-1 if entry.unread else 1)
            screen.notice(said)

    def _read_all(self) -> None:
        """Mark everything in the list; of a search everything that it found, after asking where that is much."""
        screen, finding = self._screen, self._screen.finding
        count = len(screen.sidebar.source) + finding.more
        if finding.answer is None or count <= _ASKED:
            self._read_list(count)
        else:
            what = _("{n} 篇标为已读").format(n=count)
            screen.ask(_("全部标为已读"), what, lambda: self._read_list(count))

    def _read_list(self, count: int) -> None:
        """Mark a long list in a thread: the app goes on meanwhile."""
        screen, marking = self._screen, self._screen.marking
        if not screen.finding.more and count < _MANY:
            self._marked(marking.read_all(marking.ids()))
            return
        find = self._finder_of_all()

        def work() -> None:
            try:
                said = marking.read_all(find())
            except Exception:  # whatever a search backend raises: nothing was marked
                said = _("这次没有查成，请再试")
            screen.app.call_from_thread(self._read_list_done, said)

        marking.begin()
        screen.waiting.for_marks = True
        screen.notice(_("正在标记 {n} 篇").format(n=count))
        screen.run_worker(work, thread=True)

    def _finder_of_all(self) -> Callable[[], Iterable[str]]:
        """Return what gives the ids of the whole list, to be called in another thread."""
        screen = self._screen
        if screen.finding.more:
            return screen.finding.everything()
        if screen.finding.answer is not None:
            source = screen.sidebar.source
            return lambda: all_ids(source)
        key = screen.shelf

        def ids() -> Iterator[str]:
            with screen.shelves.again(key) as rows:
                yield from all_ids(rows)

        return ids

    def _read_list_done(self, said: str) -> None:
        screen = self._screen
        screen.marking.end()
        self._marked(said)
        screen.waiting.for_marks = False
        screen.waiting.resume()

    def _group(self) -> None:
        """The next way of grouping; the cursor stays on its article."""
        screen = self._screen
        shelves, entry = screen.shelves, screen.sidebar.entry
        shelves.grouping = GROUPINGS[(GROUPINGS.index(shelves.grouping) + 1) % len(GROUPINGS)]
        screen.open_shelf(screen.shelf, entry.id if entry else None)
        screen.to_pane(Pane.LIST if screen.pane is Pane.SEARCH else screen.pane)
        screen.notice(grouping_label(shelves.grouping))

    def _save_search(self) -> None:
        screen, query = self._screen, self._screen.finding.query.strip()
        if not query:
            screen.notice(_("先搜索，再保存"))
        elif screen.stores.reading.save_search(query):
            screen.notice(_("已保存，在列表最上面"))
        else:
            screen.stores.reading.forget_search(query)
            screen.notice(_("不再保存"))

    def _copy(self) -> None:
        """What is selected, else the whole article."""
        screen = self._screen
        selected = screen.get_selected_text()
        article = screen.reader.article
        if selected:
            screen.copy(selected, _("所选 {n} 字").format(n=len(selected)))
        elif article:
            from ...session.citation import article_text

            screen.copy(article_text(article), _("全文"))

    def _copy_reference(self) -> None:
        screen, article = self._screen, self._screen.reader.article
        if article:
            from ...session.citation import reference

            row = screen.stores.catalogue.summary(article.id)
            said = reference(article, row.bulletin if row else "")
            screen.copy(said, said)
