"""Dispatch of keys in the browse screen: text for an input line, a digit of the count prefix, or a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.events import Key
from textual.timer import Timer

from ...keys import Command, bindings
from ...session import list_cursor
from ...session.count_prefix import CountPrefix
from ...session.list_geometry import ListPosition
from ...widgets.article_list import ArticleList
from ...widgets.search_line import SearchLine
from ..key_queue import ALWAYS_QUITS, Typed
from .panes import Pane

PATIENCE_SECONDS = 1.5
"""Seconds. A digit typed later than this starts a new count prefix."""


class KeyTargets(NamedTuple):
    """The functions of the screen that keys trigger."""

    pane: Callable[[], Pane]
    """Returns the pane the keys go to."""
    perform: Callable[[str, int | None], None]
    """Performs a command with its count prefix."""
    type: Callable[[Callable[[SearchLine], None]], None]
    """Edits the input line with a function."""
    find: Callable[[str], None]
    """Opens the search line with a text."""
    say: Callable[[], None]
    """Updates the lines above and below the panes."""
    after: Callable[[float, Callable[[], None]], Timer]
    """Calls a function after a number of seconds."""


class KeyDispatcher:
    """Handles all keys of the screen in the order in which they were typed."""

    def __init__(self, targets: KeyTargets, sidebar: ArticleList, commands: Sequence[Command]) -> None:
        self._targets = targets
        self._sidebar = sidebar
        self.count = CountPrefix()
        self._before_count: ListPosition | None = None
        self._digit_at = 0.0
        self._rest: Timer | None = None
        self._rested = False
        self.use(commands)

    def use(self, commands: Sequence[Command]) -> None:
        """Set the commands and their keys."""
        self.commands = commands
        self._bound = {pane: bindings(pane.where, commands) for pane in Pane}

    @property
    def number(self) -> str:
        """The count prefix as the status line shows it; empty for none."""
        return "" if self._rested else self.count.shown

    def press(self, key: Key) -> None:
        """Handle a key in the current pane."""
        pane = self._targets.pane()
        command = self._bound[pane].get(key.key)
        if key.time - self._digit_at > PATIENCE_SECONDS:
            self._forget()
        if key.key == ALWAYS_QUITS:
            self._targets.perform("quit", None)
        elif pane.typing and not command:
            self._targets.type(lambda line: line.take(key.key, key.character if key.is_printable else None))
        elif not pane.typing and self.count.digit(key.character):
            self._digit_at, self._rested = key.time, False
            self._go_to_place()
        elif command:
            self._obey(command)
        elif key.is_printable and key.character and not key.character.isascii():
            self._targets.find(key.character)

    def command(self, typed: Typed) -> str | None:
        """Return the command id of a key in the current pane; None for a paste or an unbound key."""
        if not isinstance(typed, Key):
            return None
        if typed.key == ALWAYS_QUITS:
            return "quit"
        command = self._bound[self._targets.pane()].get(typed.key)
        return command.id if command else None

    def _obey(self, command: Command) -> None:
        count = self.count.take()
        if count and command.takes_count and self._before_count:
            self._sidebar.go(list_cursor.to_position, self._before_count)
        self._before_count = None
        self._targets.perform(command.id, count)

    def _go_to_place(self) -> None:
        """Go to the section with the typed number at once.

        If a command then takes the number as its count, it starts from the position before the digits.
        """
        sidebar = self._sidebar
        self._before_count = self._before_count or sidebar.cursor_position
        sidebar.go(list_cursor.to_nth_section, int(self.count.shown))
        if self._rest:
            self._rest.stop()
        self._rest = self._targets.after(PATIENCE_SECONDS, self._rest_over)

    def _rest_over(self) -> None:
        """Stop showing the number, but keep it: a key that was typed in time may still be queued and use it."""
        self._rested = True
        self._targets.say()

    def _forget(self) -> None:
        """Drop a count prefix that no command used, so that the next digit starts a new one."""
        self.count.take()
        self._before_count = None
