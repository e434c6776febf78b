"""The driver on a pseudo-terminal: input, shutdown, and the state of the terminal afterwards."""

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
        program.wait_for("平安开鲁 120×36")
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
def test_terminal_is_restored_after_every_end(small: Program, end: str) -> None:
    """Covers modes, cursor, main screen and line discipline. The status says how the program ended."""
    how, status = ENDS[end]
    if isinstance(how, bytes):
        small.send(how)
    else:
        small.signal(how)
    assert small.wait() == status
    assert small.terminal_changes() == []
    assert small.screen.unexpected == []


@pytest.mark.parametrize("key", "EWF")
def test_crash_prints_three_clean_lines_and_writes_a_log(small: Program, home: Path, key: str) -> None:
    """An error message may come from content, so none of its control characters may reach the terminal."""
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


def test_sigterm_ends_an_app_that_hangs(small: Program) -> None:
    """The app has two seconds to close; then the terminal is restored without it."""
    small.send("H")
    small.settle()
    small.signal(signal.SIGTERM)
    assert small.wait() == 143
    assert small.terminal_changes() == []


def test_program_ends_when_the_terminal_vanishes_without_a_signal(home: Path) -> None:
    """After `docker exec` or a lost connection, the end of input is the only sign."""
    leader = ["/bin/sh", "-c", 'trap "" HUP; "$@"; echo $? > "$0"', str(home / "status"), *SMALL]
    with Program(leader, env=environment(home)) as program:
        program.wait_for("平安开鲁")
        program.vanish()
        program.wait()
    assert (home / "status").read_text() == "129\n"


def test_screen_is_repainted_after_stop_and_continue(small: Program) -> None:
    """SIGTSTP restores the terminal for the shell; SIGCONT repaints the screen."""
    before = small.screen.text()
    small.signal(signal.SIGTSTP)
    assert small.wait_stopped()
    assert small.terminal_changes() == []
    small.screen.resize(120, 36)
    small.signal(signal.SIGCONT)
    small.wait_until(lambda: small.screen.text() == before, "screen as before")
    small.send("j")
    small.wait_for("j")


def test_sigstop_leaves_the_app_working(small: Program) -> None:
    """After SIGSTOP and SIGCONT there is one input thread, no key arrives twice, and the app ends well."""
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
def test_input_method_commit_arrives_complete(small: Program, length: int, encoding: str) -> None:
    """All characters arrive in order and unchanged, also in two reads."""
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


def test_paste_is_one_clean_text_with_its_lines(small: Program) -> None:
    """Escape sequences in a paste neither act nor become keys."""
    small.send("\x1b[200~通辽市\r\n开鲁县\x1b]52;c;aGk=\x07q\x1b[201~")
    small.wait_for("␛")
    assert "<'通辽市\\n开鲁县␛]52;c;aGk=␇q'>" in small.screen.text()
    assert small.poll() is None


def test_lone_escape_is_a_key(small: Program) -> None:
    small.send("\x1b")
    small.wait_for("escape")


def test_shift_f3_is_a_key_and_unknown_sequences_are_dropped(small: Program) -> None:
    small.send("\x1b[1;2R\x1b[?1;2;3$z\x1b]11;rgb:00/00/00\x07\x1b[5;80Rj")
    small.wait_for("shift+f3 j")


def test_mouse_position_is_in_cells(small: Program) -> None:
    small.send("\x1b[<0;3;5M\x1b[<0;3;5m")
    small.wait_for("(2,4)")


def test_layout_follows_a_new_size(small: Program) -> None:
    small.resize(70, 20)
    small.wait_for("70×20")


def test_only_needed_modes_are_switched_on(home: Path) -> None:
    """No motion reports, no pixels, no focus reports, and of the kitty keyboard protocol only flag 1."""
    with Program(SMALL, env=environment(home), screen=Screen(kitty=True)) as program:
        program.wait_for("平安开鲁")
        assert {mode for mode, on in program.screen.modes.items() if on} - {2026} == {1000, 1002, 1006, 1049, 2004}
        assert program.screen.keyboard == [1]
        program.send("q")
        program.wait()
        assert program.terminal_changes() == []


def test_screen_is_utf_8_under_any_locale(home: Path) -> None:
    env = environment(home, LC_ALL="C", PYTHONIOENCODING="latin-1", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    with Program(SMALL, env=env) as program:
        program.wait_for("平安开鲁")


def test_test_terminal_joins_a_sequence_split_over_two_reads() -> None:
    """An escape at the end of one read belongs to the text of the next."""
    screen = Screen(20, 3)
    screen.feed("开鲁\x1b")
    screen.feed("[2;1H赤峰")
    assert screen.text().split() == ["开鲁", "赤峰"]
