"""Two questions to the terminal: how wide it draws ambiguous characters, and whether its background is light.

To ask for the width (UAX #11 §4.2: `“ ” — … ·` take one cell or two), a character is drawn and the cursor's position
requested; then the line is erased. The background colour (OSC 11) is requested first. Terminals answer in order, so a
cursor report without a colour before it means that the terminal does not know OSC 11. This module uses no regular
expressions, because the last screen waits for it.
"""

from __future__ import annotations

import os
import select
import time

from .tty import RawTerminal, Tty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tty import Background, Width

TIMEOUT_SECONDS = 0.2
"""Seconds. A start on a terminal that does not answer must not feel slow."""
_BACKGROUND = b"\x1b]11;?\x1b\\"
_WIDTH = "\r“\x1b[6n".encode()
_ERASE = b"\r\x1b[K"
_BEGINNING = "\x1b]11;"
_ENDS = ("\x07", "\x1b\\")
_HEX = frozenset("0123456789abcdefABCDEF")
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


def width_at(column: int) -> Width:
    """Return the width of the character drawn in column 1, from the column the cursor is in after it."""
    return 2 if column == 3 else 1


def background_in(answer: str) -> Background | None:
    """Return whether the background colour in an answer to OSC 11 is light or dark, or None if it is no such answer.

    Colours have the form of X11: `rgb:1e1e/1e1e/1e1e`, `rgba:…` or `#1e1e1e`, with one to four digits each.
    """
    end = next((end for end in _ENDS if answer.endswith(end)), "")
    if not answer.startswith(_BEGINNING) or not end:
        return None
    parts = _parts(answer[len(_BEGINNING) : -len(end)])
    if len(parts) not in (3, 4) or not all(1 <= len(part) <= 4 and _HEX.issuperset(part) for part in parts):
        return None
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in parts[:3])
    return "light" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 else "dark"


def cut_cursor_report(data: bytes) -> tuple[bytes, int | None]:
    """Remove the first cursor position report (`CSI row;column R`) from `data`; return the rest and the column."""
    start = data.find(b"\x1b[")
    while start >= 0:
        end = start + 2
        while end < len(data) and data[end : end + 1] in b"0123456789;":
            end += 1
        row, semicolon, column = data[start + 2 : end].partition(b";")
        if data[end : end + 1] == b"R" and row.isdigit() and column.isdigit() and semicolon:
            return data[:start] + data[end + 1 :], int(column[:9])
        start = data.find(b"\x1b[", start + 2)
    return data, None


def cut_background(data: bytes) -> tuple[bytes, Background | None]:
    """Remove the first complete answer to OSC 11 from `data`; return the rest and what the answer says."""
    start = data.find(_BEGINNING.encode())
    ends = [at + len(end) for end in _ENDS if start >= 0 and (at := data.find(end.encode(), start)) >= 0]
    if not ends:
        return data, None
    answer = data[start : min(ends)].decode("latin-1")
    return data[:start] + data[min(ends) :], background_in(answer)


def _parts(colour: str) -> list[str]:
    kind, _, digits = colour.partition(":")
    if kind in ("rgb", "rgba"):
        return digits.split("/")
    size, rest = divmod(len(colour) - 1, 3)
    return (
        [colour[at : at + size] for at in range(1, len(colour), size)]
        if colour[:1] == "#" and size and not rest
        else []
    )
