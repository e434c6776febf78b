"""Browsing is reading: the article under the list's cursor is the one in the reader."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.timer import Timer

from ...words import _
from .reader import GONE

if TYPE_CHECKING:
    from .screen import BrowseScreen

PAUSE = 0.04
"""Seconds of pause in which the reader catches up with a cursor that runs."""


class Following:
    """Brings articles into the reader."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None
        self._moved = 0.0

    @property
    def behind(self) -> bool:
        """Whether the reader shows another article than the one under the cursor."""
        entry, article = self._screen.sidebar.entry, self._screen.reader.article
        return entry is not None and (article is None or entry.id != article.id)

    def step(self) -> None:
        """After a key: a single step is followed now and not on the list's message, so that both come in a frame."""
        if self.behind and time.monotonic() - self._moved > 1.5 * PAUSE:
            self._moved = time.monotonic()
            self.now()

    def soon(self) -> None:
        """The cursor moved: follow at once after a rest, and when it pauses while it runs on."""
        self._stop()
        rested = time.monotonic() - self._moved > 1.5 * PAUSE
        if self.behind:
            self._moved = time.monotonic()
        self._timer = self._screen.set_timer(PAUSE / 20 if rested else PAUSE, self.now)

    def now(self) -> None:
        """Bring the article under the cursor into the reader, with the hits in it."""
        self._stop()
        screen, entry = self._screen, self._screen.sidebar.entry
        if entry is None:
            screen.reader.mark(())
            screen.say()
            return
        screen.finding.look_ahead()
        hit = screen.finding.hit(entry.id)
        spans = hit.spans if hit else ()
        if screen.reader.article is None or screen.reader.article.id != entry.id:
            try:
                screen.reader.open(entry.id, spans)
            except GONE:
                screen.notice(_("这篇文章打不开了"))
        elif spans != screen.reader.spans:
            screen.reader.mark(spans)
        screen.say()
        screen.keeping.settle()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
