"""What changes while the screen stands: marks made here or in another window, articles that the indexer found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...i18n import _
from ...session.named_list_keys import ALL
from ...session.named_lists import ListingModel
from .following import Following
from .lines import Lines
from .parts import Hooks, Parts

if TYPE_CHECKING:
    from ...indexer.progress import Progress

MAX_SILENT_PAUSE = 5.0
"""Seconds between two looks at the folder that the user need not know of."""


class Outside:
    """Shows things as they are now."""

    def __init__(self, parts: Parts, hooks: Hooks, following: Following, lines: Lines) -> None:
        self._parts, self._hooks = parts, hooks
        self._following, self._lines = following, lines
        self._has_admitted = False

    def count_problems(self) -> None:
        """Look how many they are; called when the content may be another."""
        self._parts.problems = len(self._parts.stores.catalogue.problems())

    def count_later(self, count: Callable[[], int]) -> None:
        """Count the unread articles in a thread, and show the number when it is there."""

        def counted(number: int) -> None:
            self._parts.shelves.unread, self._parts.shelves.known = number, True
            self.marks_changed(0)

        self._hooks.in_thread(lambda: self._hooks.from_thread(counted, count()))

    def look(self) -> None:
        """Show what other windows and the indexer did; with the setting `still` that waits for the next key."""
        if not self._hooks.is_still():
            self.look_now()

    def look_now(self) -> None:
        """Show what other windows and the indexer did."""
        stores = self._parts.stores
        if stores.catalogue.refresh():
            self._content_changed()
        if stores.reading.changed():
            self.marks_changed()
        for line in stores.reading.notices():
            self._hooks.notice(line)

    def language_changed(self) -> None:
        """Say everything in the language that is spoken now."""
        if self._parts.finding.answer is None:
            self._parts.sidebar.update(self._parts.shelves.open(self._parts.shelf))
        self._parts.reader.compose_again()

    def indexed(self, progress: Progress) -> None:
        """The indexer has come further: show how far, and at the end what is new."""
        if not self._hooks.is_still():
            self._lines.indexed(progress)
        if progress.phase == "done":
            self.look()
            self._admit(progress.next_look)
        self._hooks.say()

    def _admit(self, pause: float | None) -> None:
        """Say once that changes of the files are seen late, in a library so large that looking takes long."""
        if pause is not None and pause > MAX_SILENT_PAUSE and not self._has_admitted and not self._lines.notice:
            self._has_admitted = True
            self._hooks.notice(_("文件很多，每 {n} 秒看一次改动").format(n=round(pause)))

    def marks_changed(self, unread: int | None = None) -> None:
        """Show all marks as they are now; so many more are `unread`, or None to count them.

        Only the list of all articles is read again: from a named list nothing goes while the cursor is on it.
        """
        if unread is None:
            self._parts.shelves.recount()
        else:
            self._parts.shelves.unread += unread
        if self._parts.finding.answer is None and self._parts.shelf == ALL:
            self._parts.sidebar.update(self._parts.shelves.open(ALL))
        else:
            self._parts.sidebar.entries_changed()
        self._hooks.say()

    def row_changed(self, number: int, *, unread: int = 0, starred: int = 0) -> None:
        """Repaint one entry whose marks changed, and the counts; so many more are `unread` or `starred`."""
        self._parts.shelves.unread += unread
        source = self._parts.sidebar.source
        if self._parts.finding.answer is None and self._parts.shelf == ALL and isinstance(source, ListingModel):
            source = self._parts.shelves.with_counts(source, starred)
        self._parts.sidebar.marks_changed(source, number)
        self._hooks.say()

    def _content_changed(self) -> None:
        """Articles came, changed or went: take the list and the article again, and ask again what is searched."""
        self.count_problems()
        self._parts.shelves.recount()
        if self._parts.finding.answer is None:
            self._parts.sidebar.update(self._parts.shelves.open(self._parts.shelf))
        else:
            self._parts.finding.ask_again()
        self._parts.reader.refresh()
        self._following.now()
