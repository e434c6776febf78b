"""Saving the browse screen's session when the user pauses, and restoring it at the start."""

from __future__ import annotations

from pathlib import Path

from textual.timer import Timer

from ...catalogue import GROUPINGS, NoArticle
from ...reading import Position, SavedSession
from ...session.first_grouping import first_grouping
from ...session.named_list_keys import ALL
from .edge_lines import EdgeLines
from .key_dispatch import KeyDispatcher
from .panes import Pane
from .parts import Hooks, Parts
from .reader_sync import ReaderSync, SavedMatch
from .screen_search import Phase
from .screen_updates import ScreenUpdates

SETTLE_SECONDS = 0.6
"""Seconds without changes before the session is written."""


class SessionSaver:
    """Saves and restores article, list, query and pane for one library."""

    def __init__(
        self,
        parts: Parts,
        hooks: Hooks,
        reader_sync: ReaderSync,
        updates: ScreenUpdates,
        lines: EdgeLines,
        keyboard: KeyDispatcher,
    ) -> None:
        self._parts, self._hooks = parts, hooks
        self._reader_sync, self._updates, self._lines, self._keyboard = reader_sync, updates, lines, keyboard
        self._timer: Timer | None = None

    def save_soon(self) -> None:
        """Save the session after `SETTLE` seconds without changes."""
        if self._timer:
            self._timer.stop()
        self._timer = self._hooks.after(SETTLE_SECONDS, self.save)

    def save(self) -> None:
        """Save the session now."""
        self._parts.reader.save_position()
        entry = self._parts.sidebar.entry
        session = SavedSession(
            entry.id if entry else None,
            self._parts.list_key,
            self._parts.named_lists.grouping,
            self._parts.search.newest,
            self._parts.search.query,
            "reader" if self._parts.pane is Pane.READER else "list",
            self._parts.sidebar.top_line,
        )
        self._parts.stores.reading.remember_session(self._parts.stores.root, session)
        self._save_match(session)

    def restore(self) -> None:
        """Restore the last session. At the first start, show the first article."""
        session = self._parts.stores.reading.session(self._parts.stores.root) or SavedSession(
            grouping=first_grouping(self._parts.stores.catalogue)
        )
        for grouping in GROUPINGS:
            if grouping == session.grouping:
                self._parts.named_lists.grouping = grouping
        self._parts.search.newest = session.newest
        self._updates.count_content()
        is_slow = self._parts.named_lists.is_slow(session.listing)
        self._hooks.open_list(ALL if is_slow else session.listing, session.article, 0 if is_slow else session.top)
        self._reader_sync.follow_now()
        if is_slow and not session.query:
            self._hooks.open_list(session.listing, session.article, session.top)
        if session.query:
            self._reader_sync.saved_match = self._saved_match(session)
            self._hooks.search_for(session.query, session.article)
        if session.focus == "reader":
            self._hooks.to_pane(Pane.READER)

    def _save_match(self, session: SavedSession) -> None:
        """Save the number of the current match and the position at the top of the pane."""
        reader = self._parts.reader
        if session.query and reader.matches and reader.article and reader.article.id == session.article:
            value = f"{reader.match_number} {reader.position.block} {reader.position.offset}"
            self._parts.stores.reading.choose(self._match_key, value, _match_identity(session))

    def _saved_match(self, session: SavedSession) -> SavedMatch | None:
        """Return the hit that was shown when the session ended, or None."""
        value = self._parts.stores.reading.choice(self._match_key, _match_identity(session)) or ""
        numbers = [int(word) for word in value.split() if word.isdecimal()]
        if session.article is None or len(numbers) != 3:
            return None
        return SavedMatch(session.article, session.query, numbers[0], Position(*numbers[1:]))

    @property
    def _match_key(self) -> str:
        """Key under which the library's hit is saved."""
        return f"hit {self._parts.stores.root}"

    def is_restorable(self) -> bool:
        """Return whether the next start would show exactly this screen.

        False if anything is open or displayed that is not saved. Updates the marks on the screen first.
        """
        self._updates.marks_changed(0)
        plain = (
            self._parts.pane in (Pane.LIST, Pane.READER)
            and self._parts.search.phase is Phase.CLOSED
            and not self._parts.zen
            and not self._parts.named_lists.is_slow(self._parts.list_key)
        )
        article, entry = self._parts.reader.article, self._parts.sidebar.entry
        followed = article is not None and entry is not None and article.id == entry.id
        said = self._lines.notice or self._lines.progress or self._keyboard.number
        return plain and followed and not said and self._parts.sidebar.as_opened()

    def article_file(self) -> Path | None:
        """Return the file of the article in the reader, or None."""
        article = self._parts.reader.article
        try:
            return None if article is None else self._parts.stores.catalogue.file_of(article.id)
        except NoArticle:
            return None


def _match_identity(session: SavedSession) -> str:
    """Return the identity of a saved hit: article and query. If either changes, the saved hit is void."""
    return f"{session.article}\n{session.query}"
