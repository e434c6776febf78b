"""Mouse clicks act in their turn among the keys, however fast they come."""

import pytest
from textual.events import MouseDown, MouseUp
from textual.widget import Widget

from tests.keys_in_order import key_event, settle
from tests.reading_room import Room, reading_room
from tui.screens import key_queue


def click(room: Room, widget: Widget, x: int, y: int) -> None:
    """Post the events of a click, as the driver posts them."""
    region = widget.region
    for kind in (MouseDown, MouseUp):
        at = region.x + x, region.y + y
        room.app.post_message(kind(None, *at, 0, 0, 1, False, False, False, *at))


async def in_order(*steps: str | int) -> tuple[str, str, list[str]]:
    """Type keys and click on rows of the list in one write; return the article, the pane and the starred articles."""
    async with reading_room() as room:
        await settle(room)
        for step in steps:
            if isinstance(step, int):
                click(room, room.screen.sidebar, 5, step)
            else:
                room.app.post_message(key_event(step))
        await settle(room)
        return room.under_cursor, room.pane, room.screen.stores.reading.starred()


ROW = {"开鲁-0": 3, "开鲁-1": 5, "呼和浩特-0": 8}
"""Rows of the list in a new app: a named list, a blank, then each place's header and its articles of two rows."""


async def test_key_after_a_click_acts_on_the_clicked_row() -> None:
    assert await in_order(ROW["开鲁-1"], "s") == ("2023-06/开鲁-1", "list", ["2023-06/开鲁-1"])


async def test_click_after_a_key_comes_after_it() -> None:
    """The star adds a line to the named lists, so the rows below move down."""
    assert await in_order("s", ROW["开鲁-1"] + 2) == ("2023-06/开鲁-1", "list", ["2023-06/开鲁-0"])


async def test_second_click_opens_the_article_before_the_next_key() -> None:
    under, pane, starred = await in_order(ROW["开鲁-1"], ROW["开鲁-1"], "right_square_bracket", "s")
    assert (under, pane, starred) == ("2023-06/呼和浩特-0", "reader", ["2023-06/呼和浩特-0"])


@pytest.mark.parametrize("keys", [("slash", *"赤峰", "enter"), ("v",), ("t", "enter")])
async def test_click_waits_for_keys_that_open_another_list_or_screen(keys: tuple[str, ...]) -> None:
    """A click that came at once would hit the list that the keys replace, or none."""
    by_turns = []
    for at_once in (True, False):
        async with reading_room() as room:
            await settle(room)
            for key in keys:
                room.app.post_message(key_event(key))
                if not at_once:
                    await settle(room)
            click(room, room.screen.sidebar, 5, 8)
            room.app.post_message(key_event("s"))
            await settle(room)
            by_turns.append((room.under_cursor, room.pane, room.chooser, room.screen.stores.reading.starred()))
    assert by_turns[0] == by_turns[1]


async def test_click_in_a_chooser_comes_before_the_next_key() -> None:
    async with reading_room() as room:
        await room.press("t")
        chooser, before = room.chooser, room.app.theme
        assert chooser
        click(room, chooser.choices, 3, 2)
        room.app.post_message(key_event("s"))
        await settle(room)
        assert room.app.theme != before
        assert room.screen.stores.reading.starred() == ["2023-06/开鲁-0"]


async def test_click_dropped_by_escape_leaves_no_button_pressed() -> None:
    """After a wait was cancelled, a click works again."""
    async with reading_room() as room:
        await settle(room)
        screen = room.screen
        region = screen.sidebar.region
        at = region.x + 5, region.y + ROW["开鲁-1"]
        room.app.post_message(MouseDown(None, *at, 0, 0, 1, False, False, False, *at))
        await settle(room)
        room.app._keys.put(MouseUp(None, *at, 0, 0, 1, False, False, False, *at))
        room.app._keys._drop()
        room.app._keys.go_on()
        await settle(room)
        click(room, screen.sidebar, 5, ROW["开鲁-1"])
        await settle(room)
        assert room.under_cursor == "2023-06/开鲁-1"


async def test_key_after_a_flood_of_clicks_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_queue, "MAX_WAITING", 30)
    monkeypatch.setattr(key_queue, "MAX_WAITING_MOUSE", 20)
    async with reading_room() as room:
        await settle(room)
        for _ in range(40):
            click(room, room.screen.sidebar, 5, ROW["开鲁-1"])
        room.app.post_message(key_event("s"))
        await room.until(lambda: bool(room.screen.stores.reading.starred()))
        await settle(room)
        await room.press("escape", "g")
        assert (room.pane, room.under_cursor) == ("list", "2023-06/开鲁-0")
