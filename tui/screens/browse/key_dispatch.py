"""The meaning of a key in the browse screen: text for an input line, a digit of the count prefix, or a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.events import Key
from textual.timer import Timer

from ...keys import Command, bindings
from ...session.count_prefix import CountPrefix
from ...session.state import PaneName
from ..key_queue import ALWAYS_QUITS, Typed
from .panes import KEY_FOCUS

PATIENCE_SECONDS = 1.5
"""Seconds. A digit typed later than this starts a new count prefix."""


class CommandKey(NamedTuple):
    """A command with its count prefix."""

    command: str
    number: int | None = None
    is_counted: bool = False
    """Whether the count repeats the command. It then starts where the cursor was before the digits."""


class CountKey(NamedTuple):
    """A digit; the count prefix is now `number`."""

    number: int
    is_first: bool


class EditKey(NamedTuple):
    """A key for the input line."""

    key: str
    character: str | None


class QueryKey(NamedTuple):
    """A character that begins a query: one that no command has and that is not ASCII."""

    character: str


KeyMeaning = CommandKey | CountKey | EditKey | QueryKey | None


class KeyDispatcher:
    """Finds the meaning of the keys, in the order in which they were typed."""

    def __init__(
        self, commands: Sequence[Command], after: Callable[[float, Callable[[], None]], Timer], say: Callable[[], None]
    ) -> None:
        """Start without a count prefix. `say` shows that it is not shown any more."""
        self._after, self._say = after, say
        self._count = CountPrefix()
        self._digit_at = 0.0
        self._rest: Timer | None = None
        self._rested = False
        self.use(commands)

    def use(self, commands: Sequence[Command]) -> None:
        """Set the commands and their keys."""
        self.commands = commands
        self._bound = {pane: bindings(focus, commands) for pane, focus in KEY_FOCUS.items()}

    @property
    def number(self) -> str:
        """The count prefix as the status line shows it; empty for none."""
        return "" if self._rested else self._count.shown

    def meaning(self, key: Key, pane: PaneName) -> KeyMeaning:
        """Return what a key means while `pane` has the keys."""
        command = self._bound[pane].get(key.key)
        is_typing = KEY_FOCUS[pane] == "search"
        if key.time - self._digit_at > PATIENCE_SECONDS:
            self._count.take()
        if key.key == ALWAYS_QUITS:
            return CommandKey("quit")
        if is_typing and not command:
            return EditKey(key.key, key.character if key.is_printable else None)
        if not is_typing and self._count.digit(key.character):
            self._digit_at, self._rested = key.time, False
            self._rest_soon()
            return CountKey(int(self._count.shown), len(self._count.shown) == 1)
        if command:
            count = self._count.take()
            return CommandKey(command.id, count, bool(count) and command.takes_count)
        if key.is_printable and key.character and not key.character.isascii():
            return QueryKey(key.character)
        return None

    def command(self, typed: Typed, pane: PaneName) -> str | None:
        """Return the command id of a key in a pane; None for a paste or an unbound key."""
        if not isinstance(typed, Key):
            return None
        if typed.key == ALWAYS_QUITS:
            return "quit"
        command = self._bound[pane].get(typed.key)
        return command.id if command else None

    def _rest_soon(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self._after(PATIENCE_SECONDS, self._rest_over)

    def _rest_over(self) -> None:
        """Stop showing the number, but keep it: a key that was typed in time may still be queued and use it."""
        self._rested = True
        self._say()
