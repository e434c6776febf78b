"""Settings that change while the app runs, and the names and ends of lists."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import GANEWS, Program, environment
from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, articles, stores
from tests.test_cli import library
from tui.i18n import set_language
from tui.problem import Problem


@pytest.fixture
def chinese_again() -> Iterator[None]:
    yield
    set_language("zh")


def list_text(room: Room) -> str:
    sidebar = room.screen.sidebar
    return "\n".join(sidebar.render_line(y).text.rstrip() for y in range(sidebar.size.height))


async def set_to(room: Room, text: str) -> None:
    (room.folder / "config.yaml").write_text(text, "utf-8")
    room.app._look_at_settings()
    await room.pilot.pause()


@pytest.mark.usefixtures("chinese_again")
@pytest.mark.parametrize("listing", ["all", "unread"])
async def test_language_set_while_running_changes_the_whole_screen(listing: str) -> None:
    async with reading_room() as room:
        if listing == "unread":
            room.screen.perform("list_unread")
            await room.pilot.pause()
        before = room.under_cursor
        await set_to(room, "language: en\n")
        text = list_text(room)
        assert ("Unread" in text) if listing == "all" else ("All" in text)
        assert not any(word in text for word in ("未读", "全部", "读过"))
        title = room.screen.title_line.render_line(0).text
        assert "Police bulletins" in title or listing != "all"
        page = room.screen.page
        assert not any("分钟" in page.render_line(y).text for y in range(page.size.height))
        assert room.under_cursor == before
        await set_to(room, "language: zh\n")
        assert "未读" in list_text(room) or "全部" in list_text(room)


@pytest.mark.parametrize("key", ["colon", "question_mark", "t", "o"])
async def test_theme_set_while_running_changes_an_open_chooser(key: str) -> None:
    async with reading_room() as room:
        await set_to(room, "theme: dark\n")
        await room.press(key)
        chooser = room.chooser
        assert chooser is not None
        before = [segment.style.bgcolor for segment in chooser.choices.render_line(0) if segment.style]
        await set_to(room, "theme: light\n")
        after = [segment.style.bgcolor for segment in chooser.choices.render_line(0) if segment.style]
        assert before and after and before != after


async def test_end_key_reaches_the_last_of_many_problems() -> None:
    catalogue = SmallCatalogue(articles())
    catalogue.wrong = [Problem("a.md", n, "title", f"第{n}处", "") for n in range(12_000)]
    async with reading_room(stores(catalogue)) as room:
        await room.press("exclamation_mark")
        assert room.chooser is not None
        await room.press("G")
        assert room.chooser.choices.choice is not None
        assert "第11999处" in room.chooser.choices.choice.label
        await room.press("g")
        assert "第0处" in room.chooser.choices.choice.label


@pytest.mark.parametrize(("key", "name"), [("starred", "收藏"), ("history", "读过")])
def test_ungrouped_list_appears_under_its_own_name(tmp_path: Path, key: str, name: str) -> None:
    root = library(tmp_path / "library")
    env = environment(tmp_path)
    with Program([*GANEWS, "--library", str(root)], size=(100, 30), env=env) as program:
        program.wait_for("第0期")
        program.wait_for("3 未读")
        program.send("sj\r")
        program.wait_for("2 未读")
        program.send("h")
        program.wait_for("› 收藏")
        command = "收藏的文章" if key == "starred" else "读过的文章"
        program.send(":" + command)
        program.wait_for("› " + command)
        program.send("\r")
        program.wait_for("▾ " + name)
        rows = [line[:26] for line in program.screen.lines()]
        program.send(b"\x11")
        program.wait()
    assert any(row.strip().startswith("▾ " + name) for row in rows), rows
    assert not any("未注明" in row for row in rows)


@pytest.mark.parametrize("bundled", [True, False])
def test_plain_mode_greets_with_the_name_of_the_library(tmp_path: Path, bundled: bool) -> None:
    root = library(tmp_path / "红枫简报")
    command = [*GANEWS, "--plain", *([] if bundled else [str(root)])]
    with Program(command, env=environment(tmp_path)) as program:
        program.wait_for("退出")
        program.send("q\r")
        program.wait()
        said = program.raw.decode()
    assert ("公安新闻，7 篇" in said) == bundled
    assert ("红枫简报，3 篇" in said) != bundled


def test_plain_mode_names_the_search_order_without_a_query(tmp_path: Path) -> None:
    with Program([*GANEWS, "--plain"], env=environment(tmp_path)) as program:
        program.wait_for("退出")
        program.send("V\r")
        program.wait_for("按日期排，新的在前")
        program.send("V\r")
        program.wait_for("按相关程度排")
        program.send("q\r")
        program.wait()
