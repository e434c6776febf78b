"""The table of commands, and the bindings, footer and palette made from it."""

import unicodedata
from itertools import combinations
from typing import get_args

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.keys import _character_to_key

from tui import keys
from tui.keys import COMMANDS, Command, Focus
from tui.keys.command_match import match_commands
from tui.keys.names import character, ime_variants_of, read, shown

SAFE = {"up", "down", "left", "right", "enter", "escape", "tab", "home", "end", "pageup", "pagedown", "space"}
FOCUSES: tuple[Focus, ...] = get_args(Focus)


def test_command_ids_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("focus", FOCUSES)
def test_key_or_ime_variant_has_one_command_in_a_pane(focus: Focus) -> None:
    here = [command for command in COMMANDS if focus in command.focus]
    for one, other in combinations(here, 2):
        assert not {*one.keys, *one.ime_variants} & {*other.keys, *other.ime_variants}, (one.id, other.id)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.keys], ids=lambda command: command.id)
def test_every_command_has_a_key_that_no_input_method_intercepts(command: Command) -> None:
    function_keys = {f"f{n}" for n in range(1, 13)}
    safe = [key for key in command.keys if key in SAFE | function_keys or "+" in key]
    assert safe or command.id == "nth_place"


@pytest.mark.parametrize("code", [*range(0x20, 0x7F), *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F), 0x2014, 0xB7])
def test_key_name_equals_the_name_in_textual(code: int) -> None:
    typed = chr(code)
    events = [event for event in [*XTermParser().feed(typed)] if isinstance(event, Key)]
    assert keys.key_name(typed) == _character_to_key(typed) == events[0].key
    assert character(keys.key_name(typed)) == typed


SENT = {
    "ctrl+down": "\x1b[1;5B",
    "ctrl+up": "\x1b[1;5A",
    "ctrl+right": "\x1b[1;5C",
    "ctrl+left": "\x1b[1;5D",
    "alt+left": "\x1b[1;3D",
    "alt+right": "\x1b[1;3C",
    "shift+left": "\x1b[1;2D",
    "shift+right": "\x1b[1;2C",
    "shift+down": "\x1b[1;2B",
    "alt+up": "\x1b[1;3A",
    "alt+down": "\x1b[1;3B",
    "shift+f4": "\x1b[1;2S",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "left": "\x1b[D",
    "right": "\x1b[C",
    "escape": "\x1b",
    "enter": "\r",
    "tab": "\t",
    "space": " ",
}
"""The bytes that xterm sends."""


@pytest.mark.parametrize("key", sorted({key for command in COMMANDS for key in command.keys} - {"shift+f3"}))
def test_every_key_in_the_table_arrives_from_xterm(key: str) -> None:
    typed = character(key)
    sent = SENT.get(key) or (chr(ord(key[-1]) - 0x60) if key.startswith("ctrl+") else typed)
    assert sent is not None
    parser = XTermParser()
    names = [event.key for event in [*parser.feed(sent), *parser.feed("")] if isinstance(event, Key)]
    assert names == [key]


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("slash", "、／"),
        ("question_mark", "？"),
        ("colon", "："),
        ("left_square_bracket", "【"),
        ("right_square_bracket", "】"),
        ("plus", "＋"),
        ("minus", "－"),
        ("space", "\u3000"),
        ("1", "１"),
        ("j", "ｊ"),
        ("N", "Ｎ"),
    ],
)
def test_character_typed_with_input_method_is_an_ime_variant(key: str, typed: str) -> None:
    assert {keys.key_name(each) for each in typed} <= set(ime_variants_of(key))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_pinyin_has_a_syllable_for_each_character_of_the_label(command: Command) -> None:
    han = [each for each in command.label if "CJK UNIFIED" in unicodedata.name(each, "")]
    assert len(command.pinyin.split()) == len(han)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("/", "slash"),
        ("、", "ideographic_comma"),
        ("J", "J"),
        (" ", "space"),
        ("Ctrl+F", "ctrl+f"),
        ("ctrl + shift + pgdn", "ctrl+shift+pagedown"),
        ("esc", "escape"),
        ("F3", "f3"),
        ("slash", "slash"),
        ("ctrl++", "ctrl+plus"),
        ("+", "plus"),
        ("", None),
        ("nonsense", None),
        ("hyperspace+j", None),
        ("ctrl+", None),
        ("乱\ud800码", None),
    ],
)
def test_key_is_read_as_users_write_it(written: str, name: str | None) -> None:
    assert read(written) == name


@pytest.mark.parametrize("key", sorted({key for command in COMMANDS for key in command.keys}))
def test_displayed_key_reads_back_as_the_same_key(key: str) -> None:
    if key.rpartition("+")[2] not in ("up", "down", "left", "right", "space"):
        assert read(shown(key)) == key


def test_remapped_key_leaves_its_former_command() -> None:
    changed = keys.remap({"star": ("n",)})
    assert keys.bindings("list", changed)["n"].id == "star"
    assert "n" not in {key for command in changed if command.id == "next_match" for key in command.keys}
    assert keys.bindings("list", changed)["ｎ"].id == "star"


def test_search_line_keeps_the_keys_that_type_or_edit() -> None:
    bound = keys.bindings("search")
    assert bound["down"].id == "down" and bound["f3"].id == "next_match" and bound["escape"].id == "leave"
    assert not {"j", "slash", "ideographic_comma", "space", "left", "home", "ctrl+w", "ctrl+u"} & set(bound)


def test_footer_groups_commands_that_share_a_word() -> None:
    assert (("j", "k"), "移动") in keys.footer("list")
    assert "下一处" not in [word for _keys, word in keys.footer("list")]


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("下一篇", "next_article"),
        ("xiayipian", "next_article"),
        ("xyp", "next_article"),
        ("next art", "next_article"),
        ("ctrl+z", "undo"),
        ("/", "search"),
        ("主题", "theme"),
        ("hzt", "theme"),
        ("THEME", "theme"),
    ],
)
def test_palette_finds_a_command_by_any_of_its_names(typed: str, command: str) -> None:
    assert command in [found.id for found in match_commands(typed)][:4]


def test_empty_text_finds_every_command() -> None:
    assert match_commands(" ") == list(COMMANDS)
    assert match_commands("没有这样的命令") == []


@pytest.mark.parametrize(
    "typed", ["q", "q!", "qa", "qa!", "qall", "quit", "wq", "wq!", "wqa", "x", "x!", "xa", "xit", "exit", "QUIT"]
)
def test_palette_accepts_the_quit_commands_of_vim(typed: str) -> None:
    assert match_commands(typed)[0].id == "quit"
