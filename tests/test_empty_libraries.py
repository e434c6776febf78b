"""Libraries without a readable article: what the commands and the screen say about them."""

from pathlib import Path

import pytest

from tests.reading_room import reading_room, source_text
from tests.small import SmallCatalogue, articles, stores
from tui.cli import main
from tui.problem import Problem


@pytest.mark.parametrize("command", [["list"], ["places"], ["stats"], ["search", "反诈"]])
def test_command_says_what_was_left_out_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(" ")
    (tmp_path / "a.png").write_bytes(b"x")
    assert main([*command, "--library", str(tmp_path), "--lang", "zh"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"{tmp_path}：没有一篇能读，5 个问题，如 0.md:1: 文件是空的。")
    assert said.endswith("没有读的文件和文件夹：.png 1。用 ganews-tui check 看全部。")


@pytest.mark.parametrize(
    "command", [["list", "--date", "1901"], ["list", "--author", "甲", "--json"], ["places"], ["search", "反诈"]]
)
def test_command_that_finds_nothing_says_so_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (tmp_path / "1.md").write_text("# 甲\n\n没有地方的一篇。\n", "utf-8")
    assert main([*command, "--library", str(tmp_path), "--lang", "zh"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "没有" in said or "0 篇" in said


@pytest.mark.parametrize("size", [(120, 36), (46, 20)])
async def test_screen_explains_an_empty_library_until_it_has_an_article(size: tuple[int, int]) -> None:
    catalogue = SmallCatalogue([])
    catalogue.wrong = [Problem("a/1.md", 1, "empty", "文件是空的。", "写上文章。")]
    async with reading_room(stores(catalogue), size) as room:
        shown = source_text(room.screen.page)
        assert "a/1.md:1: 文件是空的。" in shown and "先做这一件：写上文章。" in shown
        assert room.screen.paper.display
        await room.press("j", "enter", "O", "v")
        assert room.shown == ""
        catalogue.held, catalogue.wrong, catalogue.dirty = articles(), [], True
        room.screen.updates.show_changes_now()
        await room.until(lambda: room.shown != "")
        assert room.screen.side.display
