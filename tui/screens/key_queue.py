"""The queue of keys and pastes. Each is handled in the state that the previous ones produced.

One queue serves all screens. A key goes to the screen that is on top when the key is handled, not when it arrives, and
its effect is complete before the next key is handled. A screen that is not ready holds the keys back: while it is
being mounted or laid out, or while one of its commands waits for the hits of a search.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from textual.events import Key, Paste
from textual.message import Message

Typed = Key | Paste

ALWAYS_QUITS = "ctrl+q"
"""The key that ends the program from every screen. Settings cannot rebind it."""
MAX_WAITING = 4_096
"""Keys and pastes. More than a user types ahead; further ones are dropped."""
SLICE_SECONDS = 0.02
"""Seconds. Maximum time to handle keys before the screen is painted."""


class KeysWanted(Message):
    """A screen is ready for keys again."""


@runtime_checkable
class TakesKeys(Protocol):
    """A screen that receives its keys from the queue."""

    @property
    def waits(self) -> bool:
        """Whether the next key has to wait."""
        ...

    def take(self, typed: Typed) -> None:
        """Handle a key or a paste completely before returning."""
        ...

    def gives_up(self, typed: Typed) -> bool:
        """Stop waiting if this key asks for it. Return whether it did; the queue then drops the waiting keys."""
        ...


class KeyQueue:
    """Passes keys to the top screen, one at a time."""

    def __init__(self, top: Callable[[], object], full: Callable[[], None], later: Callable[[], object]) -> None:
        """Create an empty queue.

        `top` returns the top screen; `full` is called for every key that is dropped; `later` schedules `work`.
        """
        self._top = top
        self._full = full
        self._later = later
        self._waiting: deque[Typed] = deque()
        self._closed = False

    def put(self, typed: Typed) -> None:
        """Add a key and schedule its handling; drop it if the queue is full."""
        if self._closed:
            return
        screen = self._top()
        if isinstance(screen, TakesKeys) and screen.waits and screen.gives_up(typed):
            self._waiting.clear()
        elif len(self._waiting) < MAX_WAITING:
            self._waiting.append(typed)
            self._later()
        else:
            self._full()

    @property
    def queued(self) -> int:
        """Number of keys and pastes that wait."""
        return len(self._waiting)

    def go_on(self) -> None:
        """Schedule the handling of the queued keys, if there are any."""
        if self._waiting:
            self._later()

    def work(self) -> None:
        """Handle keys until none is left, the top screen makes them wait, or `SLICE_SECONDS` have passed."""
        end = time.monotonic() + SLICE_SECONDS
        while self._waiting and isinstance(screen := self._top(), TakesKeys) and not screen.waits:
            screen.take(self._waiting.popleft())
            if self._waiting and time.monotonic() > end:
                self._later()
                return

    def close(self) -> None:
        """Drop all keys and accept no more, because the program ends."""
        self._closed = True
        self._waiting.clear()
