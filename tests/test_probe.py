"""The query to the terminal for the width of ambiguous characters."""

import sys
from pathlib import Path

import pytest

from tui.terminal import probe

from .program import GANEWS, Program, environment
from .terminal import Screen

PROBE = [
    sys.executable,
    "-c",
    "from tui.terminal import probe, tty; found = tty.find(); t = found and tty.take(found);"
    "print('width', probe.ask(t) if t else 1, end=''); t and t.give_back(); print()",
]
ASK = [
    sys.executable,
    "-c",
    "from tui.terminal import probe, tty; t = tty.take(tty.find()); w = probe.ask(t, 30); t.give_back();"
    "print('width', w, t.typed)",
]


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_probe_returns_the_width_and_leaves_nothing_on_the_screen(ambiguous: int) -> None:
    patient = [part.replace("ask(t)", "ask(t, 30)") for part in PROBE]
    with Program(patient, screen=Screen(ambiguous=ambiguous)) as program:
        assert program.wait() == 0
        assert program.screen.text().strip() == f"width {ambiguous}"
        assert program.terminal_changes() == []


@pytest.mark.parametrize("answer", [b"", b"\x1b[", b"\x1b[;R", b"\x1b[1;1R", b"\x1b[9;999R", b"\xff\xfe\x1b[3;R"])
def test_width_is_1_without_a_proper_answer(answer: bytes) -> None:
    """The program waits for 200 ms, not for ever, and the line on the screen is unchanged."""
    assert probe.TIMEOUT_SECONDS == 0.2
    with Program(PROBE, answers=False) as program:
        program.wait_for_bytes(b"\x1b[6n")
        program.send(answer)
        assert program.wait() == 0
        assert program.screen.text().strip() == "width 1"
        assert program.terminal_changes() == []


def test_keys_typed_around_the_answer_are_kept() -> None:
    with Program(ASK, answers=False) as program:
        program.wait_for_bytes(b"\x1b[6n")
        program.send(b"j\x1b[A\x1b[7;3Rk")
        program.wait()
        assert r"width 2 b'j\x1b[Ak'" in program.screen.text()


def test_nothing_is_asked_without_a_terminal(tmp_path: Path) -> None:
    shell = ["/bin/sh", "-c", '"$@" </dev/null | cat', "sh", *GANEWS]
    with Program(shell, env=environment(tmp_path), answers=False) as program:
        assert program.wait() == 0
        assert b"\x1b" not in program.raw


def test_dumb_terminal_is_not_asked() -> None:
    with Program(PROBE, env=environment(TERM="dumb")) as program:
        program.wait()
        assert program.raw == b"width 1\r\n"
