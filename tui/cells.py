"""How wide text is on a terminal, in cells: the one ruler, the same one Textual draws with.

What is measured is what is drawn. How far a terminal advances over an emoji sequence depends on its age: the parts of a
sequence are drawn as characters whose width they all agree on (see `drawn`).

Characters of East Asian Width *Ambiguous* (UAX #11: “ ” ‘ ’ — … · and more) take one cell in most terminals and two in
some. `use_ambiguous(2)` tells the ruler so, and with it Rich and Textual, which have no setting of their own for it.
"""

import re
from bisect import bisect_right
from functools import cache
from importlib import import_module
from typing import Literal

from rich.cells import CellTable, cached_cell_len, get_character_cell_size
from rich.cells import cell_len as _rich_cell_len

from .emoji import JOINER, KEYCAP, LETTERS, TONES

AmbiguousWidth = Literal[1, 2]

# Starts and ends of the ranges of East_Asian_Width=A that are not marks, private use or unassigned.
# Source: Unicode 15.0, EastAsianWidth.txt and UnicodeData.txt.
_AMBIGUOUS = (
    (0x00A1, 0x00A1),
    (0x00A4, 0x00A4),
    (0x00A7, 0x00A8),
    (0x00AA, 0x00AA),
    (0x00AE, 0x00AE),
    (0x00B0, 0x00B4),
    (0x00B6, 0x00BA),
    (0x00BC, 0x00BF),
    (0x00C6, 0x00C6),
    (0x00D0, 0x00D0),
    (0x00D7, 0x00D8),
    (0x00DE, 0x00E1),
    (0x00E6, 0x00E6),
    (0x00E8, 0x00EA),
    (0x00EC, 0x00ED),
    (0x00F0, 0x00F0),
    (0x00F2, 0x00F3),
    (0x00F7, 0x00FA),
    (0x00FC, 0x00FC),
    (0x00FE, 0x00FE),
    (0x0101, 0x0101),
    (0x0111, 0x0111),
    (0x0113, 0x0113),
    (0x011B, 0x011B),
    (0x0126, 0x0127),
    (0x012B, 0x012B),
    (0x0131, 0x0133),
    (0x0138, 0x0138),
    (0x013F, 0x0142),
    (0x0144, 0x0144),
    (0x0148, 0x014B),
    (0x014D, 0x014D),
    (0x0152, 0x0153),
    (0x0166, 0x0167),
    (0x016B, 0x016B),
    (0x01CE, 0x01CE),
    (0x01D0, 0x01D0),
    (0x01D2, 0x01D2),
    (0x01D4, 0x01D4),
    (0x01D6, 0x01D6),
    (0x01D8, 0x01D8),
    (0x01DA, 0x01DA),
    (0x01DC, 0x01DC),
    (0x0251, 0x0251),
    (0x0261, 0x0261),
    (0x02C4, 0x02C4),
    (0x02C7, 0x02C7),
    (0x02C9, 0x02CB),
    (0x02CD, 0x02CD),
    (0x02D0, 0x02D0),
    (0x02D8, 0x02DB),
    (0x02DD, 0x02DD),
    (0x02DF, 0x02DF),
    (0x0391, 0x03A1),
    (0x03A3, 0x03A9),
    (0x03B1, 0x03C1),
    (0x03C3, 0x03C9),
    (0x0401, 0x0401),
    (0x0410, 0x044F),
    (0x0451, 0x0451),
    (0x2010, 0x2010),
    (0x2013, 0x2016),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x2020, 0x2022),
    (0x2024, 0x2027),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2035, 0x2035),
    (0x203B, 0x203B),
    (0x203E, 0x203E),
    (0x2074, 0x2074),
    (0x207F, 0x207F),
    (0x2081, 0x2084),
    (0x20AC, 0x20AC),
    (0x2103, 0x2103),
    (0x2105, 0x2105),
    (0x2109, 0x2109),
    (0x2113, 0x2113),
    (0x2116, 0x2116),
    (0x2121, 0x2122),
    (0x2126, 0x2126),
    (0x212B, 0x212B),
    (0x2153, 0x2154),
    (0x215B, 0x215E),
    (0x2160, 0x216B),
    (0x2170, 0x2179),
    (0x2189, 0x2189),
    (0x2190, 0x2199),
    (0x21B8, 0x21B9),
    (0x21D2, 0x21D2),
    (0x21D4, 0x21D4),
    (0x21E7, 0x21E7),
    (0x2200, 0x2200),
    (0x2202, 0x2203),
    (0x2207, 0x2208),
    (0x220B, 0x220B),
    (0x220F, 0x220F),
    (0x2211, 0x2211),
    (0x2215, 0x2215),
    (0x221A, 0x221A),
    (0x221D, 0x2220),
    (0x2223, 0x2223),
    (0x2225, 0x2225),
    (0x2227, 0x222C),
    (0x222E, 0x222E),
    (0x2234, 0x2237),
    (0x223C, 0x223D),
    (0x2248, 0x2248),
    (0x224C, 0x224C),
    (0x2252, 0x2252),
    (0x2260, 0x2261),
    (0x2264, 0x2267),
    (0x226A, 0x226B),
    (0x226E, 0x226F),
    (0x2282, 0x2283),
    (0x2286, 0x2287),
    (0x2295, 0x2295),
    (0x2299, 0x2299),
    (0x22A5, 0x22A5),
    (0x22BF, 0x22BF),
    (0x2312, 0x2312),
    (0x2460, 0x24E9),
    (0x24EB, 0x254B),
    (0x2550, 0x2573),
    (0x2580, 0x258F),
    (0x2592, 0x2595),
    (0x25A0, 0x25A1),
    (0x25A3, 0x25A9),
    (0x25B2, 0x25B3),
    (0x25B6, 0x25B7),
    (0x25BC, 0x25BD),
    (0x25C0, 0x25C1),
    (0x25C6, 0x25C8),
    (0x25CB, 0x25CB),
    (0x25CE, 0x25D1),
    (0x25E2, 0x25E5),
    (0x25EF, 0x25EF),
    (0x2605, 0x2606),
    (0x2609, 0x2609),
    (0x260E, 0x260F),
    (0x261C, 0x261C),
    (0x261E, 0x261E),
    (0x2640, 0x2640),
    (0x2642, 0x2642),
    (0x2660, 0x2661),
    (0x2663, 0x2665),
    (0x2667, 0x266A),
    (0x266C, 0x266D),
    (0x266F, 0x266F),
    (0x269E, 0x269F),
    (0x26BF, 0x26BF),
    (0x26C6, 0x26CD),
    (0x26CF, 0x26D3),
    (0x26D5, 0x26E1),
    (0x26E3, 0x26E3),
    (0x26E8, 0x26E9),
    (0x26EB, 0x26F1),
    (0x26F4, 0x26F4),
    (0x26F6, 0x26F9),
    (0x26FB, 0x26FC),
    (0x26FE, 0x26FF),
    (0x273D, 0x273D),
    (0x2776, 0x277F),
    (0x2B56, 0x2B59),
    (0x3248, 0x324F),
    (0xFFFD, 0xFFFD),
    (0x1F100, 0x1F10A),
    (0x1F110, 0x1F12D),
    (0x1F130, 0x1F169),
    (0x1F170, 0x1F18D),
    (0x1F18F, 0x1F190),
    (0x1F19B, 0x1F1AC),
)

_STARTS = [start for start, _ in _AMBIGUOUS]
# Rich keeps these to itself; `use_ambiguous` exchanges them.
_RICH = import_module("rich.cells")
_PLAIN_TABLE = _RICH.load_cell_table
_PLAIN_SINGLE = _RICH._is_single_cell_widths


_SEQUENCED = re.compile(f"[\ufe00-\ufe0f{JOINER}{KEYCAP}{TONES}{LETTERS}]")
_LETTER_NAMES = {0x1F1E6 + n: chr(ord("A") + n) for n in range(26)}
LONE_TONE = "▪"
"""Drawn for a skin tone that has no emoji before it; some terminals would join it to any character."""


def cell_len(text: str) -> int:
    """Cells of the text as it is drawn."""
    return _rich_cell_len(drawn(text))


def drawn(text: str, before: str = "") -> str:
    """Return the text as it is written to a terminal; `before` is what stands before it on the line.

    Of an emoji sequence every emoji is drawn in the style that it has by itself: without selectors, joiners, skin tones
    and the frame of a keycap, and a flag as its two letters. All terminals advance alike over what is left.
    """
    if not _SEQUENCED.search(text):
        return text
    size = len(before := before[-2:])
    return drawn_parts(with_lone_tones(before + text)[size:])


def with_lone_tones(text: str) -> str:
    """Return the text with a sign for each skin tone that is no part of an emoji; as many code points as before."""
    return _lone_tones().sub(lambda run: LONE_TONE * len(run[0]), text) if _SEQUENCED.search(text) else text


def drawn_parts(text: str) -> str:
    """Return what is drawn of text in which `with_lone_tones` has replaced the lone ones."""
    if not _SEQUENCED.search(text):
        return text
    return _undrawn().sub("", text).translate(_LETTER_NAMES)


@cache
def _lone_tones() -> re.Pattern[str]:
    from .emoji import EMOJI

    return re.compile(f"(?<![{EMOJI}{TONES}])(?<![{EMOJI}]\ufe0f)[{TONES}]+")


@cache
def _undrawn() -> re.Pattern[str]:
    from .emoji import KEY_BASES

    return re.compile(f"(?<=[{KEY_BASES}])\ufe0f?{KEYCAP}|[\ufe00-\ufe0f{JOINER}{TONES}]")


def character_width(character: str) -> int:
    """Cells one character takes where it is drawn: 0, 1 or 2; none for what is part of the emoji before it."""
    if "\U0001f1e6" <= character <= "\U0001f3ff":
        if character <= "\U0001f1ff":
            return 1
        if character >= "\U0001f3fb":
            return 0
    return get_character_cell_size(character)


def is_ambiguous(character: str) -> bool:
    """Whether the terminal decides if this character takes one cell or two (UAX #11)."""
    code = ord(character)
    at = bisect_right(_STARTS, code) - 1
    return at >= 0 and code <= _AMBIGUOUS[at][1]


def use_ambiguous(width: AmbiguousWidth) -> None:
    """Let the ruler, Rich and Textual count ambiguous characters as this many cells, from now on.

    To be called before anything is measured.
    """
    segment = import_module("rich.segment")

    single, load = _PLAIN_SINGLE, _PLAIN_TABLE
    if width == 2:
        characters = frozenset(c for c in _RICH._SINGLE_CELLS if not is_ambiguous(c))
        single, load = characters.issuperset, _with_wide_ambiguous
    for module in (_RICH, segment):
        module._is_single_cell_widths = single  # type: ignore[attr-defined]
    _RICH.load_cell_table = load  # type: ignore[attr-defined]
    get_character_cell_size.cache_clear()
    cached_cell_len.cache_clear()
    segment.Segment._split_cells.cache_clear()


@cache
def _with_wide_ambiguous(unicode_version: str = "auto") -> CellTable:
    table: CellTable = _PLAIN_TABLE(unicode_version)
    return table._replace(widths=_merged(table))


def _merged(table: CellTable) -> list[tuple[int, int, int]]:
    """The table's ranges and the ambiguous ones as wide, in order; where they meet, the ambiguous ones hold."""
    merged: list[tuple[int, int, int]] = []
    for start, end, width in table.widths:
        at = bisect_right(_STARTS, end)
        for low, high in _AMBIGUOUS[:at]:
            if high < start:
                continue
            if start < low:
                merged.append((start, low - 1, width))
            start = high + 1
        if start <= end:
            merged.append((start, end, width))
    merged.extend((low, high, 2) for low, high in _AMBIGUOUS)
    return sorted(merged)
