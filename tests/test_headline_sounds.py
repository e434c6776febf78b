"""Headlines typed in pinyin."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search_bulletin import BULLETIN, article, heap
from tests.test_search_index import ENGINES, Engine
from tui.fold import dense
from tui.query.headline_sounds import sound_filters, sound_pairs, spoken_part, typed_letters
from tui.word_tables import word_tables

ARTICLES = (
    *BULLETIN,
    article("bank", "重庆银行行长：“绿色”贷款 3.3万亿", "正文。"),
    article("app", "G20峰会安保APP上线运行", "正文。"),
    article("script", "臺灣同胞來到呼倫貝爾草原", "正文。"),
    *heap(400),
)


@ENGINES
@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("zhimijindufangxianshouhucaoyuanpingan", "kailu"),
        ("zhī mì jìn dú fáng xiàn".replace(" ", ""), "kailu"),
        ("zhi1mi4jin4du2fang2xian4", "kailu"),
        ("fangxianshouhucaoyuan", "kailu"),
        ("fang'xian'shou'hu'cao'yuan", "kailu"),
        ("“hongfengyijing”shouhuxiaoyuan", "kyzq"),
        ("chongqingyinhanghangzhang：“lvse”daikuan3.3wanyi", "bank"),
        ("chongqingyinhanghangzhanglüsedaikuan", "bank"),
        ("G20fenghuianbaoAPPshangxianyunxing", "app"),
        ("taiwantongbaolaidaohulunbeiercaoyuan", "script"),
    ],
)
def test_headline_in_pinyin_is_the_first_hit(engine: Engine, typed: str, stem: str) -> None:
    hits = engine(ARTICLES, None).search(typed, limit=3).hits
    assert [hit.article for hit in hits][:1] == [f"ga-2023/{stem}"]


@ENGINES
def test_other_pinyin_finds_no_headline(engine: Engine) -> None:
    assert not engine(ARTICLES, None).search("fangxianshouhucaoyuanlinhai").hits


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from([*"重庆银行长乐绿色调查西安先案方觉和平安", "20", "3", "A", "，", " "]), min_size=6, max_size=24
    ),
    choice=st.integers(0, 10_000),
)
def test_headline_meets_the_conditions_of_its_pinyin(parts: list[str], choice: int) -> None:
    """The conditions follow from the text alone, so they must hold for every reading and every segmentation."""
    headline = "".join(parts).strip() or "题"
    readings = [word_tables().all.get(one, (one.lower(),)) for one in headline if one.isalnum()]
    letters = "".join(said[choice % len(said)] for said in readings)
    assert spoken_part(headline, letters) is not None
    recorded = sound_pairs(dense(headline))
    if any(
        said == (one.lower(),) and one.isalpha()
        for said, one in zip(readings, filter(str.isalnum, headline), strict=True)
    ):
        return  # a Latin letter may continue a syllable
    for condition in sound_filters(letters):
        assert not recorded.isdisjoint(condition.pairs), (letters, condition.pairs)


def test_every_common_syllable_pair_is_found_in_a_long_run() -> None:
    """Two syllables in the middle of others are found, however else the letters may be cut."""
    cut = ("xian", "fangan", "dangan", "jier", "minge", "langao", "tiane", "pingan", "nvren", "lveduo")
    for one, other in product(cut, cut):
        assert sound_filters(f"zhongguo{one}{other}minzhongguo")


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("Zhong1guo2", ["zhong1guo2", "zhongguo"]),
        ("“lǜsè”，3.3wan", ["lvse33wan"]),
        ("开lu", []),
        ("", [""]),
    ],
)
def test_typed_text_gives_its_letters(typed: str, letters: list[str]) -> None:
    assert typed_letters(typed) == letters


@pytest.mark.parametrize("typed", ["neimenggu", "international", "x" * 500, "zhong" * 60])
def test_short_long_or_foreign_text_is_not_read_as_a_headline(typed: str) -> None:
    assert sound_filters(typed) == ()
