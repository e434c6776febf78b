"""Browsing is reading: the article under the list's cursor is the one in the reader."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from ...words import _
from .reader import GONE

if TYPE_CHECKING:
    from ...search import Span
    from .screen import BrowseScreen

PAUSE = 0.075
"""Seconds the cursor rests before the reader follows: a key in the list costs the list's bytes alone, a cursor that
runs is not held up by articles nobody looks at, and what comes within a tenth of a second comes at once."""

RUN = 0.05
"""Seconds between keys that are held down, at most."""


class Following:
    """Brings articles into the reader."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._came = 0.0

    def come(self) -> None:
        """An article was asked for, not a row: it comes in the same frame, unless such keys run."""
        now = time.monotonic()
        running, self._came = now - self._came < RUN, now
        if running:
            self.soon()
        else:
            self.now()

    def soon(self) -> None:
        """The cursor moved, or what was found: follow when it rests."""
        self._stop()
        if self._is_there():
            return
        self._timer = self._screen.set_timer(PAUSE, self.now)

    def now(self) -> None:
        """Bring the article under the cursor into the reader, with the hits in it."""
        self._stop()
        screen, entry = self._screen, self._screen.sidebar.entry
        if entry is None:
            screen.reader.mark(())
            screen.say()
            return
        screen.finding.look_ahead()
        spans = self._spans(entry.id)
        if screen.reader.article is None or screen.reader.article.id != entry.id:
            try:
                screen.reader.open(entry.id, spans)
            except GONE:
                screen.notice(_("这篇文章打不开了"))
        elif spans != screen.reader.spans:
            screen.reader.mark(spans)
        screen.say()
        screen.keeping.settle()

    def _is_there(self) -> bool:
        """Whether the reader shows the article under the cursor, with the hits in it."""
        entry, reader = self._screen.sidebar.entry, self._screen.reader
        if entry is None or reader.article is None or reader.article.id != entry.id:
            return False
        return reader.spans == self._spans(entry.id)

    def _spans(self, article_id: str) -> Sequence[Span]:
        hit = self._screen.finding.hit(article_id)
        return hit.spans if hit else ()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
