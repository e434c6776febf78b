"""Copying: the text arrives where that can be known, and messages claim no more than that."""

import base64
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment

TITLE = "筑牢禁毒防线"


def copied(program: Program) -> list[str]:
    """Return the texts that the terminal received by OSC 52."""
    texts = [act.rpartition(";")[2].rstrip("\x07\x1b\\") for act in program.screen.clipboard]
    return [base64.b64decode(text).decode() for text in texts]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """Yield the command line of a private tmux with its default settings."""
    if shutil.which("tmux") is None:
        pytest.skip("no tmux")
    command = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    yield command
    subprocess.run([*command, "kill-server"], stderr=subprocess.DEVNULL, check=False)


@pytest.mark.parametrize("option", ["external", "on", "off"])
def test_copy_arrives_in_tmux_and_its_terminal_whatever_its_setting(
    tmp_path: Path, tmux: list[str], option: str
) -> None:
    """`external` is the default. The buffer holds the text once."""
    words = [*tmux, "new-session", *GANEWS, ";", "set", "-g", "set-clipboard", option]
    with Program(words, env=environment(tmp_path)) as program:
        program.wait_for("开鲁")
        program.send("y")
        program.wait_for("已存进 tmux 的缓冲区")
        program.wait_until(
            lambda: bool(copied(program)) and "交给了终端" in program.screen.text(), "a copy in the terminal"
        )
        said = subprocess.run([*tmux, "show-buffer"], capture_output=True, check=True).stdout.decode()
        assert said.startswith(TITLE)
        buffers = subprocess.run([*tmux, "list-buffers"], capture_output=True, check=True).stdout
        assert buffers.count(b"\n") == 1
        assert "交给了终端" in program.screen.text()
        assert copied(program)[-1] == said


def test_copy_names_the_setting_when_tmux_does_not_answer(tmp_path: Path) -> None:
    """Covers a server that has gone and a tmux that cannot be found."""
    with Program(GANEWS, env=environment(tmp_path, TMUX=f"{tmp_path}/gone,1,0")) as program:
        program.wait_for("开鲁")
        program.send("y")
        program.wait_for("set-clipboard on")
        assert "已" not in program.screen.lines()[-1]
        assert copied(program)[-1].startswith(TITLE)


def test_copy_to_a_terminal_claims_no_success(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for("开鲁")
        program.send("y")
        program.wait_for("OSC 52")
        assert "已复制" not in program.screen.text()
        assert copied(program)[-1].startswith(TITLE)


def test_copy_in_gnu_screen_is_sent_in_chunks(tmp_path: Path) -> None:
    with Program(GANEWS, env=environment(tmp_path, STY="1.pts", TERM="screen-256color")) as program:
        program.wait_for("开鲁")
        program.send("y")
        program.wait_for("OSC 52")
        program.settle(0.1)
        pieces = [piece.partition(b"\x1b\\")[0] for piece in program.raw.split(b"\x1bP")[1:]]
    joined = b"".join(pieces)
    assert max(map(len, pieces)) < 256
    assert base64.b64decode(joined.removeprefix(b"\x1b]52;c;").rstrip(b"\x07")).decode().startswith(TITLE)


def test_copy_with_old_tmux_reports_only_its_buffer(tmp_path: Path) -> None:
    """Before version 3.2, `load-buffer` has no option `-w`."""
    fake = tmp_path / "bin/tmux"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\n[ "$2" = - ] && cat > {tmp_path}/buffer\n')
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    env = environment(tmp_path, TMUX="/tmp/x,1,0", PATH=f"{fake.parent}:{os.environ['PATH']}")
    with Program(GANEWS, env=env) as program:
        program.wait_for("开鲁")
        program.send("y")
        program.wait_for("用前缀键 ] 粘贴")
        assert "终端" not in program.screen.lines()[-1]
        assert (tmp_path / "buffer").read_text().startswith(TITLE)
