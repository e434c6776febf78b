"""Keys and pastes in the order they were typed, each acting on the state that the ones before it made.

One queue serves all screens. A key goes to the screen on top when it is the key's turn, not when it arrives, and its
whole effect is there before the next key's turn. A screen that is not ready yet (it is being mounted or laid out, or
a command of it needs hits that are still being searched) lets the keys wait.
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
"""Ends the program from every screen, whatever the settings say of it."""
MAX_WAITING = 4_096
"""Keys and pastes. More than anybody types ahead; further ones are dropped."""
SLICE_SECONDS = 0.02
"""How long keys are handled in one go before the screen is painted in between."""


class KeysWanted(Message):
    """A screen takes keys again."""


@runtime_checkable
class TakesKeys(Protocol):
    """A screen whose keys come from the queue."""

    @property
    def waits(self) -> bool:
        """Whether the next key has to wait."""
        ...

    def take(self, typed: Typed) -> None:
        """Handle a key or a paste with its whole effect."""
        ...

    def gives_up(self, typed: Typed) -> bool:
        """Stop waiting if this key asks for that; True when it did, and what is queued is to be dropped."""
        ...


class KeyQueue:
    """Hands keys to the screen on top, one at a time."""

    def __init__(self, top: Callable[[], object], full: Callable[[], None], later: Callable[[], object]) -> None:
        """`full` is called for every key that is dropped; `later` arranges another call of `work`."""
        self._top = top
        self._full = full
        self._later = later
        self._waiting: deque[Typed] = deque()
        self._closed = False

    def put(self, typed: Typed) -> None:
        """Add a key, and handle what can be handled."""
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
        """How many keys and pastes wait for their turn."""
        return len(self._waiting)

    def go_on(self) -> None:
        """Handle what is queued, if anything is."""
        if self._waiting:
            self._later()

    def work(self) -> None:
        """Handle keys until none is left, the screen on top lets them wait, or the slice of time is over."""
        end = time.monotonic() + SLICE_SECONDS
        while self._waiting and isinstance(screen := self._top(), TakesKeys) and not screen.waits:
            screen.take(self._waiting.popleft())
            if self._waiting and time.monotonic() > end:
                self._later()
                return

    def close(self) -> None:
        """Take no more keys: the program ends."""
        self._closed = True
        self._waiting.clear()
