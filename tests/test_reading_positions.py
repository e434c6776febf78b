"""Reading positions, positions of matches, and going back to them."""

import re

import pytest

from tests.keys_in_order import in_one_write
from tests.reading_room import Room, reading_room
from tests.small import SearchCall, SearchDouble, SmallCatalogue, articles, stores
from tui.article import Article
from tui.markdown import blocks
from tui.reading import Position
from tui.search import Answer, Hit

FIRST, SECOND = "2023-06/开鲁-0", "2023-06/开鲁-1"


def long_articles() -> SmallCatalogue:
    """Write articles of several screens, each with 60 occurrences of 刷单."""
    return SmallCatalogue(articles(2, long=20))


async def read_on(room: Room, screens: int = 5) -> tuple[Position, int]:
    """Read `screens` screens of the first article, go back to the list, and return the position."""
    await in_one_write(room, "g", "enter", *["space"] * screens, "escape")
    return room.position, room.screen.page.percent


async def search(room: Room, query: str) -> None:
    await in_one_write(room, "/", *query)
    await room.found(query)


@pytest.mark.parametrize(
    "between",
    [[], ["down", "up"], ["down"], ["enter", "escape"], ["enter", "n", "n", "N", "escape"], ["V"], ["w"], ["f3", "f2"]],
    ids=" ".join,
)
async def test_search_keeps_the_reading_position(between: list[str]) -> None:
    given = stores(long_articles())
    async with reading_room(given) as room:
        place = await read_on(room)
        await search(room, "刷单")
        for key in between:
            await in_one_write(room, key)
        await in_one_write(room, "escape", "escape", "g")
        assert (room.position, room.screen.page.percent) == place
    async with reading_room(given) as room:
        await room.until(lambda: room.shown == FIRST)
        assert (room.position, room.screen.page.percent) == place


@pytest.mark.parametrize("scroll", ["space", "j", "end", "ctrl+d"])
async def test_position_moves_when_the_user_scrolls_after_a_match(scroll: str) -> None:
    async with reading_room(stores(long_articles())) as room:
        await read_on(room)
        await search(room, "刷单")
        await in_one_write(room, "enter", scroll)
        place = room.position
        await in_one_write(room, "escape", "escape")
        assert room.position == place
        assert room.screen.stores.reading.position(FIRST) == place


async def test_next_start_shows_the_last_match() -> None:
    given = stores(SmallCatalogue([a._replace(body=a.body.replace("反诈", "刷单")) for a in articles(2, long=20)]))
    given = given._replace(open_search=lambda: EveryMatch(given.catalogue))
    async with reading_room(given) as room:
        await search(room, "刷单")
        await in_one_write(room, "enter", *["n"] * 40)
        said, percent = room.hits_said, room.screen.page.percent
        assert said.startswith("41/")
    async with reading_room(given) as room:
        await room.found("刷单")
        await room.until(lambda: not room.screen.runner.is_behind)
        assert (room.hits_said, room.screen.page.percent) == (said, percent)
        await room.press("n")
        assert room.hits_said.startswith("42/")


@pytest.mark.parametrize("noticed", [False, True], ids=["before it is noticed", "after it was noticed"])
@pytest.mark.parametrize("keys", [["alt+left"], ["2", "alt+left"]], ids=" ".join)
async def test_going_back_to_a_removed_article_moves_nothing(noticed: bool, keys: list[str]) -> None:
    catalogue = long_articles()
    async with reading_room(stores(catalogue)) as room:
        await read_on(room)
        await room.press("]", "enter", "space", "space")
        await gone(room, catalogue, FIRST, noticed)
        before = room.shown, room.under_cursor, room.pane, room.position
        await room.press(*keys)
        assert room.said == "那篇文章已经不在了"
        assert (room.shown, room.under_cursor, room.pane, room.position) == before


async def test_going_back_skips_a_removed_article() -> None:
    catalogue = long_articles()
    async with reading_room(stores(catalogue)) as room:
        first, second, third = (article.id for article in catalogue.held[:3])
        await room.press("g", "enter", "]", "]")
        assert room.shown == third
        await gone(room, catalogue, second, noticed=True)
        await room.press("alt+left")
        assert room.shown == third
        await room.press("alt+left")
        assert room.shown == first
        await room.press("alt+right")
        assert room.shown == third


@pytest.mark.parametrize("keys", [["j", "enter"], ["enter", "]"], ["]"], ["u", "enter"]], ids=" ".join)
async def test_article_that_cannot_be_opened_is_not_marked_as_read(keys: list[str]) -> None:
    catalogue = long_articles()
    async with reading_room(stores(catalogue)) as room:
        if keys[0] == "u":
            await room.press("r")
        await gone(room, catalogue, SECOND, noticed=False)
        await room.press(*keys)
        reading = room.screen.stores.reading
        assert not reading.is_read(SECOND) and SECOND not in reading.history()
        assert not reading.position(SECOND)


async def gone(room: Room, catalogue: SmallCatalogue, article_id: str, noticed: bool) -> None:
    """Delete an article, and let the program notice it or not."""
    catalogue.held = [article for article in catalogue.held if article.id != article_id]
    catalogue.dirty = True
    if noticed:
        room.screen.updates.show_changes()
        await room.pilot.pause()


class EveryMatch(SearchDouble):
    """A search that finds every occurrence of 刷单 in every article."""

    def __init__(self, catalogue: object) -> None:
        assert isinstance(catalogue, SmallCatalogue)
        self._catalogue = catalogue

    def answer(self, call: SearchCall) -> Answer:
        def hit(article: Article) -> Hit:
            spans = tuple(
                (number, found.start(), found.end())
                for number, block in enumerate(blocks(article.body))
                for found in re.finditer(call.query, block.text)
            )
            return Hit(article.id, article.title, article.place, article.date, 1.0, call.query, ((0, 2),), spans)

        hits = tuple(map(hit, self._catalogue.held))
        return Answer(call.query, call.query, hits[: call.limit], len(hits))
