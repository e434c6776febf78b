"""Invisible characters, over all code points: dropped when read, escaped in JSON."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.test_cli import Run, run
from tui.clean import clean
from tui.library.body_parser import body_of
from tui.library.jsonl_line import parse_line

__all__ = ["run"]

VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Prepended_Concatenation_Mark: signs drawn around the digits after them."""
OTHER_IGNORABLES = {
    0x34F,
    *range(0x115F, 0x1161),
    *range(0x17B4, 0x17B6),
    0x2065,
    0x3164,
    0xFFA0,
    *range(0xFFF0, 0xFFF9),
    *range(0xE0000, 0xE1000),
}
"""Other_Default_Ignorable_Code_Point (PropList.txt 15.0)."""
SELECTORS = {*range(0x180B, 0x180E), 0x180F, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
"""Variation_Selector."""
EGYPTIAN = range(0x13430, 0x13440)
"""Format controls of Unicode 15.0, which are missing from the tables of older Pythons."""


def is_invisible(code: int) -> bool:
    if code in OTHER_IGNORABLES or code in SELECTORS or code in EGYPTIAN:
        return True
    return unicodedata.category(chr(code)) == "Cf" and code not in VISIBLE_FORMATS


INVISIBLE = [chr(code) for code in range(sys.maxunicode + 1) if is_invisible(code)]
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xD800, 0xE000))]


def library(root: Path, body: str) -> Path:
    """Write a library of one article."""
    (root / "one").mkdir(parents=True)
    (root / "one/bulletin.yaml").write_text("id: one\ntitle: 公安新闻\n", "utf-8")
    (root / "one/1.md").write_text(f"---\ntitle: [禁毒]\n---\n\n{body}\n", "utf-8")
    return root


def test_exactly_the_invisible_characters_are_dropped_beside_han() -> None:
    kept = {code for code in range(0x20, sys.maxunicode + 1) if clean(f"甲{chr(code)}乙") == f"甲{chr(code)}乙"}
    dropped = {code for code in range(0x20, sys.maxunicode + 1) if clean(f"甲{chr(code)}乙") == "甲乙"}
    assert dropped == set(map(ord, INVISIBLE))
    assert set(range(0x20, sys.maxunicode + 1)) - kept - dropped == {ord(c) for c in CONTROLS if c >= " "}


def test_no_output_carries_an_invisible_character(run: Run, tmp_path: Path) -> None:
    body = "\n\n".join(f"{number}甲{character}乙。" for number, character in enumerate(INVISIBLE))
    root = library(tmp_path / "library", body)
    _, shown, _ = run("show", "1", "--library", str(root))
    _, written, _ = run("export", "1", "--format", "md", "--library", str(root))
    for out in (shown, written):
        assert out.count("甲乙。") == len(INVISIBLE)
        assert not [hex(ord(character)) for character in INVISIBLE if character in out]


@pytest.mark.parametrize(
    "text",
    [
        "❤\ufe0f", "☎\ufe0e", "1\ufe0f\u20e3", "👨\u200d👩\u200d👧", "🏃🏽\u200d♂\ufe0f", "🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "क्\u200dष", "ᠮᠣᠩᠭᠣᠯ\u180e\u1820", "ᠨ\u180bᠠ",
    ],
)  # fmt: skip
def test_selectors_and_joiners_stay_where_they_change_the_display(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("❤\ufe0f\ufe0f", "❤\ufe0f"), ("1\ufe0f2", "12"), ("a\u200db", "ab"), ("👨\u200d甲", "👨甲"),
        ("甲\ufe0f\u200d👨", "甲👨"),
        ("👨\u200d\u200d👩", "👨👩"), ("a\u180e", "a"), ("a\u180b\u180e", "a"),
        ("葛\U000e0100城", "葛城"), ("\ufe0f", ""),
    ],
)  # fmt: skip
def test_selectors_and_joiners_are_dropped_where_they_change_nothing(text: str, left: str) -> None:
    assert clean(text) == left
    assert clean(left) == left


def test_search_and_reader_drop_the_same_characters() -> None:
    for character in INVISIBLE:
        line = json.dumps({"id": "1", "title": ["题"], "body": f"红{character}枫"}, ensure_ascii=False)
        article, _problems = parse_line("a", line, "a/articles.jsonl", 1)
        assert body_of("jsonl", line.encode()) == ("1", "红枫")
        assert article.body == "红枫"


@pytest.mark.parametrize("command", ["search", "search lines", "list", "show", "export", "export lines"])
def test_json_escapes_control_and_invisible_characters(run: Run, tmp_path: Path, command: str) -> None:
    poison = "毒" + "".join(CONTROLS[:0:-1] + INVISIBLE) + "e" + "\u0301" * 40
    body = "".join(character for character in poison if character.isprintable() or character in INVISIBLE)
    root = str(library(tmp_path / "library", f"禁毒{body}"))
    words = {
        "search": ["search", "--json", f"禁毒 OR {poison}"],
        "search lines": ["search", "--jsonl", f"禁毒 OR {poison}"],
        "list": ["list", "--json"],
        "show": ["show", "--json", "1"],
        "export": ["export", "--format", "json", "--title", poison],
        "export lines": ["export", "--format", "jsonl", "--title", poison],
    }
    status, out, err = run(*words[command], "--library", root)
    assert status == 0, err
    raw = {character for character in [*CONTROLS, *INVISIBLE] if character in out} - {"\n"}
    assert not raw, sorted(map(hex, map(ord, raw)))
    assert "\u0301" * 9 not in out
    if command == "search":
        assert json.loads(out)["query"] == f"禁毒 OR {poison}"
    elif command == "export":
        assert json.loads(out)["title"] == poison
