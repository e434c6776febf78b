"""A filter has the same meaning in `list`, in `search`, in the app, alone and inside OR."""

from functools import partial
from pathlib import Path

import pytest

from tests.reading_room import Room, reading_room
from tests.search_command import BULLETIN, Commands, made, searched_both_ways
from tui.article import Article
from tui.catalogue import Catalogue
from tui.indexer import Indexer
from tui.library import Library, render
from tui.paths import state_file
from tui.reading import Reading
from tui.search.engine import SearchEngine
from tui.session.stores import Stores

ARTICLES = (
    made("kailu", "一", "甲", place="开鲁", place_id=150523, authors=("李青山", "乌兰"), date="2023-06-03"),
    made("tongliao", "二", "甲", place="通辽", authors=("李青",), date="2023-06"),
    made("chifeng", "三", "甲", place="赤峰", place_id=150400, authors=("王，明",), date="2023-02-01"),
    made("shanghai", "四", "甲", place="上海", authors=("Ann Lee",), date="2022"),
    made("pudong", "五", "甲", place="上海浦东", date="2022-12-31"),
    made("undated", "六", "甲", place="开鲁", authors=("青山",)),
    made("nowhere", "七", "甲", authors=("李青山",), date="2024-02-29"),
    made("variant", "八", "甲", place="葛\U000e0100城", authors=("著者",), date="2021-05-01"),
)
FILTERS = [
    *(("place", value) for value in ("通辽", "通辽市", "tongliao", "tl", "开鲁", "内蒙古", "赤峰市", "cf")),
    *(("place", value) for value in ("上海", "上海浦东", "上", "shanghai", "葛城", "内蒙")),
    *(
        ("author", value)
        for value in ("李青", "李青山", "李", "青山", "ann lee", "ANN", "王，明", "王,明", "着者", "無")
    ),
    *(
        ("date", value)
        for value in ("2023", "2023-06", "2023-6", "2023-06-03", "2023年6月", "2023/6/3", "2021-05", "2022")
    ),
    *(("date", value) for value in ("2023-06..2023", "2023..2023-06", "2023..2022-06", "2022-12..2023-02", "..2022")),
    *(("date", value) for value in ("2023-06..", "2024-02-29..2024-02-29", "2021-05-31..2021-05-31", "2019")),
]
DATES = {
    "2023-06..2023": ["kailu", "tongliao"],
    "2023..2023-06": ["chifeng", "kailu", "tongliao"],
    "2023..2022-06": ["chifeng", "kailu", "pudong", "tongliao"],
    "2023-6": ["kailu", "tongliao"],
    "2021-05": ["undated", "variant"],
    "2022": ["pudong", "shanghai"],
    "..2022": ["pudong", "shanghai", "undated", "variant"],
}
PLACES = {
    "上海": ["shanghai"],
    "上": ["pudong", "shanghai"],
    "shanghai": ["pudong", "shanghai"],
    "通辽": ["kailu", "tongliao", "undated"],
    "葛城": ["variant"],
}


commands = searched_both_ways(lambda: ARTICLES)


@pytest.mark.parametrize(("name", "value"), FILTERS, ids=lambda value: value)
def test_filter_selects_the_same_articles_in_list_and_search(commands: Commands, name: str, value: str) -> None:
    searched = commands.found(f'{name}:"{value}" -※')
    listed = [stem for stem in commands.listed(f"--{name}", value) if not stem.startswith("filler/")]
    assert sorted(listed) == sorted(searched)


@pytest.mark.parametrize(("value", "stems"), DATES.items())
def test_imprecise_date_covers_every_possible_day(commands: Commands, value: str, stems: list[str]) -> None:
    assert sorted(commands.found(f"date:{value} -※")) == stems


@pytest.mark.parametrize("value", ["有一天", "2023-13", "2023-02-30", "2023-06..昨天", "..", "2023-06-01-02"])
def test_list_refuses_an_invalid_date(commands: Commands, value: str) -> None:
    assert commands.run("list", "--date", value) == (2, "")


@pytest.mark.parametrize(("value", "stems"), PLACES.items())
def test_place_missing_in_the_gazetteer_is_found_by_its_label(commands: Commands, value: str, stems: list[str]) -> None:
    assert sorted(commands.found(f"place:{value}")) == stems


def test_place_that_no_article_names_is_text(commands: Commands) -> None:
    assert commands.answer("place:火星")["read_as"] == '"place:火星"'
    assert commands.run("list", "--place", "火星") == (1, "")


def _answered(room: Room, query: str) -> bool:
    answer = room.session.answer
    return answer is not None and answer.query == query


async def test_filter_selects_the_same_articles_in_the_app(commands: Commands, tmp_path: Path) -> None:
    library = Library(commands.root)
    catalogue = Catalogue(library)
    Indexer(catalogue, processes=0).run()
    catalogue.refresh()
    reading = Reading(tmp_path / "reading.sqlite")

    def search() -> SearchEngine:
        return SearchEngine(catalogue.again(), reading)

    stores = Stores("库", str(commands.root), catalogue, reading, library.gazetteer(), search)
    async with reading_room(stores) as room:
        for name, value in FILTERS[::7]:
            query = f'{name}:"{value}" -※'
            await room.press("escape", "escape", "slash")
            await room.type(query)
            await room.until(partial(_answered, room, query))
            answer = room.session.answer
            assert answer is not None
            found = [hit.article.removeprefix(f"{BULLETIN}/") for hit in answer.hits]
            listed = [stem for stem in commands.listed(f"--{name}", value) if not stem.startswith("filler/")]
            assert sorted(found) == sorted(listed), query


RANKED = (
    made("both", "禁毒宣传", "这里也讲反诈。", date="2023-05-01", place="赤峰", place_id=150400),
    made("titled", "反诈宣传", "正文。", date="2022-05-01", place="开鲁", place_id=150523),
    made("dated", "禁毒月", "正文。", date="2021-05-01", authors=("李青山",)),
    made("other", "其他", "后面" * 60 + "反诈。", date="2020-05-01"),
)


ranked = searched_both_ways(lambda: RANKED)


@pytest.mark.parametrize(
    "wanted",
    [
        "date:2021",
        "place:开鲁",
        "author:李青山",
        "-也讲",
        "-place:赤峰",
        "is:starred",
        "title:月",
        "(date:2021 OR date:2019)",
    ],
)
def test_filter_inside_or_affects_only_its_own_branch(ranked: Commands, wanted: str) -> None:
    """A condition in another branch does not raise the rank of an article."""
    found = ranked.found(f"(禁毒 {wanted}) OR 反诈")
    assert found.index("titled") < found.index("both"), found
    mirrored = ranked.found(f"反诈 OR ({wanted} 禁毒)")
    assert mirrored.index("titled") < mirrored.index("both"), mirrored


def test_alternative_without_words_keeps_title_matches_first(ranked: Commands) -> None:
    assert ranked.found("反诈 OR date:2020")[0] == "titled"


def test_hits_keep_their_score_beside_mark_filters_in_an_alternative(ranked: Commands) -> None:
    """Each hit is scored by its own branch."""
    state = Reading(state_file())
    for stem in ("titled", "other"):
        state.toggle_star(f"{BULLETIN}/{stem}")
    state.close()
    hits = ranked.hits("(反诈 is:starred) OR (其他 is:starred)")
    assert [hit["article"] for hit in hits] == [f"{BULLETIN}/titled", f"{BULLETIN}/other"]
    assert all(isinstance(score := hit["score"], float) and score > 0 for hit in hits)


def test_unknown_place_is_reported_on_its_line(tmp_path: Path) -> None:
    article = Article("b/one", ("题",), place="火星", date="2023-01-01", body="place: 正文")
    text = render(article)
    variants = {
        "plain.md": text,
        "crlf.md": text.replace("\n", "\r\n"),
        "quoted.md": text.replace("place:", '"place" :', 1),
        "late.md": text.replace("---\n", "---\n# 说明\n\ntags: [甲,\n  乙]\n", 1),
        "code.md": text.replace('"火星"', "开鲁\nplace_id: 150122", 1),
    }
    (tmp_path / "b").mkdir()
    for name, written in variants.items():
        (tmp_path / "b" / name).write_bytes(written.encode())
    (tmp_path / "b" / "bulletin.yaml").write_text("id: b\ntitle: 简报\n", "utf-8")
    for problem in Library(tmp_path).load()[1]:
        key = "place_id" if problem.code == "place-id" else "place"
        lines = variants[problem.file.removeprefix("b/")].replace("\r\n", "\n").split("\n")
        assert problem.line and lines[problem.line - 1].lstrip('"').startswith(key), problem
    assert len(Library(tmp_path).load()[1]) == len(variants)
