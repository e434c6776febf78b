"""Filters by tag and bulletin: the index and the scan give the same."""

from collections.abc import Iterable

import pytest

from tests.search_bulletin import article
from tests.test_search_index import ENGINES, Engine, found
from tui.article import Article

TAGGED = (
    article("one", "反诈宣传", "正文。", tags=("反诈", "进社区"), date="2023-06-01"),
    article("two", "禁毒宣传", "正文。", tags=("禁毒", "AI Coding"), date="2023-06-02"),
    article("none", "巡逻", "正文。", date="2023-06-03"),
    Article("other/three", ("反诈反詐",), body="正文。", tags=("反诈",), date="2023-06-04"),
    Article("Other/four", ("大小写",), body="正文。", tags=("x" * 70 + "1",), date="2023-06-05"),
)


@ENGINES
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("tag:反诈", ["other/three", "one"]),
        ("标签:反詐", ["other/three", "one"]),
        ("tag:反", []),
        ('tag:"ai coding"', ["two"]),
        ("-tag:反诈", ["Other/four", "none", "two"]),
        ("tag:反诈 OR tag:禁毒", ["other/three", "two", "one"]),
        ("tag:反诈 宣传", ["one"]),
        ("bulletin:ga-2023", ["none", "two", "one"]),
        ("册:ga", ["none", "two", "one"]),
        ("bulletin:other", ["Other/four", "other/three"]),
        ("bulletin:ga tag:禁毒", ["two"]),
        (f"tag:{'x' * 70}2", []),
        (f"tag:{'x' * 70}1", ["Other/four"]),
    ],
)
def test_tag_and_bulletin_filters_find_the_same_in_both_indexes(engine: Engine, query: str, ids: Iterable[str]) -> None:
    search = engine(TAGGED, None)
    assert found(search, query) == ids
    assert search.search(query, limit=1).total == len(list(ids))
