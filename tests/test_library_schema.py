"""The schema in docs/ and the loader accept the same lines."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tui.library.fields import BadArticle
from tui.library.jsonl_line import parse_line
from tui.library.written_dates import ISO_DATE, WRITTEN_DATE, iso_date

SCHEMA = (Path(__file__).parent.parent / "docs/format.schema.json").read_text("utf-8")
# `$` matches only at the end in ECMAScript; in Python it also matches before a final line feed.
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.replace('$"', '\\\\Z"')))

words = st.text(alphabet="禁毒反诈ab1 、/\\.\t\n\u3000\x1b", max_size=4) | st.just("字" * 2001)
anything = st.none() | st.booleans() | st.integers(-5, 9) | st.floats(0.1, 0.9) | words | st.lists(words, max_size=2)
dates = st.dates().map(str) | st.from_regex(r"[12][0-9]{3}(-[0-3][0-9]){0,2}", fullmatch=True) | st.integers(0, 12000)
sources = st.fixed_dictionaries({}, optional={"file": words, "first": anything, "last": anything, "more": anything})
people = st.fixed_dictionaries({}, optional={"name": words | anything, "mail": words})
lines = st.fixed_dictionaries(
    {},
    optional={
        "id": words | anything,
        "body": words | anything,
        "title": st.lists(words, min_size=1, max_size=2) | anything,
        "place": words | anything,
        "place_id": st.integers(0, 2_000_000) | anything,
        "dateline": words | anything,
        "authors": st.lists(words | people, max_size=2) | people | anything,
        "byline": words | anything,
        "date": dates | anything,
        "source": sources | anything,
        "tags": st.lists(words, max_size=2) | anything,
    },
)
good = st.fixed_dictionaries({"id": st.just("a1"), "body": st.just(""), "title": st.just(["甲"])})


def accepts(line: dict[str, object]) -> bool:
    """Return whether the loader accepts the line without a problem."""
    try:
        _article, problems = parse_line("b", json.dumps(line), "b/articles.jsonl", 1)
    except BadArticle:
        return False
    return not problems


@given(lines)
def test_loader_and_schema_agree_on_any_line(line: dict[str, object]) -> None:
    assert accepts(line) == VALIDATOR.is_valid(line)


@given(good, lines)
def test_loader_and_schema_agree_on_lines_with_one_fault(fine: dict[str, object], other: dict[str, object]) -> None:
    for key in other:
        line = fine | {key: other[key]}
        assert accepts(line) == VALIDATOR.is_valid(line), key


@given(st.dates())
def test_every_existing_day_is_a_date(day: date) -> None:
    assert re.fullmatch(ISO_DATE, day.isoformat())


def test_day_that_does_not_exist_is_not_a_date() -> None:
    for text in ("2023-02-29", "1900-02-29", "2023-04-31", "2023-13", "2023-00-01", "2023-6-1", "23-06-01"):
        assert not re.fullmatch(ISO_DATE, text)
    assert re.fullmatch(ISO_DATE, "2000-02-29")


def test_schema_and_loader_have_the_same_date_pattern() -> None:
    assert json.loads(SCHEMA)["$defs"]["date"]["anyOf"][3]["pattern"] == f"^[ \t\u3000]*({WRITTEN_DATE})?[ \t\u3000]*$"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2016-07-12 21:53:50", "2016-07-12"),
        ("2023-06-02T10:00:00+08:00", "2023-06-02"),
        ("2023-06-02T10:00:00.123Z", "2023-06-02"),
        ("2023-06-02 1:05 +0800", "2023-06-02"),
        ("2022/10/24", "2022-10-24"),
        ("2023.6.2", "2023-06-02"),
        ("2023-6-2", "2023-06-02"),
        ("20230602", "2023-06-02"),
        ("2023年6月2日", "2023-06-02"),
        ("2023 年 6 月 2 日", "2023-06-02"),
        ("2023年6月", "2023-06"),
        ("2023/06", "2023-06"),
        ("2023年", "2023"),
        ("2023", "2023"),
        ("June 2, 2023", "2023-06-02"),
        ("Jun 2 2023 10:00", "2023-06-02"),
        ("2nd of June, 2023", "2023-06-02"),
        ("02-Sept-2023", "2023-09-02"),
        ("Fri, 02 Jun 2023 10:05:00 +0800", "2023-06-02"),
        ("Friday, June 2nd, 2023", "2023-06-02"),
        ("Feb. 29, 2024", "2024-02-29"),
        ("Jun 2023", "2023-06"),
        ("May, 2023", "2023-05"),
        ("Feb 29, 2023", None),
        ("June 31, 2023", None),
        ("Foo 2, 2023", None),
        ("2023-02-29", None),
        ("2023/13/01", None),
        ("去年", None),
        ("6月2日", None),
    ],
)
def test_date_is_read_with_its_written_precision(written: str, date: str | None) -> None:
    assert iso_date(written) == date


def test_line_feed_alone_is_no_date() -> None:
    line: dict[str, object] = {"id": "a1", "body": "", "title": ["甲"], "date": "\n"}
    assert not accepts(line) and not VALIDATOR.is_valid(line)
