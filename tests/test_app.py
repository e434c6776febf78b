"""The app, by the keys a person presses."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.events import Key, Paste
from textual.pilot import Pilot

from tests.small import articles, stores
from tui.app import GaNewsApp
from tui.app.preferences import Preferences
from tui.screens.browse import BrowseScreen, Stores
from tui.screens.browse.finding import Phase
from tui.screens.browse.layout import Pane


@asynccontextmanager
async def reading_room(
    given: Stores | None = None, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[BrowseScreen, Pilot[None]]]:
    with TemporaryDirectory() as folder:
        room = given or stores()
        environ = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        app = GaNewsApp(room, Preferences(Path(folder), {}, environ, room.reading))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app.browse, pilot


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Let the app work until something is true; the test fails when it never is."""
    for _ in range(200):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came true")


def shown(screen: BrowseScreen) -> str:
    assert screen.reader.article is not None
    return screen.reader.article.id


def pane(screen: BrowseScreen) -> Pane:
    return screen.pane


def phase(screen: BrowseScreen) -> Phase:
    return screen.finding.phase


async def test_the_first_article_is_open_at_the_first_start() -> None:
    async with reading_room() as (screen, _pilot):
        assert shown(screen) == "2023-06/开鲁-0"
        assert pane(screen) is Pane.LIST


async def test_moving_down_the_list_brings_each_article_into_the_reader_and_reads_none() -> None:
    async with reading_room() as (screen, pilot):
        await pilot.press("j", "down")
        await until(pilot, lambda: shown(screen) == "2023-06/呼和浩特-0")
        assert not screen.stores.reading.is_read("2023-06/呼和浩特-0")


async def test_enter_gives_the_reader_the_keys_and_only_then_the_article_is_read() -> None:
    async with reading_room() as (screen, pilot):
        await pilot.press("enter")
        assert pane(screen) is Pane.READER
        assert screen.stores.reading.is_read("2023-06/开鲁-0")
        await pilot.press("escape")
        assert pane(screen) is Pane.LIST


async def test_a_count_before_a_key_repeats_it_and_alone_goes_to_a_place() -> None:
    async with reading_room() as (screen, pilot):
        await pilot.press("3", "j")
        assert screen.sidebar.number == 3
        await pilot.press("2")
        await pilot.pause()
        assert screen.sidebar.number == 2
        assert screen.sidebar.section and screen.sidebar.section.label == "呼和浩特"


async def test_what_is_typed_after_a_slash_is_found_as_it_is_typed() -> None:
    async with reading_room() as (screen, pilot):
        await pilot.press("slash", "刷", "单")
        await until(pilot, lambda: screen.finding.answer is not None and screen.finding.answer.query == "刷单")
        await until(pilot, lambda: screen.reader.hits != [])
        await pilot.press("enter")
        assert pane(screen) is Pane.READER
        await pilot.press("escape")
        assert phase(screen) is Phase.RESULT
        await pilot.press("escape")
        assert phase(screen) is Phase.CLOSED
        assert len(screen.sidebar.source) == 8


async def test_chinese_that_no_text_expects_starts_a_search_in_the_order_it_was_typed() -> None:
    async with reading_room() as (screen, pilot):
        for character in "电信网络诈骗的意识提醒":
            screen.app.post_message(Key(character, character))
        await until(pilot, lambda: screen.finding.query == "电信网络诈骗的意识提醒")


async def test_a_paste_comes_as_one_text_on_one_line() -> None:
    async with reading_room() as (screen, pilot):
        screen.app.post_message(Paste("反诈\n宣传\x1b[2J"))
        await until(pilot, lambda: screen.finding.query.startswith("反诈 宣传"))
        assert "\x1b" not in screen.finding.query


async def test_no_size_and_no_storm_of_resizes_ends_in_an_error() -> None:
    async with reading_room(stores(articles(6, long=3))) as (screen, pilot):
        for width, height in [(1, 1), (400, 120), (2, 50), (39, 11), (40, 12), (71, 15), (72, 14), (110, 36), (3, 3)]:
            await pilot.resize_terminal(width, height)
            await pilot.press("enter", "slash", "escape")
        await pilot.resize_terminal(120, 36)
        assert screen.sidebar.display


async def test_an_article_exactly_as_long_as_the_one_before_is_drawn_too() -> None:
    """Nothing about the page's size or place changes then; its text does."""
    async with reading_room() as (screen, pilot):
        for _ in range(4):
            await pilot.press("j")
            await until(pilot, lambda: screen.sidebar.entry is not None and shown(screen) == screen.sidebar.entry.id)
            await pilot.pause()
            painted = "".join(strip.text for strip in screen.page.render_lines(screen.page.size.region))
            assert screen.reader.article is not None
            assert screen.reader.article.title[0] in painted
