"""How wide this terminal draws characters of ambiguous width (UAX #11 §4.2): `“ ” — … ·` take one cell or two.

The terminal is asked by drawing one and asking where the cursor went. Nothing of it stays on the screen.
"""

from __future__ import annotations

import os
import select
import time

from .tty import Taken, Tty, find, take

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tty import Width

TIMEOUT = 0.2
"""Seconds; a terminal that does not answer must not be felt."""
_QUESTION = "\r“\x1b[6n".encode()
_ERASE = b"\r\x1b[K"


def probe(timeout: float = TIMEOUT) -> Width:
    """The width in cells; 1 where there is no terminal, no answer within `timeout` seconds or an odd one."""
    tty = find()
    if tty is None or tty.output != 1 or not can_ask(tty) or (taken := take(tty)) is None:
        return 1
    end = time.monotonic() + timeout
    try:
        return ask(taken, timeout)
    finally:
        taken.give_back(flush=time.monotonic() >= end)


def can_ask(tty: Tty) -> bool:
    """Whether the terminal is ours to ask and of a kind that answers."""
    return os.environ.get("TERM", "") not in ("", "dumb") and tty.in_foreground()


def ask(taken: Taken, timeout: float = TIMEOUT) -> Width:
    """The same on a terminal already taken, once; keys typed meanwhile go to `taken.typed`."""
    if taken.width is None:
        taken.width = 1
        if can_ask(taken.tty):
            taken.tty.write(_QUESTION)
            taken.width = 2 if _read_column(taken, timeout) == 3 else 1
            taken.tty.write(_ERASE)
    return taken.width


def _read_column(taken: Taken, timeout: float) -> int | None:
    """The column the terminal says its cursor is in, counted from 1."""
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
        before, column, after = _cut_report(taken.typed)
        if column is not None:
            taken.typed = before + after
            return column
    return None


def _cut_report(data: bytes) -> tuple[bytes, int | None, bytes]:
    """What stands before a cursor position report (`CSI row;column R`), its column, and what stands after it."""
    start = data.find(b"\x1b[")
    while start >= 0:
        end = start + 2
        while end < len(data) and data[end : end + 1] in b"0123456789;":
            end += 1
        row, semicolon, column = data[start + 2 : end].partition(b";")
        if data[end : end + 1] == b"R" and row.isdigit() and column.isdigit() and semicolon:
            return data[:start], int(column), data[end + 1 :]
        start = data.find(b"\x1b[", start + 2)
    return data, None, b""
