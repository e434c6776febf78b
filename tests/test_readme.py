"""Commands shown in pages work, and the two READMEs agree."""

import json
import os
import re
import shlex
import statistics
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from tui.cli import main
from tui.cli.command_line import parse

from .program import GANEWS, Program, environment

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / ".github").rglob("*.md"),
    ROOT / "licenses/README.md",
]
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}
"""The two READMEs and their languages."""
SHOWN = sorted(
    {
        line.partition(" | ")[0].partition("  #")[0]
        for page in PAGES
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        for line in block.splitlines()
        if line.startswith("ganews-tui")
    }
)
KEYS = {"Enter": "\r", "Esc": "\x1b", "make run": ""}
readme = pytest.mark.parametrize("name", READMES)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of a language; empty means without one."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(name), re.DOTALL | re.MULTILINE)


def tables(name: str) -> list[list[list[str]]]:
    """Return the tables of a page as lists of rows, without the line below the header."""
    found = re.findall(r"(?:^\|.*\|\n)+", text_of(name), re.MULTILINE)
    return [
        [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in table.splitlines()
            if not line.startswith("|--")
        ]
        for table in found
    ]


def test_pages_show_commands() -> None:
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("line", SHOWN)
def test_command_shown_in_a_page_works(
    line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that opens the app is only parsed here."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("content", "docs", "seeds", "share.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)  # commands may write files there
    words = shlex.split(line)[1:]
    if parse(words).command.name == "":
        return
    assert main(words) == 0, capsys.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page_links_only_to_existing_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+\.[^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"])
def test_page_names_only_files_that_exist(name: str) -> None:
    paths = re.findall(r"`((?:tui|tests|bench|torture|docs|content)/[\w./-]*)`", text_of(name))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_readme_opens_with_a_chinese_sentence_and_link() -> None:
    first = text_of("README.md").splitlines()[0]
    assert re.match(r"[\u3000-\u9fff\uff00-\uffef]+\[中文说明\]\(README\.zh-CN\.md\)$", first)
    assert text_of("README.zh-CN.md").splitlines()[0] == "[English](README.md)"


@pytest.mark.parametrize("language", ["sh", "bash"])
def test_two_readmes_show_the_same_commands(language: str) -> None:
    first, second = (blocks(name, language) for name in READMES)
    assert first and first == second


def test_two_readmes_have_the_same_sections_and_links() -> None:
    first, second = (
        (
            len(re.findall(r"^## ", text_of(name), re.MULTILINE)),
            sorted(re.findall(r"\]\((docs/[^)]+\.md)\)", text_of(name))),
        )
        for name in READMES
    )
    assert first == second


def test_two_readmes_show_the_same_keys_and_figures() -> None:
    first, second = (
        [[re.findall(r"`[^`]+`|\d[\d.]*", cell) for cell in row] for row in tables(name)[0]] for name in READMES
    )
    assert [row[0] for row in first] == [row[0] for row in second]
    assert tables("README.md")[2][1:] and [row[1:] for row in tables("README.md")[2][1:]] == [
        row[1:] for row in tables("README.zh-CN.md")[2][1:]
    ]


@readme
def test_five_minute_tour_of_the_readme_works_literally(name: str, tmp_path: Path) -> None:
    """Each row of the tour has the keys to type, what happens, and a text that is then on the screen."""
    steps = tables(name)[0][1:]
    assert len(steps) >= 8
    command = [*GANEWS, "--lang", READMES[name]]
    with Program(command, env=environment(tmp_path), size=(100, 30)) as program:
        for typed, _what, seen in steps:
            for key in re.findall(r"`([^`]+)`", typed):
                program.send(KEYS.get(key, key))
                program.settle(0.12)
            if seen:
                program.wait_for(seen)
        assert program.wait() == 0


@readme
def test_example_library_of_the_readme_opens(name: str, tmp_path: Path) -> None:
    """The test runs all lines but the last in a shell. The last one opens the app on the folder."""
    (lines,) = blocks(name, "bash")
    *before, last = lines.splitlines()
    program = tmp_path / "bin/ganews-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tui "$@"\n')
    program.chmod(0o755)
    env = environment(tmp_path, PATH=f"{program.parent}:{os.environ['PATH']}")
    script = "\n".join(before)
    done = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "怎样开始" in done.stdout
    with Program(shlex.split(last), env=env, cwd=tmp_path) as app:
        app.wait_for("正文写在这里")
        app.send("q")
        assert app.wait() == 0


@readme
def test_make_targets_of_the_readme_exist(name: str) -> None:
    targets = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(name), re.MULTILINE))
    assert {"run", "test", "bench"} <= targets
    for target in targets:
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("template", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.md")), ids=lambda path: path.stem)
def test_issue_template_has_a_name_and_a_description(template: Path) -> None:
    """GitHub hides a template without them."""
    _, front, body = template.read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    assert fields["name"] and fields["about"] and body.strip()


@readme
def test_readme_has_no_web_address(name: str) -> None:
    assert re.findall(r"https?://[^\s)]+", text_of(name)) == []


OURS = "ganews-tui, {}"
BARE, NEWSBOAT = "bare Textual app", "newsboat, 10,000 articles"
FIRST, QUIT = "first text ms", "quit to ended ms"
FIGURES: list[list[tuple[str, str] | None]] = [
    [(FIRST, OURS.format("bundled")), (FIRST, BARE), None, (FIRST, "less")],
    [(FIRST, OURS.format("100k")), None, (FIRST, NEWSBOAT), None],
    [(FIRST, OURS.format("1m")), None, None, None],
    [(FIRST, OURS.format("1m, last screen kept")), None, None, None],
    [(QUIT, OURS.format("bundled")), (QUIT, BARE), (QUIT, NEWSBOAT), (QUIT, "less")],
]
"""The metric and program of each cell in the table of figures."""


@readme
def test_figures_of_the_readme_are_medians_of_the_benchmarks(name: str) -> None:
    measured = json.loads((ROOT / "docs/benchmarks.json").read_text("utf-8"))["start"]["figures"]
    values = {(figure["metric"], figure["program"]): figure["values"] for figure in measured}
    rows = tables(name)[2][1:]
    assert [row[1:] for row in rows] == [[shown(values, cell) for cell in row] for row in FIGURES]
    compared = " ".join(tables(name)[1][-1])
    kept = shown(values, (FIRST, OURS.format("bundled, last screen kept")))
    wanted = {shown(values, cell) for cell in (*FIGURES[0], FIGURES[1][2])} | {kept}
    assert set(re.findall(r"\d[\d.]*", compared)) == wanted - {""}


def shown(values: Mapping[tuple[str, str], list[float]], cell: tuple[str, str] | None) -> str:
    """Return the median of at least five runs as the README shows it."""
    if cell is None:
        return ""
    assert len(values[cell]) >= 5, cell
    median = statistics.median(values[cell])
    return f"{median:.0f}" if median >= 10 else f"{median:.1f}"


@pytest.mark.parametrize("language", READMES.values())
def test_animated_picture_needs_no_script_and_respects_reduced_motion(language: str) -> None:
    text = (ROOT / f"docs/pictures/tour-{language}.svg").read_text("utf-8")
    assert len(text) < 150_000
    names = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(text).iter()]
    assert set(names) == {"svg", "style", "rect", "g", "text"}
    (style,) = re.findall(r"<style>(.*?)</style>", text)
    assert set(re.findall(r"@keyframes (\w+)", style)) >= set(re.findall(r'class="[ms] (\w+)"', text))
    assert "prefers-reduced-motion:reduce" in style
    still = re.sub(r'<g class="m [^>]*>.*?</g></g>', "", text)
    assert "fanzha" in still, "the picture that stands still shows the search"
