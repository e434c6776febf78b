"""Marking thousands of articles: the change and its undo are complete and cover every article."""

import threading
from collections.abc import Iterator
from threading import Event

import pytest

from tests.keys_in_order import key_event, keys_of, settle
from tests.program import PATIENCE
from tests.reading_room import Room, reading_room
from tests.small import SearchCall, SearchDouble, SmallCatalogue, articles, stores
from tui.reading import Reading, SavedSession
from tui.search import Answer, Hit
from tui.session.stores import Stores

EACH = 3_000
"""Articles in each of four places, in total more than one transaction marks."""


@pytest.fixture(scope="module")
def many() -> SmallCatalogue:
    return SmallCatalogue(articles(EACH))


@pytest.fixture
def found(many: SmallCatalogue) -> Stores:
    """Stores with many articles, where every query finds all of them."""
    hits = tuple(
        Hit(article.id, article.title, article.place, article.date, 1.0, "反诈", ((0, 2),), (("title", 0, 2),))
        for article in many.held
    )
    return stores(many)._replace(open_search=lambda: FindsAll(hits))


class FindsAll(SearchDouble):
    """A search that finds the same hits for every query."""

    def __init__(self, hits: tuple[Hit, ...]) -> None:
        self._hits = hits

    def answer(self, call: SearchCall) -> Answer:
        return Answer(call.query, call.query, self._hits[: call.limit], len(self._hits))


class FindsNothing(FindsAll):
    """A search whose answer is always cut off before the first hit."""

    def answer(self, call: SearchCall) -> Answer:
        return Answer(call.query, call.query, (), None, partial=True)


def read(room: Room) -> int:
    return sum(len(page) for page in room.screen.stores.reading.all_read())


async def in_one_write(room: Room, typed: str) -> None:
    for key in keys_of(typed):
        room.app.post_message(key_event(key))
    await settle(room)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("AU", 0),
        ("AU<ctrl+y>", 4 * EACH),
        ("AUAU", 0),
        ("A<enter>U", 0),
        ("A]l<escape>UU", 0),
        ("Ar", 4 * EACH - 1),
        ("sAUU<ctrl+y><ctrl+y>", 4 * EACH),
        ("Au", 4 * EACH),
        ("Aq", 4 * EACH),
    ],
)
async def test_long_list_is_marked_and_unmarked_completely_by_fast_keys(
    many: SmallCatalogue, typed: str, count: int
) -> None:
    async with reading_room(stores(many)) as room:
        await in_one_write(room, typed)
        assert read(room) == count
        if "q" in typed:
            await room.until(lambda: not room.app.is_running)


async def test_other_keys_are_answered_while_a_long_list_is_marked(
    many: SmallCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, go_on = stores(many), Event()
    mark_all = given.reading.mark_all_read
    monkeypatch.setattr(given.reading, "mark_all_read", lambda ids: go_on.wait(PATIENCE) and mark_all(ids))
    async with reading_room(given) as room:
        await room.press("A", "j", "enter")
        assert room.shown == "2023-06/开鲁-1"
        await room.press("escape", "G", "s", "U")
        assert room.under_cursor == f"2023-06/赤峰-{EACH - 1}"
        await room.until(lambda: "Esc" in room.said)
        await room.press("escape")
        assert "Esc" not in room.said
        await room.press("g")
        assert room.under_cursor == "2023-06/开鲁-0"
        go_on.set()
        await settle(room)
        assert read(room) == 4 * EACH
        assert room.screen.stores.reading.starred() == [f"2023-06/赤峰-{EACH - 1}"]


def test_change_undone_while_running_is_undone_completely() -> None:
    reading = Reading(":memory:")

    def ids() -> Iterator[str]:
        for number in range(12_000):
            if number == 7_000:
                assert reading.undo()
            yield f"b/{number}"

    reading.mark_all_read(ids())
    assert list(reading.all_read()) == []
    assert reading.undo() is None


@pytest.mark.parametrize("keys", ["G", "70000j", "2000]", "9999 ", "<escape>G"])
async def test_last_hit_of_a_long_answer_is_reached(found: Stores, keys: str) -> None:
    async with reading_room(found) as room:
        await in_one_write(room, "/反诈<enter><escape>")
        await room.found("反诈")
        assert len(room.session.rows) == 500
        await in_one_write(room, f"{keys}{'G' if keys[0] in '2<' else ''}")
        assert room.screen.sidebar.number == 4 * EACH - 1


@pytest.mark.parametrize(
    ("answer", "count"), [("A<enter>", 4 * EACH), ("A<escape>", 0), ("A<down><enter>", 0), ("A<enter>U", 0)]
)
async def test_marking_a_long_answer_asks_and_marks_every_hit(found: Stores, answer: str, count: int) -> None:
    async with reading_room(found) as room:
        await in_one_write(room, "/反诈<enter><escape>r")
        assert (read(room), len(room.session.rows)) == (0, 500)
        await in_one_write(room, answer)
        assert read(room) == count


async def test_marking_a_short_answer_does_not_ask() -> None:
    async with reading_room() as room:
        await in_one_write(room, "/开鲁<enter><escape>A")
        assert room.chooser is None
        assert read(room) == 2


async def test_long_work_runs_outside_the_thread_that_draws(
    many: SmallCatalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = stores(many)
    drawing, long = threading.get_ident(), set[str]()

    def watch(owner: object, name: str) -> None:
        old = getattr(owner, name)

        def noted(*given: object, **named: object) -> object:
            is_short = name == "listing" and isinstance(named.get("without", []), list)  # a few ids, or none
            if threading.get_ident() == drawing and not is_short:
                long.add(name)
            return old(*given, **named)

        monkeypatch.setattr(owner, name, noted)

    async with reading_room(given) as room:
        for owner, names in ((given.reading, ("mark_all_read", "undo", "redo")), (given.catalogue, ("listing",))):
            for name in names:
                watch(owner, name)
        await in_one_write(room, "AU<ctrl+y>U")
        assert long == set()
        for command in ("list_unread", "next_unread", "mark_all_read", "undo", "redo"):
            room.screen.perform(command)
            await settle(room)
        assert room.screen.session.listing == "unread" and read(room) == 4 * EACH
        many.dirty = True
        room.screen.updates.show_changes()
        await settle(room)
        await room.until(lambda: not len(room.session.rows))
        assert long == set()


async def test_start_in_the_unread_list_of_a_large_library_shows_the_full_list_first(many: SmallCatalogue) -> None:
    given = stores(many)
    given.reading.mark_all_read(article.id for article in many.held[: 2 * EACH])
    last = many.held[-1].id
    given.reading.remember_session(given.root, SavedSession(last, "unread"))
    async with reading_room(given) as room:
        await settle(room)
        assert (room.screen.session.listing, room.under_cursor) == ("unread", last)
        assert len(room.session.rows) == 2 * EACH
        assert not room.screen.is_restorable()
        room.app.post_message(key_event("s"))
        await settle(room)
        assert given.reading.starred() == [last]


@pytest.mark.parametrize("is_answered", [True, False])
async def test_start_with_a_search_over_the_unread_list_of_a_large_library_returns_to_that_list(
    many: SmallCatalogue, is_answered: bool
) -> None:
    given = stores(many)
    given.reading.mark_all_read(article.id for article in many.held[: 2 * EACH])
    open_last = many.held[3 * EACH].id
    given.reading.remember_session(given.root, SavedSession(open_last, "unread", query="赤峰"))
    if not is_answered:
        given = given._replace(open_search=lambda: FindsNothing(()))
    async with reading_room(given) as room:
        await room.until(lambda: room.session.listing == "unread")
        if is_answered:
            await room.found("赤峰")
            assert (room.phase, room.under_cursor) == ("result", open_last)
        await room.press("escape")
        await settle(room)
        assert (room.session.listing, room.under_cursor) == ("unread", open_last)
        assert len(room.session.rows) == 2 * EACH
