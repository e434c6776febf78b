"""Updates of the browse screen after changes: marks made in another window, articles from the indexer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...i18n import _
from ...session.effects import Said
from .edge_lines import EdgeLines
from .hooks import Hooks
from .screen_runner import ScreenRunner

if TYPE_CHECKING:
    from ...indexer.progress import Progress
    from ...session.effects import Change

MAX_SILENT_PAUSE = 5.0
"""Seconds. If the checks of the folder are further apart than this, the user is told once."""


class ScreenUpdates:
    """Brings the screen up to date with the catalogue and the reading state."""

    def __init__(self, runner: ScreenRunner, hooks: Hooks, lines: EdgeLines, is_still: Callable[[], bool]) -> None:
        """Connect the components. `is_still` returns whether the screen may change only after a key."""
        self._runner, self._hooks, self._lines, self._is_still = runner, hooks, lines, is_still
        self._has_warned = False

    def count_content(self) -> None:
        """Update the numbers of articles and problems. Call it after the content may have changed."""
        catalogue = self._runner.stores.catalogue
        self._lines.total, self._lines.problems = catalogue.total, len(catalogue.problems())

    def show_changes(self) -> None:
        """Show the changes of other windows and the indexer, unless the setting `still` defers them to the next key.

        A key that waits for hits has asked for them, so they are not deferred.
        """
        if not self._is_still() or self._runner.search.is_waiting:
            self.show_changes_now()

    def show_changes_now(self) -> None:
        """Show the changes of other windows and the indexer now."""
        self._hooks.show(self._changes())

    def language_changed(self) -> None:
        """Show the list and the article in the new language."""
        self._runner.language_changed()
        self._hooks.show(self._runner.follow())

    def indexed(self, progress: Progress) -> None:
        """Show the progress of the indexer and, when it is done, the changes."""
        if not self._is_still():
            self._lines.indexed(progress)
        if progress.phase == "done":
            self.show_changes()
            self._warn_of_pause(progress.next_look)
        self._hooks.show(iter(()))

    def _changes(self) -> Iterator[Change]:
        runner, stores = self._runner, self._runner.stores
        if stores.catalogue.refresh():
            self.count_content()
            runner.lists.recount()
            runner.renew()
            runner.refresh_article()
            yield from runner.follow()
        runner.search.ask_again(only_unanswered=True)
        if stores.reading.changed():
            yield from runner.marks_changed()
        for line in (*stores.catalogue.notices(), *stores.reading.notices()):
            yield Said(line)

    def _warn_of_pause(self, pause: float | None) -> None:
        """Tell the user once if the library is so large that changes to its files are noticed late."""
        if self._is_still() or self._has_warned or self._lines.notice:
            return
        if pause is not None and pause > MAX_SILENT_PAUSE:
            self._has_warned = True
            self._hooks.notice(_("文件很多，每 {n} 秒看一次改动").format(n=round(pause)))
