"""The cells that a text takes, with ambiguous characters one or two cells wide."""

import unicodedata
from collections.abc import Iterator

import pytest
from rich.cells import get_character_cell_size
from rich.segment import Segment

from tui import cells, rich_widths
from tui.article import Block
from tui.typeset import prepare
from tui.typeset.classes import AMBIGUOUS, CLASSES


@pytest.fixture(autouse=True)
def reset_widths() -> Iterator[None]:
    yield
    rich_widths.use_ambiguous(1)


@pytest.mark.parametrize(
    ("text", "narrow", "wide"), [("“不”", 4, 6), ("——", 2, 4), ("……", 2, 4), ("│·°", 3, 6), ("αЖ①", 3, 6)]
)
def test_ambiguous_characters_take_the_width_of_the_terminal(text: str, narrow: int, wide: int) -> None:
    assert cells.cell_len(text) == narrow
    rich_widths.use_ambiguous(2)
    assert cells.cell_len(text) == wide == Segment(text).cell_length
    rich_widths.use_ambiguous(1)
    assert cells.cell_len(text) == narrow


@pytest.mark.parametrize("text", ["汉字", "，。", "abc 123", "ＡＢ", "e\u0301", "𠮷", "▾▸▪✦✓›⋯❯"])
def test_other_characters_keep_their_width(text: str) -> None:
    before = cells.cell_len(text)
    rich_widths.use_ambiguous(2)
    assert cells.cell_len(text) == before


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_typesetter_and_rich_agree_on_the_width_of_every_character(ambiguous: cells.AmbiguousWidth) -> None:
    rich_widths.use_ambiguous(ambiguous)
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


def test_ambiguous_characters_are_those_of_the_unicode_database() -> None:
    for code in (*range(0xA0, 0x3400), *range(0xFB00, 0x11000)):
        character = chr(code)
        known = unicodedata.category(character)[0] in "LNPSZ"
        if known and unicodedata.east_asian_width(character) == "A":
            assert CLASSES[character] & 3 == AMBIGUOUS, hex(code)
        elif known:
            assert not cells.is_ambiguous(character), hex(code)


def test_only_ambiguous_characters_become_wide_in_rich() -> None:
    characters = [chr(code) for code in range(0x20, 0x30000) if unicodedata.category(chr(code)) != "Cs"]
    narrow = [get_character_cell_size(character) for character in characters]
    rich_widths.use_ambiguous(2)
    for character, before in zip(characters, narrow, strict=True):
        wide = 2 if cells.is_ambiguous(character) else before
        assert get_character_cell_size(character) == wide, hex(ord(character))
