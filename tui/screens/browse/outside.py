"""What changes while the screen stands: marks made here or in another window, articles that the indexer found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...i18n import _
from ...session.named_list_keys import ALL
from ...session.named_lists import ListingModel

if TYPE_CHECKING:
    from ...indexer.progress import Progress
    from .screen import BrowseScreen

MAX_SILENT_PAUSE = 5.0
"""Seconds between two looks at the folder that the user need not know of."""


class Outside:
    """Shows things as they are now."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen
        self._has_admitted = False
        self.problems = 0
        """How many things are wrong with the content."""

    def count_problems(self) -> None:
        """Look how many they are; called when the content may be another."""
        self.problems = len(self._screen.stores.catalogue.problems())

    def count_later(self, count: Callable[[], int]) -> None:
        """Count the unread articles in a thread, and show the number when it is there."""
        screen = self._screen

        def counted(number: int) -> None:
            screen.shelves.unread, screen.shelves.known = number, True
            self.marks_changed(0)

        screen.run_worker(lambda: screen.app.call_from_thread(counted, count()), thread=True, group="count")

    def look(self) -> None:
        """Show what other windows and the indexer did; with the setting `still` that waits for the next key."""
        if not self._screen.is_still:
            self.look_now()

    def look_now(self) -> None:
        """Show what other windows and the indexer did."""
        stores = self._screen.stores
        if stores.catalogue.refresh():
            self._content_changed()
        if stores.reading.changed():
            self.marks_changed()
        for line in stores.reading.notices():
            self._screen.notice(line)

    def language_changed(self) -> None:
        """Say everything in the language that is spoken now."""
        screen = self._screen
        if screen.finding.answer is None:
            screen.sidebar.update(screen.shelves.open(screen.shelf))
        screen.reader.compose_again()

    def indexed(self, progress: Progress) -> None:
        """The indexer has come further: show how far, and at the end what is new."""
        if not self._screen.is_still:
            self._screen.lines.indexed(progress)
        if progress.phase == "done":
            self.look()
            self._admit(progress.next_look)
        self._screen.say()

    def _admit(self, pause: float | None) -> None:
        """Say once that changes of the files are seen late, in a library so large that looking takes long."""
        if pause is not None and pause > MAX_SILENT_PAUSE and not self._has_admitted and not self._screen.lines.notice:
            self._has_admitted = True
            self._screen.notice(_("文件很多，每 {n} 秒看一次改动").format(n=round(pause)))

    def marks_changed(self, unread: int | None = None) -> None:
        """Show all marks as they are now; so many more are `unread`, or None to count them.

        Only the list of all articles is read again: from a named list nothing goes while the cursor is on it.
        """
        screen = self._screen
        if unread is None:
            screen.shelves.recount()
        else:
            screen.shelves.unread += unread
        if screen.finding.answer is None and screen.shelf == ALL:
            screen.sidebar.update(screen.shelves.open(ALL))
        else:
            screen.sidebar.entries_changed()
        screen.say()

    def row_changed(self, number: int, *, unread: int = 0, starred: int = 0) -> None:
        """Repaint one entry whose marks changed, and the counts; so many more are `unread` or `starred`."""
        screen = self._screen
        screen.shelves.unread += unread
        source = screen.sidebar.source
        if screen.finding.answer is None and screen.shelf == ALL and isinstance(source, ListingModel):
            source = screen.shelves.with_counts(source, starred)
        screen.sidebar.marks_changed(source, number)
        screen.say()

    def _content_changed(self) -> None:
        """Articles came, changed or went: take the list and the article again, and ask again what is searched."""
        screen = self._screen
        self.count_problems()
        screen.shelves.recount()
        if screen.finding.answer is None:
            screen.sidebar.update(screen.shelves.open(screen.shelf))
        else:
            screen.finding.ask_again()
        screen.reader.refresh()
        screen.following.now()
