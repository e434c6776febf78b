"""Two clicks select the word or clause under the pointer, three the paragraph."""

from tests.reading_room import Room, reading_room
from tests.small import stores
from tui.article import Article
from tui.widgets.article_page import ArticlePage

BODY = """民警走进社区，讲解“电信网络诈骗”案例；拨打 0471-6550110 咨询，或访问 police.example 网站。

第二段Wi-Fi密码不要告诉别人，3·15期间👍🏽更要当心。
"""
WORDS = [
    ("走进", "民警走进社区"),
    ("社区", "民警走进社区"),
    ("网络", "电信网络诈骗"),
    ("6550", "0471-6550110"),
    ("police", "police.example"),
    ("Fi", "Wi-Fi"),
    ("密码", "第二段Wi-Fi密码不要告诉别人"),
    ("期间", "3·15期间👍🏽更要当心"),
    ("，", "，"),
    ("“", "“"),
]


async def clicked(room: Room, text: str, times: int) -> str | None:
    """Click `times` times on the second half of the text's first character; return what is then selected."""
    page = room.screen.query_one(ArticlePage)
    for y in range(page.size.height):
        row = page.render_line(y)
        before, found, _after = row.text.partition(text)
        if found:
            await room.pilot.click(page, offset=(row_cells(before), y), times=times)
            await room.pilot.pause()
            return room.screen.get_selected_text()
    raise AssertionError(f"{text} is not shown")


def row_cells(text: str) -> int:
    from tests.terminal import width

    return sum(map(width, text))


async def test_two_clicks_select_the_word_or_clause() -> None:
    async with reading_room(stores([Article("a/1", ("题",), body=BODY)])) as room:
        assert [(text, await clicked(room, text, 2)) for text, _selected in WORDS] == WORDS


async def test_three_clicks_select_the_paragraph() -> None:
    paragraphs = [*BODY.strip().split("\n\n"), "题"]
    async with reading_room(stores([Article("a/1", ("题",), body=BODY)])) as room:
        for text in ("走进", "，", "police", "第二段", "题"):
            assert await clicked(room, text, 3) == next(one for one in paragraphs if text in one)


async def test_one_click_selects_nothing() -> None:
    async with reading_room(stores([Article("a/1", ("题",), body=BODY)])) as room:
        assert not await clicked(room, "走进", 1)
