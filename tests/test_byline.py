"""The authors of an article are shown everywhere, whether or not the paper printed a byline."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment
from tests.reading_room import reading_room
from tests.small import articles, stores
from tests.test_cli import Run, run

__all__ = ["run"]
SHOWN = [
    ["show"],
    ["show", "--color=always"],
    ["show", "--html"],
    ["show", "--md"],
    ["show", "--json"],
    *(["export", "--format", name] for name in ("html", "md", "txt", "json", "jsonl", "csv")),
]


def library(root: Path, front: str) -> Path:
    (root / "june").mkdir(parents=True)
    (root / "june/bulletin.yaml").write_text("title: 六月\n", "utf-8")
    (root / "june/1.md").write_text(f"---\ntitle: [平安]\n{front}---\n\n民警走访了牧户。\n", "utf-8")
    return root


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_authors_are_shown_without_a_byline(run: Run, tmp_path: Path, words: list[str]) -> None:
    root = library(tmp_path / "l", "authors: [刘世勇, 张文广]\n")
    status, out, _err = run(words[0], "1", *words[1:], "--library", str(root))
    assert status == 0
    assert "刘世勇" in out and "张文广" in out


@pytest.mark.parametrize(
    "words", [["show"], ["export", "--format", "txt"], ["export", "--format", "html"]], ids=" ".join
)
def test_authors_appear_in_the_place_of_a_byline(run: Run, tmp_path: Path, words: list[str]) -> None:
    """The output is identical to that of an article with a printed byline."""
    unsigned = library(tmp_path / "unsigned", "authors: [刘世勇, 张文广]\n")
    signed = library(tmp_path / "signed", "authors: [刘世勇, 张文广]\nbyline: （刘世勇、张文广）\n")
    shown = [run(words[0], "1", *words[1:], "--library", str(root))[1] for root in (unsigned, signed)]
    assert shown[0] == shown[1] != ""


@pytest.mark.parametrize(
    "words", [["show"], ["export", "--format", "txt"], ["export", "--format", "html"]], ids=" ".join
)
def test_byline_stays_as_printed(run: Run, tmp_path: Path, words: list[str]) -> None:
    root = library(tmp_path / "l", "authors: [刘世勇]\nbyline: 本报记者 刘世勇\n")
    out = run(words[0], "1", *words[1:], "--library", str(root))[1]
    assert "本报记者 刘世勇" in out and "（刘世勇）" not in out
    out = run(words[0], "1", *words[1:], "--library", str(library(tmp_path / "nobody", "")))[1]
    assert "（）" not in out


def test_book_names_the_authors_without_a_byline(run: Run, tmp_path: Path) -> None:
    root = library(tmp_path / "l", "authors: [刘世勇, 张文广]\n")
    assert run("export", "--library", str(root), "--into", str(tmp_path / "1.epub"))[0] == 0
    with zipfile.ZipFile(tmp_path / "1.epub") as book:
        assert "刘世勇、张文广" in book.read("EPUB/chapter-00001.xhtml").decode()


def test_screen_shows_the_authors_without_a_byline(tmp_path: Path) -> None:
    root = library(tmp_path / "l", "authors: [刘世勇, 张文广]\n")
    with Program([*GANEWS, str(root)], env=environment(tmp_path)) as program:
        program.wait_for("（刘世勇、张文广）")
        program.send("q")
        assert program.wait() == 0


def test_plain_mode_prints_the_authors_without_a_byline(tmp_path: Path) -> None:
    root = library(tmp_path / "l", "authors: [刘世勇, 张文广]\n")
    done = subprocess.run(
        [*GANEWS, "--plain", str(root)], env=environment(tmp_path), input="1\n\nq\n", capture_output=True, text=True
    )
    assert "刘世勇 张文广" in done.stdout


async def test_copied_article_names_the_authors_without_a_byline() -> None:
    async with reading_room(stores([article._replace(byline="") for article in articles()])) as room:
        await room.press("y")
        assert room.app.clipboard.endswith("（王晓）\n")


@pytest.mark.parametrize("files", [1, 320], ids=["in-memory", "indexed"])
def test_authors_are_found_without_a_byline_as_with_one(run: Run, tmp_path: Path, files: int) -> None:
    """What is shown is found: in Chinese, in pinyin and as printed, with the same places of the match."""
    front = "authors: [刘世勇, 张文广]\n"
    unsigned, signed = (library(tmp_path / name, front) for name in ("unsigned", "signed"))
    (signed / "june/1.md").write_text(
        f"---\ntitle: [平安]\n{front}byline: （刘世勇、张文广）\n---\n\n民警走访了牧户。\n", "utf-8"
    )
    for root in (unsigned, signed):
        for number in range(2, files + 1):
            (root / f"june/{number}.md").write_text("---\ntitle: [平安]\n---\n\n民警走访了牧户。\n", "utf-8")
    for query in ("刘世勇", "liushiyong", "（刘世勇、张文广）", "张文"):
        status, out, _err = run("search", query, "--json", "--library", str(unsigned))
        (hit,) = json.loads(out)["hits"]
        assert status == 0 and hit["spans"][0][0] == "byline", query
        assert json.loads(run("search", query, "--json", "--library", str(signed))[1])["hits"] == [hit]
