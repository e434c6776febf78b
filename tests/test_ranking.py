"""The measurement of ranking by known items, and what the score prefers."""

import pytest

from bench.ranking import Item, interval, of_kind, reciprocal_ranks
from tui.query.tree import Term
from tui.text.document import About, Document
from tui.text.score import score

FILLER = "民警走访牧户，讲解安全常识。"


def document(title: str, body: str) -> Document:
    return Document(1, "b/a", (title,), f"{title}\n{body}", About(None, None, None, None, ()))


def test_reciprocal_rank_is_one_over_the_rank_or_zero() -> None:
    items = [Item("one", ("甲",), "a"), Item("two", ("乙",), "b"), Item("two", ("丙",), "c")]
    ranks = reciprocal_ranks(items, {"ranker": lambda _words: ["b", "x", "x", "a"]})["ranker"]
    assert ranks == [1 / 4, 1, 0]
    assert of_kind(items, ranks, "two") == [1, 0]


@pytest.mark.parametrize("values", [[0.0, 1.0] * 50, [0.25] * 20])
def test_interval_contains_the_mean(values: list[float]) -> None:
    low, high = interval(values)
    assert low <= sum(values) / len(values) <= high
    assert high - low < 0.25


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (document("反诈", FILLER * 9), document("反诈一", FILLER * 8 + "反诈" * 6)),
        (document("反诈", FILLER * 9), document("走访", FILLER * 9 + "反诈")),
        (document("反诈宣传", FILLER * 9), document("反诈宣传进校园进社区进牧区进工地", FILLER * 9)),
        (document("走访", FILLER * 9 + "反诈" * 3), document("走访", FILLER * 9 + "反诈")),
        (document("走访", FILLER * 9 + "反诈"), document("走访", FILLER * 90 + "反诈")),
        (document("走访", "反诈" + FILLER * 20), document("走访", FILLER * 20 + "反诈")),
    ],
    ids=["whole headline", "headline", "short headline", "often", "short body", "lead"],
)
def test_score_prefers_an_article_that_is_more_about_the_word(better: Document, worse: Document) -> None:
    word = Term("反诈", "反诈")
    assert score(word, better) > score(word, worse)
