"""The commands of the browse screen by their id in `keys.COMMANDS`. Those that move are in `move_commands`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from ...catalogue import GROUPINGS
from ...i18n import _
from ...reading import Reading
from ...session import list_cursor, mark_changes, marking
from ...session.first_grouping import usable_grouping
from ...session.list_model import all_ids
from ...session.mark_changes import MarkChange
from ...session.named_list_keys import ALL, HISTORY, STARRED, UNREAD
from ...session.named_lists import ListingModel, grouping_label
from .command_gate import CommandGate
from .move_commands import CommandFunction, MoveCommands
from .panes import Pane
from .parts import Hooks, Parts
from .reader_sync import ReaderSync
from .screen_updates import ScreenUpdates

_THREAD_ARTICLES = 2_000
"""Articles. From here on, marking takes noticeable time and runs in a thread."""
_MAX_MATCHES = 1_000
"""Hits. Limit for one key, because every article on the way must be opened to count its hits."""
_CONFIRM_HITS = 500
"""Hits. Marking more than this read needs confirmation; as many as a search loads at first."""


class ScreenCommands:
    """The commands that involve more than one pane. What involves a single pane is in that pane's class."""

    def __init__(
        self,
        parts: Parts,
        hooks: Hooks,
        reader_sync: ReaderSync,
        updates: ScreenUpdates,
        gate: CommandGate,
        moves: MoveCommands,
    ) -> None:
        self._parts, self._hooks = parts, hooks
        self._reader_sync, self._updates, self._gate, self._moves = reader_sync, updates, gate, moves

    def table(self) -> dict[str, CommandFunction]:
        """Return the functions of all commands that this screen handles, by command id."""
        reading = self._parts.stores.reading
        return {
            **self._moves.table(),
            "search": lambda n: self._hooks.find(),
            "find_place": lambda n: self._hooks.find_place(),
            "order": lambda n: self._hooks.notice(self._parts.search.toggle_order()),
            "grouping": lambda n: self._next_grouping(),
            "save_search": lambda n: self._save_search(),
            "next_match": lambda n: self._move_match(n or 1),
            "previous_match": lambda n: self._move_match(-(n or 1)),
            "star": lambda n: self._toggle("star"),
            "toggle_read": lambda n: self._toggle("read"),
            "mark_all_read": lambda n: self._mark_all_read(),
            "undo": lambda n: self._undo(mark_changes.undo, is_long=reading.is_undo_long()),
            "redo": lambda n: self._undo(mark_changes.redo, is_long=reading.is_redo_long()),
            "copy_article": lambda n: self._copy(),
            "copy_reference": lambda n: self._copy_reference(),
            "list_all": lambda n: self._hooks.open_list(ALL),
            "list_unread": lambda n: self._hooks.open_list(UNREAD),
            "list_starred": lambda n: self._hooks.open_list(STARRED),
            "list_history": lambda n: self._hooks.open_list(HISTORY),
        }

    def _move_match(self, distance: int) -> None:
        """Move by `distance` hits; after the last hit of an article, continue in the next article of the answer."""
        reader = self._parts.reader
        if self._parts.search.answer is None:
            self._hooks.notice(_("先搜索，再看上一处、下一处"))
            return
        left, step = min(abs(distance), _MAX_MATCHES), 1 if distance > 0 else -1
        while left > (here := reader.matches_beyond(step)):
            if not self._to_matches_beyond(step):
                reader.move_match(step * here)
                self._hooks.notice(_("没有更多了"))
                return
            left -= here + 1
        reader.move_match(step * left)

    def _to_matches_beyond(self, step: int) -> bool:
        """Go to the first hit of the next article, or the last hit of the previous one; return False at the end."""
        sidebar = self._parts.sidebar
        before = sidebar.number
        sidebar.go(list_cursor.move, step)
        if sidebar.number == before:
            return False
        self._reader_sync.follow_now()
        if step < 0:
            self._parts.reader.to_last_match()
        return True

    def _show_marked(self, said: str, unread: int | None = None) -> None:
        self._updates.marks_changed(unread)
        self._hooks.notice(said)

    def _undo(self, undo: Callable[[Reading], MarkChange], is_long: bool) -> None:
        """Undo or redo a change; a long one in a thread, so that the app stays responsive."""
        reading = self._parts.stores.reading
        if not is_long:
            changed = undo(reading)
            self._show_marked(changed.said, changed.unread)
            return
        self._begin_marking()
        self._hooks.in_thread(lambda: self._hooks.from_thread(self._end_marking, *undo(reading)[:2]))

    def _toggle(self, kind: Literal["read", "star"]) -> None:
        """Add or remove a mark of the article under the cursor."""
        number, entry = self._parts.sidebar.number, self._parts.sidebar.entry
        if entry is not None and number is not None:
            changed = mark_changes.toggle(self._parts.stores.reading, entry.id, kind)
            starred = 0 if kind == "read" else -1 if entry.starred else 1
            self._updates.row_changed(number, unread=changed.unread, starred=starred)
            self._hooks.notice(changed.said)

    def _mark_all_read(self) -> None:
        """Mark the whole list read, including hits that are not loaded. Ask first if the hits are many."""
        search = self._parts.search
        count = len(self._parts.sidebar.source) + search.unloaded
        if search.answer is None or count <= _CONFIRM_HITS:
            self._mark_list_read(count)
        else:
            what = _("{n} 篇标为已读").format(n=count)
            self._hooks.ask(_("全部标为已读"), what, lambda: self._mark_list_read(count))

    def _mark_list_read(self, count: int) -> None:
        """Mark the list read; a long one in a thread, so that the app stays responsive."""
        if not self._parts.search.unloaded and count < _THREAD_ARTICLES:
            self._show_marked(self._read_all(all_ids(self._parts.sidebar.source)))
            return
        find = self._all_ids_finder()

        def work() -> None:
            try:
                said = self._read_all(find())
            except Exception:  # a search backend may raise anything; nothing was marked then
                said = _("这次没有查成，请再试")
            self._hooks.from_thread(self._end_marking, said)

        self._begin_marking()
        self._hooks.notice(_("正在标记 {n} 篇").format(n=count))
        self._hooks.in_thread(work)

    def _read_all(self, ids: Iterable[str]) -> str:
        """Mark all these articles read; return the notice. May be called in any thread."""
        count = self._parts.stores.reading.mark_all_read(ids)
        return _("{n} 篇标为已读，可撤销").format(n=count) if count else marking.all_read_message(0)

    def _all_ids_finder(self) -> Callable[[], Iterable[str]]:
        """Return a function that finds the ids of the whole list, for use in another thread."""
        if self._parts.search.unloaded:
            return self._parts.search.all_ids_finder()
        source, named_lists = self._parts.sidebar.source, self._parts.named_lists
        if not isinstance(source, ListingModel):
            return lambda: all_ids(source)

        def ids() -> Iterator[str]:
            with named_lists.again(source) as rows:
                yield from all_ids(rows)

        return ids

    def _begin_marking(self) -> None:
        self._parts.marking.begin()
        self._gate.for_marks = True

    def _end_marking(self, said: str, unread: int | None = None) -> None:
        self._parts.marking.end()
        self._show_marked(said, unread)
        self._gate.for_marks = False
        self._gate.resume()

    def _next_grouping(self) -> None:
        """Switch to the next grouping. The cursor stays on its article."""
        named_lists, entry = self._parts.named_lists, self._parts.sidebar.entry
        following = GROUPINGS[(GROUPINGS.index(named_lists.grouping) + 1) % len(GROUPINGS)]
        named_lists.grouping = usable_grouping(self._parts.stores.catalogue, following)
        self._hooks.open_list(self._parts.list_key, entry.id if entry else None)
        self._hooks.to_pane(Pane.LIST if self._parts.pane is Pane.SEARCH else self._parts.pane)
        self._hooks.notice(grouping_label(named_lists.grouping))

    def _save_search(self) -> None:
        query = self._parts.search.query.strip()
        if not query:
            self._hooks.notice(_("先搜索，再保存"))
        elif mark_changes.toggle_saved(self._parts.stores.reading, query):
            self._hooks.notice(_("已保存，在列表最上面"))
        else:
            self._hooks.notice(marking.saved_message(False))

    def _copy(self) -> None:
        """Copy the selection, or the whole article if nothing is selected."""
        selected = self._hooks.selected_text()
        article = self._parts.reader.article
        if selected:
            self._hooks.copy(selected, _("所选 {n} 字").format(n=len(selected)))
        elif article:
            from ...session.citation import article_text

            self._hooks.copy(article_text(article), _("全文"))

    def _copy_reference(self) -> None:
        article = self._parts.reader.article
        if article:
            from ...session.citation import reference_of

            said = reference_of(article, self._parts.stores.catalogue)
            self._hooks.copy(said, said)
