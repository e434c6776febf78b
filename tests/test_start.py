"""The program's start and end as seen from its terminal: the last screen, the first keys, the imports."""

import ast
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from .program import GANEWS, ROOT, Program, environment
from .terminal import Style

KEYS = ["j", "j", "k", "]", "[", " ", "\r", "\x1b", "+", "-", "s", "G", "g", "\x1b[6~", "5j", "}", "{"]

APP_STARTS = b"\x1b[?2026$p"
"""The first output of the app, before which the last screen is shown."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def cells(program: Program) -> list[list[tuple[str, Style]]]:
    return program.screen.styled()


def read_a_while(home: Path, *keys: str) -> list[list[tuple[str, Style]]]:
    """Start the app, press keys and quit; return the final screen."""
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
        assert program.screen.unexpected == []
    return left


@pytest.mark.parametrize("seed", range(3))
def test_last_screen_is_shown_at_once_and_does_not_change(home: Path, seed: int) -> None:
    """After some reading, no cell differs between the first byte and the settled app."""
    draw = random.Random(seed)
    read_a_while(home, *(draw.choice(KEYS) for _ in range(12)), "\x1b", "\x1b")
    with Program(GANEWS, env=environment(home)) as program:
        program.wait_for_bytes(APP_STARTS)
        early = program.screen_before(APP_STARTS)
        assert "开鲁" in early.text(), "no screen before the app"
        while program.read(0.5):
            assert cells(program) == early.styled(), program.screen.text()
        program.settle()
        assert cells(program) == early.styled(), program.screen.text()
        program.send("q")
        assert program.wait() == 0


def test_key_typed_at_once_is_not_lost(home: Path) -> None:
    read_a_while(home)
    with Program(GANEWS, env=environment(home)) as program:
        program.send("jj")
        program.wait_for_bytes("开鲁".encode())
        program.send("j\r")
        program.wait_for("双河讯")
        program.send("q")
        assert program.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_signal_before_the_app_starts_restores_the_terminal(home: Path, number: signal.Signals) -> None:
    """Only the first lines of the program can restore the terminal from the last screen."""
    read_a_while(home)
    with Program(GANEWS, env=environment(home)) as program:
        program.wait_for_bytes("开鲁".encode())
        program.signal(number)
        assert program.wait() == 128 + number
        assert program.terminal_changes() == []


def test_changed_article_is_not_shown_from_the_last_screen(home: Path, tmp_path: Path) -> None:
    """The article's file is one of those the screen depends on."""
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
    *(
        "tui.app.choosers",
        "tui.driver.input_parser",
        "tui.export",
        "tui.importer",
        "tui.indexer",
        "tui.plain.conversation",
    ),
    *(
        "tui.screens.chooser",
        "tui.screens.command_lists",
        "tui.catalogue.gram_table",
        "tui.query.label_match",
        "tui.widgets.choice_list",
    ),
    *("tui.app.links", "tui.keys.command_match", "tui.theme.user", "tui.markdown.write", "tui.reading.salvage"),
    *("tui.session.citation", "tui.session.hit_list", "tui.session.place_prompt"),
    *("tui.typeset.justify", "tui.typeset.total_fit", "tui.typeset.table_layout", "tui.segmentation"),
    "tui.terminal.clipboard",
    *("tui.shared", "tui.session.archive_opening", "tui.reading.outbox"),
    *("tui.library.bulletin_file", "tui.library.jsonl_line", "tui.search"),
}
"""Modules of the program that the first screen does not need."""


def test_modules_not_needed_at_the_start_exist() -> None:
    assert [name for name in LATER if find_spec(name) is None] == []


STARTS = {
    "version": "from tui.cli import main; main(['--version'])",
    "list": "from tui.cli import main; main(['list', '--json', '--limit', '1'])",
    "manual": "from tui.cli import main; main(['manual'])",
    "list with settings": "from tui.cli import main; main(['list', '--json', '--limit', '1'])",
    "app": OURS,
}
"""The starts for whose sake imports are deferred. The last two have a settings file. The manual is made while a wheel
is built, where no package is installed."""
BEFORE_EVERYTHING = {"tui.cli", "tui.paths"}
"""Modules that run before the last screen is shown; test_last_screen measures what they import."""
AFTER_A_FORK = {"tui.cli.serve", "tui.cli.open_app"}
"""Modules that import parts only in the process, and after the variables, for which they are meant."""


def deferred(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module that is imported inside a function."""
    package = list(path.relative_to(ROOT).parts[:-1])
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) else ():
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else []
                base = ".".join([*above, *filter(None, [node.module])])
                for alias in node.names:
                    inner = (ROOT / base.replace(".", "/") / alias.name).with_suffix(".py")
                    yield node.lineno, f"{base}.{alias.name}" if inner.exists() else base


def test_every_deferred_import_spares_a_start(home: Path) -> None:
    """A start that loads the importing module does without the imported one.

    A module that no start loads may defer what the app, or for a subcommand what `list`, does without.
    """
    settings = home / "config/ganews-tui/config.yaml"
    settings.parent.mkdir(parents=True)
    loaded = {}
    for name, code in STARTS.items():
        if name == "list with settings":
            settings.write_text("theme: light\n", "utf-8")
        started = [sys.executable, "-c", f"import sys; {code}; print('MODULES', *sys.modules)"]
        out = subprocess.run(
            started, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        loaded[name] = set(out.rpartition("MODULES")[2].split())
    wrong = []
    for path in sorted((ROOT / "tui").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        own = [names for names in loaded.values() if module in names]
        own = own or [loaded["list" if module.startswith("tui.cli.") else "app"]]
        if module not in BEFORE_EVERYTHING | AFTER_A_FORK:
            wrong += [f"{module}:{line} {name}" for line, name in deferred(path) if all(name in names for names in own)]
    assert not wrong, "\n".join(wrong)


def test_nothing_new_is_imported_at_the_start() -> None:
    """Compared with a bare Textual app, only the listed modules of the standard library and no further widgets of
    Textual are imported. To allow one, state its cost in the commit (`python -X importtime`)."""
    code = f"import sys; {FLOOR}; floor = set(sys.modules); {OURS}; print(*sorted(set(sys.modules) - floor))"
    with Program([sys.executable, "-c", code]) as program:
        assert program.wait() == 0
        loaded = {name.strip() for name in program.raw.decode().split()}
    roots = {".".join(name.split(".")[:2]) if name.startswith("textual") else name.split(".")[0] for name in loaded}
    assert roots - {"tui"} <= ALLOWED
    assert "tui.app.app" in loaded
    assert not loaded & LATER
