"""Commands that wait: for hits of a running search, for marks being written, for panes being laid out.

A command that needs one of them is put off until it is ready, and all later keys wait too. Painting goes on. After
`SHOWN_SECONDS` the status line says that the program is waiting, and Esc or a key that quits cancels the wait.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from textual.timer import Timer

from ...i18n import _
from ...session.pane_commands import page_stops
from ...session.state import Session
from .hooks import Hooks
from .screen_search import ScreenSearch

if TYPE_CHECKING:
    from ...session.effects import Change

Found = TypeVar("Found")
SHOWN_SECONDS = 0.5
"""Seconds before the status line shows the wait. A key typed earlier cannot refer to the wait, so it is queued."""
MOVES = frozenset(
    {"down", "up", "page_down", "page_up", "half_page_down", "half_page_up", "top", "end", "toggle_group", "redraw"}
)
"""Commands that affect only the cursor when they are used in the list."""
_NEEDS_NO_HITS = frozenset(
    {"leave", "search", "order", "palette", "help", "theme", "problems", "mouse", "redraw", "suspend"}
    | {"wider", "narrower"}
)
"""Commands that do not depend on the hits."""
_NEEDS_MARKS = frozenset({"next_unread", "toggle_read", "mark_all_read", "undo", "redo", "list_unread", "quit"})
"""Commands that depend on the result of a running `mark_all_read`. An article opened meanwhile is marked after it."""
_PAGES = {"page_down": 1.0, "half_page_down": 0.5}
"""Screens of the list that a command moves by."""
_ALL_HITS = 10**9
"""Hits. More than any search finds."""


class CommandGate:
    """Puts a command off and performs it when what it needs is ready."""

    def __init__(self, hooks: Hooks, search: ScreenSearch, session: Callable[[], Session]) -> None:
        self._hooks, self._search, self._session = hooks, search, session
        self._postponed: tuple[str, int | None] | None = None
        self._since = 0.0
        self._notice_timer: Timer | None = None
        self._is_laying_out = False
        self._shows_wait = False
        self._work: object | None = None
        """Identity of the job that a thread works on; None if there is none or it was cancelled."""
        self.for_marks = False
        """Whether a thread is marking a long list."""
        self.typed_at = 0.0
        """Time on Textual's clock at which the current key was typed."""

    @property
    def holds(self) -> bool:
        """Whether keys have to wait."""
        return self._postponed is not None or self._is_laying_out or self._work is not None

    def work(self, find: Callable[[], Found], then: Callable[[Found], Iterator[Change]]) -> None:
        """Call `find` in a thread, and show the changes of `then` with its result. Keys wait until then or Esc."""
        job = self._work = object()
        self._since = self.typed_at
        self._shows_wait = False
        self._notice_timer = self._hooks.after(SHOWN_SECONDS, self._show_wait)

        def done(show: Callable[[], None]) -> None:
            if self._work is job:
                self._work = None
                self._stop_notice_timer()
                if self._shows_wait:
                    self._hooks.notice("")
                show()
                self.resume()

        self.in_thread(find, then, done)

    def work_on_marks(self, mark: Callable[[], Found], then: Callable[[Found], Iterator[Change]]) -> None:
        """Like `work`, but only commands that need the marks wait."""
        self.for_marks = True

        def done(show: Callable[[], None]) -> None:
            show()
            self.for_marks = False
            self.resume()

        self.in_thread(mark, then, done, (Exception,))  # a search backend may raise anything; nothing was marked then

    def in_thread(
        self,
        find: Callable[[], Found],
        then: Callable[[Found], Iterator[Change]],
        done: Callable[[Callable[[], None]], None] = lambda show: show(),
        expected: tuple[type[Exception], ...] = (OSError, sqlite3.Error),
    ) -> None:
        """Call `find` in a thread, then `done` with a function that shows the changes.

        Files and the index may be unreadable for a while. Other exceptions than `expected` end the program.
        """

        def run() -> None:
            try:
                found = find()
            except expected:
                self._hooks.from_thread(done, lambda: self._hooks.notice(_("这次没有查成，请再试")))
            else:
                self._hooks.from_thread(done, lambda: self._hooks.show(then(found)))

        self._hooks.in_thread(run)

    def postpones(self, command: str, count: int | None, typed: float) -> bool:
        """Put the command off if it has to wait; return whether it has to. `typed` is the time of its key."""
        if not (self._lacks_marks(command) or self._lacks_hits(command, count)):
            return False
        if self._postponed is None:
            self._notice_timer = self._hooks.after(SHOWN_SECONDS, self._show_wait)
        self._postponed, self._since = (command, count), typed
        return True

    def resume(self) -> None:
        """Retry the command that was put off. Call it whenever something that commands wait for is ready."""
        put_off, self._postponed = self._postponed, None
        if put_off is not None:
            self._stop_notice_timer()
            self._hooks.perform(*put_off, typed=self._since)
        if not self.holds:
            self._hooks.take_keys()

    def cancels(self, typed: float, quits: bool) -> bool:
        """Cancel the wait if the key was typed after the wait was shown; return whether it was cancelled.

        If `quits`, also quit the program.
        """
        if (self._postponed is None and self._work is None) or typed - self._since < SHOWN_SECONDS:
            return False
        self._postponed = self._work = None
        self._stop_notice_timer()
        self._hooks.notice("")
        if quits:
            self._hooks.quit()
        return True

    def for_layout(self) -> None:
        """Hold keys back until the panes have their sizes."""
        if not self._is_laying_out:
            self._is_laying_out = True
            self._hooks.after_layout(self._laid_out)

    def _laid_out(self) -> None:
        self._is_laying_out = False
        self.resume()

    def _lacks_marks(self, command: str) -> bool:
        return self.for_marks and command in _NEEDS_MARKS

    def _lacks_hits(self, command: str, count: int | None) -> bool:
        search, session = self._search, self._session()
        if command in _NEEDS_NO_HITS:
            return False
        if search.is_waiting:
            return not (command == "read" and search.has_first_hits(session.answer))
        reach = _reach(session, command, count or 1) if session.unloaded else None
        if reach is None or reach < len(session.rows):
            return False
        search.load(min(reach + 1, session.unloaded) + len(session.rows))
        return True

    def _show_wait(self) -> None:
        searches = self._search.is_waiting or self._work is not None
        self._shows_wait = True
        said = _("正在查找，Esc 不等") if searches else _("正在标记，Esc 不等")
        self._hooks.notice(said)

    def _stop_notice_timer(self) -> None:
        if self._notice_timer:
            self._notice_timer.stop()
            self._notice_timer = None


def _reach(session: Session, command: str, count: int) -> int | None:
    """Return the index of the furthest hit that a command can reach, or None if it does not move in the list."""
    number = session.entry or 0
    in_list = session.pane != "reader"
    if command in ("next_article", "next_match") or (command == "down" and in_list):
        return number + count
    if command in _PAGES and in_list:
        return number + count * page_stops(session, _PAGES[command])
    if command == "next_unread" or (command == "end" and in_list):
        return _ALL_HITS
    return None
