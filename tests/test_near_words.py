"""Near words, which are offered where a query has no hit."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import small
from tests.program import PATIENCE
from tests.reading_room import reading_room
from tests.search_bulletin import BULLETIN, gazetteer
from tests.search_command import Commands, made, own_folders
from tests.small import articles, stores
from tests.talk import answers
from tests.test_search_index import by_index
from tui.article import Article
from tui.fold import dense
from tui.query.near_words import is_near, near_pieces, near_words
from tui.query.readings import with_reading
from tui.search import index_search
from tui.search.answer import Search
from tui.search.index_search import IndexSearch
from tui.search.memory_index import MemoryIndex
from tui.session.stores import Stores

ARTICLES = (*BULLETIN, made("gap", ("打击犯罪", "守护群众"), "正文"))


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a slow machine look near words up."""
    monkeypatch.setattr(index_search, "NEAR_SECONDS", PATIENCE)


@pytest.fixture(scope="module", params=["whole", "indexed"])
def search(request: pytest.FixtureRequest) -> Search:
    """A search in memory, or by an index."""
    if request.param == "whole":
        return IndexSearch(MemoryIndex(ARTICLES), gazetteer())
    filler = [Article(f"filler/{number:04}", ("※",), date="1990-01-01") for number in range(320)]
    return by_index([*ARTICLES, *filler])


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        *(("反炸", "反诈", True), ("反", "反诈", True), ("反诈骗", "反诈", True), ("诈", "反诈", True)),
        *(("反诈", "反诈", False), ("反诈", "诈反", False), ("", "反诈", False), ("", "", False), ("", "反", True)),
        *(("甲乙丙丁", "甲丙丁", True), ("甲乙丙丁", "甲丙戊", False), ("甲甲", "甲甲甲", True)),
    ],
)
def test_texts_are_near_if_one_character_differs(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is is_near(other, one) is near


@given(st.text("甲乙丙", max_size=7), st.text("甲乙丙", max_size=7))
def test_nearness_is_a_distance_of_one_edit(one: str, other: str) -> None:
    edits = {
        one[:at] + new + one[at + cut :] for at in range(len(one) + 1) for cut in (0, 1) for new in ("", *"甲乙丙")
    }
    assert is_near(one, other) is (other in edits and one != other)


def test_near_words_are_names_and_words_of_the_table() -> None:
    assert near_words("反炸", ["反咋"])[0] == "反咋"
    assert "方案" in near_words("方暗", ())
    assert "澳大利亚" in near_words("澳大利", ())
    assert "澳大利亚" in near_words("澳大利利亚", ())
    assert near_words("反", ()) == near_words("安" * 100, ()) == []


def test_near_pieces_are_printed_without_gaps() -> None:
    assert "打擊犯罪守護群眾" in near_pieces(dense("打击犯罪守护群从"), ("打擊犯罪", "守護群眾"))
    assert "police work" in near_pieces("police wort", ("police work",))
    assert list(near_pieces("打击罪", ("打击犯罪",))) == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        *(("反炸", "反诈"), ("反诈片", "反诈"), ("红枫乂警", "红枫义警"), ("开路县", "开鲁县"), ("赤锋", "赤峰")),
        *(("打击犯罪守护群从", "打击犯罪守护群众"), ("打击犯守护群众", "打击犯罪守护群众")),
        *(("打擊犯罪守護群從", "打击犯罪守护群众"), ("森林警察巡护林还", "森林警察巡護林海"), ("反炸 公安局", "反诈")),
    ],
)
def test_word_with_one_error_is_offered_first(search: Search, query: str, first: str) -> None:
    answer = search.search(query)
    assert (answer.hits, answer.total) == ((), 0)
    assert answer.near and answer.near[0].word == first


@pytest.mark.parametrize(
    "query", ["反诈", "=反炸", '"反炸"', "反炸 date:1901", "火星轨道站", "-反炸", "反", "place:赤锋"]
)
def test_nothing_is_offered_that_finds_nothing(search: Search, query: str) -> None:
    assert search.search(query).near == ()


def test_nothing_is_looked_up_for_a_search_with_a_budget(search: Search) -> None:
    assert search.search("反炸", budget=1.0).near == ()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_offered_words_find_articles_and_are_no_hits(data: st.DataObject) -> None:
    search = IndexSearch(MemoryIndex(ARTICLES), gazetteer())
    title = dense("".join(data.draw(st.sampled_from(ARTICLES)).title))
    start = data.draw(st.integers(0, len(title)))
    text = title[start : start + data.draw(st.integers(2, 12))]
    at = data.draw(st.integers(0, len(text)))
    query = text[:at] + data.draw(st.sampled_from(["", "众", "龘", "x"])) + text[at + data.draw(st.integers(0, 1)) :]
    answer = search.search(query)
    assert not (answer.near and answer.hits) and len(answer.near) <= 6
    for offered in answer.near:
        assert search.search(with_reading(query, offered)).hits, (query, offered)


def searching() -> Stores:
    """Return stores whose search is a real one."""
    return stores()._replace(open_search=lambda: IndexSearch(MemoryIndex(articles()), small.gazetteer()))


async def test_near_word_is_chosen_on_the_screen() -> None:
    async with reading_room(searching()) as room:
        await room.press("slash", *"开炉")
        await room.until(lambda: (answer := room.session.answer) is not None and bool(answer.near))
        assert room.session.answer and room.session.answer.total == 0
        await room.until(lambda: "没有找到。相近：开鲁" in room.said)
        await room.press("shift+down")
        assert room.chooser and room.chooser.choices.choice and room.chooser.choices.choice.label == "开鲁"
        await room.press("enter")
        assert room.screen.search_line.text == "=开鲁"


def test_near_word_is_chosen_in_the_linear_mode() -> None:
    said = answers(["/开炉", "readings", "1"], searching())
    assert "没有找到。相近：开鲁" in "".join(said[1])
    assert "开鲁" in "".join(said[2])
    assert "=开鲁" in "".join(said[3])


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    folder = tmp_path_factory.mktemp("near")
    with own_folders(folder):
        yield Commands(folder, ARTICLES, indexed=False)


def test_near_words_are_a_remark_of_the_command(commands: Commands, capsys: pytest.CaptureFixture[str]) -> None:
    from tui.cli import main

    assert main(["search", "--library", str(commands.root), "反炸"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "" and "没有找到。相近：反诈" in printed.err and "0 篇" not in printed.err
    assert main(["search", "--library", str(commands.root), "--json", "反炸"]) == 1
    printed = capsys.readouterr()
    assert "反诈" not in printed.out + printed.err
