"""A command typed before its hits arrive waits for them, and the user can always stop waiting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Event

import pytest

from tests.keys_in_order import key_event, keys_of, settle
from tests.program import PATIENCE
from tests.reading_room import Room, reading_room
from tests.small import SearchCall, SmallCatalogue, SmallSearch, articles, stores
from tui.screens.key_queue import MAX_WAITING
from tui.search import Answer
from tui.search.answer import Cancelled
from tui.session import runner
from tui.session.list_model import ListModel
from tui.session.unread import ReadAmong, nth_unread

FIRST = "2023-06/开鲁-0"


class HeldSearch(SmallSearch):
    """A search that answers when the test releases it."""

    def __init__(self, catalogue: SmallCatalogue, go: Event) -> None:
        super().__init__(catalogue)
        self.go = go

    def answer(self, call: SearchCall) -> Answer:
        while not self.go.wait(0.01):
            if call.cancelled():
                raise Cancelled
        return super().answer(call)


@asynccontextmanager
async def held() -> AsyncIterator[tuple[Room, Event]]:
    """Run the app on a search that answers nothing until the event is set."""
    catalogue, go = SmallCatalogue(articles()), Event()
    async with reading_room(stores(catalogue)._replace(open_search=lambda: HeldSearch(catalogue, go))) as room:
        try:
            yield room, go
        finally:
            go.set()


async def test_hit_that_is_not_catalogued_yet_is_read_from_its_file() -> None:
    whole, catalogue = SmallCatalogue(articles()), SmallCatalogue(articles()[:3])
    last = whole.held[-1]
    given = stores(catalogue)._replace(open_search=lambda: SmallSearch(whole), found_in_files={last.id: last}.get)
    async with reading_room(given) as room:
        await room.type("/赤峰反诈第2课")
        await room.found("赤峰反诈第2课")
        assert room.shown == last.id
        await room.press("enter")
        assert room.pane == "reader" and "打不开" not in room.said
        catalogue.held, catalogue.dirty = whole.held, True
        room.screen.updates.show_changes()
        await settle(room)
        assert (room.shown, room.under_cursor, room.pane) == (last.id, last.id, "reader")


class GrowingSearch(SmallSearch):
    """A search whose index holds no text until the test releases it."""

    def __init__(self, catalogue: SmallCatalogue, go: Event) -> None:
        super().__init__(catalogue)
        self.go = go

    def answer(self, call: SearchCall) -> Answer:
        if not self.go.is_set():
            return Answer(call.query, call.query, (), None, partial=True)
        return super().answer(call)


@pytest.mark.parametrize("still", [False, True])
async def test_enter_waits_while_the_index_has_no_hits_yet(still: bool) -> None:
    catalogue, go = SmallCatalogue(articles()), Event()
    async with reading_room(stores(catalogue)._replace(open_search=lambda: GrowingSearch(catalogue, go))) as room:
        room.screen.use(room.app._preferences.display_options._replace(still=still))
        await type_and_wait(room, "/赤峰反诈第2课<enter>s")
        assert (room.shown, room.pane) == (FIRST, "search")
        go.set()
        catalogue.dirty = True
        room.screen.updates.show_changes()
        await settle(room)
        assert (room.shown, room.pane) == ("2023-06/赤峰-1", "reader")
        assert room.screen.stores.reading.starred() == ["2023-06/赤峰-1"]


async def test_question_without_hits_is_asked_again_when_the_end_of_indexing_was_noticed_early() -> None:
    """The screen may notice the end of the first indexing before the last empty answer arrives."""
    catalogue, go = SmallCatalogue(articles()), Event()
    async with reading_room(stores(catalogue)._replace(open_search=lambda: GrowingSearch(catalogue, go))) as room:
        await type_and_wait(room, "/赤峰反诈第2课<enter>")
        go.set()
        room.screen.updates.show_changes()
        await settle(room)
        assert (room.shown, room.pane) == ("2023-06/赤峰-1", "reader")


async def type_and_wait(room: Room, typed: str) -> None:
    """Type the keys in one write, and wait until the status line says that the app waits for hits."""
    for key in keys_of(typed):
        room.app.post_message(key_event(key))
    await room.until(lambda: "Esc" in room.said)


async def test_enter_waits_for_the_hits_and_later_keys_for_enter() -> None:
    async with held() as (room, go):
        await type_and_wait(room, "/赤峰反诈第2课<enter>s<escape><escape>j")
        assert (room.shown, room.pane) == (FIRST, "search")
        go.set()
        await settle(room)
        assert room.screen.stores.reading.starred() == ["2023-06/赤峰-1"]
        assert room.pane == "list" and room.under_cursor == "2023-06/开鲁-1"


async def test_escape_stops_waiting_and_drops_the_keys_typed_after() -> None:
    async with held() as (room, go):
        await type_and_wait(room, "/赤峰<enter>s")
        await room.press("escape")
        assert (room.pane, room.session.query) == ("search", "赤峰")
        await room.press("反")
        assert room.session.query == "赤峰反"
        go.set()
        await settle(room)
        assert (room.pane, room.screen.stores.reading.starred()) == ("search", [])


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_program_can_be_quit_while_waiting_for_hits(key: str) -> None:
    async with held() as (room, _go):
        await type_and_wait(room, "/赤峰<enter>")
        room.app.post_message(key_event(key))
        await room.until(lambda: not room.app.is_running)
        assert not room.screen.stores.reading.is_read(FIRST)


async def test_keys_typed_ahead_are_bounded_and_dropped_ones_reported() -> None:
    async with held() as (room, go):
        await type_and_wait(room, "/赤峰<enter>")
        for _ in range(MAX_WAITING + 10):
            room.app.post_message(key_event("j"))
        await room.until(lambda: "太多" in room.said)
        await room.press("escape", "escape", "j")
        go.set()
        await settle(room)
        assert room.under_cursor == "2023-06/开鲁-1"


async def test_failed_search_releases_the_waiting_keys() -> None:
    def fails() -> SmallSearch:
        raise OSError

    async with reading_room(stores()._replace(open_search=fails)) as room:
        for key in keys_of("/赤峰<enter><escape><escape>j"):
            room.app.post_message(key_event(key))
        await settle(room)
        assert (room.pane, room.session.query) == ("list", "")
        assert not room.screen.stores.reading.is_read(FIRST)


async def test_next_unread_opens_the_article_found_when_the_list_is_renewed_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go = Event()

    def find_and_wait(rows: ListModel, read_among: ReadAmong, after: int, nth: int) -> str | None:
        found = nth_unread(rows, read_among, after, nth)
        assert go.wait(PATIENCE)
        return found

    monkeypatch.setattr(runner, "THREAD_ARTICLES", 0)
    monkeypatch.setattr(runner, "nth_unread", find_and_wait)
    catalogue = SmallCatalogue(articles())
    async with reading_room(stores(catalogue)) as room:
        await room.press("j", "j")
        wanted = catalogue.held[3].id
        await room.press("u")
        del catalogue.held[0]
        catalogue.dirty = True
        room.screen.updates.show_changes()
        go.set()
        await room.until(lambda: room.pane == "reader")
        assert (room.shown, room.under_cursor) == (wanted, wanted)
