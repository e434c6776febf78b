"""Every setting is checked, and a refused value is reported with the allowed ones."""

from pathlib import Path
from string import ascii_letters

import pytest

from tests.program import GANEWS, Program, environment
from tests.test_cli import Run, run
from tui.driver.input_parser import InputParser
from tui.keys import read_key, same_as

__all__ = ["run"]

SAME = {
    "Ctrl+I": "Tab",
    "ctrl+m": "Enter",
    "Ctrl+[": "Esc",
    "Ctrl+J": "Enter",
    "Alt+B": "Ctrl+左键",
    "alt+f": "Ctrl+右键",
    "C-h": "",
    "Ctrl+H": "Backspace",
    "shift+a": "A",
    "Shift+é": "É",
}
UNSENDABLE = [
    "super+j",
    "hyper+a",
    "meta+x",
    "ctrl+shift+a",
    "ctrl+1",
    "ctrl+comma",
    "shift+enter",
    "ctrl+enter",
    "alt+shift+b",
    "alt+]",
]
SENDABLE = [
    "j",
    "J",
    "/",
    "【",
    "é",
    "Ctrl+L",
    "alt+l",
    "alt+/",
    "f5",
    "shift+f5",
    "ctrl+f12",
    "home",
    "ctrl+home",
    "shift+tab",
]
SENDABLE += ["alt+enter", "ctrl+alt+k", "ctrl+\\", "ctrl+]", "shift+up", "ctrl+shift+left", "tab", "enter", "space"]


def checked(run: Run, home: Path, text: str) -> tuple[int, str]:
    folder = home / "XDG_CONFIG_HOME/ganews-tui"
    (folder / "themes").mkdir(parents=True, exist_ok=True)
    (folder / "themes/夜读.yaml").write_text("base: dark\n", "utf-8")
    (folder / "config.yaml").write_text(text, "utf-8")
    status, out, _err = run("config", "check")
    return status, out


@pytest.mark.parametrize("theme", ["auto", "light", "dark", "contrast", "terminal", "夜读"])
def test_config_check_accepts_every_existing_theme(run: Run, tmp_path: Path, theme: str) -> None:
    assert checked(run, tmp_path, f"theme: {theme}\n") == (0, "")


@pytest.mark.parametrize("theme", ["nosuchtheme", "Dark", "夜", "../themes/夜读", "''", "1"])
def test_config_check_refuses_an_unknown_theme_and_names_all(run: Run, tmp_path: Path, theme: str) -> None:
    status, out = checked(run, tmp_path, f"measure: 30\ntheme: {theme}\n")
    assert status == 2
    assert "config.yaml:2" in out
    assert "auto | light | dark | contrast | terminal" in out


@pytest.mark.parametrize("key", SAME)
def test_config_check_names_the_key_that_terminals_send_instead(run: Run, tmp_path: Path, key: str) -> None:
    status, out = checked(run, tmp_path, f"keys:\n  star: '{key}'\n")
    assert status == 2
    assert SAME[key] in out


@pytest.mark.parametrize("key", UNSENDABLE)
def test_config_check_refuses_a_key_that_no_terminal_sends(run: Run, tmp_path: Path, key: str) -> None:
    status, out = checked(run, tmp_path, f"keys:\n  star: '{key}'\n")
    assert status == 2
    assert "Ctrl+L" in out


@pytest.mark.parametrize("key", SENDABLE)
def test_config_check_accepts_a_key_that_terminals_send(run: Run, tmp_path: Path, key: str) -> None:
    assert checked(run, tmp_path, f"keys:\n  star: '{key}'\n") == (0, "")


@pytest.mark.parametrize("option", [("--theme", "nosuchtheme"), ("--measure", "900"), ("--theme", "夜")])
def test_app_refuses_a_wrong_option_before_it_draws(tmp_path: Path, option: tuple[str, str]) -> None:
    with Program([*GANEWS, *option], env=environment(tmp_path)) as program:
        assert program.wait() == 2
        out = program.raw.decode()
    assert option[1] in out
    assert "| light |" in out or "–" in out
    assert "\x1b[?1049h" not in out


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("xyzzy: 1\n", "theme | measure"),
        ("mesure: 30\n", "measure"),
        ("keys: {xyzzy: x}\n", "star"),
        ("keys: {stars: x}\n", "star"),
        ("quotes: curly\n", "narrow | padded"),
        ("language: fr\n", "auto | zh | en"),
        ("mouse: maybe\n", "true | false"),
        ("indent: 9\n", "0–4"),
    ],
)
def test_config_check_lists_the_allowed_values(run: Run, tmp_path: Path, text: str, choice: str) -> None:
    status, out = checked(run, tmp_path, text)
    assert status == 2
    assert choice in out


@pytest.mark.parametrize(
    ("text", "choice"),
    [("bse: dark\n", "label | base | colours"), ("base: dim\n", "light"), ("colours: {pge: red}\n", "page | side")],
)
def test_config_check_lists_the_allowed_entries_of_a_theme(run: Run, tmp_path: Path, text: str, choice: str) -> None:
    assert checked(run, tmp_path, "")[0] == 0
    (tmp_path / "XDG_CONFIG_HOME/ganews-tui/themes/夜读.yaml").write_text(text, "utf-8")
    status, out, _err = run("config", "check")
    assert status == 2
    assert choice in out


@pytest.mark.parametrize("character", [*ascii_letters, *"0123456789", *"/\\,.;-=`'"])
def test_alt_with_a_character_is_written_in_either_case(character: str) -> None:
    """Alt with a capital letter is what the user writes, as with Ctrl, and not Alt and Shift."""
    (event,) = InputParser(0.025).feed(f"\x1b{character.lower()}")
    arrives = getattr(event, "key", None)
    assert arrives in (name := read_key(f"Alt+{character}"), same_as(name or ""))
