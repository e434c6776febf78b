"""The same commands leave the same reading state in the screen and in the linear mode."""

import pytest
from textual.strip import Strip

from tests.keys_in_order import key_event, settle
from tests.program import ROOT
from tests.reading_room import reading_room
from tests.small import SmallListing, articles, stores
from tests.talk import answers
from tui.reading import Position, Reading
from tui.session import list_cursor
from tui.session.named_lists import NamedLists
from tui.session.stores import Stores
from tui.widgets.article_list import ArticleList

WAYS: dict[str, tuple[list[str], list[str]]] = {
    "open": (["enter"], ["1"]),
    "open and leave": (["enter", "escape"], ["1", "l"]),
    "next article": (["enter", "right_square_bracket"], ["1", "]"]),
    "star": (["s"], ["g", "s"]),
    "star twice": (["s", "s"], ["g", "s", "s"]),
    "star, undo, redo": (["s", "U", "ctrl+y"], ["g", "s", "U", "redo"]),
    "read and unread": (["r", "r"], ["g", "r", "r"]),
    "mark all": (["A"], ["A"]),
    "mark all and undo": (["A", "U"], ["A", "U"]),
    "next unread": (["enter", "u"], ["1", "u"]),
    "third unread": (["enter", "3", "u"], ["1", "3u"]),
    "next place": (["enter", "right_curly_bracket", "enter"], ["1", "}", "read"]),
    "outline": (["enter", "o", "down", "enter"], ["1", "1o"]),
    "outline and back": (["enter", "o", "down", "enter", "alt+left"], ["1", "1o", "back"]),
    "group by month": (["v"], ["v"]),
    "back and forward": (["enter", "right_square_bracket", "alt+left", "alt+right"], ["1", "]", "back", "forward"]),
    "star while reading": (["enter", "s"], ["1", "s"]),
    "read a hit": (["slash", "刷", "单", "enter"], ["/刷单", "1"]),
    "save a search": (["slash", "刷", "单", "enter", "w"], ["/刷单", "1", "w"]),
    "save a search, undo, redo": (["slash", "刷", "单", "enter", "w", "U", "ctrl+y"], ["/刷单", "1", "w", "U", "redo"]),
    "sort hits, leave the search": (
        ["slash", "刷", "单", "enter", "V", "escape", "escape"],
        ["/刷单", "1", "V", "1", "l", "leave"],
    ),
    "list of starred": (["s"], ["g", "s", "starred", "全部"]),
}


def state(reading: Reading, root: str) -> dict[str, object]:
    """Return the reading state without its times."""
    ids = [article.id for article in articles()]
    session = reading.session(root)
    return {
        "read": reading.read_among(ids),
        "starred": reading.starred(),
        "history": reading.history(),
        "searches": reading.saved_searches(),
        "positions": {id: kept for id in ids if (kept := reading.position(id)) not in (None, Position(0, 0))},
        "list": session and (session.listing, session.grouping, session.query),
    }


@pytest.mark.parametrize("way", WAYS)
async def test_screen_and_linear_mode_leave_the_same_state(way: str) -> None:
    keys, lines = WAYS[way]
    on_screen, in_lines = stores(articles(long=6)), stores(articles(long=6))
    async with reading_room(on_screen, size=(80, 16)) as room:
        for key in keys:
            await room.press(key)
        await room.pilot.pause()
        room.screen.saver.save()
    answers(lines, in_lines)
    assert state(on_screen.reading, on_screen.root) == state(in_lines.reading, in_lines.root)


async def test_screen_and_linear_mode_copy_the_same_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    given = stores()
    copied: list[str] = []
    async with reading_room(given) as room:
        monkeypatch.setattr(room.app, "copy", lambda text, what, tell: copied.append(text))
        await room.press("enter", "Y")
    assert answers(["1", "Y"], given)[-1] == copied


def counted(given: Stores, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that records each later call for a listing."""
    asked: list[str] = []

    def watch(name: str) -> None:
        old = getattr(given.catalogue, name)

        def noted(*given: object, **named: object) -> object:
            asked.append(name)
            return old(*given, **named)

        monkeypatch.setattr(given.catalogue, name, noted)

    watch("listing")
    watch("listing_of")
    return asked


@pytest.mark.parametrize("key", ["s", "r"])
async def test_mark_redraws_its_row_and_counts_without_a_new_listing(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = stores(articles(each=6))
    async with reading_room(given, size=(120, 50)) as room:
        await room.press("s", "j", "j")
        await room.until(lambda: room.shown == room.under_cursor)
        drawn: set[int] = set()
        old = ArticleList.draw_row

        def noted(self: ArticleList, row: int) -> Strip:
            drawn.add(row)
            return old(self, row)

        monkeypatch.setattr(ArticleList, "draw_row", noted)
        asked = counted(given, monkeypatch)
        await room.press(key)
        await room.pilot.pause()
        rows = room.session.rows.height
        assert asked == []
        assert 0 < len(drawn) <= rows + 1


@pytest.mark.parametrize("key", ["j", "s", "enter", "A", "right_square_bracket", "v"])
async def test_lines_are_updated_once_for_a_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading_room(stores(articles(each=6)), size=(120, 50)) as room:
        await settle(room)
        said: list[str] = []
        monkeypatch.setattr(room.screen.edge_lines, "say", lambda: said.append(key))
        room.app._keys.put(key_event(key))
        room.app._keys.work()
        assert said == [key]


async def test_article_listed_twice_shows_its_mark_twice() -> None:
    given = stores()
    async with reading_room(given) as room:
        sidebar = room.screen.sidebar
        source = NamedLists(given.catalogue, given.reading, lambda count: None).open("starred")
        rows = given.catalogue.listing().summaries(0, 2)
        group = given.catalogue.listing().groups[0]
        source.listing = SmallListing([*rows, rows[0]], [group])
        cursor = list_cursor.opened(source, (), 0)
        sidebar.show(cursor, 0)
        await room.pilot.pause()
        given.reading.star(rows[0].id)
        sidebar.show_marks(cursor, 0)
        assert [item.starred for item in sidebar._entries.pages[0]] == [True, False, True]


async def test_space_after_next_unread_scrolls_its_text() -> None:
    async with reading_room(stores(articles(long=9)), size=(80, 16)) as room:
        await room.press("u")
        there = room.shown
        await room.press("space")
        assert (room.shown, room.pane) == (there, "reader")
        assert room.screen.page.page_position > (0, 0)


async def test_back_after_the_outline_returns_in_the_same_article() -> None:
    async with reading_room(stores(articles(long=9)), size=(80, 16)) as room:
        await room.press("j", "enter", "space")
        before = room.shown, room.position
        await room.press("o", "end", "enter")
        assert room.position != before[1]
        await room.press("alt+left")
        assert (room.shown, room.position) == before


async def test_screen_and_linear_mode_continue_at_each_others_position() -> None:
    given = stores(articles(long=9))
    answers(["1", "", "", "q"], given)
    async with reading_room(given, size=(80, 16)) as room:
        assert (room.shown, room.position) == ("2023-06/开鲁-0", Position(2, 0))
        await room.press("enter", "space")
        there = room.position
        room.screen.saver.save()
    assert answers(["1"], given)[-1][1].startswith(f"从第 {there.block + 1} 段")


@pytest.mark.parametrize("keys", ["jjf", "jj/找不到的"])
async def test_next_start_returns_to_the_article_if_the_cursor_was_on_none(keys: str) -> None:
    given = stores()
    async with reading_room(given) as room:
        await room.type(keys)
        await room.until(lambda: not room.under_cursor and room.shown == "2023-06/呼和浩特-0")
        room.screen.saver.save()
    async with reading_room(given) as room:
        await room.until(lambda: room.shown == "2023-06/呼和浩特-0")
        await room.press("escape")
        assert room.under_cursor == room.shown


async def test_status_line_names_the_keys_to_continue_a_search() -> None:
    async with reading_room() as room:
        await room.press("slash")
        await room.type("反诈")
        await room.found("反诈")
        assert "Enter 到正文" in room.said and "F3 下一处" in room.said
        await room.press("f3")
        assert room.hits_said.startswith("2/")
        await room.type("找不到的")
        await room.until(lambda: room.said.startswith("0 篇"))
        assert "Enter" not in room.said and "F3" not in room.said


async def test_long_status_line_is_cut_before_the_numbers_at_its_end() -> None:
    async with reading_room(size=(46, 20)) as room:
        room.screen.status.say([("反诈" * 30, "text")], [("1/9", "title")])
        await room.pilot.pause()
        assert room.screen.status.render_line(0).text.endswith("诈 1/9 ")


def test_parts_of_the_browse_screen_do_not_depend_on_it() -> None:
    for path in (ROOT / "tui/screens/browse").glob("*.py"):
        if path.name not in ("__init__.py", "screen.py"):
            assert "BrowseScreen" not in path.read_text("utf-8"), path
