"""Updates of the browse screen after changes: marks made here or in another window, articles from the indexer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...i18n import _
from ...session.named_list_keys import ALL
from ...session.named_lists import ListingModel
from .edge_lines import EdgeLines
from .parts import Hooks, Parts
from .reader_sync import ReaderSync

if TYPE_CHECKING:
    from ...catalogue import Listing
    from ...indexer.progress import Progress

MAX_SILENT_PAUSE = 5.0
"""Seconds. If the checks of the folder are further apart than this, the user is told once."""


class ScreenUpdates:
    """Brings the screen up to date with the catalogue and the reading state."""

    def __init__(self, parts: Parts, hooks: Hooks, reader_sync: ReaderSync, lines: EdgeLines) -> None:
        self._parts, self._hooks = parts, hooks
        self._reader_sync, self._lines = reader_sync, lines
        self._has_warned = False
        self._loading: str | None = None
        """Key of the list that a thread reloads; None if none does."""
        self._loads_again = False

    def count_content(self) -> None:
        """Update the numbers of articles and problems. Call it after the content may have changed."""
        self._parts.total = self._parts.stores.catalogue.total
        self._parts.problems = len(self._parts.stores.catalogue.problems())

    def count_later(self, count: Callable[[], int]) -> None:
        """Run `count` in a thread and show its result as the number of unread articles."""

        def counted(number: int) -> None:
            self._parts.named_lists.unread, self._parts.named_lists.known = number, True
            self.marks_changed(0)

        self._hooks.in_thread(lambda: self._hooks.from_thread(counted, count()))

    def show_changes(self) -> None:
        """Show the changes of other windows and the indexer, unless the setting `still` defers them to the next key.

        A key that waits for hits has asked for them, so they are not deferred.
        """
        if not self._hooks.is_still() or self._parts.search.is_waiting:
            self.show_changes_now()

    def show_changes_now(self) -> None:
        """Show the changes of other windows and the indexer now."""
        stores = self._parts.stores
        if stores.catalogue.refresh():
            self._content_changed()
        if stores.reading.changed():
            self.marks_changed()
        for line in (*stores.catalogue.notices(), *stores.reading.notices()):
            self._hooks.notice(line)

    def language_changed(self) -> None:
        """Show the list and the article in the new language."""
        if self._parts.search.answer is None:
            self._reload_list()
        self._parts.reader.compose_again()

    def indexed(self, progress: Progress) -> None:
        """Show the progress of the indexer and, when it is done, the changes."""
        if not self._hooks.is_still():
            self._lines.indexed(progress)
        if progress.phase == "done":
            self.show_changes()
            self._warn_of_pause(progress.next_look)
        self._hooks.say()

    def _warn_of_pause(self, pause: float | None) -> None:
        """Tell the user once if the library is so large that changes to its files are noticed late."""
        if self._hooks.is_still() or self._has_warned or self._lines.notice:
            return
        if pause is not None and pause > MAX_SILENT_PAUSE:
            self._has_warned = True
            self._hooks.notice(_("文件很多，每 {n} 秒看一次改动").format(n=round(pause)))

    def marks_changed(self, unread: int | None = None) -> None:
        """Update all marks on the screen. Add `unread` to the number of unread articles; None recounts them.

        Reloads only the list of all articles, so that no article vanishes from another named list while the user is
        in it.
        """
        if unread is None:
            self._parts.named_lists.recount()
        else:
            self._parts.named_lists.unread += unread
        if self._parts.search.answer is None and self._parts.list_key == ALL:
            self._parts.sidebar.update(self._parts.named_lists.open(ALL))
        else:
            self._parts.sidebar.entries_changed()
        self._hooks.say()

    def row_changed(self, number: int, *, unread: int = 0, starred: int = 0) -> None:
        """Repaint one entry whose marks changed, and the counts, to which `unread` and `starred` are added."""
        self._parts.named_lists.unread += unread
        source = self._parts.sidebar.source
        if self._parts.search.answer is None and self._parts.list_key == ALL and isinstance(source, ListingModel):
            source = self._parts.named_lists.with_counts(source, starred)
        self._parts.sidebar.marks_changed(source, number)
        self._hooks.say()

    def _content_changed(self) -> None:
        """Reload the list and the article, and repeat an open search, after articles were added, changed or removed."""
        self.count_content()
        self._parts.named_lists.recount()
        if self._parts.search.answer is None:
            self._reload_list()
        else:
            self._parts.search.ask_again()
        self._parts.reader.refresh()
        self._reader_sync.follow_now()

    def _reload_list(self) -> None:
        """Show the named list as it is now; a list that is slow to open as soon as a thread has read it."""
        lists, key = self._parts.named_lists, self._parts.list_key
        if not lists.is_slow(key):
            self._parts.sidebar.update(lists.open(key))
        elif self._loading is None:
            self._loading = key
            self._hooks.in_thread(lambda: self._hooks.from_thread(self._list_loaded, lists.load(key)))
        else:
            self._loads_again = True

    def _list_loaded(self, listing: Listing) -> None:
        key, again = self._loading, self._loads_again
        self._loading, self._loads_again = None, False
        if self._parts.search.answer is None and self._parts.list_key == key:
            self._parts.sidebar.update(self._parts.named_lists.open(key, listing))
            self._reader_sync.follow_now()
        if again and self._parts.search.answer is None:
            self._reload_list()
