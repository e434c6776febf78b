"""The queue of keys, pastes and mouse events. Each is handled in the state that the previous ones produced.

One queue serves all screens. A key goes to the screen that is on top when the key is handled, not when it arrives, and
its effect is complete before the next key is handled. A screen that is not ready holds the keys back: while it is
being mounted or laid out, or while one of its commands waits for the hits of a search. A click takes its turn among the
keys, so that it cannot act before a key that was typed earlier.

Nothing has Textual's focus, and keys are not Textual's bindings. Textual gives a key to the widget that has the focus
when the key arrives, and awaits the action of its binding in that widget's message loop. The key after one that opens
a screen, shows a pane or waits for hits would then act in the state before. Nor can bindings and key map carry a count
prefix, whose digits move at once and are taken back by the command that uses them; characters that an input method
commits together, each of which is text or a command depending on the one before; or characters that begin a query
because no command has them. `key_dispatch` therefore looks up the keys of the command table, the user's changes and the
variants of input methods. A command of the app ends in the method `action_` and its id.
"""

from __future__ import annotations

import time
from abc import abstractmethod
from collections import deque
from collections.abc import Callable

from textual.events import Key, MouseDown, MouseEvent, MouseUp, Paste
from textual.message import Message

Typed = Key | Paste
Input = Typed | MouseEvent

ALWAYS_QUITS = "ctrl+q"
"""The key that ends the program from every screen. Settings cannot rebind it."""
MAX_WAITING = 4_096
"""Keys and pastes. More than a user types ahead; further ones are dropped."""
MAX_WAITING_MOUSE = 512
"""Mouse events. A flood of clicks would delay the next key for seconds; further ones are dropped."""
SLICE_SECONDS = 0.02
"""Seconds. Maximum time to handle keys before the screen is painted."""


class KeysWanted(Message):
    """A screen is ready for keys again."""


class TakesKeys:
    """A screen that receives its keys from the queue."""

    @property
    @abstractmethod
    def waits(self) -> bool:
        """Whether the next key has to wait."""

    @abstractmethod
    def take(self, typed: Typed) -> None:
        """Handle a key or a paste completely before returning."""

    def gives_up(self, typed: Typed) -> bool:
        """Stop waiting if this key asks for it. Return whether it did; the queue then drops the waiting keys."""
        return False


class KeyQueue:
    """Passes keys to the top screen and mouse events to the app, one at a time."""

    def __init__(
        self,
        top: Callable[[], object],
        full: Callable[[], None],
        later: Callable[[], object],
        forward: Callable[[MouseEvent], object],
    ) -> None:
        """Create an empty queue.

        `top` returns the top screen; `full` is called for every key that is dropped; `later` schedules `work`.
        `forward` takes a mouse event and leads to a call of `forwarded` when its effect is complete.
        """
        self._top = top
        self._full = full
        self._later = later
        self._forward = forward
        self._waiting: deque[Input] = deque()
        self._mouse_waiting = 0
        self._buttons_dropped: set[int] = set()
        """Buttons whose press was dropped. Their release is dropped too."""
        self._forwarding = False
        self._closed = False

    def put(self, event: Input) -> None:
        """Add an event and schedule its handling; drop it if the queue is full."""
        if self._closed:
            return
        screen = self._top()
        if isinstance(event, Key | Paste) and isinstance(screen, TakesKeys) and screen.waits and screen.gives_up(event):
            self._drop()
        elif self._has_room(event):
            self._mouse_waiting += isinstance(event, MouseEvent)
            self._waiting.append(event)
            self._later()
        elif isinstance(event, Key | Paste):
            self._full()

    @property
    def queued(self) -> int:
        """Number of events that wait or are being handled."""
        return len(self._waiting) + self._forwarding

    def go_on(self) -> None:
        """Schedule the handling of the queued events, if there are any."""
        if self._waiting:
            self._later()

    def work(self) -> None:
        """Handle events until none is left, the top screen makes them wait, or `SLICE_SECONDS` have passed."""
        end = time.monotonic() + SLICE_SECONDS
        while self._waiting and not self._forwarding and isinstance(screen := self._top(), TakesKeys):
            if screen.waits:
                return
            event = self._waiting.popleft()
            if isinstance(event, MouseEvent):
                self._mouse_waiting -= 1
                self._forwarding = True
                self._forward(event)
                return
            screen.take(event)
            if self._waiting and time.monotonic() > end:
                self._later()
                return

    def forwarded(self) -> None:
        """Continue after the effect of a mouse event is complete."""
        self._forwarding = False
        self.go_on()

    def close(self) -> None:
        """Drop all events and accept no more, because the program ends."""
        self._closed = True
        self._clear()

    def _has_room(self, event: Input) -> bool:
        """Return whether the event may wait. The release of a button waits if its press did."""
        if isinstance(event, Key | Paste):
            return len(self._waiting) - self._mouse_waiting < MAX_WAITING
        if isinstance(event, MouseUp):
            was_dropped = event.button in self._buttons_dropped
            self._buttons_dropped.discard(event.button)
            return not was_dropped
        has_room = self._mouse_waiting < MAX_WAITING_MOUSE
        if isinstance(event, MouseDown) and not has_room:
            self._buttons_dropped.add(event.button)
        return has_room

    def _drop(self) -> None:
        """Drop what waits, apart from the release of a button whose press was handled."""
        first = next((event for event in self._waiting if isinstance(event, MouseDown | MouseUp)), None)
        self._clear()
        if isinstance(first, MouseUp):
            self._mouse_waiting = 1
            self._waiting.append(first)

    def _clear(self) -> None:
        self._waiting.clear()
        self._mouse_waiting = 0
