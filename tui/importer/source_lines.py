"""Splitting of a page's text into lines, with their numbers in the source.

`text` is as printed. `folded` is for analysis: full-width ASCII is replaced with ASCII and traditional characters with
simplified ones, one character for one, so that offsets apply to both. Blank lines carry no information and are left
out.
"""

import re
import unicodedata
from dataclasses import dataclass

from ..clean import clean
from ..fold import fold
from .geometry.glyphs import PrintedLine

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_FOR_ANALYSIS = _FOLD | dict(zip(map(ord, "「」『』"), map(ord, "“”‘’"), strict=True))
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_TRADITIONAL = 0.12
"""Share of its characters. A line in which more are traditional is analysed in simplified script. Below that, they are
taken for names and for characters such as 著, which simplified script has too."""
# PDF fonts can yield Kangxi radicals and compatibility ideographs in place of the Han characters that look the same.
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻁⼾⾭",
    "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙虎户青",
)
"""Radicals for which NFKC has no character (EquivalentUnifiedIdeograph.txt), or not the one of simplified script."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line that is not blank."""

    number: int
    """Line number in the source, from 1."""
    text: str
    folded: str
    indent: int
    """Cells of white space before the text. An ideographic space takes two, a tab four."""
    before: int = 0
    """Characters of white space before the text."""
    printed: PrintedLine | None = None
    """Position, size and font on paper; None for plain text."""


def to_half_width(text: str) -> str:
    """Replace full-width ASCII and spaces with ASCII. The length stays the same."""
    return text.translate(_FOLD)


class _Simplified(dict[int, str]):
    """A table for `str.translate` with an entry for each character met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = simple = fold(character) if "\u3400" <= character <= "\u9fff" else character
        return simple


_SIMPLIFIED = _Simplified()


def simplified(text: str) -> str:
    """Return a text in traditional script in simplified script, character by character; any other text unchanged."""
    simple = text.translate(_SIMPLIFIED)
    if simple == text or sum(a != b for a, b in zip(text, simple, strict=True)) <= _TRADITIONAL * len(text):
        return text
    return simple


def for_analysis(text: str) -> str:
    """Return the text as the patterns of the importer expect it. The length stays the same."""
    return simplified(text).translate(_FOR_ANALYSIS)


def normalise(source: str) -> str:
    """Convert line ends to `\\n`, remove invisible characters, and replace lookalikes with the usual characters."""
    return without_lookalikes(clean(_BREAKS.sub("\n", source)))


def without_lookalikes(text: str) -> str:
    """Replace radicals and compatibility ideographs with the characters that they show. The length stays the same."""
    return _LOOKALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0].translate(_RADICALS)), text)


def lines_of(source: str) -> list[SourceLine]:
    """Return the lines of a page that are not blank, in order."""
    lines: list[SourceLine] = []
    for number, raw in enumerate(normalise(source).split("\n"), 1):
        text = _SPACES.sub(_one_space, raw.strip())
        if text:
            before = raw[: len(raw) - len(raw.lstrip())]
            indent = sum(2 if space == "\u3000" else 4 if space == "\t" else 1 for space in before)
            lines.append(SourceLine(number, text, for_analysis(text), indent, len(before)))
    return lines


def printed_source_line(number: int, printed: PrintedLine) -> SourceLine | None:
    """Return a printed line as source line `number`, or None if it has no visible text."""
    text = _SPACES.sub(_one_space, normalise(printed.text).replace("\n", " ").strip())
    return SourceLine(number, text, for_analysis(text), 0, 0, printed) if text else None


def _one_space(found: re.Match[str]) -> str:
    return " "
