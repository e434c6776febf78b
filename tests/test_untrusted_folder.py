"""Nothing in a library or the working folder is ever run, however the program is started."""

import importlib.util
import json
import os
import py_compile
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from .printed_pages import PdfPage, pdf_of
from .program import PATIENCE, Program, environment
from .test_import_formats import BLOCKS, document

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = [
    *(
        "bash",
        "clip.exe",
        "cygpath",
        "env",
        "git",
        "infocmp",
        "ldconfig",
        "less",
        "locale",
        "lv",
        "man",
        "more",
        "most",
    ),
    *(
        "nano",
        "nice",
        "nvim",
        "open",
        "osascript",
        "pager",
        "pbcopy",
        "powershell.exe",
        "python",
        "python3",
        "sed",
        "sh",
    ),
    *(
        "sensible-browser",
        "sensible-pager",
        "stty",
        "tmux",
        "tput",
        "tty",
        "uname",
        "vi",
        "vim",
        "w3m",
        "which",
        "xsel",
    ),
    *("wl-copy", "wslview", "www-browser", "x-www-browser", "xclip", "xdg-mime", "xdg-open", "firefox", "chromium"),
]
IMPORTS = """
import pkgutil, sys, tui
for module in pkgutil.walk_packages(tui.__path__, "tui."):
    if module.name != "tui.__main__":
        __import__(module.name)
import multiprocessing.spawn, multiprocessing.resource_tracker
for name, module in sys.modules.items():
    print(name, getattr(module, "__file__", None) or "-", sep="\\t")
"""
FIRST = {"tui", "tui.cli", "tui.trusted_paths"}
"""Modules of the program that are imported before its first line runs."""
OPTIONAL = {
    *(
        "jieba",
        "sitecustomize",
        "usercustomize",
        "IPython",
        "ipywidgets",
        "attr",
        "chardet",
        "linkify_it",
        "re2",
        "_re2",
    ),
    *(
        "mammoth",
        "cobble",
        "lxml",
        "pypdfium2",
        "pypdfium2_raw",
        "psycopg",
        "psycopg_c",
        "psycopg_binary",
        "websockets",
    ),
}
"""Modules that are imported if they are installed, or only when they are needed."""


class Trap(NamedTuple):
    """A library with a planted file for every name that could run, and the file that records what ran."""

    library: Path
    marker: Path

    def sprung(self) -> list[str]:
        return self.marker.read_text().split() if self.marker.exists() else []


@pytest.fixture(scope="module")
def imported() -> dict[str, str]:
    """Return every module that the program, its workers or its packages import, with its file."""
    done = subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = (line.partition("\t") for line in done.stdout.splitlines())
    return {name: file for name, _tab, file in lines if name != "__main__"}


@pytest.fixture(scope="module")
def names(imported: dict[str, str]) -> set[str]:
    """Return the top-level names of the modules and of the standard library."""
    return {name.partition(".")[0] for name in imported} - {"tui"} | set(sys.stdlib_module_names) | OPTIONAL


@pytest.fixture(scope="module")
def python_imports(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the modules that Python imports before the first line of a package or command."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "bare").mkdir()
    (folder / "bare/__init__.py").touch()
    (folder / "bare/__main__.py").write_text("import re, sys; print(*{name.partition('.')[0] for name in sys.modules})")
    done = subprocess.run([sys.executable, "-m", "bare"], cwd=folder, capture_output=True, text=True, check=True)
    return {"sitecustomize", "usercustomize"} | set(done.stdout.split())


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return a console script, as an installer writes it, for this checkout."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "ganews-tui"
    # The first lines are shell and a Python string at once: a path with a space cannot follow `#!`.
    start = f"#!/bin/sh\n'''exec' '{sys.executable}' \"$0\" \"$@\"\n' '''\n"
    script.write_text(f"{start}import re\nimport sys\nfrom tui.cli import main\nsys.exit(main())\n")
    script.chmod(0o755)
    return [str(script)]


def library(folder: Path) -> Path:
    """Write a library that is large enough for worker processes."""
    (folder / "b").mkdir(parents=True)
    (folder / "b/bulletin.yaml").write_text("id: b\ntitle: 平安简报\n", "utf-8")
    body = "见[网站](https://example.org/)。" + "警民携手，共建平安。" * 10_000
    article = {"title": ["反诈宣传"], "place": "赤峰", "date": "2023-06-01", "body": body}
    articles = [{"id": f"a{number}", **article} for number in range(14)]
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    (folder / "b/articles.jsonl").write_text(lines, "utf-8")
    return folder


def plant_modules(folder: Path, names: Iterable[str], marker: Path) -> None:
    for name in names:
        (folder / f"{name}.py").write_text(f"with open({str(marker)!r}, 'a') as file:\n    file.write('{name}\\n')\n")


def plant_programs(folder: Path, marker: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name in PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> '{marker}'\n")
        (folder / name).chmod(0o755)


@pytest.fixture
def trap(tmp_path: Path, names: set[str]) -> Trap:
    trap = Trap(library(tmp_path / "L"), tmp_path / "marker")
    plant_modules(trap.library, names, trap.marker)
    plant_programs(trap.library, trap.marker)
    plant_programs(trap.library / "tools", trap.marker)
    return trap


def surroundings(trap: Trap, **more: str) -> dict[str, str]:
    """Return an environment with relative entries first in PATH, and an absolute entry for this package."""
    return environment(trap.marker.parent / "home", PATH=f":.:tools:{os.environ['PATH']}", **more)


def run(line: list[str], trap: Trap, env: Mapping[str, str], words: str) -> subprocess.CompletedProcess[str]:
    typed = "1\n\nq\n"
    return subprocess.run(
        [*line, *shlex.split(words)], cwd=trap.library, env=env, input=typed, capture_output=True, text=True
    )


SUBCOMMANDS = [
    "search 反诈 --library .",
    "list --library .",
    "show a7 --library .",
    "places --library .",
    "stats --words --library .",
    "stats --by tag --library .",
    "concordance 反诈 --library .",
    "index --library .",
    "state export --library .",
    "export --library . --into ../out.epub",
    "completion --values article --library .",
    "config check",
    "--plain .",
    "check .",
    f"import {shlex.quote(str(ROOT / 'seeds/000_d0cbc93060d4aa0e.txt'))} --into .",
]
WITH_EXTRAS = [
    "concordance /反.宣传/ --library .",
    "import ../page.pdf --into . --dry-run",
    "import ../page.docx --into . --dry-run",
]


def test_subcommands_run_nothing_from_the_working_folder(trap: Trap, command: list[str]) -> None:
    """The working folder is the library. The first subcommand starts the processes that read it."""
    for words in SUBCOMMANDS:
        done = run(command, trap, surroundings(trap), words)
        assert (words, done.returncode, trap.sprung()) == (words, 0, []), done.stderr


def test_extras_run_nothing_from_the_working_folder(trap: Trap, command: list[str]) -> None:
    for extra in ("re2", "mammoth", "pypdfium2"):
        pytest.importorskip(extra)
    page = PdfPage()
    page.text(40, 60, 24, "反诈宣传守护群众财产")
    page.column(40, 100, ["\u3000\u3000双河讯 近日，双河市公安局民警走进社区，向", "群众讲解防范电信网络诈骗的办法。"])
    (trap.marker.parent / "page.pdf").write_bytes(pdf_of(page))
    (trap.marker.parent / "page.docx").write_bytes(document(*BLOCKS))
    for words in WITH_EXTRAS:
        done = run(command, trap, surroundings(trap), words)
        assert (words, done.returncode, trap.sprung()) == (words, 0, []), done.stderr


def test_app_runs_nothing_from_the_working_folder(trap: Trap, command: list[str]) -> None:
    with Program([*command, "."], env=surroundings(trap), cwd=trap.library, size=(100, 30)) as program:
        program.wait_for("见网站")
        program.send("/反诈")
        program.wait_for("14")
        program.send("\x1b\x1b")
        program.settle()
        program.send("q")
        assert program.wait() == 0
    assert trap.sprung() == []


@pytest.mark.parametrize("entry", ["", "b/.."])
def test_relative_entry_of_python_path_is_ignored(
    trap: Trap, command: list[str], python_imports: set[str], entry: str
) -> None:
    """Except for modules that Python imports before the program's first line."""
    for name in python_imports:
        (trap.library / f"{name}.py").unlink(missing_ok=True)
    env = surroundings(trap, PYTHONPATH=f"{entry}:{ROOT}")
    done = run(command, trap, env, "search 反诈 --library .")
    assert (done.returncode, trap.sprung()) == (0, []), done.stderr


def test_relative_folder_of_compiled_modules_is_ignored(
    trap: Trap,
    command: list[str],
    imported: dict[str, str],
    python_imports: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python trusts compiled modules without looking at their source."""
    plant_modules(trap.marker.parent, ["planted"], trap.marker)
    planted, unchecked = trap.marker.parent / "planted.py", py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(planted), str(planted) + "c", invalidation_mode=unchecked)
    compiled = planted.with_suffix(".pyc").read_bytes()
    monkeypatch.setattr(sys, "pycache_prefix", str(trap.library / "compiled"))
    for name, path in imported.items():
        if path.endswith(".py") and name not in FIRST and name.partition(".")[0] not in python_imports:
            target = Path(importlib.util.cache_from_source(path))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled)
    env = surroundings(trap, PYTHONPYCACHEPREFIX="compiled")
    done = run(command, trap, env, "search 反诈 --library .")
    assert (done.returncode, trap.sprung()) == (0, []), done.stderr


def test_python_m_tui_runs_nothing_from_the_working_folder(trap: Trap, python_imports: set[str]) -> None:
    """`python -m tui` finds the package by PYTHONPATH, and the library is the working folder."""
    for name in python_imports:
        (trap.library / f"{name}.py").unlink(missing_ok=True)
    done = run([sys.executable, "-m", "tui"], trap, surroundings(trap), "list --library .")
    assert (done.returncode, trap.sprung()) == (0, []), done.stderr


def test_checkout_runs_no_module_beside_the_package(trap: Trap, names: set[str], python_imports: set[str]) -> None:
    """In a checkout, `python -m tui` needs the working folder for the package `tui` only."""
    checkout = trap.marker.parent / "checkout"
    shutil.copytree(ROOT / "tui", checkout / "tui")
    shutil.copytree(ROOT / "content", checkout / "content")
    plant_modules(checkout, names - python_imports, trap.marker)
    env = surroundings(trap)
    del env["PYTHONPATH"]
    command = [sys.executable, "-m", "tui", "search", "反诈", "--library", str(trap.library)]
    done = subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True)
    assert (done.returncode, trap.sprung()) == (0, []), done.stderr


@pytest.mark.parametrize("home", [".", "b", ""])
def test_settings_are_not_read_through_a_relative_home(trap: Trap, command: list[str], home: str) -> None:
    env = {"HOME": home, "XDG_CONFIG_HOME": home, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = run(command, trap, env, "config path")
    path = Path(done.stdout.strip())
    assert path.is_absolute() and not path.is_relative_to(trap.library), path


def test_modules_start_programs_through_trusted_paths_only() -> None:
    """No module finds a program by itself or passes its environment on unchanged. A fork runs no program."""
    starts = re.compile(
        r"^\s*(import|from) (subprocess|webbrowser|pty)\b"
        r"|\bwhich\(|\bget_context\((?!\"fork\"\))|\bos\.(exec|spawn|posix_spawn|system|popen)",
        re.MULTILINE,
    )
    modules = {path.name: path.read_text("utf-8") for path in (ROOT / "tui").rglob("*.py")}
    starting = {name: text for name, text in modules.items() if starts.search(text)}
    assert starting
    assert [name for name, text in starting.items() if "program_environment()" not in text] == []


@pytest.mark.parametrize("pager", ["", "less -R", "./less", "tools/less", "pager"])
def test_pager_is_not_taken_from_a_relative_folder(trap: Trap, command: list[str], pager: str) -> None:
    """The text is printed; a planted pager would swallow it."""
    folder = trap.marker.parent / "bin"
    folder.mkdir()
    (folder / "cat").symlink_to(shutil.which("cat") or "/bin/cat")
    env = environment(trap.marker.parent / "home", PATH=f":.:tools:{folder}", PAGER=pager)
    with Program([*command, "list", "--pager"], env=env, cwd=trap.library) as program:
        program.wait_for("开鲁")
        assert program.wait() == 0
    assert trap.sprung() == []


def test_programs_of_a_pager_ignore_relative_folders(trap: Trap, command: list[str]) -> None:
    """A pager in an absolute folder runs with a PATH that has no relative entries."""
    folder = trap.marker.parent / "bin"
    folder.mkdir()
    (folder / "pages").write_text("#!/bin/sh\nless; cat\n")
    (folder / "pages").chmod(0o755)
    env = environment(trap.marker.parent / "home", PATH=f".:tools:{folder}:/usr/bin:/bin", PAGER="pages", LESS="-FX")
    with Program([*command, "list", "--pager"], env=env, cwd=trap.library) as program:
        program.wait_for("开鲁")
        program.settle()
        program.send("q")
        assert program.wait() == 0
    assert trap.sprung() == []


def test_browser_is_not_taken_from_the_working_folder(trap: Trap, command: list[str]) -> None:
    """`xdg-open` in an absolute folder runs, and finds other programs in absolute folders only."""
    folder, opened = trap.marker.parent / "bin", trap.marker.parent / "opened"
    folder.mkdir()
    (folder / "xdg-open").write_text(
        f"#!/bin/sh\nfirefox || ./firefox\npwd > '{opened}.new'\nmv '{opened}.new' '{opened}'\n"
    )
    (folder / "xdg-open").chmod(0o755)
    env = environment(trap.marker.parent / "home", PATH=f":.:tools:{folder}:/usr/bin:/bin", DISPLAY=":9")
    with Program([*command, "."], env=env, cwd=trap.library, size=(100, 30)) as program:
        program.wait_for("见网站")
        program.send("\rO")
        program.settle(0.3)
        program.send("\r")
        deadline = time.monotonic() + PATIENCE
        while not opened.exists() and time.monotonic() < deadline:
            program.read(0.05)
        assert opened.exists(), program.screen.text()
        program.send("q")
        assert program.wait() == 0
    assert trap.sprung() == []
