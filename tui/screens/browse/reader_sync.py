"""Keeps the reader on the article under the list's cursor."""

from __future__ import annotations

import time

from textual.timer import Timer

from .hooks import Hooks
from .screen_runner import ScreenRunner

PAUSE_SECONDS = 0.075
"""Seconds that the cursor rests before the reader follows.

A key in the list then repaints only the list, and a moving cursor is not slowed down by articles that the user skips.
Below a tenth of a second the reader still seems to follow at once.
"""
KEY_REPEAT_SECONDS = 0.05
"""Seconds. Keys that come closer together than this count as held down."""


class ReaderSync:
    """Opens the article under the cursor in the reader, at once or after a rest."""

    def __init__(self, runner: ScreenRunner, hooks: Hooks) -> None:
        self._runner, self._hooks = runner, hooks
        self._timer: Timer | None = None
        self._followed_at = 0.0

    def follow(self) -> None:
        """Follow a command that moves from article to article: in the same frame, or later if its key is held down."""
        now = time.monotonic()
        running, self._followed_at = now - self._followed_at < KEY_REPEAT_SECONDS, now
        if running:
            self.follow_soon()
        else:
            self.follow_now()

    def follow_soon(self) -> None:
        """Follow when the cursor has rested for `PAUSE_SECONDS`."""
        self._stop()
        self._timer = self._hooks.after(PAUSE_SECONDS, self.follow_now)

    def follow_now(self) -> None:
        """Open the article under the cursor in the reader and highlight its matches."""
        self._stop()
        self._hooks.show(self._runner.follow())

    def catch_up(self) -> None:
        """Follow at once, before a command that acts on the article in the reader."""
        if self._runner.is_behind:
            self.follow_now()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
