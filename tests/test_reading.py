"""The reading state: marks, undo, positions, history, sessions."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.reading import Position, Reading, SavedSession, Visit
from tui.reading.id_sorter import UNSORTED_IDS, in_order

KAILU, TUOKETUO, CHIFENG = "2023-06/kailu", "2023-06/tuoketuo", "2023-07/chifeng"


@pytest.fixture(params=["memory", "file"])
def reading(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Reading]:
    """Return the reading state in a file, or in memory."""
    store = Reading(":memory:" if request.param == "memory" else tmp_path / "state" / "reading.sqlite")
    yield store
    store.close()


def test_unknown_article_is_no_error(reading: Reading) -> None:
    assert not reading.is_read("没有/这一篇")
    assert reading.position("没有/这一篇") is None
    assert reading.undo() is None


def test_marks_of_many_ids_are_read_in_one_call(reading: Reading) -> None:
    reading.mark_read(KAILU)
    reading.star(CHIFENG)
    page = [KAILU, CHIFENG, *(f"2023-06/{n}" for n in range(2000))]
    assert reading.read_among(page) == {KAILU}
    assert reading.starred_among(page) == {CHIFENG}
    assert reading.read_among([]) == frozenset()


def test_every_kind_of_mark_can_be_undone_and_redone(reading: Reading) -> None:
    reading.mark_read(KAILU)
    reading.toggle_star(KAILU)
    reading.save_search("反诈 place:赤峰")
    reading.toggle_read(KAILU)

    undone = [(change.kind, change.is_on) for change in iter(reading.undo, None)]
    assert undone == [("read", False), ("search", True), ("star", True), ("read", True)]
    assert not reading.is_read(KAILU) and not reading.is_starred(KAILU) and reading.saved_searches() == []

    redone = [(change.kind, change.is_on) for change in iter(reading.redo, None)]
    assert redone == undone[::-1]
    assert not reading.is_read(KAILU) and reading.is_starred(KAILU)
    assert reading.saved_searches() == ["反诈 place:赤峰"]


def test_mark_all_read_is_one_change_that_undo_reverts(reading: Reading) -> None:
    reading.mark_read(KAILU)
    reading.mark_read(TUOKETUO)
    reading.toggle_read(TUOKETUO)
    ids = [KAILU, TUOKETUO, *(f"2023-07/{n:05}" for n in range(12_000))]
    assert reading.mark_all_read(iter(ids)) == 12_001

    change = reading.undo()
    assert change and change.count == 12_001
    assert [id for page in reading.all_read() for id in page] == [KAILU]
    reading.redo()
    assert sorted(id for page in reading.all_read() for id in page) == sorted(ids)


def test_new_mark_clears_the_changes_to_redo(reading: Reading) -> None:
    reading.star(KAILU)
    reading.undo()
    reading.star(CHIFENG)
    assert reading.redo() is None
    assert reading.starred() == [CHIFENG]


def test_mark_without_effect_adds_no_change_to_undo(reading: Reading) -> None:
    reading.mark_read(KAILU)
    assert not reading.mark_read(KAILU)
    assert reading.undo() is not None
    assert reading.undo() is None


def test_starred_articles_and_searches_come_newest_first(reading: Reading) -> None:
    for id in (KAILU, CHIFENG, TUOKETUO):
        reading.star(id)
        reading.save_search(id)
    reading.forget_search(CHIFENG)
    assert reading.starred() == [TUOKETUO, CHIFENG, KAILU]
    assert reading.saved_searches() == [TUOKETUO, KAILU]


def test_back_and_forward_restore_reading_positions(reading: Reading) -> None:
    reading.visit(KAILU)
    reading.remember_position(KAILU, Position(3, 41))
    reading.visit(CHIFENG)
    reading.visit(TUOKETUO)
    assert reading.back(2) == Visit(KAILU, Position(3, 41))
    assert reading.back() is None
    assert reading.forward() == Visit(CHIFENG)
    reading.visit(KAILU)
    assert reading.forward() is None
    assert reading.history() == [KAILU, TUOKETUO, CHIFENG]


def test_library_keeps_its_session(reading: Reading) -> None:
    session = SavedSession(KAILU, "starred", "month", True, "反诈", "reader", 12)
    reading.remember_session("/srv/bulletins", session)
    assert reading.session("/srv/bulletins") == session
    assert reading.session("/srv/others") is None


def test_choice_overrides_a_setting_until_the_setting_changes(reading: Reading) -> None:
    reading.choose("theme", "light", settled="auto")
    assert reading.choice("theme", settled="auto") == "light"
    assert reading.choice("theme", settled="dark") is None
    assert reading.choice("measure", settled="36") is None


def test_name_that_is_not_utf_8_is_stored(reading: Reading) -> None:
    """A folder name may contain any bytes, which Python represents as lone surrogates."""
    library, id = "/srv/\udcb9\udab2", "2023-06/\udcb9"
    reading.mark_read(id)
    reading.visit(id)
    reading.remember_position(id, Position(1, 2))
    reading.save_search(id)
    reading.remember_session(library, SavedSession(id, query="\ud800"))
    assert reading.is_read(id) and reading.position(id) == Position(1, 2)
    assert reading.session(library) is not None
    assert len(reading.history()) == len(reading.saved_searches()) == 1


def test_long_list_is_marked_in_order_of_id_and_each_article_once() -> None:
    given = [f"b/{number:05}" for number in range(12_000)]
    random.Random(5).shuffle(given)
    ordered = list(in_order(given + given[-100:]))
    assert ordered[:UNSORTED_IDS] == given[:UNSORTED_IDS]
    assert ordered[UNSORTED_IDS:] == sorted(given[UNSORTED_IDS:])
    assert list(in_order(given[:3])) == given[:3]
