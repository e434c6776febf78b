"""The readings of typed pinyin, on the screen and in the linear mode."""

import pytest

from tests.reading_room import reading_room
from tests.small import articles, stores
from tests.talk import answers
from tui.query.expansion import Interpretation
from tui.query.parser import parse
from tui.query.readings import ChosenReading, all_readings, with_reading
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MemoryIndex
from tui.session.stores import Stores


def searching() -> Stores:
    """Return stores whose search is a real one."""
    return stores()._replace(open_search=lambda: IndexSearch(MemoryIndex(articles())))


@pytest.mark.parametrize(
    ("query", "reading", "chosen"),
    [
        ("kailu", ("kailu", "开鲁"), "=开鲁"),
        ("kailu 警 -kailu", ("kailu", "开鲁"), "=开鲁 警 -=开鲁"),
        ("title:kailu", ("kailu", "开鲁"), "title:=开鲁"),
        ("标题：kailu", ("kailu", "开鲁"), "标题：=开鲁"),
        ("(kailu OR a)|kailux", ("kailu", "开鲁"), "(=开鲁 OR a)|kailux"),
        ("12", ("12", "十二"), "=十二"),
        ("fangxianshouhu", ("fangxianshouhu", "防线 守护"), '"防线 守护"'),
        ("a.b", ("a.b", r"\1(x)"), r'"\1(x)"'),
        ("kailu", ("kailu", "kailu"), "=kailu"),
    ],
)
def test_chosen_reading_replaces_the_typed_word(query: str, reading: tuple[str, str], chosen: str) -> None:
    assert with_reading(query, ChosenReading(*reading)) == chosen
    assert reading[1].replace(" ", "")[:1] in parse(chosen).read_as


def test_all_readings_are_offered_and_the_typed_word_last() -> None:
    shown = Interpretation("kailu", ("开鲁",), ("开路", "凯路"))
    assert [one.word for one in all_readings([shown])] == ["开鲁", "开路", "凯路", "kailu"]


async def test_reading_chosen_on_the_screen_goes_into_the_search_line() -> None:
    async with reading_room(searching()) as room:
        await room.press("slash", *"kailu")
        await room.found("kailu")
        await room.press("shift+down")
        assert room.chooser
        assert room.chooser.choices.choice and room.chooser.choices.choice.label == "开鲁"
        await room.press("enter")
        assert room.screen.search_line.text == "=开鲁"
        await room.press("escape", "R")
        assert room.chooser is None


def test_reading_chosen_in_the_linear_mode_is_searched() -> None:
    said = answers(["/kailu", "readings", "1", "readings"], searching())
    assert "开鲁" in "".join(said[2])
    assert "=开鲁" in "".join(said[3])
    assert "没有别的读法" in "".join(said[4])
