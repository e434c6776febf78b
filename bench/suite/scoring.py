"""How good an answer is, from 0 to 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from .data import Query

FIRST = 10
"""Hits looked at for an ambiguous query; more only if more documents are expected."""

Answers = Mapping[str, Sequence[str]]
"""The ids found, the best first, by the id of the query."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one program."""

    answers: Answers
    by_query: Mapping[str, float]
    by_category: Mapping[str, float]
    """Means."""

    @property
    def total(self) -> float:
        """The mean of the categories, so that a large category counts no more than a small one."""
        return mean(self.by_category.values())


def scores(queries: Sequence[Query], answers: Answers) -> Scores:
    """Score every query; one without an answer counts as nothing found."""
    by_query = {query.id: score(query, answers.get(query.id, ())) for query in queries}
    categories = dict.fromkeys(query.category for query in queries)
    by_category = {
        category: mean(by_query[query.id] for query in queries if query.category == category) for category in categories
    }
    return Scores(answers, by_query, by_category)


def score(query: Query, found: Sequence[str]) -> float:
    """Return F1 of the documents found; for an ambiguous query the share of those expected among the first hits.

    F1 is twice the common documents over the sum of both counts. It is 1 if nothing is expected and nothing found.
    """
    expected = set(query.expected)
    if query.at_least:
        return len(expected.intersection(found[: max(FIRST, len(expected))])) / len(expected)
    if not expected and not found:
        return 1.0
    return 2 * len(expected.intersection(found)) / (len(expected) + len(found))
