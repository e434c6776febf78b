"""The width of text on a terminal, in cells.

The widths are Rich's, which Textual draws with. `rich_widths` adjusts them to terminals that draw characters of
East Asian Width *Ambiguous* (UAX #11: “ ” ‘ ’ — … · and more) two cells wide.

Older terminals advance otherwise over emoji sequences than newer ones. `drawn` therefore replaces a sequence by
characters over which all terminals advance alike, and widths are those of the drawn text.
"""

import re
from functools import cache
from typing import Literal
from unicodedata import category, east_asian_width

from rich.cells import cell_len as rich_cell_len
from rich.cells import get_character_cell_size

from .emoji import EMOJI, JOINER, KEY_BASES, KEYCAP, LETTERS, TONES

AmbiguousWidth = Literal[1, 2]

_SEQUENCED = re.compile(f"[\ufe00-\ufe0f{JOINER}{KEYCAP}{TONES}{LETTERS}]")
_LETTER_NAMES = {0x1F1E6 + n: chr(ord("A") + n) for n in range(26)}
LONE_TONE = "▪"
"""Drawn for a skin tone without an emoji before it, which some terminals would join to any character."""


def cell_len(text: str) -> int:
    """Return the cells that the text takes as it is drawn."""
    return rich_cell_len(drawn(text))


def drawn(text: str, before: str = "") -> str:
    """Return the text as it is written to a terminal, after the text `before` on the same line.

    Selectors, joiners, skin tones and keycap frames are left out of emoji sequences, and a flag becomes two letters.
    All terminals advance alike over the rest.
    """
    if not _SEQUENCED.search(text):
        return text
    size = len(before := before[-2:])
    return drawn_parts(with_lone_tones(before + text)[size:])


def with_lone_tones(text: str) -> str:
    """Replace each skin tone that belongs to no emoji by `LONE_TONE`, which keeps the number of code points."""
    return _lone_tones().sub(lambda run: LONE_TONE * len(run[0]), text) if _SEQUENCED.search(text) else text


def drawn_parts(text: str) -> str:
    """Return what is drawn of text that `with_lone_tones` returned."""
    if not _SEQUENCED.search(text):
        return text
    return _undrawn().sub("", text).translate(_LETTER_NAMES)


@cache
def _lone_tones() -> re.Pattern[str]:
    return re.compile(f"(?<![{EMOJI}{TONES}])(?<![{EMOJI}]\ufe0f)[{TONES}]+")


@cache
def _undrawn() -> re.Pattern[str]:
    return re.compile(f"(?<=[{KEY_BASES}])\ufe0f?{KEYCAP}|[\ufe00-\ufe0f{JOINER}{TONES}]")


def character_width(character: str) -> int:
    """Return the cells of one character: 0, 1 or 2. A skin tone takes none, as it belongs to the emoji before it."""
    if "\U0001f1e6" <= character <= "\U0001f3ff":
        if character <= "\U0001f1ff":
            return 1
        if character >= "\U0001f3fb":
            return 0
    return get_character_cell_size(character)


def is_ambiguous(character: str) -> bool:
    """Return whether the terminal decides if this character takes one cell or two (UAX #11).

    Marks, controls and private use are left out, though their East Asian Width is Ambiguous too: a mark takes no cell
    of its own, and the others are not shown.
    """
    return east_asian_width(character) == "A" and category(character)[0] not in "MC"
