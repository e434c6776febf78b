"""Two questions to the terminal: how wide it draws ambiguous characters, and whether its background is light.

To ask for the width (UAX #11 §4.2: `“ ” — … ·` take one cell or two), a character is drawn and the cursor's position
requested; then the line is erased. The background colour (OSC 11) is requested first. Terminals answer in order, so a
cursor report without a colour before it means that the terminal does not know OSC 11.
"""

from __future__ import annotations

import os
import select
import time

from .answers import cut_background, cut_cursor_report, width_at
from .tty import RawTerminal, Tty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .answers import Width

TIMEOUT_SECONDS = 0.2
"""Seconds. A start on a terminal that does not answer must not feel slow."""
_BACKGROUND = b"\x1b]11;?\x1b\\"
_WIDTH = "\r“\x1b[6n".encode()
_ERASE = b"\r\x1b[K"
_FEW_COLOURS = ("linux", "ansi", "cygwin", "cons25")
"""Prefixes of TERM. No theme depends on the background there, and some of these terminals would print the question."""


def can_ask(tty: Tty) -> bool:
    """Return whether the program may use the terminal now and the terminal answers questions."""
    return os.environ.get("TERM", "") not in ("", "dumb") and tty.in_foreground()


def ask(taken: RawTerminal, timeout: float = TIMEOUT_SECONDS, *, background: bool = True) -> Width:
    """Ask the terminal once and return the width of an ambiguous character; both answers are kept in `taken`.

    Keys typed meanwhile are appended to `taken.typed`. If `taken.unanswered` is still true, the driver receives the
    answer.
    """
    if taken.width is None:
        taken.width = 1
        if can_ask(taken.tty):
            asks_background = background and not os.environ.get("TERM", "").startswith(_FEW_COLOURS)
            taken.tty.write(_BACKGROUND + _WIDTH if asks_background else _WIDTH)
            taken.unanswered = True
            _read_answers(taken, timeout)
            taken.tty.write(_ERASE)
    return taken.width


def _read_answers(taken: RawTerminal, timeout: float) -> None:
    """Read until the cursor report arrives or the time is over."""
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0:
        if not select.select([taken.tty.input], [], [], left)[0]:
            break
        try:
            read = os.read(taken.tty.input, 4096)
        except OSError:
            break
        if not read:
            break
        taken.typed += read
        taken.typed, column = cut_cursor_report(taken.typed)
        if column is not None:
            taken.width = width_at(column)
            taken.unanswered = False
            break
    taken.typed, background_said = cut_background(taken.typed)
    taken.background = background_said or taken.background
