"""The form of the public suite for Chinese search, and how answers are scored."""

import argparse
from pathlib import Path

import pytest

from bench import suite as part
from bench.suite.adapters import OURS, Adapter, Unavailable, ask_fts5, ask_ganews
from bench.suite.data import ALL_OF, Query, contains, load
from bench.suite.scoring import score, scores

SUITE = load()
DOCUMENTS = {document.id: document for document in SUITE.documents}
CATEGORIES = {
    *("one-character", "word", "segmentation", "mixed-script", "traditional", "variant", "width", "number"),
    *("punctuation", "pinyin", "polyphone", "initials", "name", "headline"),
}


def test_suite_is_small_and_every_category_is_large_enough() -> None:
    assert len(SUITE.documents) <= 300 and len(SUITE.queries) <= 600
    assert set(SUITE.categories) == CATEGORIES
    for category in CATEGORIES:
        assert sum(query.category == category for query in SUITE.queries) >= 20, category


def test_ids_and_queries_are_unique() -> None:
    assert len(DOCUMENTS) == len(SUITE.documents)
    assert len({query.id for query in SUITE.queries}) == len(SUITE.queries)
    assert len({query.query for query in SUITE.queries}) == len(SUITE.queries)


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_every_expectation_is_explained(category: str) -> None:
    """Each expected document contains a given text, or has a reason. No other document contains the text."""
    for query in SUITE.queries:
        if query.category == category:
            explained = [id for id, one in DOCUMENTS.items() if any(contains(one, text) for text in query.text)]
            assert sorted({*query.expected, *query.unexpected}) == explained, query
            assert not set(query.expected) & set(query.unexpected), query
            assert query.reason or (query.text and not query.unexpected), query
            assert query.expected or not query.at_least, query
            assert all(piece for text in query.text for piece in text.split(ALL_OF)), query


def test_suite_has_queries_that_expect_nothing() -> None:
    assert sum(not query.expected for query in SUITE.queries) >= 20


@pytest.mark.parametrize(
    ("expected", "found", "right"),
    [
        ((), (), 1.0),
        ((), ("a",), 0.0),
        (("a",), (), 0.0),
        (("a",), ("a",), 1.0),
        (("a", "b"), ("a",), 2 / 3),
        (("a",), ("b", "a"), 2 / 3),
    ],
)
def test_score_is_f1_of_the_documents(expected: tuple[str, ...], found: tuple[str, ...], right: float) -> None:
    assert score(Query("q", "word", "x", expected, ()), found) == pytest.approx(right)


def test_score_of_an_ambiguous_query_counts_the_first_hits_only() -> None:
    query = Query("q", "initials", "x", ("a",), (), at_least=True)
    others = [str(number) for number in range(9)]
    assert score(query, [*others, "a"]) == 1
    assert score(query, [*others, "9", "a"]) == 0


def test_ganews_leads_fts5_in_every_category_but_segmentation() -> None:
    """The suite shows strengths and the weakness: the program searches characters, not words."""
    ours, theirs = (scores(SUITE.queries, answers) for answers in (ask_ganews(SUITE), ask_fts5("unicode61", SUITE)))
    for category in CATEGORIES - {"segmentation"}:
        assert ours.by_category[category] > theirs.by_category[category], category
    for category in ("one-character", "word", "variant", "pinyin"):
        assert ours.by_category[category] > 0.99, category


def test_page_names_skipped_programs_and_failures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(_suite: object) -> dict[str, list[str]]:
        raise Unavailable("rg is not installed")

    monkeypatch.setattr(part, "ADAPTERS", (Adapter(OURS, "", lambda _suite: {}), Adapter("ripgrep", "", missing)))
    monkeypatch.setattr(part, "PAGE", tmp_path / "page.md")
    part.run(argparse.Namespace(dry=False))
    text = (tmp_path / "page.md").read_text("utf-8")
    assert "skipped: rg is not installed" in text
    assert "| 反诈 |" in text.split("## What")[1]
