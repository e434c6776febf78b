"""Colour on a terminal, sparing: what is found, what is said in passing. Plain text where colour is not wanted."""

from collections.abc import Iterable

from ..cells import drawn
from ..clean import clean_line

_NARROW = 20
"""Cells. A column of this width is never too wide."""
_CODES = {"strong": "1", "quiet": "2", "found": "1;31"}


def harmless(text: str) -> str:
    """The text on one line, as any terminal draws it."""
    return drawn(clean_line(text))


def painted(text: str, how: str, colour: bool) -> str:
    """The text, on one line and harmless, in this manner."""
    text = harmless(text)
    return f"\x1b[{_CODES[how]}m{text}\x1b[0m" if colour and text else text


def painted_spans(text: str, spans: Iterable[tuple[int, int]], colour: bool) -> str:
    """The text with these stretches (code points) shown as found."""
    out: list[str] = []
    at = 0
    for start, end in spans:
        out.append(harmless(text[at:start]) + painted(text[start:end], "found", colour))
        at = end
    return "".join(out) + harmless(text[at:])


def column_width(widths: Iterable[int]) -> int:
    """Return the width of a column, in cells: that of its widest cell, long exceptions left out.

    A cell of more than twice the usual width goes beyond the column, in its own row alone.
    """
    known = sorted(widths)
    usual = known[len(known) // 2] if known else 0
    return max((width for width in known if width <= max(_NARROW, 2 * usual)), default=0)
