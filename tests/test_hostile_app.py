"""The app with a library, settings and input full of control sequences, tested on the raw bytes of its terminal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import hostile
from .hostile import POISON
from .program import GANEWS, Program, environment
from .terminal import HARMLESS

INVISIBLE = "\u202e\u2066\u200b\u200f\ufeff"
KEYS: dict[str, list[str]] = {
    "every article": ["]", "]", "]", "]", "G", " ", "g", "\r", " ", "\x1b"],
    "a search for poison typed": ["/", *[c for c in POISON if c >= " " and c != "\x7f"], "\r", "n", "\x1b", "\x1b"],
    "a search for poison pasted": ["/", f"\x1b[200~{POISON}\x1b[201~", "\r", "n", "\x1b", "\x1b"],
    "a paste where no text is expected": [f"\x1b[200~{POISON}\x1b[201~", "\x1b", "\x1b"],
    "a search that finds poison": ["/", "药", "\r", "n", "n", "\x1b", "\x1b"],
    "help, palette, outline, problems": [
        "?",
        "\x1b",
        ":",
        "poison",
        "\x1b",
        "o",
        "\x1b",
        ":",
        "问题",
        "\r",
        "\x1b",
        "\x1b",
    ],
    "links": ["]", "]", "f", "\x1b", "L", "\x1b", "\x1b"],
    "answers nobody asked for": ["\x1bP1$r0m\x1b\\", "\x1b]52;c;cG9pc29u\x07", "\x1b[?1;2;3$y", "\x1b[99;1R"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.home(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def program(home: Path) -> Iterator[Program]:
    with Program([*GANEWS, str(home / "library")], env=environment(home)) as program:
        program.wait_for("筑牢禁毒防线")
        program.settle(0.3)
        yield program


@pytest.mark.parametrize("what", KEYS)
def test_hostile_text_never_reaches_the_terminal_as_a_command(program: Program, what: str) -> None:
    """No title, clipboard, reset or device string; no mode but the app's own; nothing invisible, no lone control."""
    before = len(program.raw)
    for key in KEYS[what]:
        program.send(key)
        program.settle(0.05)
    program.settle(0.3)
    assert program.poll() is None, program.screen.text()
    assert program.screen.unexpected == []
    assert {mode for mode, on in program.screen.modes.items() if on} <= HARMLESS
    written = program.raw[before:].decode("utf-8", "replace")
    assert not [character for character in INVISIBLE if character in written]
    assert not re.search("[\u0300-\u0489]{9}", written)


def test_app_with_hostile_text_ends_normally(program: Program) -> None:
    program.send("\x03")
    assert program.wait() == 0
    assert program.terminal_changes() == []
    assert program.screen.unexpected == []
