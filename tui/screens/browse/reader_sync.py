"""Keeps the reader on the article under the list's cursor."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.timer import Timer

from ...i18n import _
from ...reading import Position
from ...session.page_positions import GONE
from .parts import Hooks, Parts

if TYPE_CHECKING:
    from ...text.document import FieldSpan

PAUSE_SECONDS = 0.075
"""Seconds that the cursor rests before the reader follows.

A key in the list then repaints only the list, and a moving cursor is not slowed down by articles that the user skips.
Below a tenth of a second the reader still seems to follow at once.
"""


class SavedMatch(NamedTuple):
    """The match that was shown when the last session ended."""

    article: str
    query: str
    number: int
    top: Position
    """The position at the top of the pane."""


KEY_REPEAT_SECONDS = 0.05
"""Seconds. Keys that come closer together than this count as held down."""


class ReaderSync:
    """Opens the article under the cursor in the reader, at once or after a rest."""

    def __init__(self, parts: Parts, hooks: Hooks) -> None:
        self._parts, self._hooks = parts, hooks
        self._timer: Timer | None = None
        self._followed_at = 0.0
        self.saved_match: SavedMatch | None = None
        """The match to return to once the hits of its query are loaded again; None after that."""

    def follow(self) -> None:
        """Follow a command that moves from article to article: in the same frame, or later if its key is held down."""
        now = time.monotonic()
        running, self._followed_at = now - self._followed_at < KEY_REPEAT_SECONDS, now
        if running:
            self.follow_soon()
        else:
            self.follow_now()

    def follow_soon(self) -> None:
        """Follow when the cursor has rested for `PAUSE` seconds."""
        self._stop()
        if not self.is_behind:
            return
        self._timer = self._hooks.after(PAUSE_SECONDS, self.follow_now)

    def follow_now(self) -> None:
        """Open the article under the cursor in the reader and highlight its matches."""
        self._stop()
        reader, catalogue = self._parts.reader, self._parts.stores.catalogue
        if reader.explains and catalogue.total and self._wanted is None:
            self._hooks.open_list(self._parts.list_key)
        article_id = self._wanted
        self._parts.search.look_ahead()
        spans = self._spans(article_id)
        if article_id is None and catalogue.total == 0 and (reader.article or catalogue.problems()):
            reader.explain()
            self._hooks.lay_out()
        elif article_id and not self.shows(article_id):
            explained = reader.explains
            try:
                reader.open(article_id, spans)
                if explained:
                    self._hooks.lay_out()
            except GONE as error:  # an OSError may pass: a server that is away, a disk that is not there
                passes = isinstance(error, OSError)
                self._hooks.notice(_("这篇文章现在打不开") if passes else _("这篇文章打不开了"))
        elif spans != self._parts.reader.spans:
            self._parts.reader.highlight(spans)
        if spans:
            self._return_to_match(article_id)
        self._hooks.say()
        self._hooks.save_soon()

    def _return_to_match(self, article_id: str | None) -> None:
        """Return to the hit of the last session if the reader shows its article with the matches of its query."""
        left = self.saved_match
        if left is not None and (left.article, left.query) == (article_id, self._parts.search.query):
            self._parts.reader.return_to_match(left.number, left.top)
            self.saved_match = None

    def catch_up(self) -> None:
        """Follow at once, before a command that acts on the article in the reader."""
        if self.is_behind:
            self.follow_now()

    def shows(self, article_id: str) -> bool:
        """Return whether the reader shows this article."""
        article = self._parts.reader.article
        return article is not None and article.id == article_id

    @property
    def is_behind(self) -> bool:
        """Whether the reader does not yet show the wanted article with its matches."""
        wanted, spans = self._wanted, self._parts.reader.spans
        return spans != self._spans(wanted) or (wanted is not None and not self.shows(wanted))

    @property
    def _wanted(self) -> str | None:
        """Id of the article that the reader should show, or None.

        Normally the last article that was under the cursor; if a search found nothing, the one from before the search.
        It does not depend on how long the cursor rested on any row.
        """
        if self._parts.search.answer is not None and not len(self._parts.sidebar.source):
            return self._parts.search.article_before
        entry = self._parts.sidebar.last_entry
        return entry.id if entry else None

    def _spans(self, article_id: str | None) -> Sequence[FieldSpan]:
        if article_id is None or self._parts.sidebar.entry is None:
            return ()
        hit = self._parts.search.hit(article_id)
        return hit.spans if hit else ()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
