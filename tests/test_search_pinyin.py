"""Pinyin divided into syllables in every possible way: known words and names come before accidental combinations."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import pytest

from tests.search_bulletin import gazetteer
from tests.search_command import Commands, made, searched_both_ways
from tui.article import Article
from tui.fold import dense
from tui.query.lexicon import Lexicon
from tui.query.pinyin import kinds_of_ways
from tui.text.word_borders import is_accidental
from tui.word_tables import word_tables

TOGETHER = 30
"""Number of words in one query."""


@cache
def _ambiguous() -> list[tuple[str, str, list[str]]]:
    """Return two-character words with ambiguous pinyin: the word, its pinyin, and accidental combinations.

    Leaves out pinyin that several words share.
    """
    found: dict[str, tuple[str, list[str]]] = {}
    known = word_tables().pairs
    by_pinyin: dict[str, set[str]] = {}
    for word, syllables, weight in _table():
        by_pinyin.setdefault("".join(syllables), set()).add(word)
        if len(word) != 2 or weight < 4:
            continue
        typed = "".join(syllables)
        others = [
            way for way in kinds_of_ways(typed).whole if len(way) == 2 and [one.text for one in way] != [*syllables]
        ]
        accidents = ["".join(word_tables().syllables[one.text][0] for one in way) for way in others]
        accidents = [one for one in accidents if one not in known]
        if accidents:
            found[typed] = (word, accidents)
    return [(word, typed, accidents) for typed, (word, accidents) in found.items() if by_pinyin[typed] == {word}]


def _table() -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield every word of the table with its syllables and its weight, which grows with its frequency."""
    initials = [line.partition(" ")[0] for line in word_tables()._words.splitlines() if line]
    for one in initials:
        for reading in word_tables().of_initials(one):
            yield reading.word, reading.syllables, reading.weight


def _articles_of_commands() -> list[Article]:
    return [
        made("accidents", "音", "\n\n".join(one for _, _, accidents in _ambiguous() for one in accidents), date="2024"),
        made("words", "词", "\n\n".join(word for word, *_ in _ambiguous()), date="2020"),
        made(
            "more",
            "侵略",
            "法律 策略 女儿 疟疾 虐待 乐亭 六安 蚌埠 尉迟 重庆 长春 答覆 瞭解 翻案 方案 反干",
            date="2020",
        ),
        made("named", "人", "正文", authors=("方安", "吕略"), place="乐亭", date="2020"),
    ]


commands = searched_both_ways(_articles_of_commands)


def test_table_has_words_whose_pinyin_is_ambiguous() -> None:
    typed = {pinyin: word for word, pinyin, _ in _ambiguous()}
    assert len(typed) >= 40
    assert {"方案", "档案", "平安"} & {*typed.values()}


def test_words_of_every_division_come_before_accidental_combinations(commands: Commands) -> None:
    ambiguous = _ambiguous()
    for first in range(0, len(ambiguous), TOGETHER):
        some = ambiguous[first : first + TOGETHER]
        read_as = str(commands.answer(" OR ".join(typed for _, typed, _ in some))["read_as"])
        parts = dict(part.strip('()"').split(" › ") for part in read_as.split(" OR ") if " › " in part)
        for word, typed, accidents in some:
            readings = parts[typed].split(" ")
            assert word in readings, f"{typed}: {readings}"
            assert not {*readings[: readings.index(word)]} & {*accidents}, f"{typed}: {readings}"


def test_divisions_of_pinyin_include_the_syllables_of_every_word() -> None:
    """The table is sorted by initials; the test takes every fourth word."""
    for word, syllables, _ in islice(_table(), 0, None, 4):
        divided = [tuple(step.text for step in way) for way in kinds_of_ways("".join(syllables)).whole]
        assert syllables in divided, word


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        *(("qinlue", "侵略"), ("qinlve", "侵略"), ("qinlüe", "侵略"), ("qīnlüè", "侵略"), ("celue", "策略")),
        *(
            ("nuedai", "虐待"),
            ("nvedai", "虐待"),
            ("nueji", "疟疾"),
            ("falv", "法律"),
            ("nver", "女儿"),
            ("nü'er", "女儿"),
        ),
        *(("laoting", "乐亭"), ("luan", "六安"), ("lu'an", "六安"), ("bengbu", "蚌埠"), ("yuchi", "尉迟")),
        *(("chongqing", "重庆"), ("changchun", "长春"), ("fangan", "方案"), ("fang'an", "方案"), ("fan'an", "翻案")),
        *(("dafu", "答复"), ("liaojie", "了解"), ("瞭jie", "了解"), ("法lv", "法律"), ("qinlu", "")),
    ],
)
def test_word_is_found_by_every_spelling_of_its_pinyin(commands: Commands, typed: str, word: str) -> None:
    read_as = str(commands.answer(typed)["read_as"])
    assert (word in read_as.partition(" › ")[2].split(" ")) if word else "侵略" not in read_as, read_as


@pytest.mark.parametrize(("typed", "name"), [("lvlue", "吕略"), ("lülüe", "吕略")])
def test_author_is_found_by_every_spelling_of_the_name(commands: Commands, typed: str, name: str) -> None:
    assert name in str(commands.answer(typed)["read_as"])


def _spellings(syllables: tuple[str, ...]) -> Iterator[str]:
    """Yield the ways to type these syllables in full."""
    for joined in (
        "".join(syllables),
        "'".join(syllables),
        "".join(f"{one}{at % 5 + 1}" for at, one in enumerate(syllables)),
    ):
        yield joined
        if "v" in joined:
            yield from (joined.replace("v", other) for other in ("ü", "u:", "Ü"))
        for old, new in (("lve", "lue"), ("nve", "nue")):
            if old in joined:
                yield joined.replace(old, new)


def test_every_spelling_of_a_word_is_interpreted_as_the_word() -> None:
    """The test takes every 200th word of the table and every fourth with ü.

    The whole table passes too, but takes minutes.
    """
    lexicon = Lexicon(gazetteer())
    words = list(_table())
    some = [word for word in words if any("v" in one for one in word[1])][::4] + words[::200]
    for word, syllables, _ in some:
        for typed in _spellings(syllables):
            found = lexicon.interpretations(typed, lambda asked: dict.fromkeys(asked, 1), lambda _: {})
            assert any(dense(one) in dense(word) for one in found), (word, typed)


def test_full_pinyin_of_every_place_is_interpreted_as_the_place() -> None:
    lexicon = Lexicon(gazetteer())
    for place in gazetteer().places:
        typed = "".join(place.label_pinyin)
        found = lexicon.interpretations(typed, lambda asked: dict.fromkeys(asked, 1), lambda _: {})
        assert any(dense(one) in dense(place.label) for one in found), place.label


HOMOPHONES = ("实施", "事实", "时时", "逝世", "试试", "史诗", "失事", "时事", "适时")


def _articles_of_homophones() -> list[Article]:
    return [made(f"h{at}", "音", f"正文里有{word}。", date="2024") for at, word in enumerate(HOMOPHONES)]


homophones = searched_both_ways(_articles_of_homophones)


def test_every_homophone_is_found_and_six_are_shown(homophones: Commands) -> None:
    answer = homophones.answer("shishi")
    assert sorted(homophones.found("shishi")) == [f"h{at}" for at in range(len(HOMOPHONES))]
    shown = str(answer["read_as"]).removeprefix("shishi › ").removesuffix(" …").split(" ")
    assert len(shown) == 6
    assert set(shown) < set(HOMOPHONES)


def test_word_after_an_equals_sign_is_literal(homophones: Commands) -> None:
    assert homophones.found("=史诗") == [f"h{HOMOPHONES.index('史诗')}"]
    assert homophones.found("=shishi") == []
    assert homophones.answer("=shishi")["read_as"] == '"shishi"'
    assert sorted(homophones.found("-=史诗 shishi")) == [
        f"h{at}" for at, word in enumerate(HOMOPHONES) if word != "史诗"
    ]


def _articles_of_borders() -> list[Article]:
    texts = {"b1": "公安民警积极走访。", "b2": "民警王静说话。", "b3": "银行柜员曝光骗术。"}
    return [made(stem, "音", text) for stem, text in texts.items()]


borders = searched_both_ways(_articles_of_borders)


@pytest.mark.parametrize(
    ("typed", "shown", "hits"),
    [
        *(("jingji", "经济", []), ("wangjing", "王静", ["b2"])),
        *(("yinhang", "银行", ["b3"]), ("puguang", "曝光", ["b3"])),
    ],
)
def test_end_and_beginning_of_words_are_no_reading(borders: Commands, typed: str, shown: str, hits: list[str]) -> None:
    assert borders.found(typed) == hits
    assert borders.answer(typed)["read_as"] == f"{typed} › {shown}"


@pytest.mark.parametrize(
    ("characters", "text", "accidental"),
    [
        *(("警积", "民警积极", True), ("警积", "民警积在", False), ("警积", "民警积极，警积", False)),
        *(("积极", "民警积极", False), ("民警", "民警积极", False)),
    ],
)
def test_characters_across_two_words_are_accidental(characters: str, text: str, accidental: bool) -> None:
    assert is_accidental(characters, text) is accidental


def _initialled(word: str, syllables: tuple[str, ...]) -> str:
    return "".join(one[0] for one in syllables) if all(syllables) else word


def test_initials_find_every_common_word() -> None:
    """The test takes every 25th of the 5,000 commonest words; each counts as often as its weight is low."""
    lexicon, weights = Lexicon(gazetteer()), word_tables().weights()
    typed = {word: _initialled(word, syllables) for word, syllables, _ in _table()}
    for word in sorted(weights, key=lambda word: -weights[word])[:5000:25]:
        found = lexicon.interpretations(
            typed[word], lambda asked: {one: 30 - weights.get(one, 0) for one in asked}, lambda _: {}
        )
        assert any(dense(one) in dense(word) for one in found), (word, found)
        assert len(found) <= 200


COMMON_SJ = ("世界", "时间", "设计", "实际", "手机", "数据", "世纪", "书记", "市级", "事件")


def _articles_of_initials() -> list[Article]:
    return [made(f"i{at}", "音", f"正文里有{word}。", date="2024") for at, word in enumerate(COMMON_SJ)]


initials = searched_both_ways(_articles_of_initials)


def test_common_words_beyond_the_six_shown_are_found_by_their_initials(initials: Commands) -> None:
    shown = str(initials.answer("sj")["read_as"]).removeprefix("sj › ").removesuffix(" …").split(" ")
    assert len(shown) == 6
    assert {f"i{at}" for at, word in enumerate(COMMON_SJ) if word != "市级"} <= {*initials.found("sj")}
