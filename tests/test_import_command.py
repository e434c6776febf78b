"""`ganews-tui import`: what it prints, what it writes, what it leaves unchanged."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.import_report import diff
from tui.library import open_library
from tui.paths import content_dir

ROOT = Path(__file__).resolve().parent.parent
PAGE = next((ROOT / "seeds").glob("*.txt"))
NAMED = ["--bulletin", "neimenggu-gongan", "--title", "公安新闻", "--source", "内蒙古公安"]


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}


def imported(library: Path, *more: str) -> int:
    return main(["import", str(PAGE), "--into", str(library), *NAMED, *more])


def test_importing_the_seed_page_gives_the_bundled_bulletin(tmp_path: Path) -> None:
    assert imported(tmp_path) == 0
    assert files(tmp_path / "neimenggu-gongan") == files(content_dir() / "neimenggu-gongan")


def test_make_content_leaves_content_unchanged(tmp_path: Path) -> None:
    """The recipe of `make content`, run on a copy."""
    recipe = re.search(r"^content:.*\n\t@\$\(BIN\)/python -m tui (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    shutil.copytree(content_dir(), tmp_path / "content")
    words = [
        str(PAGE) if word == "seeds/*.txt" else str(tmp_path / word) if word == "content" else word
        for word in recipe[1].split()
    ]
    assert main(words) == 0
    assert files(tmp_path / "content" / "neimenggu-gongan") == files(content_dir() / "neimenggu-gongan")
    assert not (tmp_path / "content" / ".replaced").exists()


def test_existing_bulletin_is_not_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path)
    edited = tmp_path / "neimenggu-gongan" / "01-kailu.md"
    edited.write_text(edited.read_text(encoding="utf-8").replace("刘星", "刘兴"), encoding="utf-8")
    assert imported(tmp_path) == 2
    assert "--replace" in capsys.readouterr().err
    assert "刘兴" in edited.read_text(encoding="utf-8")


def test_replacement_shows_the_difference_and_can_be_undone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path)
    edited = tmp_path / "neimenggu-gongan" / "01-kailu.md"
    by_hand = edited.read_text(encoding="utf-8").replace("刘星", "刘兴")
    edited.write_text(by_hand, encoding="utf-8")
    capsys.readouterr()
    assert imported(tmp_path, "--replace") == 0
    shown = capsys.readouterr().out
    assert '-byline: "（刘兴）"' in shown
    assert '+byline: "（刘星）"' in shown
    assert "刘兴" not in edited.read_text(encoding="utf-8")
    assert main(["import", "--undo", "--into", str(tmp_path)]) == 0
    assert edited.read_text(encoding="utf-8") == by_hand
    assert main(["import", "--undo", "--into", str(tmp_path), "--bulletin", "neimenggu-gongan"]) == 0
    assert "刘兴" not in edited.read_text(encoding="utf-8")


def test_first_import_can_be_undone(tmp_path: Path) -> None:
    imported(tmp_path)
    assert main(["import", "--undo", "--into", str(tmp_path)]) == 0
    assert not (tmp_path / "neimenggu-gongan").exists()
    assert main(["import", "--undo", "--into", str(tmp_path)]) == 0
    assert len(files(tmp_path / "neimenggu-gongan")) == 8


def test_undo_is_refused_when_nothing_was_imported(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert main(["import", "--undo", "--into", str(tmp_path), "--bulletin", "mine"]) == 2
    assert (tmp_path / "mine").is_dir()


def test_dry_run_shows_the_articles_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "library"
    assert imported(library, "--dry-run") == 0
    shown = capsys.readouterr().out
    for words in ("05-keyouzhongqi", "“红枫义警”助反诈 警民携手护平安", "巴彦呼舒讯", "白厚和、陈欢欢", "73–83"):
        assert words in shown
    assert not library.exists()


def test_dry_run_prints_every_doubt_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(
        "平安建设见成效\n\n该局加强巡逻防控，辖区秩序良好。\n\n打牢基层基础\n\n民警走访了牧户。\n", encoding="utf-8"
    )
    assert main(["import", str(page), "--dry-run"]) == 0
    assert re.search(r"第 5 行（\d+%）：当作.*也可能是.*依据：", capsys.readouterr().out)


def test_json_prints_articles_and_notes_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path / "library", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["articles", "notes", "furniture"]
    first = found["articles"][0]
    assert list(first) == ["title", "place", "place_id", "admin", "dateline", "authors", "byline", "paragraphs", "span"]
    assert (first["place"], first["place_id"], first["admin"], first["span"]) == (
        "开鲁",
        150523,
        ["通辽", "开鲁"],
        [3, 37],
    )
    assert {piece["kind"] for piece in first["paragraphs"]} == {"paragraph", "subhead"}
    assert not (tmp_path / "library").exists()


def test_page_is_read_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE.read_bytes())))
    assert main(["import", "-", "--into", str(tmp_path), "--bulletin", "june"]) == 0
    assert len(open_library(tmp_path).load()[0]) == 7


def test_page_is_read_from_a_pipe_unless_it_is_endless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for command, status in ((f"cat '{PAGE}'", 0), ("cat /dev/zero", 2)):
        writer = subprocess.Popen(["sh", "-c", f"{command} > '{tmp_path}/pipe'"], stderr=subprocess.DEVNULL)
        words = ["import", str(tmp_path / "pipe"), "--into", str(tmp_path), "--bulletin", "june", "--replace"]
        assert main(words) == status
        writer.wait()
    assert "200 MB" in capsys.readouterr().err
    assert len(open_library(tmp_path).load()[0]) == 7


@pytest.mark.parametrize("linked", ["june", ".replaced"])
def test_link_out_of_the_library_is_not_written_through(
    linked: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside, library = tmp_path / "outside", tmp_path / "library"
    outside.mkdir()
    library.mkdir()
    (library / linked).symlink_to(outside)
    words = ["import", str(PAGE), "--into", str(library), "--bulletin", "june"]
    assert main([*words, "--replace"]) == 2
    assert main(["import", "--undo", "--into", str(library), "--bulletin", "june"]) == 2
    assert "链接" in capsys.readouterr().err
    assert list(outside.iterdir()) == []


def test_link_in_a_bulletin_is_replaced_and_never_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text("不该看见", encoding="utf-8")
    article = tmp_path / "neimenggu-gongan/01-kailu.md"
    article.unlink()
    article.symlink_to(secret)
    assert imported(tmp_path, "--replace") == 0
    assert "不该看见" not in capsys.readouterr().out
    assert not article.is_symlink() and secret.read_text(encoding="utf-8") == "不该看见"


def test_gazetteer_linked_from_outside_the_library_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, secret = tmp_path / "library", tmp_path / "secret"
    library.mkdir()
    secret.write_text("places: 不该看见 [", encoding="utf-8")
    (library / "gazetteer.yaml").symlink_to(secret)
    assert main(["import", str(PAGE), "--into", str(library), "--bulletin", "june"]) == 2
    said = capsys.readouterr().err
    assert "链接" in said and "不该看见" not in said


def test_undecodable_names_are_written_as_printable_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not UTF-8 reach Python as lone surrogates, which no UTF-8 file can hold."""
    page = tmp_path / os.fsdecode(b"\xff\x1b[2J.txt")
    page.write_bytes(PAGE.read_bytes())
    words = ["import", str(page), "--into", str(tmp_path / "library"), "--bulletin", "june"]
    assert main([*words, "--title", "简报\udcff", "--source", "\ud800\x9b31m"]) == 0, capsys.readouterr().err
    articles, problems = open_library(tmp_path / "library").load()
    assert len(articles) == 7 and not problems
    assert articles[0].source and "\x1b" not in articles[0].source.file


def test_several_pages_become_one_bulletin_with_progress_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    second = tmp_path / "second.txt"
    second.write_bytes("牙克石讯 近日，民警走访了林区职工。".encode("gb18030"))
    words = ["import", str(PAGE), str(second), "--into", str(tmp_path / "library"), "--bulletin", "june"]
    assert main([*words, "--issued", "2023-06-08"]) == 0
    assert "2/2 second.txt" in capsys.readouterr().err
    articles, problems = open_library(tmp_path / "library").load()
    assert problems == ()
    assert [article.stem for article in articles][-2:] == ["07-chifeng", "08-yakeshi"]
    assert articles[-1].title == ("无题",)
    assert {article.date for article in articles} == {"2023-06-08"}


def test_empty_page_among_others_is_named_and_makes_the_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert main(["import", str(PAGE), str(empty), "--into", str(tmp_path / "library"), *NAMED]) == 1
    assert "empty.txt：没有找到文章。" in capsys.readouterr().err
    assert files(tmp_path / "library" / "neimenggu-gongan")


def test_pictures_stay_when_the_bulletin_is_replaced(tmp_path: Path) -> None:
    imported(tmp_path)
    folder = tmp_path / "neimenggu-gongan"
    (folder / "01.png").write_bytes(b"\x89PNG")
    (folder / "01-kailu.md").write_text("---\ntitle: 旧\n---\n\n旧。\n", encoding="utf-8")
    assert imported(tmp_path, "--replace") == 0
    assert (folder / "01.png").read_bytes() == b"\x89PNG"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "版面"),
        (["page.txt"], "--into"),
        (["-", "--into", "x"], "--bulletin"),
        (["page.txt", "--into", "x", "--bulletin", "../up"], "id"),
        (["page.txt", "--into", "x", "--bulletin", ".hidden"], "id"),
        (["page.txt", "--into", "x", "--bulletin", ".."], "id"),
        (["page.txt", "--into", "x", "--bulletin", "/tmp/x"], "id"),
        (["page.txt", "--into", "x", "--bulletin", "a\x1b[2J"], "id"),
        (["page.txt", "--into", "x", "--bulletin", "june.ready"], "id"),
        (["page.txt", "--into", "x", "--bulletin", "册" * 100], "id"),
        (["--undo", "--into", "x", "--bulletin", "../up"], "id"),
        (["page.txt", "--into", "page.txt", "--bulletin", "june"], "page.txt"),
        (["page.txt", "--into", "/dev/null", "--bulletin", "june"], "/dev/null"),
        (["/dev/zero", "--into", "x"], "/dev/zero"),
        ([".", "--into", "x"], "读不出来"),
        (["page.txt", "--into", "x", "--issued", "June"], "--issued"),
        (["missing.txt", "--into", "x"], "missing.txt"),
        (["binary.bin", "--into", "x"], "二进制"),
        (["broken.txt", "--into", "x"], "编码"),
    ],
)
def test_wrong_import_is_reported_in_one_line(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tui.importer.decode.LARGEST", 3 << 20)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("一篇文章\n\n正文。".encode())))
    Path("page.txt").write_text("一篇文章\n\n正文。", encoding="utf-8")
    Path("binary.bin").write_bytes(bytes(range(256)))
    Path("broken.txt").write_bytes("开鲁讯 近日".encode() + b"\xff\xfe\xfa\x81")
    assert main(["import", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().split("\n")) == 1
    assert not Path("x").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"page.txt", "binary.bin", "broken.txt"}


def test_failed_write_leaves_the_old_bulletin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(tmp_path)
    before = files(tmp_path / "neimenggu-gongan")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert main(["import", str(PAGE), "--into", str(tmp_path), *NAMED, "--title", "新名", "--replace"]) == 2
    assert files(tmp_path / "neimenggu-gongan") == before


@pytest.mark.parametrize("after", range(0, 28, 4))
def test_killed_import_leaves_one_complete_bulletin(after: int, tmp_path: Path) -> None:
    """The process kills itself at its nth step on the file system."""
    imported(tmp_path)
    folder = tmp_path / "neimenggu-gongan"
    (folder / "01-kailu.md").write_text("---\ntitle: 旧\n---\n\n旧。\n", encoding="utf-8")
    old = files(folder)
    code = f"""
import os, sys
from tui.cli import main
from tui.cli.import_report import diff
left = {after}
def step(event, args):
    global left
    if event in {{"os.rename", "os.mkdir", "os.remove", "os.rmdir", "open"}} and {str(tmp_path)!r} in str(args):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
sys.addaudithook(step)
main(["import", {str(PAGE)!r}, "--into", {str(tmp_path)!r}, *{NAMED!r}, "--replace"])
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert files(folder) in (old, files(content_dir() / "neimenggu-gongan"))
    assert imported(tmp_path, "--replace") == 0
    assert files(folder) == files(content_dir() / "neimenggu-gongan")


def test_difference_of_long_files_takes_linear_time() -> None:
    """The lines recur in another order.

    Searching for the fewest changes took eight times as long for twice the lines.
    """

    def seconds(lines: int) -> float:
        old, new = ("".join(f"{n * step % 180}\n" for n in range(lines)) for step in (1, 7))
        started = time.process_time()
        shown = diff({"01.md": old}, {"01.md": new}, "june").splitlines()
        taken = time.process_time() - started
        assert shown[:2] == ["--- june/01.md", "+++ june/01.md"]
        assert shown[2] == f"@@ -1,{lines} +1,{lines} @@"
        assert [line[1:] for line in shown[3:] if line[0] in "+ "] == new.splitlines()
        assert [line[1:] for line in shown[3:] if line[0] in "- "] == old.splitlines()
        return taken

    assert any(seconds(6000) < 5 * seconds(3000) for _ in range(3))
