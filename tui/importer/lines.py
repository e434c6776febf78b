"""A page's text into lines: what stands on them, folded for analysis, with their numbers in the source.

`text` is as printed, `folded` the same text with full-width ASCII folded to ASCII, character for character, so that an
offset means the same in both. Blank lines carry no meaning and are gone.
"""

import re
import unicodedata
from dataclasses import dataclass

from ..clean import clean
from .geometry.glyphs import PrintedLine

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Kangxi radicals and compatibility ideographs come out of PDF fonts in place of the characters they look like.
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line with something on it."""

    number: int
    """In the source, counted from 1."""
    text: str
    folded: str
    indent: int
    """Cells of white space before the text; an ideographic space is two."""
    before: int = 0
    """Characters of it."""
    printed: PrintedLine | None = None
    """Place, size and font on paper; None in plain text."""


def to_half_width(text: str) -> str:
    """The text with full-width ASCII and white space folded to ASCII; its length stays."""
    return text.translate(_FOLD)


def normalise(source: str) -> str:
    """The page with plain line ends and nothing invisible; lookalike code points become the characters they show."""
    text = clean(_BREAKS.sub("\n", source))
    return _LOOKALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def lines_of(source: str) -> list[SourceLine]:
    """The lines of a page that have something on them, in order."""
    lines: list[SourceLine] = []
    for number, raw in enumerate(normalise(source).split("\n"), 1):
        text = _SPACES.sub(_one_space, raw.strip())
        if text:
            before = raw[: len(raw) - len(raw.lstrip())]
            indent = sum(2 if space == "\u3000" else 4 if space == "\t" else 1 for space in before)
            lines.append(SourceLine(number, text, to_half_width(text), indent, len(before)))
    return lines


def printed_source_line(number: int, printed: PrintedLine) -> SourceLine | None:
    """Return a line of a printed page as the `number`th line read; None if nothing visible is on it."""
    text = _SPACES.sub(_one_space, normalise(printed.text).replace("\n", " ").strip())
    return SourceLine(number, text, to_half_width(text), 0, 0, printed) if text else None


def _one_space(found: re.Match[str]) -> str:
    return " "
