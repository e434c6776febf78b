"""What the terminal sent, on its way from the input thread to the app: in order, bounded, and no faster than it acts.

A flood (a wheel that spins, text pasted without brackets, a stuck key) would otherwise wait in the app's queue, and
what the user types next would wait behind it. Here it waits outside the app, where it can be thinned.
"""

import asyncio
from collections.abc import Callable
from threading import Lock

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message

MAX_KEYS = 4096
"""Keys that wait, as many as one read can hold. Nobody typed more: they are dropped, and the latest are kept."""
MAX_MOUSE = 64
"""Mouse events that wait, but for releases of buttons whose press was delivered."""
PATIENCE_SECONDS = 1.0
"""After this time the app is given more, though it has not said that it is through."""


class Inbox:
    """Messages go in from the input thread and are posted to the app by its event loop, a batch at a time."""

    def __init__(self, app: App[object], loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self._lock = Lock()
        self._waiting: list[Message] = []
        self._keys = self._mouse = 0
        self._press_dropped = False
        self._scheduled = False
        self._batch: object | None = None

    def put(self, message: Message) -> None:
        """Post a message after those before it, or drop it if too many wait; from any thread."""
        with self._lock:
            if not self._has_room(message):
                return
            self._waiting.append(message)
            if self._scheduled:
                return
            self._scheduled = True
        self._soon(self._deliver)

    def _has_room(self, message: Message) -> bool:
        """Whether it is to be added; a drag's place takes that of the one before."""
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
        """Post what waits, unless the app is still busy with what was posted before."""
        with self._lock:
            self._scheduled = False
            if self._batch is not None or not self._waiting:
                return
            batch, self._waiting = self._waiting, []
            self._keys = self._mouse = 0
            self._batch = mark = object()
        for message in batch:
            self._app.post_message(message)
        self._app.call_later(self._through_app, mark)
        self._loop.call_later(PATIENCE_SECONDS, self._through, mark)

    def _through_app(self, mark: object) -> None:
        """The app has passed the batch on to the screen on top: ask when that one is through with it."""
        try:
            passed_on = self._app.screen.call_later(self._through, mark)
        except ScreenStackError:
            passed_on = False
        if not passed_on:
            self._through(mark)

    def _through(self, mark: object) -> None:
        """A batch was acted on; calls that come late, or for a batch before, do nothing."""
        if mark is self._batch:
            self._batch = None
            self._deliver()

    def _soon(self, call: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(call)
        except RuntimeError:  # the loop has closed: the app has ended
            return
