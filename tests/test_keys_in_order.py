"""Keys act in the order they were typed, each on the result of the earlier ones, however fast they come."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.keys_in_order import PARTS, after, key_event, keys_of, settle
from tests.program import GANEWS, Program, environment
from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, articles, stores
from tui.keys import COMMANDS
from tui.keys.command_match import match_commands

FIRST = "2023-06/开鲁-0"


async def in_one_write(room: Room, typed: str) -> None:
    """Type all keys in one write, and wait until the app has processed them."""
    for key in keys_of(typed):
        room.app.post_message(key_event(key))
    await settle(room)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A catalogue of forty articles, each in its own place."""
    folder = tmp_path / "library" / "2023-06"
    folder.mkdir(parents=True)
    for number in range(1, 41):
        text = f"---\ntitle: 第{number}篇\nplace: {'通辽' if number == 30 else '开鲁'}\n---\n第{number}篇的正文。\n"
        (folder / f"{number:02}.md").write_text(text, "utf-8")
    return folder.parent


@pytest.mark.parametrize("typed", [":quit\r", ":x\r", "/第39篇\r:q!\r", "jjp通辽\r:退出\r"])
def test_command_typed_in_one_write_ends_the_program(library: Path, tmp_path: Path, typed: str) -> None:
    with Program([*GANEWS, str(library)], env=environment(tmp_path)) as program:
        program.wait_for("第1篇")
        program.send(typed)
        assert program.wait() == 0


async def test_enter_reads_the_hit_of_the_query_typed_before_it() -> None:
    catalogue = SmallCatalogue(articles())
    async with reading_room(stores(catalogue)) as room:
        await in_one_write(room, "/赤峰反诈第2课<enter>")
        assert (room.shown, room.pane) == ("2023-06/赤峰-1", "reader")
        assert list(room.screen.stores.reading.all_read()) == [["2023-06/赤峰-1"]]


@pytest.mark.parametrize("typed", ["p赤峰<enter>", "pchifeng<enter>", "pch<f3><enter>", "p<enter>p赤峰<enter>"])
async def test_list_goes_to_a_place_typed_in_one_write(typed: str) -> None:
    async with reading_room() as room:
        await in_one_write(room, typed)
        assert room.under_cursor == "2023-06/赤峰-0"
        assert not room.screen.search_line.display


async def test_palette_runs_a_command_typed_in_one_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with reading_room() as room:
        run: list[str] = []
        perform = room.screen.perform

        def recorded(command: str, *rest: object, **more: object) -> None:
            run.append(command)
            if run == ["palette"]:
                perform(command)

        monkeypatch.setattr(room.screen, "perform", recorded)
        for command in COMMANDS:
            await in_one_write(room, f":{command.label}<enter>")
            assert run == ["palette", match_commands(command.label)[0].id]
            run.clear()


@pytest.mark.parametrize(
    ("typed", "query"),
    [("/qj", "qj"), ("/反诈<escape>/刷单", "刷单"), ("反诈宣传", "反诈宣传"), ("/a<backspace>b", "b")],
)
async def test_text_after_the_search_key_is_the_query(typed: str, query: str) -> None:
    async with reading_room() as room:
        await in_one_write(room, typed)
        assert room.session.query == query


async def test_last_key_decides_whether_a_theme_is_kept() -> None:
    async with reading_room() as room:
        before = room.app.theme
        await in_one_write(room, "t<down><down><escape>")
        assert room.app.theme == before
        await in_one_write(room, "t<down><enter>")
        assert room.app.theme != before


async def test_keys_after_quitting_are_ignored() -> None:
    async with reading_room() as room:
        await room.press("j")
        for key in keys_of(":quit<enter>s"):
            room.app.post_message(key_event(key))
        await room.until(lambda: not room.app.is_running)
        assert room.screen.stores.reading.starred() == []


@given(st.lists(st.sampled_from(PARTS), min_size=3, max_size=9).map("".join))
@settings(max_examples=6, deadline=None)
def test_keys_have_the_same_result_together_and_one_by_one(typed: str) -> None:
    keys = keys_of(typed)
    assert asyncio.run(after(keys, at_once=True)) == asyncio.run(after(keys, at_once=False))


@pytest.mark.parametrize("typed", ["f/反诈<escape>", "jjf/刷单<escape>", "f/反诈<escape>l", "jf/反诈<escape><escape>k"])
def test_escape_from_search_shows_the_same_article_at_any_speed(typed: str) -> None:
    keys = keys_of(typed)
    assert asyncio.run(after(keys, at_once=True)) == asyncio.run(after(keys, at_once=False))
