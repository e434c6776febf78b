"""Stop and continue: the shell gets its terminal as it was, and the screen comes back complete."""

import re
import shlex
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment

TITLE = "筑牢禁毒防线"


def settled(program: Program, so: Callable[[], bool]) -> bool:
    """Return whether the condition holds once the screen has settled; a busy machine gets some seconds."""
    for _ in range(20):
        program.settle(0.3)
        if so():
            return True
    return False


def settings(home: Path, text: str) -> None:
    folder = home / "config/ganews-tui"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("mouse", ["yes", "no"])
def test_stopped_app_restores_the_terminal_and_reclaims_it_on_continue(tmp_path: Path, mouse: str) -> None:
    """Covers all modes, cursor and echo. A mouse left to the terminal stays there."""
    settings(tmp_path, f"mouse: {mouse}\n")
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.screen.kitty = True
        program.wait_for(TITLE)
        program.settle(0.3)
        text, modes, keyboard = program.screen.text(), dict(program.screen.modes), list(program.screen.keyboard)
        for _ in range(2):
            program.signal(signal.SIGTSTP)
            assert program.wait_stopped()
            assert program.terminal_changes() == [] and program.echoes
            program.signal(signal.SIGCONT)
            program.wait_for(TITLE)
            assert settled(program, lambda: program.screen.text() == text and program.screen.modes == modes)
            assert program.screen.keyboard == keyboard
            assert not program.echoes
        assert modes.get(1000, False) == (mouse == "yes")
        program.send("q")
        assert program.wait() == 0
        assert program.terminal_changes() == []


def test_continued_app_fills_a_resized_window(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for(TITLE)
        program.settle(0.3)  # a stop in the first moments of a start may come before the driver listens
        program.signal(signal.SIGTSTP)
        assert program.wait_stopped()
        program.resize(80, 24)
        program.signal(signal.SIGCONT)
        program.wait_for(TITLE)
        assert settled(program, lambda: max(len(line) for line in program.screen.lines()) <= 80)
        assert settled(program, lambda: bool(program.screen.lines()[23].strip()))


def test_stopped_app_ends_when_its_terminal_disappears(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for(TITLE)
        program.settle(0.3)  # a stop in the first moments of a start may come before the driver listens
        program.signal(signal.SIGTSTP)
        assert program.wait_stopped()
        program.vanish()
        assert program.wait() in (129, -signal.SIGHUP)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs a shell with job control")
def test_ctrl_z_suspends_and_fg_continues_when_bound(tmp_path: Path) -> None:
    """By default Ctrl+Z undoes a mark. One line of settings gives it back to the shell."""
    settings(tmp_path, "keys:\n  suspend: ctrl+z\n")
    env = environment(tmp_path, PS1="shell: ")
    with Program(["bash", "--norc", "--noprofile", "-i"], env=env) as shell:
        shell.wait_for("shell:")
        shell.send(shlex.join(GANEWS) + "\n")
        shell.wait_for(TITLE)
        shell.wait_for("7 未读")
        shell.settle(0.3)
        text = shell.screen.text()
        for said in (1, 2):
            shell.send("\x1a")
            # The shell's screen keeps the lines of an earlier stop, and what is typed before its prompt is lost.
            shell.wait_until(lambda: re.search(r"Stopped.*\s+shell:\s*$", shell.screen.text()) is not None, "a prompt")
            assert shell.screen.left_on == ["2004"] or shell.screen.left_on == []  # bash itself switches paste mode on
            shell.send(f"echo 还$((1+{said}))在\n")
            shell.wait_for(f"还{1 + said}在")
            shell.send("fg\n")
            shell.wait_for(TITLE)
            assert settled(shell, lambda: shell.screen.text() == text)
        shell.send("q")
        shell.wait_for("shell:")
        assert shell.screen.unexpected == []


def test_signal_after_a_stop_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for(TITLE)
        program.settle(0.3)  # a stop in the first moments of a start may come before the driver listens
        program.signal(signal.SIGTSTP)
        assert program.wait_stopped()
        program.signal(signal.SIGCONT)
        program.wait_for(TITLE)
        assert settled(program, lambda: not program.echoes)
        program.signal(signal.SIGTERM)
        assert program.wait() == 128 + signal.SIGTERM
        assert program.terminal_changes() == []
