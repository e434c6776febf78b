"""The list during the first indexing, while articles are added to it."""

import threading

import pytest

from tests.keys_in_order import in_one_write, keys_of, settle
from tests.reading_room import reading_room
from tests.small import SmallCatalogue, SmallListing, articles, stores
from tui.session import named_lists


class GrowingCatalogue(SmallCatalogue):
    """A catalogue that is indexed for the first time, and notes the threads in which its lists are made."""

    listed = False

    def __init__(self) -> None:
        self.all = articles()
        super().__init__(self.all[: len(self.all) // 2])
        self.threads: list[threading.Thread] = []

    def grow(self) -> None:
        self.held, self.dirty = self.all, True

    def listing(self, *args: object, **options: object) -> SmallListing:
        self.threads.append(threading.current_thread())
        return super().listing(*args, **options)  # type: ignore[arg-type]


async def test_growing_list_is_not_read_in_the_drawing_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_lists, "_MAX_OPENED_NOW", 1)
    catalogue = GrowingCatalogue()
    async with reading_room(stores(catalogue)) as room:
        await settle(room)
        monkeypatch.setattr(room.screen.runner.lists, "recount", lambda: None)
        under_cursor = room.under_cursor
        catalogue.threads.clear()
        catalogue.grow()
        room.screen.updates.show_changes()
        await room.until(lambda: len(room.session.rows) == len(catalogue.all))
        assert threading.main_thread() not in catalogue.threads
        assert (room.session.total, room.under_cursor) == (len(catalogue.all), under_cursor)


@pytest.mark.parametrize("limit", [1, 5_000])
async def test_list_after_a_search_has_the_articles_added_meanwhile(
    monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(named_lists, "_MAX_OPENED_NOW", limit)
    catalogue = GrowingCatalogue()
    async with reading_room(stores(catalogue)) as room:
        await settle(room)
        under_cursor = room.under_cursor
        await in_one_write(room, *keys_of("/反诈"))
        await room.found("反诈")
        catalogue.grow()
        room.screen.updates.show_changes()
        await settle(room)
        await in_one_write(room, *keys_of("<escape><escape>"))
        await room.until(lambda: room.phase == "closed" and len(room.session.rows) == len(catalogue.all))
        assert (room.session.total, room.under_cursor) == (len(catalogue.all), under_cursor)
