"""What must be asked of the terminal: how wide it draws characters of ambiguous width, and how light its ground is.

The width (UAX #11 §4.2: `“ ” — … ·` take one cell or two) is asked by drawing one and asking where the cursor went.
Nothing of it stays on the screen. The background colour (OSC 11) is asked before: terminals answer in order, so when
the cursor's place is known no more has to be waited for, and one that does not know the question costs no time.
"""

from __future__ import annotations

import os
import select
import time

from .answers import cut_background, cut_cursor_report, width_at
from .tty import RawTerminal, Tty, find, take

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tty import Width

TIMEOUT = 0.2
"""Seconds; a terminal that does not answer must not be felt."""
_BACKGROUND = b"\x1b]11;?\x1b\\"
_WIDTH = "\r“\x1b[6n".encode()
_ERASE = b"\r\x1b[K"
_FEW_COLOURS = ("linux", "ansi", "cygwin", "cons25")
"""Beginnings of TERM: no theme depends on the ground there, or the question would be printed."""


def probe(timeout: float = TIMEOUT) -> Width:
    """The width in cells; 1 where there is no terminal, no answer within `timeout` seconds or an odd one."""
    tty = find()
    if tty is None or tty.output != 1 or not can_ask(tty) or (taken := take(tty)) is None:
        return 1
    end = time.monotonic() + timeout
    try:
        return ask(taken, timeout, background=False)
    finally:
        taken.give_back(flush=time.monotonic() >= end)


def can_ask(tty: Tty) -> bool:
    """Whether the terminal is ours to ask and of a kind that answers."""
    return os.environ.get("TERM", "") not in ("", "dumb") and tty.in_foreground()


def ask(taken: RawTerminal, timeout: float = TIMEOUT, *, background: bool = True) -> Width:
    """The same on a terminal already taken, once; keys typed meanwhile go to `taken.typed`.

    `taken` keeps the answers. One that comes after `timeout` is for the driver: `taken.unanswered` says so.
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
    """Read until the terminal has said where its cursor is, or the time is over."""
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
    taken.typed, said = cut_background(taken.typed)
    taken.background = said or taken.background
