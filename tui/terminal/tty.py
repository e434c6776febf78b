"""The terminal that the program was started on: its file descriptors and its line discipline (termios).

The line discipline is saved before anything is shown and restored exactly.
"""

from __future__ import annotations

import os
import sys
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, Self

    Width = Literal[1, 2]
    Background = Literal["light", "dark"]
    OnSignals = Callable[[Callable[[], None] | None], None]

ALTERNATE_ON = "\x1b[?1049h\x1b[?25l\x1b[?7l"
ALTERNATE_OFF = "\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"


class Tty:
    """The file descriptors of one terminal."""

    __slots__ = ("input", "output")

    def __init__(self, input: int, output: int) -> None:
        self.input = input
        self.output = output

    def size(self) -> tuple[int, int]:
        """Return columns and rows from the kernel, as COLUMNS and LINES may be stale; 80 × 24 without them."""
        try:
            columns, rows = os.get_terminal_size(self.output)
        except OSError:
            return 80, 24
        return columns or 80, rows or 24

    def in_foreground(self) -> bool:
        """Return whether the shell lets this program use the terminal now."""
        try:
            return os.tcgetpgrp(self.input) == os.getpgrp()
        except OSError:
            return True

    def write(self, data: bytes) -> None:
        """Write all data; ignore a terminal that has gone."""
        while data:
            try:
                data = data[os.write(self.output, data) :]
            except InterruptedError:
                continue
            except OSError:
                return


def find() -> Tty | None:
    """Return the terminal on standard input and output, or standard error if output is redirected; None without one."""
    output = next((fd for fd in (1, 2) if os.isatty(fd)), None)
    return Tty(0, output) if output is not None and os.isatty(0) else None


class RawTerminal:
    """The terminal in raw mode until the driver takes it over. Leaving the `with` block restores it."""

    __slots__ = (
        "_given_back",
        "_on_signals",
        "background",
        "original",
        "shows_last_screen",
        "tty",
        "typed",
        "unanswered",
        "width",
    )

    def __init__(self, tty: Tty, original: list[Any], on_signals: OnSignals | None = None) -> None:
        self.tty = tty
        self.original = original
        """The line discipline before any change, from termios.tcgetattr."""
        self.typed = b""
        """Input that arrived while the terminal was asked. The driver reads it first."""
        self.shows_last_screen = False
        """Whether the alternate screen is on, showing the last screen."""
        self.width: Width | None = None
        """Cells of an ambiguous character. None before the terminal is asked, 1 if it has not answered."""
        self.background: Background | None = None
        """Whether the background is light or dark, or None if the terminal has not said so."""
        self.unanswered = False
        """Whether a cursor report was requested and is still to come. The next report is that answer."""
        self._given_back = False
        self._on_signals = on_signals

    def give_back(self, *, flush: bool = True) -> None:
        """Restore main screen, cursor and line discipline; a second call does nothing."""
        if self._given_back:
            return
        self._given_back = True
        if self._on_signals is not None:
            self._on_signals(None)
        if self.shows_last_screen:
            self.tty.write(ALTERNATE_OFF.encode())
        restore(self.tty, self.original, flush=flush)

    def handed_over(self) -> None:
        """Leave the terminal to the driver."""
        self._given_back = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()


def take(tty: Tty, on_signals: OnSignals | None = None) -> RawTerminal | None:
    """Put the terminal into raw mode, so that nothing typed is echoed, cut into lines or lost. None if it refuses.

    `on_signals` makes signals give the terminal back, until the driver installs its own handlers.
    """
    try:
        original = termios.tcgetattr(tty.input)
        make_raw(tty, original)
    except termios.error:
        return None
    terminal = RawTerminal(tty, original, on_signals)
    if on_signals is not None:
        on_signals(terminal.give_back)
    return terminal


def make_raw(tty: Tty, original: list[Any]) -> None:
    """Switch off echo, line editing, signals from keys and flow control; input typed so far stays.

    Raises termios.error if the terminal has gone.
    """
    iflag, oflag, cflag, lflag, ispeed, ospeed, characters = original
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    characters = [*characters]
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    termios.tcsetattr(tty.input, termios.TCSANOW, [iflag, oflag, cflag, lflag, ispeed, ospeed, characters])


def restore(tty: Tty, original: list[Any], *, flush: bool = True) -> None:
    """Restore the line discipline. With `flush`, late answers of the terminal do not reach the shell."""
    try:
        if flush:
            termios.tcflush(tty.input, termios.TCIFLUSH)
        termios.tcsetattr(tty.input, termios.TCSANOW, original)
    except termios.error:
        return


def leave(code: int) -> None:
    """Flush the output and end the process now. The interpreter's own shutdown would take 100 ms more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code)
