"""The meaning of a terminal's answers. Uses no regular expressions, because the last screen waits for it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Width = Literal[1, 2]
    Background = Literal["light", "dark"]

_BEGINNING = "\x1b]11;"
_ENDS = ("\x07", "\x1b\\")
_HEX = frozenset("0123456789abcdefABCDEF")


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
