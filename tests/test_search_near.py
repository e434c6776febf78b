"""The `near:` and `sort:` filters in both indexes."""

import pytest

from tests.search_bulletin import article
from tests.test_search_index import ENGINES, Engine, found
from tui.query.parser import parse
from tui.query.tree import Near

ARTICLES = (
    article("close", "甲", "民警讲解反诈知识。", date="2023-06-01"),
    article("far", "乙", "民警" + "走" * 30 + "反诈。", date="2023-06-02"),
    article("fields", "民警", "反诈。", date="2023-06-03"),
    article("chain", "丙", "反诈一二三社区四五六民警。", date="2023-06-04"),
)


@ENGINES
@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("民警 反诈 near:2 sort:newest", ["close"]),
        ("民警 反诈 近:30 序:新", ["chain", "far", "close"]),
        ("民警 反诈 near:29 sort:oldest", ["close", "chain"]),
        ("民警 反诈 near:1", []),
        ("民警 反诈 社区 near:3", ["chain"]),
        ("(民警 fanzha near:2) date:2023", ["close"]),
        ("反诈 -(民警 反诈 near:29) sort:oldest", ["far", "fields"]),
        ("民警 sort:oldest", ["close", "far", "fields", "chain"]),
        ("date:2023 sort:oldest", ["close", "far", "fields", "chain"]),
        ("反诈 near:5 sort:newest", ["chain", "fields", "far", "close"]),
    ],
)
def test_near_and_sort_mean_the_same_in_both_indexes(engine: Engine, query: str, stems: list[str]) -> None:
    search = engine(ARTICLES, None)
    assert found(search, query) == stems
    assert search.search(query, limit=1).total == len(stems)


@pytest.mark.parametrize(
    "typed",
    ["民警 反诈 near:5", "(a b near:3) OR c", "-(a b near:3) place:x", "a b near:5 sort:oldest", "a OR b sort:newest"],
)
def test_near_and_sort_parse_the_same_after_writing(typed: str) -> None:
    query = parse(typed)
    again = parse(query.read_as)
    assert (again.root, again.order, again.read_as) == (query.root, query.order, query.read_as)


@pytest.mark.parametrize("typed", ["a b near:0", "a b near:1001", "a b near:x", "a sort:no"])
def test_invalid_near_or_sort_is_text(typed: str) -> None:
    query = parse(typed)
    assert not isinstance(query.root, Near)
    assert query.order == ""
    assert '"' in query.read_as
