"""Spellings that users regard as the same find each other: variants, invisible characters, gaps, numbers."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.search_command import Commands, made, own_folders, searched_both_ways
from tests.search_tables import groups
from tui.article import Article
from tui.clean import clean
from tui.query.numerals import numeral_variants

UNSEEN = {
    "soft hyphen": "\u00ad",
    "combining grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "halfwidth Hangul filler": "\uffa0",
    "Mongolian variation selector": "\u180b",
    "Mongolian vowel separator": "\u180e",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "right-to-left isolate": "\u2067",
    "word joiner": "\u2060",
    "invisible plus": "\u2064",
    "variation selector 1": "\ufe00",
    "variation selector 16": "\ufe0f",
    "byte order mark": "\ufeff",
    "interlinear anchor": "\ufff9",
    "musical beam": "\U0001d173",
    "shorthand overlap": "\U0001bca0",
    "language tag": "\U000e0001",
    "variation selector 17": "\U000e0100",
    "variation selector 256": "\U000e01ef",
}
NUMBERS = (
    ("两百", "二百", "200"),
    ("1200", "1,200", "１，２００", "一千二百", "一千两百", "一千二", "壹仟贰佰"),
    ("12", "十二", "拾贰"),
    ("100", "一百", "壹佰"),
    ("22", "二十二", "廿二"),
    ("30", "三十", "卅"),
    ("200户", "二百户", "两百户", "贰佰户"),
    ("1200公里", "一千二百公里", "1,200公里", "壹仟贰佰公里"),
    ("第18届", "第十八届"),
    ("20万元", "二十万元", "200,000元"),
    ("2023年度", "二〇二三年度"),
    ("2024年3月5日", "二〇二四年三月五日"),
    ("五月", "5月"),
    ("30%", "百分之三十"),
    ("105", "一百零五", "一百〇五"),
    ("2023", "二〇二三", "二零二三", "二○二三"),
    ("25000", "25,000", "2.5万", "两万五千", "二万五千", "两万五"),
    ("3000000", "3,000,000", "300万", "三百万"),
    ("150000000", "1.5亿", "15000万", "一亿五千万"),
)
TITLES = {
    "gap": ("打击侵财犯罪", "守护群众财产"),
    "three": ("一抓到底", "二话不说", "三管齐下"),
    "percent": ("破案率达100%", "群众满意度98分"),
    "latin": ("推广APP", "2.0上线"),
    "inside": ("反诈宣传　进社区",),
}


def _articles() -> Iterator[Article]:
    for number, (name, character) in enumerate(UNSEEN.items()):
        yield made(f"unseen-{number}", "红枫", f"前文{name}。\n\n见红{character}枫义{character}{character}警在此。")
    for number, numbers in enumerate(NUMBERS):
        yield made(f"number-{number}", "数", "\n\n".join(f"共计{one}名，分列。" for one in numbers))
    yield made("longer", "数", "共31,200名、12000名、二千零二十三人、一百二十五、ARJ1200型、1,200,000元。")
    for name, title in TITLES.items():
        yield made(f"title-{name}", title, "正文。")
    yield made("variants", "异体", "\n\n".join(f"甲{one}乙" for group in groups() for one in group))


commands = searched_both_ways(_articles)


def test_variants_of_a_character_find_each_other(commands: Commands) -> None:
    """Every character of every group finds the paragraphs of all others of its group."""
    owners = [group[0] for group in groups() for _ in group]
    characters = "".join(groups())
    for first in range(0, len(owners), 150):
        wanted = set(range(first, min(first + 150, len(owners))))
        (hit,) = commands.hits(" OR ".join(f'"甲{one}乙"' for one in sorted({owners[at] for at in wanted})))
        spans = hit["spans"]
        assert isinstance(spans, list)
        missing = wanted - {field for field, _start, _end in spans}
        assert not missing, "".join(characters[one] for one in missing)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("了解", "瞭解"),
        ("答复", "答覆"),
        ("只有", "祇有"),
        ("着手", "著手"),
        ("什么", "甚麼"),
        ("凭借", "憑藉"),
        ("账户", "帳戶"),
    ],
)
def test_simplified_words_find_their_traditional_spelling(
    typed: str, written: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("traditional")
    with own_folders(folder):
        commands = Commands(folder, [made("one", "題", f"為{written}案情，民警到場。")], indexed=False)
        assert commands.found(typed) == commands.found(written) == ["one"]


def test_invisible_character_does_not_separate_a_word(commands: Commands) -> None:
    """The word is found whether or not the query has the invisible character. The span includes the character."""
    hits = {str(hit["article"]): hit for hit in commands.hits("见红枫义警在此")}
    for number, (name, character) in enumerate(UNSEEN.items()):
        hit = hits.get(f"ga-2023/unseen-{number}")
        assert hit is not None, name
        kept = clean(character)
        assert hit["spans"] == [[1, 0, 7 + 3 * len(kept)]], name
        assert f"ga-2023/unseen-{number}" in {
            str(one["article"]) for one in commands.hits(f"红{character}枫{character}")
        }


def test_folding_drops_every_character_that_unicode_calls_ignorable() -> None:
    from tui.fold import INVISIBLE, fold, visible

    planes = (range(0xD800), range(0xE000, 0x20000), range(0xE0000, 0xE1000))
    every = [chr(code) for plane in planes for code in plane]
    text = "".join(every)
    left_out = {one for one, folded in zip(text, fold(text), strict=True) if folded == INVISIBLE}
    assert left_out == {*every} - {*visible(text)}
    seen = re.compile("NUMBER|SIGN|POUND MARK|ARABIC|SYRIAC|EGYPTIAN")
    ignorable = re.compile("VARIATION SELECTOR|HANGUL.* FILLER|GRAPHEME JOINER|KHMER VOWEL INHERENT|^TAG |LANGUAGE TAG")
    for one in (one for one in every if unicodedata.category(one) in ("Cf", "Mn") or one < "\u3400" or one == "\uffa0"):
        name = unicodedata.name(one, "")
        format_control = unicodedata.category(one) == "Cf" and (one == "\u061c" or not seen.search(name))
        assert not (format_control or ignorable.search(name)) or one in left_out, name


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("打击侵财犯罪守护群众财产", "gap"),
        ("犯罪守护", "gap"),
        ("罪守", "gap"),
        ("打击侵财犯罪 守护群众财产", "gap"),
        ('"打击侵财犯罪 守护群众财产"', "gap"),
        ("title:侵财犯罪守护群众", "gap"),
        ("一抓到底二话不说三管齐下", "three"),
        ("底二话不说三", "three"),
        ("破案率达100%群众满意度98分", "percent"),
        ("破案率达100％群众", "percent"),
        ("推广app2.0上线", "latin"),
        ("反诈宣传进社区", "inside"),
    ],
)
def test_headline_is_found_without_its_gaps(commands: Commands, typed: str, stem: str) -> None:
    assert commands.found(typed)[0] == f"title-{stem}"


def test_span_across_a_gap_of_the_headline_includes_the_gap(commands: Commands) -> None:
    (hit,) = commands.hits("犯罪守护群众")
    assert hit["spans"] == [["title", 4, 11]]
    (hit,) = commands.hits("宣传进社")
    assert hit["spans"] == [["title", 2, 7]]


def test_matches_do_not_extend_from_the_headline_into_the_text(commands: Commands) -> None:
    assert commands.found("群众财产正文") == []


@pytest.mark.parametrize("numbers", NUMBERS, ids=lambda numbers: str(numbers[0]))
def test_number_finds_its_other_spellings(commands: Commands, numbers: tuple[str, ...]) -> None:
    stem = f"number-{NUMBERS.index(numbers)}"
    for typed in numbers:
        (hit,) = [hit for hit in commands.hits(typed) if str(hit["article"]).endswith(stem)]
        spans = hit["spans"]
        assert isinstance(spans, list)
        assert {field for field, _start, _end in spans} == set(range(len(numbers))), typed


def test_other_spellings_of_a_number_are_shown_as_printed(commands: Commands) -> None:
    assert commands.answer("2023")["read_as"] == "2023 › 2,023 二〇二三 二千零二十三 两千零二十三"


def test_number_is_not_found_inside_another(commands: Commands) -> None:
    for typed in ("一千二百", "两百", "十二", "2.5万"):
        assert "longer" not in commands.found(typed), typed


@settings(deadline=None, max_examples=300)
@given(
    st.integers(11, 10**12 - 1) | st.integers(1, 9999).flatmap(lambda n: st.sampled_from([n * 10**k for k in range(8)]))
)
@example(1_200)
@example(20_020_000)
def test_every_spelling_of_a_number_has_the_same_variants(value: int) -> None:
    """Each spelling of a number has all other spellings as variants."""
    if value < 11:
        return
    every = {str(value), *numeral_variants(str(value))}
    for spelling in every:
        assert {spelling, *numeral_variants(spelling)} == every
