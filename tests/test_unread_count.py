"""The number of unread articles stays right after marks and undo without counting the library again."""

import pytest

from tests.keys_in_order import settle
from tests.reading_room import Room, reading_room
from tests.small import SmallCatalogue, SmallListing, articles, stores


class CountingCatalogue(SmallCatalogue):
    """A catalogue that counts how often a list of the whole library is made."""

    made = 0

    def listing(self, *args: object, **options: object) -> SmallListing:
        self.made += 1
        return super().listing(*args, **options)  # type: ignore[arg-type]


def unread(room: Room) -> int:
    reading = room.screen.stores.reading
    return sum(1 for article in articles() if article.id not in reading.read_among([article.id]))


@pytest.mark.parametrize(
    "keys",
    ["rAUU", "jsrUU", "jrU^UU^^"],
)
async def test_unread_count_is_right_after_marks_and_undo(keys: str) -> None:
    async with reading_room() as room:
        await settle(room)
        for key in keys:
            await room.press("ctrl+y" if key == "^" else key)
            await room.pilot.pause()
        await room.until(lambda: room.screen.runner.lists.unread == unread(room))


@pytest.mark.parametrize("key", ["U", "ctrl+y"])
async def test_undo_in_the_unread_list_does_not_count_again(key: str) -> None:
    catalogue = CountingCatalogue(articles())
    async with reading_room(stores(catalogue)) as room:
        await room.press("j", "r", *(["U"] if key == "ctrl+y" else []))
        room.screen.perform("list_unread")
        await settle(room)
        before = catalogue.made
        await room.press(key)
        await settle(room)
        assert catalogue.made == before
