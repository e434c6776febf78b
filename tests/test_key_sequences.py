"""Keys sent as escape sequences: split anywhere, after any delay, they are one key or nothing, never letters."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from tui.driver.input_parser import InputParser
from tui.terminal.input_tokens import Escape, Pasted, Sequence, Token, Tokens, Typed

from .program import GANEWS, Program, environment

DELAYS = (0.0, 0.03, 0.06, 0.15, 0.4, 1.5, 60.0)
"""Seconds between the two reads."""
KEYS = [sequence for sequence in ANSI_SEQUENCES_KEYS if len(sequence) > 2 and sequence.startswith("\x1b")]
KEYS += ["\x1b[1;2R", "\x1b[57441;5u", "\x1b[27u", "\x1b[99;5u", "\x1b[3@", "\x1b[2^", "\x1b[7@"]
MOUSE = ["\x1b[<0;3;5M", "\x1b[<65;120;33M", "\x1b[M !!"]
ANSWERS = ["\x1b[7;3R", "\x1b[?62;22c", "\x1b[?2026;2$y", "\x1b[?1u", "\x1b[>1;1;0c", "\x1b[0n"]
ANSWERS += ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1bP1$r0m\x1b\\"]
ALT_KEYS = ["\x1b\x1b[D", "\x1b\x1b[5~", "\x1b\x1bOC", "\x1b\x1b[[B"]
"""Alt in PuTTY and rxvt. Split after the first ESC, they look like Escape and an arrow."""


def pass_time(tokens: Tokens, seconds: float) -> Iterator[Token]:
    """Yield the tokens given up during a silence."""
    while tokens.wait is not None and tokens.wait <= seconds:
        seconds -= tokens.wait
        yield from tokens.expire()


def cut(*reads: str, delay: float, escape_delay: float = 0.025) -> list[Token]:
    """Return the tokens of reads with a delay between them, and of a long silence."""
    tokens = Tokens(escape_delay)
    out: list[Token] = []
    for read in reads:
        out += [*tokens.feed(read), *pass_time(tokens, delay)]
    return out + list(pass_time(tokens, 60.0))


@pytest.mark.parametrize("escape_delay", [0.025, 0.075, 0.15, 1.0])
@pytest.mark.parametrize("delay", DELAYS)
def test_sequence_split_over_two_reads_is_one_key_or_nothing(delay: float, escape_delay: float) -> None:
    """The test splits every sequence at every position.

    Before the Escape key is due, and for a second after `ESC [`, it is that key.
    """
    for sequence in (*KEYS, *MOUSE, *ANSWERS):
        whole = cut(sequence, delay=0)
        for place in range(1, len(sequence)):
            came = cut(sequence[:place], sequence[place:], delay=delay, escape_delay=escape_delay)
            assert not [token for token in came if isinstance(token, Typed)], (sequence, place)
            assert came == whole or (len(came) <= 1 and place <= 2), (sequence, place, came)
            if delay < escape_delay or (place > 1 and delay < 1):
                assert came == whole, (sequence, place)


@pytest.mark.parametrize("delay", DELAYS)
def test_alt_arrow_split_over_two_reads_is_one_key(delay: float) -> None:
    for sequence in ALT_KEYS:
        for place in range(2, len(sequence)):
            came = cut(sequence[:place], sequence[place:], delay=delay)
            assert came in ([Sequence(sequence)], [Escape(), Escape()]), (sequence, place, came)


@pytest.mark.parametrize("escape_delay", [0.025, 0.075, 0.15])
@pytest.mark.parametrize("delay", [0.01, 0.03, 0.06])
def test_sequence_sent_byte_by_byte_types_nothing(delay: float, escape_delay: float) -> None:
    for sequence in (*KEYS, *MOUSE, *ANSWERS[:6]):
        came = cut(*sequence, delay=delay, escape_delay=escape_delay)
        assert not [token for token in came if isinstance(token, Typed)], sequence


@pytest.mark.parametrize("delay", DELAYS)
def test_split_end_of_a_paste_types_nothing(delay: float) -> None:
    end = "\x1b[201~"
    for place in range(1, len(end)):
        assert cut("\x1b[200~禁毒" + end[:place], end[place:], delay=delay) == [Pasted("禁毒")]


@pytest.mark.parametrize("escape_delay", [0.025, 0.075, 0.15, 1.0])
def test_keys_after_escape_are_typed(escape_delay: float) -> None:
    """Keys typed by hand come one by one, more than a tenth of a second apart; the first may come sooner."""
    for keys in ("[A", "[j", "Oq", "]]", "5j", "[1", "PX", "公安"):
        came = cut("\x1b", *keys, delay=0.12, escape_delay=escape_delay)
        assert came == [Escape(), *map(Typed, keys)]
    for key in "jq/公:5]":
        assert cut("\x1b", key, delay=0.04, escape_delay=escape_delay) == [Escape(), Typed(key)]
    assert cut("\x1b", "\x1b", "\x1b", delay=0.04, escape_delay=escape_delay) == [Escape()] * 3


def test_unfinished_answer_loses_no_keys() -> None:
    for beginning in ("\x1b]11;rgb:1e", "\x1bP1$r", "\x1b[?"):
        came = cut(beginning, "j", "k", "q", delay=0.5)
        assert [token for token in came if isinstance(token, Typed)][-2:] == [Typed("k"), Typed("q")]


NAMES = {
    "PuTTY Alt+Left": ("\x1b\x1b[D", "alt+left"),
    "PuTTY Alt+PgDn": ("\x1b\x1b[6~", "alt+pagedown"),
    "xterm Alt+Left": ("\x1b[1;3D", "alt+left"),
    "rxvt Ctrl+Up": ("\x1bOa", "ctrl+up"),
    "rxvt Ctrl+Down": ("\x1bOb", "ctrl+down"),
    "rxvt Ctrl+Right": ("\x1bOc", "ctrl+right"),
    "rxvt Ctrl+Left": ("\x1bOd", "ctrl+left"),
    "rxvt Alt+Ctrl+Left": ("\x1b\x1bOd", "alt+ctrl+left"),
    "rxvt Shift+Left": ("\x1b[d", "shift+left"),
    "rxvt Ctrl+Home": ("\x1b[7^", "ctrl+home"),
    "rxvt Ctrl+End": ("\x1b[8^", "ctrl+end"),
    "rxvt Ctrl+Shift+Del": ("\x1b[3@", "ctrl+shift+delete"),
    "rxvt Shift+PgUp": ("\x1b[5$", "shift+pageup"),
    "F13": ("\x1b[25~", "f13"),
    "Linux console F2": ("\x1b[[B", "f2"),
    "mintty Alt+Ctrl+1": ("\x1b[1;7q", "alt+ctrl+1"),
    "Alt+D": ("\x1bd", "alt+d"),
    "Alt+Shift+D": ("\x1bD", "alt+shift+d"),
    "Alt+1": ("\x1b1", "alt+1"),
    "Alt+/": ("\x1b/", "alt+slash"),
    "Alt+Space": ("\x1b ", "alt+space"),
    "Alt+Enter": ("\x1b\r", "alt+enter"),
    "Alt+Ctrl+A": ("\x1b\x01", "alt+ctrl+a"),
    "Alt+D in the kitty protocol": ("\x1b[100;3u", "alt+d"),
    "macOS Alt+Left": ("\x1bb", "ctrl+left"),
}


@pytest.mark.parametrize("key", NAMES)
def test_sequence_has_the_name_of_its_key(key: str) -> None:
    """The key has no character, so it types nothing."""
    sequence, name = NAMES[key]
    keys = list(InputParser(0.025).feed(sequence))
    assert [getattr(event, "key", event) for event in keys] == [name]
    assert [getattr(event, "character", None) for event in keys] == [None]


def test_no_sequence_is_two_keys_or_a_letter() -> None:
    """The keypad is an exception, as its keys are characters."""
    for sequence in KEYS:
        keys = list(InputParser(0.025).feed(sequence))
        assert len(keys) <= 1, sequence
        typed = [event for event in keys if getattr(event, "is_printable", False)]
        assert not typed or sequence in [f"\x1bO{key}" for key in "jkmnopqrstuvwxy"] + ["\x1b[167;5u"], sequence


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Program]:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for("7 未读")
        program.settle(0.3)
        yield program


def test_split_arrow_key_marks_nothing_as_read(reader: Program) -> None:
    """In the list, `A` marks all articles as read."""
    arrow = "\x1b[A"
    for place in (1, 2):
        for delay in (0.06, 0.4):
            reader.send(arrow[:place])
            time.sleep(delay)
            reader.send(arrow[place:])
            reader.settle(0.2)
            assert "7 未读" in reader.screen.text(), (place, delay)


def test_alt_and_a_letter_types_nothing_into_the_search_line(reader: Program) -> None:
    reader.send("/开鲁")
    reader.wait_for("/ 开鲁")
    reader.send("\x1bd\x1b1")
    reader.settle()
    assert [line.strip() for line in reader.screen.lines() if line.startswith(" / 开鲁")] == ["/ 开鲁"]


def test_keys_of_putty_and_rxvt_act_like_those_of_xterm(reader: Program) -> None:
    """Alt+Left goes back; Ctrl+Down and Ctrl+Up go to the next and the previous article."""
    reader.send("\r")
    reader.wait_for("清源断流")
    for back, down, up in (("\x1b[1;3D", "\x1b[1;5B", "\x1b[1;5A"), ("\x1b\x1b[D", "\x1bOb", "\x1bOa")):
        reader.send(down)
        reader.wait_for("呼和浩特讯")
        reader.send(up)
        reader.wait_for("清源断流")
        reader.send("]")
        reader.wait_for("呼和浩特讯")
        reader.send(back)
        reader.wait_for("清源断流")
