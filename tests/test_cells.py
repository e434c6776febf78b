"""The ruler: how many cells a text takes, and how it is told that the terminal draws ambiguous characters wide."""

import unicodedata
from collections.abc import Iterator

import pytest
from rich.segment import Segment

from tui import cells
from tui.article import Block
from tui.typeset import prepare
from tui.typeset.classes import AMBIGUOUS, CLASSES


@pytest.fixture(autouse=True)
def narrow_again() -> Iterator[None]:
    yield
    cells.use_ambiguous(1)


@pytest.mark.parametrize(
    ("text", "narrow", "wide"), [("“不”", 4, 6), ("——", 2, 4), ("……", 2, 4), ("│·°", 3, 6), ("αЖ①", 3, 6)]
)
def test_ambiguous_characters_take_what_the_terminal_gives_them(text: str, narrow: int, wide: int) -> None:
    assert cells.cell_len(text) == narrow
    cells.use_ambiguous(2)
    assert cells.cell_len(text) == wide == Segment(text).cell_length
    cells.use_ambiguous(1)
    assert cells.cell_len(text) == narrow


@pytest.mark.parametrize("text", ["汉字", "，。", "abc 123", "ＡＢ", "e\u0301", "𠮷", "▾▸▪✦✓›⋯❯"])
def test_other_characters_are_as_wide_as_before(text: str) -> None:
    before = cells.cell_len(text)
    cells.use_ambiguous(2)
    assert cells.cell_len(text) == before


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_the_typesetter_and_the_ruler_agree_on_every_character_of_a_page(ambiguous: cells.AmbiguousWidth) -> None:
    cells.use_ambiguous(ambiguous)
    for code in (
        *range(0x20, 0x7F),
        *range(0xA1, 0x600),
        *range(0x2010, 0x2028),
        *range(0x2030, 0x205E),
        *range(0x2070, 0x2700),
        *range(0x3000, 0x3400),
        *range(0x4E00, 0x4E20),
        *range(0xFF00, 0xFFF0),
    ):
        character = chr(code)
        if unicodedata.category(character) not in ("Cn", "Cf"):
            block = prepare(Block("code", character), ambiguous)
            block.reach(1)
            assert block.width(0, 1) == cells.cell_len(character), hex(code)


def test_the_ambiguous_ranges_are_those_of_the_database() -> None:
    for code in (*range(0xA0, 0x3400), *range(0xFB00, 0x11000)):
        character = chr(code)
        known = unicodedata.category(character)[0] in "LNPSZ"
        if known and unicodedata.east_asian_width(character) == "A":
            assert CLASSES[character] & 3 == AMBIGUOUS, hex(code)
        elif known:
            assert not cells.is_ambiguous(character), hex(code)
