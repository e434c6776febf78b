"""A byte order mark before a text, as editors and spreadsheets on Windows write it, changes nothing."""

import json
from pathlib import Path

import pytest

from tests.archive import Archive, archive
from tui.cli import main

__all__ = ["archive"]

MARK = "\ufeff"
SETTINGS = "language: en\nmeasure: 20\n"
THEME = "label: 夜读\nbase: dark\ncolours:\n  page: '#101010'\n"
PAGE = "开鲁警方开展反诈宣传\n\n　　本报讯 6月1日，开鲁县公安局民警走进社区，开展反诈宣传活动。\n"
GAZETTEER = "version: 1\nplaces:\n- {id: 150523, name: 甲县, label: 甲, level: county, pinyin: jia xian}\n"
FILES = ("a/1.md", "b/articles.jsonl", "a/bulletin.yaml", "b/bulletin.yaml", "gazetteer.yaml")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


def library(archive: Archive, many: int) -> str:
    archive.write("a/bulletin.yaml", "id: a\ntitle: 甲\n")
    archive.write("a/1.md", "---\ntitle: [反诈, 宣传]\nplace: 甲\ndate: '2023-06-01'\n---\n\n民警开展宣传。\n")
    archive.lines(
        "b",
        "id: b\ntitle: 乙",
        [archive.item(f"{at:03d}", "甲", "2023-06-01", body="民警。" * 400) for at in range(many)],
    )
    archive.write("gazetteer.yaml", GAZETTEER)
    return str(archive.root)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    return status, *capsys.readouterr()


@pytest.mark.parametrize(
    ("file", "many"), [*((file, 2) for file in FILES), ("b/articles.jsonl", 301)], ids=[*FILES, "indexed lines"]
)
def test_content_reads_the_same_with_a_mark(
    file: str, many: int, archive: Archive, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(archive, many)
    asked = (
        ("check", root),
        ("list", "--json", "--library", root),
        ("search", "民警 place:甲", "--json", "--library", root),
        ("show", "b/000", "--library", root),
    )
    before = [said(capsys, *arguments) for arguments in asked]
    assert [status for status, _out, _err in before] == [0] * 4
    archive.write(file, MARK + (archive.root / file).read_text("utf-8"))
    assert [said(capsys, *arguments) for arguments in asked] == before


def test_joined_files_with_marks_read_the_same(
    archive: Archive, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`cat a.jsonl b.jsonl` leaves a mark in the middle."""
    root = library(archive, 3)
    before = said(capsys, "list", "--json", "--library", root)
    lines = (archive.root / "b/articles.jsonl").read_text("utf-8").splitlines(keepends=True)
    archive.write("b/articles.jsonl", MARK + MARK.join(lines) + MARK + "\n")
    assert said(capsys, "list", "--json", "--library", root) == before
    assert said(capsys, "check", root)[0] == 0


@pytest.mark.parametrize("mark", ["", MARK])
def test_settings_and_themes_read_the_same_with_a_mark(
    mark: str, archive: Archive, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "config/ganews-tui"
    (folder / "themes").mkdir(parents=True)
    (folder / "config.yaml").write_text(mark + SETTINGS, "utf-8")
    (folder / "themes/night.yaml").write_text(mark + THEME, "utf-8")
    status, out, err = said(capsys, "config", "check")
    assert status == 0
    assert "config.yaml:" not in out + err
    assert "night.yaml:" not in out + err


@pytest.mark.parametrize("at", [0, 1], ids=["before the first line", "before another"])
def test_marks_of_another_machine_merge_with_a_byte_order_mark(
    at: int, archive: Archive, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = library(archive, 3)
    lines = [
        json.dumps({"kind": "star", "article": f"b/00{n}", "is_on": True, "at": "2023-06-01T00:00:00Z", "device": "x"})
        for n in range(2)
    ]
    lines[at] = MARK + lines[at]
    (home / "marks.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    assert said(capsys, "state", "merge", str(home / "marks.jsonl"), "--library", root)[0] == 0
    found = json.loads(said(capsys, "search", "is:starred", "--json", "--library", root)[1])
    assert {hit["article"] for hit in found["hits"]} == {"b/000", "b/001"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_raw_page_imports_the_same_with_a_mark(
    encoding: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "library").mkdir()
    texts = {"plain": PAGE.encode("utf-8"), "marked": (MARK + PAGE).encode(encoding)}
    for name, raw in texts.items():
        (tmp_path / f"{name}.txt").write_bytes(raw)
        page, into = str(tmp_path / f"{name}.txt"), str(tmp_path / "library")
        assert said(capsys, "import", page, "--into", into, "--bulletin", name)[0] == 0
    both = []
    for name in texts:
        _status, out, _err = said(capsys, "list", "--json", "--bulletin", name, "--library", str(tmp_path / "library"))
        both.append([(one["title"], one["characters"]) for one in json.loads(out)["articles"]])
    assert both[0] == both[1]
    assert both[0]
