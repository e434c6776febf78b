"""The program's start and end as seen from its terminal: the last screen, the first keys, what is imported."""

import random
import signal
import sys
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment
from .terminal import Style

KEYS = ["j", "j", "k", "]", "[", " ", "\r", "\x1b", "+", "-", "s", "G", "g", "\x1b[6~", "5j", "}", "{"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def cells(program: Program) -> list[list[tuple[str, Style]]]:
    return program.screen.styled()


def read_a_while(home: Path, *keys: str) -> list[list[tuple[str, Style]]]:
    """Start, press keys, quit; the screen as it was left."""
    with Program(GANEWS, env=environment(home)) as program:
        program.wait_for("开鲁")
        for key in keys:
            program.send(key)
            program.settle(0.05)
        program.settle(0.3)
        left = cells(program)
        program.send("q")
        assert program.wait() == 0
        assert program.terminal_changes() == []
        assert program.screen.acts == []
    return left


@pytest.mark.parametrize("seed", range(3))
def test_the_screen_left_is_there_at_once_and_nothing_in_it_changes(home: Path, seed: int) -> None:
    """After some reading; from the first byte to the settled app not one cell differs."""
    draw = random.Random(seed)
    read_a_while(home, *(draw.choice(KEYS) for _ in range(12)), "\x1b", "\x1b")
    with Program(GANEWS, env=environment(home)) as program:
        asked = program.wait_for_bytes(b"\x1b[?2026$p")
        shown = [data for moment, data in program.written if moment < asked]
        assert "开鲁".encode() in b"".join(shown), "no screen before the app"
        program.settle(0.02)
        early = cells(program)
        while program.read(0.5):
            assert cells(program) == early, program.screen.text()
        program.send("q")
        assert program.wait() == 0


def test_a_key_typed_at_once_is_not_lost(home: Path) -> None:
    read_a_while(home)
    with Program(GANEWS, env=environment(home)) as program:
        program.send("jj")
        program.wait_for_bytes("开鲁".encode())
        program.send("j\r")
        program.wait_for("双河讯")
        program.send("q")
        assert program.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_that_comes_before_the_app_is_there_leaves_the_terminal_as_it_was(
    home: Path, number: signal.Signals
) -> None:
    """The last screen is on it then, and nobody but the first lines of the program to take it away."""
    read_a_while(home)
    with Program(GANEWS, env=environment(home)) as program:
        program.wait_for_bytes("开鲁".encode())
        program.signal(number)
        assert program.wait() == 128 + number
        assert program.terminal_changes() == []


def test_a_changed_article_is_never_shown_as_it_was(home: Path, tmp_path: Path) -> None:
    """Its file is one of those the screen rests on."""
    library = tmp_path / "公报"
    (library / "2023").mkdir(parents=True)
    (library / "2023/bulletin.yaml").write_text("id: '2023'\ntitle: 平安简报\n", "utf-8")
    article = library / "2023/1.md"
    article.write_text("---\ntitle: [筑牢禁毒防线]\n---\n\n旧的正文。\n", "utf-8")
    command = [*GANEWS, str(library)]
    with Program(command, env=environment(home)) as program:
        program.wait_for("旧的正文")
        program.settle(0.3)
        program.send("q")
        assert program.wait() == 0
    article.write_text("---\ntitle: [筑牢禁毒防线]\n---\n\n新的正文。\n", "utf-8")
    with Program(command, env=environment(home)) as program:
        program.wait_for("新的正文")
        assert "旧的正文".encode() not in program.raw
        program.send("q")
        program.wait()


FLOOR = "import textual.app, textual.widgets._label, textual.drivers.linux_driver"
OURS = "import tui.cli.open_app, tui.cli.command_line, tui.cli.subcommands, tui.app"
ALLOWED = {"_blake2", "_hashlib", "_json", "_sqlite3", "gc", "gettext", "hashlib", "json", "sqlite3"}
LATER = {
    *("tui.app.choosers", "tui.driver.input_parser", "tui.export", "tui.importer", "tui.indexer", "tui.plain.desk"),
    *(
        "tui.screens.chooser",
        "tui.screens.commands",
        "tui.catalogue.gram_table",
        "tui.query.label_match",
        "tui.widgets.choice_list",
    ),
    *("tui.app.links", "tui.keys.command_match", "tui.theme.user", "tui.markdown.write", "tui.reading.salvage"),
    *("tui.session.citation", "tui.session.hit_list", "tui.session.place_prompt"),
    *("tui.typeset.justify", "tui.typeset.total_fit", "tui.typeset.table", "tui.typeset.words"),
    *("tui.library.bulletin_file", "tui.library.jsonl_line", "tui.search"),
}
"""Of ours, what the first screen does not need."""


def test_nothing_new_is_imported_at_the_start() -> None:
    """Beyond what a bare Textual app imports, only these modules of the standard library, and no widget of Textual's
    that is not there anyway. To allow one, say in the commit what it costs (`python -X importtime`).
    """
    code = f"import sys; {FLOOR}; floor = set(sys.modules); {OURS}; print(*sorted(set(sys.modules) - floor))"
    with Program([sys.executable, "-c", code]) as program:
        assert program.wait() == 0
        loaded = {name.strip() for name in program.raw.decode().split()}
    roots = {".".join(name.split(".")[:2]) if name.startswith("textual") else name.split(".")[0] for name in loaded}
    assert roots - {"tui"} <= ALLOWED
    assert "tui.app.app" in loaded
    assert not loaded & LATER
