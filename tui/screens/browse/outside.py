"""Updates of the browse screen after changes: marks made here or in another window, articles from the indexer."""

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
"""Seconds. If the checks of the folder are further apart than this, the user is told once."""


class Outside:
    """Brings the screen up to date with the catalogue and the reading state."""

    def __init__(self, parts: Parts, hooks: Hooks, following: Following, lines: Lines) -> None:
        self._parts, self._hooks = parts, hooks
        self._following, self._lines = following, lines
        self._has_admitted = False

    def count_problems(self) -> None:
        """Update the number of problems. Call it after the content may have changed."""
        self._parts.problems = len(self._parts.stores.catalogue.problems())

    def count_later(self, count: Callable[[], int]) -> None:
        """Run `count` in a thread and show its result as the number of unread articles."""

        def counted(number: int) -> None:
            self._parts.shelves.unread, self._parts.shelves.known = number, True
            self.marks_changed(0)

        self._hooks.in_thread(lambda: self._hooks.from_thread(counted, count()))

    def look(self) -> None:
        """Show the changes of other windows and the indexer, unless the setting `still` defers them to the next key."""
        if not self._hooks.is_still():
            self.look_now()

    def look_now(self) -> None:
        """Show the changes of other windows and the indexer now."""
        stores = self._parts.stores
        if stores.catalogue.refresh():
            self._content_changed()
        if stores.reading.changed():
            self.marks_changed()
        for line in stores.reading.notices():
            self._hooks.notice(line)

    def language_changed(self) -> None:
        """Show the list and the article in the new language."""
        if self._parts.finding.answer is None:
            self._parts.sidebar.update(self._parts.shelves.open(self._parts.shelf))
        self._parts.reader.compose_again()

    def indexed(self, progress: Progress) -> None:
        """Show the progress of the indexer and, when it is done, the changes."""
        if not self._hooks.is_still():
            self._lines.indexed(progress)
        if progress.phase == "done":
            self.look()
            self._admit(progress.next_look)
        self._hooks.say()

    def _admit(self, pause: float | None) -> None:
        """Tell the user once if the library is so large that changes to its files are noticed late."""
        if pause is not None and pause > MAX_SILENT_PAUSE and not self._has_admitted and not self._lines.notice:
            self._has_admitted = True
            self._hooks.notice(_("文件很多，每 {n} 秒看一次改动").format(n=round(pause)))

    def marks_changed(self, unread: int | None = None) -> None:
        """Update all marks on the screen. Add `unread` to the number of unread articles; None recounts them.

        Reloads only the list of all articles, so that no article vanishes from another named list while the user is
        in it.
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
        """Repaint one entry whose marks changed, and the counts, to which `unread` and `starred` are added."""
        self._parts.shelves.unread += unread
        source = self._parts.sidebar.source
        if self._parts.finding.answer is None and self._parts.shelf == ALL and isinstance(source, ListingModel):
            source = self._parts.shelves.with_counts(source, starred)
        self._parts.sidebar.marks_changed(source, number)
        self._hooks.say()

    def _content_changed(self) -> None:
        """Reload the list and the article, and repeat an open search, after articles were added, changed or removed."""
        self.count_problems()
        self._parts.shelves.recount()
        if self._parts.finding.answer is None:
            self._parts.sidebar.update(self._parts.shelves.open(self._parts.shelf))
        else:
            self._parts.finding.ask_again()
        self._parts.reader.refresh()
        self._following.now()
