"""Read what a page sends: text messages whose first character is their kind. Pure.

`s80x24d` starts or resumes the terminal (`d` dark, `l` light), `r80x24` resizes it, `i…` is typed text.
"""

import re
from typing import NamedTuple

MAX_MESSAGE = 64 * 1024
"""Bytes of one message."""
COLUMNS = (20, 500)
ROWS = (5, 200)
_SIZE = re.compile(r"([0-9]{1,5})x([0-9]{1,5})")


class BadMessage(Exception):
    """The message is not part of the protocol; the connection is closed."""


class Start(NamedTuple):
    """The first message of a page: the size of its terminal in cells, and whether its colours are dark."""

    columns: int
    rows: int
    is_dark: bool


class Resize(NamedTuple):
    """The terminal's new size in cells."""

    columns: int
    rows: int


class TypedText(NamedTuple):
    """Bytes for the terminal's input."""

    data: bytes


Message = Start | Resize | TypedText


def parse(message: str | bytes) -> Message:
    """Return the message. Raises BadMessage for bytes, an unknown kind or a missing size."""
    if isinstance(message, bytes) or not message:
        raise BadMessage("not text")
    kind, rest = message[0], message[1:]
    if kind == "i":
        return TypedText(rest.encode("utf-8", "replace"))
    if kind == "r":
        return Resize(*_size(rest))
    if kind == "s" and rest[-1:] in ("d", "l"):
        return Start(*_size(rest[:-1]), is_dark=rest.endswith("d"))
    raise BadMessage("unknown kind")


def _size(text: str) -> tuple[int, int]:
    """Return columns and rows, clamped to what a page can sensibly have."""
    match = _SIZE.fullmatch(text)
    if match is None:
        raise BadMessage("no size")
    columns, rows = map(int, match.groups())
    return min(max(columns, COLUMNS[0]), COLUMNS[1]), min(max(rows, ROWS[0]), ROWS[1])


def colour_scheme(is_dark: bool) -> bytes:
    """Return the report by which a terminal tells a program of dark or light colours (mode 2031)."""
    return b"\x1b[?997;1n" if is_dark else b"\x1b[?997;2n"
