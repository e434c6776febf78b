"""The queue from the input thread to the app: in order, bounded, and no faster than the app handles messages.

A flood (a spinning wheel, text pasted without brackets, a stuck key) would otherwise fill the app's own queue, and the
user's next key would wait behind it. Here the flood can be thinned.
"""

import asyncio
from collections.abc import Callable
from threading import Lock

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message

MAX_KEYS = 4096
"""Keys. The most that one read can hold; beyond it the oldest are dropped. No user types this many ahead."""
MAX_MOUSE = 64
"""Waiting mouse events, apart from releases of buttons whose press was delivered."""
PATIENCE_SECONDS = 1.0
"""Time after which the app receives more although it has not finished."""


class Inbox:
    """Collects messages in the input thread and posts them to the app from its event loop, one batch at a time."""

    def __init__(self, app: App[object], loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._lock = Lock()
        self._waiting: list[Message] = []
        self._keys = self._mouse = 0
        self._press_dropped = False
        self._scheduled = False
        self._batch: _Batch | None = None

    def put(self, message: Message) -> None:
        """Post a message after the earlier ones, or drop it if too many wait. May be called from any thread."""
        with self._lock:
            if not self._has_room(message):
                return
            self._waiting.append(message)
            if self._scheduled:
                return
            self._scheduled = True
        self._soon(self._deliver)

    def _has_room(self, message: Message) -> bool:
        """Return whether to add a message. A drag replaces the position of the drag before it."""
        if isinstance(message, events.Key):
            if self._keys == MAX_KEYS:
                self._waiting = [kept for kept in self._waiting if not isinstance(kept, events.Key)]
                self._keys = 0
            self._keys += 1
            return True
        if not isinstance(message, events.MouseEvent):
            return True
        if isinstance(message, events.MouseUp):
            dropped, self._press_dropped = self._press_dropped, False
            return not dropped
        if isinstance(message, events.MouseMove) and self._waiting and isinstance(self._waiting[-1], events.MouseMove):
            self._waiting.pop()
            return True
        self._mouse += 1
        has_room = self._mouse <= MAX_MOUSE
        if isinstance(message, events.MouseDown):
            self._press_dropped = not has_room
        return has_room

    def _deliver(self) -> None:
        """Post the waiting messages unless the app is still busy with the batch before."""
        with self._lock:
            self._scheduled = False
            if self._batch is not None or not self._waiting:
                return
            batch, self._waiting = self._waiting, []
            self._keys = self._mouse = 0
            self._batch = _Batch(self._app, self._handled)
        for message in batch:
            self._app.post_message(message)
        self._app.post_message(events.Callback(callback=self._batch.passed_on))
        self._loop.call_later(PATIENCE_SECONDS, self._batch.handled)

    def _handled(self, batch: "_Batch") -> None:
        """Post the next batch; ignore calls that come late or belong to an earlier batch."""
        if batch is self._batch:
            self._batch = None
            self._deliver()

    def _soon(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:  # the loop is closed because the app has ended
            return


class _Batch:
    """Finds out when the app has handled a batch.

    The callbacks are methods without arguments: Textual inspects the signature of each new partial function, which
    takes longer than all else that a key needs here.
    """

    def __init__(self, app: App[object], then: Callable[["_Batch"], None]) -> None:
        self._app, self._then = app, then

    def passed_on(self) -> None:
        """Wait for the top screen, to which the app has passed the batch."""
        try:
            is_passed_on = self._app.screen.post_message(events.Callback(callback=self.handled))
        except ScreenStackError:
            is_passed_on = False
        if not is_passed_on:
            self.handled()

    def handled(self) -> None:
        """Let the inbox post the next batch."""
        self._then(self)
