"""How the app behaves differently when its terminal is a page of `ganews-tui serve`."""

import random
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment
from tui.app.links import is_safe, page_link
from tui.keys import COMMANDS, bindings
from tui.keys.browser import COPY_KEY, KEPT_BY_BROWSER, commands_in_browser
from tui.keys.command import Command
from tui.variables import IN_BROWSER

LINK = "---\ntitle: [有链接的一篇]\n---\n\n看[这里](https://example.org/a?b=1&c=2)。\n"


@pytest.fixture
def in_browser(tmp_path: Path) -> dict[str, str]:
    """Return the environment that the server gives to a reader's program."""
    return environment(tmp_path, **{IN_BROWSER: "1", "COLORFGBG": "0;15", "LANG": "zh_CN.UTF-8"})


def test_page_offers_no_key_that_the_browser_keeps() -> None:
    offered = {key for command in commands_in_browser(COMMANDS) for key in command.keys}
    assert not offered & KEPT_BY_BROWSER
    assert all(command.keys for command in commands_in_browser(COMMANDS) if command.id in ("zen", "theme", "quit"))


def test_page_copies_with_ctrl_c_and_never_suspends() -> None:
    commands = commands_in_browser(COMMANDS)
    assert "suspend" not in {command.id for command in commands}
    assert bindings("reader", commands)[COPY_KEY].id == "copy_article"


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "https://a\x07b", "https://a\x1b]52;c;?"]
)
def test_link_of_another_kind_or_with_controls_is_not_safe(target: str) -> None:
    assert not is_safe(target)


def test_app_in_a_page_asks_nothing_and_keeps_no_screen(tmp_path: Path, in_browser: dict[str, str]) -> None:
    with Program(GANEWS, env=in_browser) as program:
        program.wait_for("开鲁")
        assert b"\x1b[6n" not in program.raw
        assert b"\x1b]11;?" not in program.raw
        program.send(":zanting\r")
        program.send("\x1b")
        program.settle(0.2)
        program.send("\x03")
        program.wait_for("已交给终端")
        program.send("q")
        assert program.wait() == 0
    assert not list((tmp_path / "cache").rglob("last-screen*"))


def test_app_in_a_page_takes_its_colours_from_the_page(in_browser: dict[str, str]) -> None:
    with Program(GANEWS, env=in_browser) as program:
        program.wait_for("开鲁")
        light = program.screen.styled()[5][5][1]
        program.send("\x1b[?997;1n")
        program.settle(0.5)
        dark = program.screen.styled()[5][5][1]
        assert light != dark
        program.send("q")
        assert program.wait() == 0


def test_link_chosen_in_a_page_is_sent_to_it(tmp_path: Path, in_browser: dict[str, str]) -> None:
    bulletin = tmp_path / "library" / "one"
    bulletin.mkdir(parents=True)
    (bulletin / "bulletin.yaml").write_text("title: 一册\n", "utf-8")
    (bulletin / "01.md").write_text(LINK, "utf-8")
    with Program([*GANEWS, str(tmp_path / "library")], env=in_browser) as program:
        program.wait_for("有链接的一篇")
        program.send("\rO")
        program.wait_for("已在浏览器打开")
        assert page_link("https://example.org/a?b=1&c=2").encode() in program.raw
        program.send("q")
        assert program.wait() == 0


def test_no_command_in_a_page_starts_a_program(tmp_path: Path, in_browser: dict[str, str]) -> None:
    """Each command is chosen from the palette, in an app whose desktop could open links."""
    started, written = _programs_started(tmp_path, in_browser | {"DISPLAY": ":0"}, commands_in_browser(COMMANDS))
    assert started == []
    assert page_link("https://example.org/a?b=1&c=2").encode() in written


def test_audit_sees_a_program_that_the_app_starts(tmp_path: Path) -> None:
    """The test above can fail: outside a page, the command for links starts the desktop's opener."""
    commands = [command for command in COMMANDS if command.id == "open_link"]
    started, _written = _programs_started(tmp_path, environment(tmp_path, DISPLAY=":0", LANG="zh_CN.UTF-8"), commands)
    assert [line for line in started if "xdg-open" in line]


def _programs_started(tmp_path: Path, env: dict[str, str], commands: Iterable[Command]) -> tuple[list[str], bytes]:
    """Choose the commands in a library with a link and a picture; in a list that opens, the first line.

    Return a line for each program started, and what was written to the terminal.
    """
    bulletin = tmp_path / "library" / "one"
    bulletin.mkdir(parents=True)
    (bulletin / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (bulletin / "01.md").write_text(f"{LINK}\n![图](picture.png)\n", "utf-8")
    opener = tmp_path / "bin/xdg-open"
    opener.parent.mkdir()
    opener.write_text("#!/bin/sh\n", "utf-8")
    opener.chmod(0o755)
    record = tmp_path / "started"
    env |= {"AUDIT": str(record), "PATH": f"{opener.parent}:{env['PATH']}"}
    with Program([sys.executable, "-m", "tests.audited", str(tmp_path / "library")], env=env) as program:
        program.wait_for("有链接的一篇")
        program.send("\r")
        for command in commands:
            if command.id != "quit":
                program.send(":")
                program.wait_for("中文、拼音、英文")
                program.send(f"{command.pinyin.replace(' ', '')}\r\r\x1b[27u\x1b[27u")
                program.settle(0.05)
        program.send("\x11")
        assert program.wait(timeout=60) == 0
        return record.read_text("utf-8").splitlines(), program.raw


def test_app_redraws_on_sigcont_at_any_moment(in_browser: dict[str, str]) -> None:
    """The server sends SIGCONT to a program when its page reconnects, whatever the program is doing."""
    draw = random.Random(1)
    with Program(GANEWS, env=in_browser) as program:
        program.wait_for("开鲁")
        for _ in range(60):
            program.send("jjkk")
            time.sleep(draw.uniform(0, 0.008))
            program.signal(signal.SIGCONT)
            program.read(0)
        program.settle(0.3)
        program.send("s")
        program.wait_for("已收藏")
        program.send("q")
        assert program.wait() == 0
