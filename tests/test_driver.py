"""The driver on real pseudo-terminals: what arrives, what is left behind, how it ends."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .program import Program, environment
from .terminal import Screen

SMALL = [sys.executable, "-m", "tests.small_app"]
COMMIT = "公安局民警深入嘎查村宣传禁毒"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def small(home: Path) -> Iterator[Program]:
    with Program(SMALL, env=environment(home)) as program:
        program.wait_for("平安开鲁")
        yield program


ENDS: dict[str, tuple[bytes | signal.Signals, int]] = {
    "q": (b"q", 0),
    "ctrl+c": (b"\x03", 0),
    "ctrl+c in the kitty protocol": (b"\x1b[99;5u", 0),
    "SIGTERM": (signal.SIGTERM, 143),
    "SIGHUP": (signal.SIGHUP, 129),
    "SIGQUIT": (signal.SIGQUIT, 131),
    "SIGINT": (signal.SIGINT, 130),
    "an exception in a handler": (b"E", 70),
    "an exception in a worker": (b"W", 70),
    "an exception in a thread": (b"F", 70),
}


@pytest.mark.parametrize("end", ENDS)
def test_the_terminal_is_left_as_it_was(small: Program, end: str) -> None:
    """Modes off, cursor on, main screen, line discipline; and the status says how it ended."""
    how, status = ENDS[end]
    if isinstance(how, bytes):
        small.send(how)
    else:
        small.signal(how)
    assert small.wait(6) == status
    assert small.terminal_changes() == []
    assert small.screen.acts == []


@pytest.mark.parametrize("key", "EWF")
def test_an_unexpected_error_is_three_clean_lines_and_a_log(small: Program, home: Path, key: str) -> None:
    """What the error says may come from content: no control character of it reaches the terminal."""
    small.send(key)
    small.wait()
    said = small.raw.rpartition(b"\x1b[?25h")[2].decode()
    log = home / "state/ganews-tui/error.log"
    assert said.count("\n") == 3
    assert "ValueError: " in said
    assert str(log) in said
    assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", said)
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_an_app_that_hangs_is_ended_by_sigterm_all_the_same(small: Program) -> None:
    """Two seconds for the app to close, then the terminal is given back without it."""
    small.send("H")
    small.settle()
    small.signal(signal.SIGTERM)
    assert small.wait(6) == 143
    assert small.terminal_changes() == []


def test_a_terminal_that_vanishes_without_a_signal_ends_the_program(home: Path) -> None:
    """As after `docker exec` or a dead connection: the end of the input is the only sign."""
    leader = ["/bin/sh", "-c", 'trap "" HUP; "$@"; echo $? > "$0"', str(home / "status"), *SMALL]
    with Program(leader, env=environment(home)) as program:
        program.wait_for("平安开鲁")
        program.vanish()
        program.wait(6)
    assert (home / "status").read_text() == "129\n"


def test_stop_and_continue_repaint_the_screen(small: Program) -> None:
    """SIGTSTP leaves the shell a clean terminal; SIGCONT brings the whole screen back."""
    before = small.screen.text()
    small.signal(signal.SIGTSTP)
    assert small.wait_stopped()
    assert small.terminal_changes() == []
    small.screen.resize(120, 36)
    small.signal(signal.SIGCONT)
    small.wait_for("平安开鲁")
    small.settle()
    assert small.screen.text() == before
    small.send("j")
    small.wait_for("j")


def test_a_stop_that_could_not_be_seen_coming_does_no_harm(small: Program) -> None:
    """SIGSTOP, SIGCONT: one input thread afterwards, no key twice, and a clean end."""
    os.kill(small.pid, signal.SIGSTOP)
    assert small.wait_stopped()
    reads = len(small.written)
    small.signal(signal.SIGCONT)
    small.wait_for_bytes("平安开鲁".encode(), after=reads)
    small.send("jk")
    small.wait_for("j k")
    small.settle()
    assert "j k" in small.screen.text() and "j j" not in small.screen.text()
    small.send("q")
    assert small.wait() == 0
    assert small.terminal_changes() == []


@pytest.mark.parametrize("length", [1, 4, 5, 12])
@pytest.mark.parametrize("encoding", ["legacy", "kitty"])
def test_a_commit_of_the_input_method_arrives_whole(small: Program, length: int, encoding: str) -> None:
    """Every character, in order, none turned into something else; also when it comes in two reads."""
    commit = COMMIT[:length]
    points = ":".join(str(ord(character)) for character in commit)
    data = commit.encode() if encoding == "legacy" else f"\x1b[0;;{points}u".encode()
    small.send(data)
    small.wait_for(" ".join(commit))
    middle = len(data) // 2
    small.send(data[:middle])
    small.settle(0.03)
    small.send(data[middle:])
    small.wait_for(" ".join(commit * 2))


def test_a_paste_is_one_clean_and_keeps_its_lines(small: Program) -> None:
    """Escape sequences in it neither act nor leak out as keys."""
    small.send("\x1b[200~通辽市\r\n开鲁县\x1b]52;c;aGk=\x07q\x1b[201~")
    small.wait_for("␛")
    assert "<'通辽市\\n开鲁县␛]52;c;aGk=␇q'>" in small.screen.text()
    assert small.poll() is None


def test_escape_comes_by_itself(small: Program) -> None:
    small.send("\x1b")
    small.wait_for("escape")


def test_shift_f3_is_a_key_and_an_unknown_sequence_is_nothing(small: Program) -> None:
    small.send("\x1b[1;2R\x1b[?1;2;3$z\x1b]11;rgb:00/00/00\x07\x1b[5;80Rj")
    small.wait_for("shift+f3 j")


def test_the_mouse_is_counted_in_cells(small: Program) -> None:
    small.send("\x1b[<0;3;5M\x1b[<0;3;5m")
    small.wait_for("(2,4)")


def test_a_new_size_is_followed(small: Program) -> None:
    small.resize(70, 20)
    small.wait_for("70×20")


def test_only_the_modes_needed_are_asked_for(home: Path) -> None:
    """No motion reports, no pixels, no focus reports; kitty keyboard flag 1 alone."""
    with Program(SMALL, env=environment(home), screen=Screen(kitty=True)) as program:
        program.wait_for("平安开鲁")
        assert {mode for mode, on in program.screen.modes.items() if on} - {2026} == {1000, 1002, 1006, 1049, 2004}
        assert program.screen.keyboard == [1]
        program.send("q")
        program.wait()
        assert program.terminal_changes() == []


def test_another_encoding_of_the_locale_does_not_garble_the_screen(home: Path) -> None:
    env = environment(home, LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    with Program(SMALL, env=env) as program:
        program.wait_for("平安开鲁")


def test_the_terminal_of_the_tests_puts_a_sequence_together_that_came_in_two_reads() -> None:
    """An escape at the end of one read belongs to what the next one brings."""
    screen = Screen(20, 3)
    screen.feed("开鲁\x1b")
    screen.feed("[2;1H赤峰")
    assert screen.text().split() == ["开鲁", "赤峰"]
