"""Line breaking compared with external data: web-platform-tests and the Unicode Character Database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.article import Block
from tui.typeset import Style, painted, prepare, wrap
from tui.typeset.breaks import FREE

# web-platform-tests/wpt, css/css-text/i18n/zh/css-text-line-break-zh-{class}-strict.html: 文文文文文文X字字 in a box
# of six em; a break before X is not allowed at `strict`, so that the second line begins with 文X.
WPT_STRICT = {
    "cpm": "30FB FF1A FF1B FF65 203C 2047 2048 2049 FF01 FF1F",
    "hyphens": "2010 2013 301C 30A0",
    "in": "2024 2025 2026 22EF FE19 10AF6",
    "iteration": "3005 303B 309D 309E 30FD 30FE",
    "po": "00B0 2030 2032 2033 2035 2103 2109 FE6A FF05 FFE0",
}
CASES = [(name, code) for name, codes in WPT_STRICT.items() for code in codes.split()]

DERIVED = Path(__file__).parent / "data" / "line_break_chinese.txt"
SYSTEM = Path("/usr/share/unicode/auxiliary/LineBreakTest.txt")
TAILORED = {'" |('}
"""Breaks that we allow and UAX #14 forbids: LB15, a straight quotation mark, a space, a parenthesis."""


@pytest.mark.parametrize(("name", "code"), CASES, ids=[f"{name}-{code}" for name, code in CASES])
def test_no_line_begins_with_a_character_of_wpt_strict(name: str, code: str) -> None:
    character = chr(int(code, 16))
    block = prepare(Block("paragraph", f"文文文文文文{character}字字"))
    second = wrap(block, 12, Style(indent=0))[1]
    assert painted(block, second).startswith(f"文{character}")


def test_wpt_has_36_strict_cases() -> None:
    assert len(CASES) == 36


def cases(text: str) -> Iterator[tuple[str, list[bool]]]:
    """Yield each test string, and whether a break may be before each of its characters."""
    for line in text.splitlines():
        items = line.partition("#")[0].split()
        if items:
            yield "".join(chr(int(item, 16)) for item in items[1::2]), [item == "÷" for item in items[0::2]]


def breaks_against(text: str, allowed: list[bool]) -> Iterator[str]:
    block = prepare(Block("code", text))
    block.reach(len(text))
    for k in range(1, len(text)):
        if block.breaks[k] == FREE and not allowed[k]:
            yield f"{text[:k]}|{text[k:]}"


def test_no_free_break_is_where_uax_14_forbids_one() -> None:
    every = list(cases(DERIVED.read_text("utf-8")))
    assert len(every) == 454
    assert sum(not allowed for _, marks in every for allowed in marks[1:-1]) == 755
    assert {at for text, allowed in every for at in breaks_against(text, allowed)} == TAILORED


@pytest.mark.skipif(not SYSTEM.exists(), reason="LineBreakTest.txt is not installed (Debian: unicode-data)")
def test_derived_cases_equal_those_of_the_database() -> None:
    database = dict(cases(SYSTEM.read_text("utf-8")))
    if "LineBreakTest-15.0.0" not in SYSTEM.read_text("utf-8")[:40]:
        pytest.skip("another version of the database is installed")
    for text, allowed in cases(DERIVED.read_text("utf-8")):
        assert database[text] == allowed
