"""Saving the browse screen's session when the user pauses, and restoring it at the start."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from textual.timer import Timer

from ...catalogue import NoArticle
from ...reading import Position, SavedSession
from ...session import searching
from ...session.effects import OpenList
from ...session.named_list_keys import ALL
from ...session.persistence import grouping_of, last_session, save_session
from .hooks import Hooks
from .reader_sync import ReaderSync
from .screen_runner import ScreenRunner

SETTLE_SECONDS = 0.6
"""Seconds without changes before the session is written."""


class SavedMatch(NamedTuple):
    """The match that was shown when the last session ended."""

    article: str
    query: str
    number: int
    top: Position
    """The position at the top of the pane."""


class SessionSaver:
    """Saves and restores article, list, query and pane for one library."""

    def __init__(
        self, runner: ScreenRunner, hooks: Hooks, reader_sync: ReaderSync, take_in: Callable[[], None]
    ) -> None:
        """Connect the components. `take_in` brings the session up to date with what the panes show."""
        self._runner, self._hooks, self._reader_sync, self._take_in = runner, hooks, reader_sync, take_in
        self._timer: Timer | None = None
        self._changed_at = 0.0
        self._match: SavedMatch | None = None
        """The match to return to once the hits of its query are loaded again; None after that."""

    def save_soon(self) -> None:
        """Save the session after `SETTLE_SECONDS` without changes."""
        self._changed_at = time.monotonic()
        if self._timer is None:
            self._timer = self._hooks.after(SETTLE_SECONDS, self._save_if_settled)

    def _save_if_settled(self) -> None:
        self._timer = None
        left = self._changed_at + SETTLE_SECONDS - time.monotonic()
        if left > SETTLE_SECONDS / 10:
            self._timer = self._hooks.after(left, self._save_if_settled)
        else:
            self.save()

    def save(self) -> None:
        """Save the session now."""
        self._take_in()
        saved = save_session(self._runner)
        session, text = self._runner.session, self._runner.session.text
        if saved.query and session.matches and text and text.article.id == saved.article:
            top = text.position(session.page_position)
            value = f"{session.match} {top.block} {top.offset}"
            self._runner.stores.reading.choose(self._match_key, value, _match_identity(saved))

    def restore(self) -> None:
        """Restore the last session. At the first start, show the first article."""
        runner = self._runner
        saved = last_session(runner.stores)
        runner.lists.grouping = grouping_of(saved)
        runner.session = runner.session._replace(grouping=runner.lists.grouping, newest=saved.newest)
        is_slow = runner.lists.is_slow(saved.listing)
        self._open(ALL if is_slow else saved.listing, saved.article)
        if not is_slow:
            runner.session = runner.session._replace(top=saved.top)
        self._reader_sync.follow_now()
        if saved.query:
            self._match = self._saved_match(saved)
            self._hooks.show(runner.perform(searching.show_search(runner.session, saved.query, saved.article)))
        if is_slow and saved.query:
            self._hooks.show(runner.open_beneath(saved.listing, saved.article))
        elif is_slow:
            self._open(saved.listing, saved.article)
        if saved.focus == "reader":
            runner.session = runner.session._replace(pane="reader")
            self._hooks.show(iter(()))

    def _open(self, key: str, article: str | None) -> None:
        self._hooks.show(self._runner.perform((self._runner.session, (OpenList(key, article),))))

    def return_to_match(self) -> None:
        """Return to the match of the last session if the reader shows its article with the matches of its query."""
        session, match = self._runner.session, self._match
        if match is None or not session.matches or session.text is None:
            return
        if (match.article, match.query) == (session.text.article.id, session.query):
            self._match = None
            if match.number < len(session.matches):
                place = session.text.place(match.top)
                self._runner.session = session._replace(match=match.number, page_position=place, is_reading=False)

    def _saved_match(self, session: SavedSession) -> SavedMatch | None:
        """Return the match that was shown when the session ended, or None."""
        value = self._runner.stores.reading.choice(self._match_key, _match_identity(session)) or ""
        numbers = [int(word) for word in value.split() if word.isdecimal()]
        if session.article is None or len(numbers) != 3:
            return None
        return SavedMatch(session.article, session.query, numbers[0], Position(*numbers[1:]))

    @property
    def _match_key(self) -> str:
        """Key under which the library's match is saved."""
        return f"hit {self._runner.stores.root}"

    def is_plain(self) -> bool:
        """Return whether everything that is open is saved, so that the next start would show it."""
        session = self._runner.session
        is_open = session.before is not None or session.pane not in ("list", "reader") or session.zen
        return not is_open and session.text is not None and session.text.article.id == session.under_cursor

    def article_file(self) -> Path | None:
        """Return the file of the article in the reader, or None."""
        text = self._runner.session.text
        try:
            return None if text is None else self._runner.stores.catalogue.file_of(text.article.id)
        except NoArticle:
            return None


def _match_identity(session: SavedSession) -> str:
    """Return the identity of a saved match: article and query. If either changes, the saved match is void."""
    return f"{session.article}\n{session.query}"
