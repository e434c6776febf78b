"""Nothing in content, names, settings or arguments reaches the terminal as a command, tested on the raw bytes."""

import json
import sys
from pathlib import Path

import pytest

from . import hostile
from .hostile import POISON, harm
from .program import Program, environment

EXITS: dict[str, list[str]] = {
    "list": ["list"],
    "list by a filter that is poison": ["list", "--place", POISON, "--author", POISON],
    "list as lines of JSON": ["list", "--jsonl"],
    "list as a table": ["list", "--csv"],
    "list as Markdown": ["list", "--md"],
    "list as a page": ["list", "--html"],
    "show": ["show", "1-开鲁", "3", "4"],
    "show in colour": ["show", "1-开鲁", "--color", "always", "--width", "40"],
    "show as JSON": ["show", "1-开鲁", "--json"],
    "show as Markdown": ["show", "3", "--md"],
    "show as a page": ["show", "3", "--html"],
    "show what is not there": ["show", POISON],
    "search": ["search", "民警"],
    "search for poison": ["search", POISON],
    "places": ["places"],
    "stats": ["stats"],
    "check": ["check"],
    "config show": ["config", "show"],
    "config check": ["config", "check"],
    "an option that is not there": [f"--{POISON}"],
    "a command that is not there": [POISON, POISON],
    "a library that is not there": ["list", "--library", POISON],
    "a number that is none": ["show", "1-开鲁", "--width", POISON],
    "a language that is none": ["list", "--lang", POISON],
}


MANY = """
import json, sys
from tui.cli import main
for words in json.loads(sys.argv[1]):
    status = main(words)
    print(f"\\n@@ {status}", flush=True)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.home(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def printed(home: Path) -> dict[str, bytes]:
    """Return what each command wrote to its terminal. All run in one process, for speed."""
    lines = json.dumps([_on(home / "library", words) for words in EXITS.values()])
    with Program([sys.executable, "-c", MANY, lines], env=environment(home)) as program:
        assert program.wait(60) == 0, program.raw[-2000:].decode("utf-8", "replace")
        outputs = program.raw.split(b"\r\n@@ ")
    firsts = [outputs[0], *(after.partition(b"\n")[2] for after in outputs[1:-1])]
    return dict(zip(EXITS, firsts, strict=True))


def _on(library: Path, words: list[str]) -> list[str]:
    takes_library = words[0] in ("list", "show", "search", "places", "stats", "check") and "--library" not in words
    return [*words, "--library", str(library)] if takes_library else words


@pytest.mark.parametrize("exit", EXITS)
def test_no_command_prints_harmful_characters(printed: dict[str, bytes], exit: str) -> None:
    assert harm(printed[exit]) == []
    assert b"error.log" not in printed[exit], printed[exit].decode()


def test_harm_is_found_in_each_kind_of_poison() -> None:
    """The check finds each kind of poison, and does not count colours and line ends as harm."""
    print_poison = [sys.executable, "-c", f"print({POISON!r})"]
    with Program(print_poison) as program:
        program.wait()
        assert len(harm(program.raw)) >= 13
    assert harm("\x1b[1;31m公安\x1b[0m\r\n".encode()) == []
