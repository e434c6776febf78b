"""The terminal this program was started on: where it is read and written, and its line discipline (termios).

The discipline is taken once, before anything is shown, and given back exactly as it was.
"""

from __future__ import annotations

import os
import sys
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Literal, Self

    from .answers import Background

    Width = Literal[1, 2]
    OnSignals = Callable[[Callable[[], None] | None], None]

ALTERNATE_ON = "\x1b[?1049h\x1b[?25l\x1b[?7l"
ALTERNATE_OFF = "\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"


class Tty:
    """File descriptors of one terminal."""

    __slots__ = ("input", "output")

    def __init__(self, input: int, output: int) -> None:
        self.input = input
        self.output = output

    def size(self) -> tuple[int, int]:
        """Columns and rows as the kernel knows them (COLUMNS and LINES may be stale); 80 × 24 where it does not."""
        try:
            columns, rows = os.get_terminal_size(self.output)
        except OSError:
            return 80, 24
        return columns or 80, rows or 24

    def in_foreground(self) -> bool:
        """Whether the shell lets this program use the terminal just now."""
        try:
            return os.tcgetpgrp(self.input) == os.getpgrp()
        except OSError:
            return True

    def write(self, data: bytes) -> None:
        """Write everything; a terminal that has gone takes it silently."""
        while data:
            try:
                data = data[os.write(self.output, data) :]
            except InterruptedError:
                continue
            except OSError:
                return


def find() -> Tty | None:
    """The terminal on standard input and output (or standard error, when output goes elsewhere); None without one."""
    output = next((fd for fd in (1, 2) if os.isatty(fd)), None)
    return Tty(0, output) if output is not None and os.isatty(0) else None


class RawTerminal:
    """The terminal in raw mode, on its way to the driver. Leaving the `with` block gives it back as it was."""

    __slots__ = ("_given_back", "_on_signals", "background", "original", "shown", "tty", "typed", "unanswered", "width")

    def __init__(self, tty: Tty, original: list[Any], on_signals: OnSignals | None = None) -> None:
        self.tty = tty
        self.original = original
        """As termios.tcgetattr gave it, before anything was changed."""
        self.typed = b""
        """What was typed while the terminal was being asked something; the driver reads it first."""
        self.shown = False
        """Whether the alternate screen is on already, with the last screen on it."""
        self.width: Width | None = None
        """Cells of a character of ambiguous width, once the terminal has been asked; 1 if it has not answered."""
        self.background: Background | None = None
        """How light the terminal's ground is, when it has said so."""
        self.unanswered = False
        """Whether the terminal was asked for its cursor's place and has not told it: the next report is that answer."""
        self._given_back = False
        self._on_signals = on_signals

    def give_back(self, *, flush: bool = True) -> None:
        """Main screen, cursor and line discipline as they were; a second time does nothing."""
        if self._given_back:
            return
        self._given_back = True
        if self._on_signals is not None:
            self._on_signals(None)
        if self.shown:
            self.tty.write(ALTERNATE_OFF.encode())
        restore(self.tty, self.original, flush=flush)

    def handed_over(self) -> None:
        """The driver looks after the terminal from here on."""
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
    """No echo, no lines, no signals from keys, no flow control; what was typed already stays.

    Raises termios.error when the terminal has gone.
    """
    iflag, oflag, cflag, lflag, ispeed, ospeed, characters = original
    iflag &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    lflag &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    characters = [*characters]
    characters[termios.VMIN], characters[termios.VTIME] = 1, 0
    termios.tcsetattr(tty.input, termios.TCSANOW, [iflag, oflag, cflag, lflag, ispeed, ospeed, characters])


def restore(tty: Tty, original: list[Any], *, flush: bool = True) -> None:
    """The line discipline as it was; with `flush`, late answers of the terminal are not left for the shell."""
    try:
        if flush:
            termios.tcflush(tty.input, termios.TCIFLUSH)
        termios.tcsetattr(tty.input, termios.TCSANOW, original)
    except termios.error:
        return


def leave(code: int) -> None:
    """End the process now, with everything written: the interpreter's own end would take 100 ms more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(code)
