"""The query language: parsing what the user typed."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.search_bulletin import gazetteer
from tui.query.dates import period, within
from tui.query.filters import AuthorFilter, BulletinFilter, DateFilter, MarkFilter
from tui.query.parser import parse
from tui.query.places import PlaceResolver
from tui.query.tree import And, Not, Or, Term

PLACES = PlaceResolver(gazetteer())


def word(text: str, **more: bool) -> Term:
    return Term(text, text, **more)


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("反诈", word("反诈")),
        ("反诈 禁毒", And((word("反诈"), word("禁毒")))),
        ("反诈　禁毒", And((word("反诈"), word("禁毒")))),
        ("反诈 AND 禁毒", And((word("反诈"), word("禁毒")))),
        ("反诈 且 禁毒", And((word("反诈"), word("禁毒")))),
        ("反诈 OR 禁毒", Or((word("反诈"), word("禁毒")))),
        ("反诈|禁毒", Or((word("反诈"), word("禁毒")))),
        ("反诈 或 禁毒", Or((word("反诈"), word("禁毒")))),
        ("反诈 ｜ 禁毒", Or((word("反诈"), word("禁毒")))),
        ("开鲁 反诈 | 禁毒", Or((And((word("开鲁"), word("反诈"))), word("禁毒")))),
        ("开鲁 (反诈 | 禁毒)", And((word("开鲁"), Or((word("反诈"), word("禁毒")))))),
        ("开鲁 -反诈", And((word("开鲁"), Not(word("反诈"))))),
        ("开鲁 －反诈", And((word("开鲁"), Not(word("反诈"))))),
        ("开鲁 NOT 反诈", And((word("开鲁"), Not(word("反诈"))))),
        ("开鲁 非 反诈", And((word("开鲁"), Not(word("反诈"))))),
        ("-(开鲁 反诈)", Not(And((word("开鲁"), word("反诈"))))),
        ('"红枫 义警"', word("红枫 义警", literal=True)),
        ('"红枫 义', word("红枫 义", literal=True)),
        ("title:禁毒", word("禁毒", title=True)),
        ("题：禁毒", word("禁毒", title=True)),
        ('标题:"禁毒 防线"', word("禁毒 防线", title=True, literal=True)),
        ("author:江枫", AuthorFilter("江枫", "江枫")),
        ("作者:江枫", AuthorFilter("江枫", "江枫")),
        ("is:unread", MarkFilter("unread")),
        ("is:收藏", MarkFilter("starred")),
        ("date:2023-06..2023-07", DateFilter("2023-06..2023-07", "2023-06-01", "2023-07-31")),
        ("日：2024年2月", DateFilter("2024年2月", "2024-02-01", "2024-02-29")),
        ("date:2023..", DateFilter("2023..", "2023-01-01", "")),
        ("", And(())),
        ("反诈 反诈", word("反诈")),
        ("反诈 | 反诈 反诈", word("反诈")),
        ('""', And(())),
    ],
)
def test_operators_are_parsed(typed: str, root: object) -> None:
    assert parse(typed, PLACES).root == root


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "OR",
            "|",
            "-",
            "非",
            "或",
            '"',
            "(",
            ")",
            "((",
            "(刘星)",
            "f(x)",
            "a)",
            "place:",
            "6月1日",
            "1%",
            "“红枫义警”",
        ),
        *("--", "C++", "2023-06", "是:"),
    ],
)
def test_invalid_operators_are_text(typed: str) -> None:
    read = parse(typed, PLACES)
    assert isinstance(read.root, Term)
    assert read.root.typed == typed


@pytest.mark.parametrize("typed", ["place:火星", "date:有一天", "is:好看", "date:2023-02-30"])
def test_invalid_filter_is_text_and_shown_in_quotes(typed: str) -> None:
    read = parse(typed, PLACES)
    assert isinstance(read.root, Term)
    assert read.read_as == f'"{typed}"'


@pytest.mark.parametrize("typed", ["赤峰", "赤峰市", "chifeng", "cf", "CHIFENG", "chìfēng"])
def test_place_filter_takes_label_name_pinyin_and_initials(typed: str) -> None:
    found = PLACES(typed)
    assert found is not None
    assert 150400 in found.codes


def test_league_includes_its_counties() -> None:
    found = PLACES("通辽")
    assert found is not None
    assert {"通辽", "开鲁"} <= found.labels


def test_region_includes_all_places() -> None:
    found = PLACES("内蒙古")
    assert found is not None
    assert len(found.codes) > 100


def test_place_filter_takes_short_forms_and_beginnings_of_names() -> None:
    for typed in ("呼市", "呼和"):
        found = PLACES(typed)
        assert found is not None
        assert 150100 in found.codes


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_string_is_parsed_as_a_query(typed: str) -> None:
    parse(typed, PLACES)


PIECES = st.sampled_from(
    [*'()"-|: \t　－：', "OR", "AND", "NOT", "非", "或", "place:", "author:", "date:", "a", "禁毒", "2023", ".."]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
@example('author:"|')
@example('-(-"|"):|aOR ')
@example('author:"-b')
@example('author::"')
@example(')|b b ( b author:"author:a')
@example(":a:OR |b author:a( author:")
def test_displayed_query_parses_to_the_same_query(typed: str) -> None:
    """The displayed query is itself a valid query."""
    shown = parse(typed, PLACES).read_as
    assert parse(shown, PLACES).read_as == shown


@pytest.mark.parametrize(
    "typed", ["(" * 10_000, "-" * 10_000, "(a " * 3_000 + ") " * 3_000, "a " * 5_000, "NOT " * 5_000]
)
def test_very_deep_or_long_query_is_parsed(typed: str) -> None:
    parse(typed)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2023", ("2023-01-01", "2023-12-31")),
        ("２０２３－０６", ("2023-06-01", "2023-06-30")),
        ("2023.6.1", ("2023-06-01", "2023-06-01")),
        ("2023年6月1日", ("2023-06-01", "2023-06-01")),
        ("..2023-06", ("", "2023-06-30")),
        ("2023-07..2023-06", ("2023-06-01", "2023-07-31")),
        ("2023至2024", ("2023-01-01", "2024-12-31")),
        ("9999-12", ("9999-12-01", "9999-12-31")),
        ("2023-13", None),
        ("..", None),
        ("2023\n", None),
    ],
)
def test_period_of_a_date_is_its_first_and_last_day(typed: str, days: tuple[str, str] | None) -> None:
    assert period(typed) == days


def test_imprecise_date_is_within_a_period_only_as_a_whole() -> None:
    assert within("2023-06", "2023-06-01", "2023-06-30")
    assert not within("2023", "2023-06-01", "2023-06-30")
    assert within("2023", "2023-01-01", "")
    assert not within(None, "", "2024-01-01")


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("30d", ("2023-05-17", "2023-06-15")),
        ("近30天", ("2023-05-17", "2023-06-15")),
        ("最近 2 周", ("2023-06-02", "2023-06-15")),
        ("近3个月", ("2023-03-16", "2023-06-15")),
        ("1y", ("2022-06-16", "2023-06-15")),
        ("今天", ("2023-06-15", "2023-06-15")),
        ("昨天", ("2023-06-14", "2023-06-14")),
        ("本周", ("2023-06-12", "2023-06-18")),
        ("上个月", ("2023-05-01", "2023-05-31")),
        ("今年", ("2023-01-01", "2023-12-31")),
        ("2023年", ("2023-01-01", "2023-12-31")),
        ("0d", None),
        ("9999y", None),
        ("近天", None),
    ],
)
def test_period_counts_relative_dates_from_today(typed: str, days: tuple[str, str] | None) -> None:
    assert period(typed, date(2023, 6, 15)) == days


def test_relative_month_ends_with_its_own_last_day() -> None:
    assert period("1m", date(2023, 3, 31)) == ("2023-03-01", "2023-03-31")


def test_bulletin_filter_takes_id_title_or_part_of_them() -> None:
    titles = {"ga-2023": "公安新闻", "ga-2024": "公安新闻续"}
    for typed, ids in (
        ("册:公安新闻", {"ga-2023"}),
        ("bulletin:GA-2024", {"ga-2024"}),
        ("公报:公安", {"ga-2023", "ga-2024"}),
        ("bulletin:2024", {"ga-2024"}),
    ):
        root = parse(typed, bulletins=titles).root
        assert isinstance(root, BulletinFilter)
        assert root.ids == ids
    assert parse("bulletin:无", bulletins=titles).read_as == '"bulletin:无"'
