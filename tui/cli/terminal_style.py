"""Styles for matches and secondary text on a terminal."""

from collections.abc import Iterable

from ..cells import drawn
from ..clean import clean_line

_MIN_WIDE = 20
"""Cells. A column may always be as wide as this."""
_CODES = {"strong": "1", "quiet": "2", "found": "1;31"}


def printable_line(text: str) -> str:
    """Return the text on one line, without characters that terminals interpret or draw differently."""
    return drawn(clean_line(text))


def paint(text: str, how: str, colour: bool) -> str:
    """Return the text, cleaned, in the style `how` if `colour` is true."""
    text = printable_line(text)
    return f"\x1b[{_CODES[how]}m{text}\x1b[0m" if colour and text else text


def paint_matches(text: str, spans: Iterable[tuple[int, int]], colour: bool) -> str:
    """Return the text with the matches `spans` highlighted; offsets are code points."""
    out: list[str] = []
    at = 0
    for start, end in spans:
        out.append(printable_line(text[at:start]) + paint(text[start:end], "found", colour))
        at = end
    return "".join(out) + printable_line(text[at:])


def column_width(widths: Iterable[int]) -> int:
    """Return the width of a column in cells: the largest of `widths` that is at most twice their median.

    A wider cell shifts the rest of its own row.
    """
    known = sorted(widths)
    usual = known[len(known) // 2] if known else 0
    return max((width for width in known if width <= max(_MIN_WIDE, 2 * usual)), default=0)
