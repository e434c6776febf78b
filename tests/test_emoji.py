"""Emoji are drawn so that all terminals advance alike, without sequences that terminals treat differently."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment
from tests.terminal import width
from tests.test_cli import Run, run

__all__ = ["run"]

SEQUENCES = {
    "skin tone": ("👍🏽", "👍"),
    "selector and tone": ("☝\ufe0f🏽", "☝"),
    "family": ("👨\u200d👩\u200d👧", "👨👩👧"),
    "joined with tones": ("👩🏽\u200d🚒", "👩🚒"),
    "joined text symbol": ("❤\ufe0f\u200d🔥", "❤🔥"),
    "emoji selector": ("❤\ufe0f", "❤"),
    "text selector": ("⌚\ufe0e", "⌚"),
    "flag": ("🇨🇳", "CN"),
    "two flags": ("🇨🇳🇫🇷", "CNFR"),
    "half a flag": ("🇨", "C"),
    "rainbow flag": ("🏳\ufe0f\u200d🌈", "🏳🌈"),
    "keycap": ("1\ufe0f\u20e3", "1"),
    "keycap without selector": ("#\u20e3", "#"),
    "lone tone": ("开🏽", "开▪"),
    "emoji": ("🎉", "🎉"),
}
"""Sequences as written, and as drawn."""
DISPUTED = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]|[0-9#*]\u20e3")


def library(root: Path) -> Path:
    """Write an article for each sequence, which is in its title, place, body, list, table, note and code."""
    (root / "one").mkdir(parents=True)
    (root / "one/bulletin.yaml").write_text("id: one\ntitle: 公安新闻👍🏽\n", "utf-8")
    for number, (written, _drawn) in enumerate(SEQUENCES.values()):
        body = f"点赞{written}一二三四五六七八九十**{written}**甲。\n\n## {written}小标题\n\n- {written}项\n\n"
        body += (
            f"|{written}|乙|\n|-|-|\n|{written}|丁|\n\n文[^{written}]\n\n[^{written}]: 注\n\n```\n{written}码\n```\n"
        )
        front = f'title: ["{written}民警获赞", "群众满意{written}"]\nplace: "{written}县"\nauthors: ["{written}伟"]'
        (root / f"one/{number:02}.md").write_text(f"---\n{front}\n---\n\n{body}", "utf-8")
    return root


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("emoji")
    library(home / "library")
    yield home


@pytest.mark.parametrize("name", SEQUENCES)
def test_show_draws_the_parts_of_an_emoji_sequence(run: Run, home: Path, name: str) -> None:
    expected = SEQUENCES[name][1]
    number = list(SEQUENCES).index(name)
    _status, out, _err = run("show", f"{number:02}", "--color", "always", "--library", str(home / "library"))
    plain = re.sub("\x1b\\[[0-9;]*m", "", out)
    for part in (f"点赞{expected}一二三", f"{expected}民警获赞", f"{expected}小标题", f"{expected}项", f"{expected}码"):
        assert part in plain, plain
    assert not DISPUTED.search(out)


@pytest.mark.parametrize(
    "words",
    [["list"], ["search", "民警", "--color", "always"], ["places"], ["stats", "--by", "author"], ["--plain"]],
    ids=lambda words: words[0],
)
def test_no_command_writes_an_emoji_sequence(home: Path, words: list[str]) -> None:
    command = [*GANEWS, *words, *([] if words[0] == "--plain" else ["--library"]), str(home / "library")]
    with Program(command, env=environment(home)) as program:
        if words[0] == "--plain":
            for line in ("1\r", "\r", "/民警\r", "q\r"):
                program.settle()
                program.send(line)
        program.wait()
        out = program.raw.decode()
    assert "👍" in out or words[0] == "places"
    assert not DISPUTED.search(out), DISPUTED.findall(out)


def test_columns_of_list_are_aligned_whatever_the_emoji(run: Run, home: Path) -> None:
    _status, out, _err = run("list", "--library", str(home / "library"))
    drawn = [drawn for _written, drawn in SEQUENCES.values()]
    heads = {
        line.partition(f"{one}民警获赞")[0] for line in out.splitlines() for one in drawn if f"  {one}民警" in line
    }
    assert len(heads) == len(SEQUENCES)
    assert len({sum(map(width, head)) for head in heads}) == 1


def test_panes_of_the_app_keep_their_columns_whatever_the_emoji(tmp_path: Path) -> None:
    command = [*GANEWS, "--library", str(library(tmp_path / "library"))]
    with Program(command, size=(110, 40), env=environment(tmp_path)) as program:
        program.wait_for("民警获赞")
        program.settle()
        program.send("/👍🏽❤\ufe0f🇨🇳")
        program.settle()
        program.send("\x1b\x1b")
        program.settle()
        for _ in range(3):
            program.send("jjjj")
            program.settle()
        out = program.raw.decode()
        headers = [row for row in program.screen.cells if row[1].text == "▾"]
        counts = [max(x for x in range(36) if row[x].text.isdigit()) for row in headers]
        program.send("q")
    assert not DISPUTED.search(out), DISPUTED.findall(out)
    assert len(counts) > 5
    assert len(set(counts)) == 1
