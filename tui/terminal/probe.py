"""How wide this terminal draws characters of ambiguous width (UAX #11 §4.2): `“ ” — … ·` take one cell or two.

The terminal is asked by drawing one and asking where the cursor went. Nothing of it stays on the screen.
"""

import os
import re
import select
import time
from typing import Literal

from .tty import Taken, Tty, take

Width = Literal[1, 2]
_QUESTION = "\r“\x1b[6n".encode()
_ERASE = b"\r\x1b[K"
_ANSWER = re.compile(rb"\x1b\[(\d+);(\d+)R")


def probe(timeout: float = 0.2) -> Width:
    """The width in cells; 1 where there is no terminal, no answer within `timeout` seconds or an odd one."""
    from .tty import find, restore

    tty = find()
    taken = take(tty) if tty is not None and can_ask(tty) else None
    if taken is None:
        return 1
    try:
        return ask(taken, timeout)
    finally:
        restore(taken.tty, taken.original)


def can_ask(tty: Tty) -> bool:
    """Whether the terminal is ours to ask and of a kind that answers."""
    return os.environ.get("TERM", "") not in ("", "dumb") and tty.in_foreground()


def ask(taken: Taken, timeout: float = 0.2) -> Width:
    """The same on a terminal already taken; keys typed meanwhile go to `taken.typed`."""
    taken.tty.write(_QUESTION)
    answer = _read_answer(taken, timeout)
    taken.tty.write(_ERASE)
    return 2 if answer == 3 else 1


def _read_answer(taken: Taken, timeout: float) -> int | None:
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
        if match := _ANSWER.search(taken.typed):
            taken.typed = taken.typed[: match.start()] + taken.typed[match.end() :]
            return int(match[2])
    return None
