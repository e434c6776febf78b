"""The last screen: it is shown before the app starts, and only if it is still right."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .program import Program, environment
from .terminal import Screen, Style

SMALL = [sys.executable, "-m", "tests.small_app", "--keep"]
FIRST = "平安开鲁 120×36".encode()
KEEP = """
import sys
from tui.terminal import last_screen, probe, tty
taken = tty.take(tty.find())
width = probe.ask(taken) if "--ask" in sys.argv else None
last_screen.keep("平安开鲁", taken.tty.size(), width, sys.argv[-1:])
taken.give_back()
"""
SHOW = """
from tui.terminal import last_screen
taken = last_screen.show()
if taken:
    taken.give_back()
print("done")
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "catalogue").write_text("七篇")
    return tmp_path


def run(
    code: str, home: Path, *words: str, screen: Screen | None = None, size: tuple[int, int] = (120, 36), env: str = ""
) -> bytes:
    """Return the output of a program that only keeps or shows a screen; `env` is one more variable (`NAME=value`)."""
    name, _, value = env.partition("=")
    command = [sys.executable, "-c", code, *words, str(home / "catalogue")]
    with Program(command, size=size, env={**environment(home), name or "X": value}, screen=screen) as program:
        assert program.wait() == 0, program.raw
        assert program.terminal_changes() == []
        return program.raw


def cells(program: Program) -> list[list[tuple[str, Style]]]:
    return program.screen.styled()


def leave_a_screen(home: Path) -> list[list[tuple[str, Style]]]:
    """Start the app and quit; return the final screen."""
    with Program([*SMALL, str(home / "catalogue")], env=environment(home)) as program:
        program.wait_for("120×36")
        program.settle()
        stood = cells(program)
        program.send("q")
        assert program.wait() == 0
        assert program.terminal_changes() == []
    return stood


def test_app_changes_nothing_in_the_last_screen(home: Path) -> None:
    """Compares cell by cell before and after the app takes over. The alternate screen is entered once."""
    stood = leave_a_screen(home)
    with Program([*SMALL, str(home / "catalogue")], env=environment(home)) as program:
        program.wait_for_bytes(b"\x1b[?2026$p")
        assert program.screen_before(b"\x1b[?2026$p").styled() == stood
        program.settle()
        assert cells(program) == stood
        assert program.raw.count(b"?1049h") == 1


def test_keys_typed_before_the_app_starts_arrive(home: Path) -> None:
    leave_a_screen(home)
    with Program([*SMALL, str(home / "catalogue")], env=environment(home)) as program:
        program.send("a")
        program.wait_for_bytes(FIRST)
        program.send("j禁毒\r")
        program.wait_for("a j 禁 毒 enter")
        program.send("q")
        program.wait()
        assert program.terminal_changes() == []


def kept(home: Path) -> Path:
    (file,) = (home / "cache/ganews-tui").glob("last-screen-*")
    return file


def link(file: Path, elsewhere: Path) -> None:
    file.rename(elsewhere)
    file.symlink_to(elsewhere)


def spoil(home: Path) -> None:
    data = bytearray(kept(home).read_bytes())
    data[-5] ^= 1
    kept(home).write_bytes(data)


CHANGES: dict[str, Callable[[Path], object]] = {
    "the catalogue": lambda home: (home / "catalogue").write_text("八篇"),
    "a journal beside it": lambda home: (home / "catalogue-wal").write_text("一"),
    "the catalogue is gone": lambda home: (home / "catalogue").unlink(),
    "one bit of the screen": spoil,
    "its end cut off": lambda home: os.truncate(kept(home), kept(home).stat().st_size - 2),
    "others may write it": lambda home: kept(home).chmod(0o606),
    "a link in its place": lambda home: link(kept(home), home / "elsewhere"),
    "NUL in a file's name": lambda home: kept(home).write_bytes(
        kept(home).read_bytes().replace(b"/catalogue", b"/cata\0ogue")
    ),
    "nothing but noise": lambda home: kept(home).write_bytes(os.urandom(3000)),
}


def test_last_screen_is_shown_under_the_same_conditions(home: Path) -> None:
    run(KEEP, home)
    assert "平安开鲁".encode() in run(SHOW, home)


@pytest.mark.parametrize("change", CHANGES)
def test_last_screen_is_not_shown_when_a_dependency_changed(home: Path, change: str) -> None:
    run(KEEP, home)
    CHANGES[change](home)
    assert run(SHOW, home) == b"done\r\n"


@pytest.mark.parametrize("env", ["NO_COLOR=1", "LC_ALL=en_US.UTF-8", "TERM=xterm-16color"])
def test_last_screen_is_not_shown_on_another_kind_of_terminal(home: Path, env: str) -> None:
    run(KEEP, home)
    assert run(SHOW, home, env=env) == b"done\r\n"


def test_last_screen_is_not_shown_at_another_size(home: Path) -> None:
    run(KEEP, home)
    assert run(SHOW, home, size=(100, 30)) == b"done\r\n"


def test_last_screen_is_not_shown_for_another_command_line(home: Path) -> None:
    run(KEEP, home)
    assert run(SHOW, home, "--theme=light") == b"done\r\n"


@pytest.mark.parametrize(("before", "now", "early"), [(1, 1, True), (2, 2, True), (1, 2, False), (2, 1, False)])
def test_last_screen_is_not_shown_when_the_width_differs(home: Path, before: int, now: int, early: bool) -> None:
    run(KEEP, home, "--ask", screen=Screen(ambiguous=before))
    assert ("平安开鲁".encode() in run(SHOW, home, "--ask", screen=Screen(ambiguous=now))) is early


def test_last_screen_is_readable_by_its_owner_only(home: Path) -> None:
    run(KEEP, home)
    assert kept(home).stat().st_mode & 0o777 == 0o600


def test_program_ends_well_when_no_screen_can_be_kept(home: Path) -> None:
    (home / "cache").write_text("no folder")
    leave_a_screen(home)


def test_nothing_slow_is_imported_before_the_last_screen() -> None:
    """A millisecond here is a millisecond of every start."""
    code = "import sys; before = set(sys.modules); import tui.terminal.last_screen; print(set(sys.modules) - before)"
    with Program([sys.executable, "-S", "-c", code]) as program:
        program.wait()
        slow = {"re", "dataclasses", "typing", "pathlib", "json", "enum", "collections", "functools", "ast", "inspect"}
        assert not [name for name in slow if f"'{name}'" in program.raw.decode()]
