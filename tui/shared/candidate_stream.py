"""The candidates of a query from all nodes, newest or oldest first, fetched a page at a time."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from ..query.tree import Node, has_words
from .node_link import Row, Statement, understood
from .node_links import Answers
from .received_rows import ARTICLE, Candidate, candidates_of
from .sql_condition import Marked, condition, day_range, tsquery

FIRST_PAGE = 100
"""Articles of the first page: those of which a search compares the lengths."""
_WHOLE = 50
"""Articles of the first page that come with their texts: the 40 that one screen may need, and up to ten before them."""
_PAGE = 200
"""Articles of each later page."""
_ENOUGH = 60
"""Candidates after which the server leaves out the readings of a query that follow."""
_HITS = (
    f"select {ARTICLE} from hits(%s, %s::text::tsquery, %s, %s, first_day => %s, last_day => %s,"
    " before_day => %s, before_number => %s, oldest => %s)"
)
_FIRST = f"select stream, is_whole, {ARTICLE} from first_pages(%s::jsonb, {FIRST_PAGE}, {_ENOUGH})"
_WALKED = 200
"""Articles that are tested without the index: it cannot deliver in order, but a title has few of the words."""
_BEFORE_ALL, _AFTER_ALL = (-1, 0), ((1 << 31) - 1, (1 << 63) - 1)
Ask = Callable[[Sequence[Statement]], list[Answers]]
Sorting = Literal["date", "title", "body"]
"""Which candidates of a first page are needed first: in order, or those with the shortest titles or bodies."""


class CandidateStream:
    """The candidates for a node of a query. May be iterated several times: what was fetched is kept."""

    def __init__(self, node: Node, marked: Marked, *, title: bool = False, oldest: bool = False) -> None:
        found = condition(node, marked, title=title)
        self._condition, self._is_exact = found.sql, found.is_exact
        self._wanted = tsquery(node, title=title)
        self._days = day_range(node)
        self._walked = 0 if title else _WALKED
        self._is_title = title
        self._is_rising = oldest
        self._before = _BEFORE_ALL if oldest else _AFTER_ALL
        self._numbers: list[int] = []
        self._pages = 0
        self.is_complete = title and not has_words(node)
        """Whether there are no more candidates than those fetched."""

    @property
    def is_begun(self) -> bool:
        """Whether the first page has been fetched, or is not needed."""
        return self._pages > 0 or self.is_complete

    def first_page(self, variant: int, sorting: Sorting) -> dict[str, object]:
        """Return what the server's `first_pages` needs for this stream."""
        first, last = self._days
        return {
            "condition": self._condition,
            "wanted": self._wanted,
            "walk": self._walked,
            "first_day": first,
            "last_day": last,
            "oldest": self._is_rising,
            "whole": _WHOLE if self._is_exact else FIRST_PAGE,
            "sorting": sorting,
            "variant": variant,
            "counts": not self._is_title and variant >= 0,
        }

    def take(self, pages: Sequence[Sequence[Candidate]], most: int) -> list[Candidate]:
        """Take the next page, as each node returned it, and return its candidates in order."""
        rows = sorted((one for page in pages for one in page), key=_key, reverse=not self._is_rising)
        if cut := [page[-1] for page in pages if len(page) >= most]:  # behind it, articles of that node are missing
            end = (min if self._is_rising else max)(map(_key, cut))
            rows = rows[: next(at for at, one in enumerate(rows, 1) if _key(one) == end)]
            self._before = end
        self.is_complete = not cut
        self._pages += 1
        unique = {one.number: one for one in rows}
        ids = {one.id: one.number for one in reversed(rows)}  # while a shard moves, two nodes have an article
        kept = [one for one in unique.values() if ids[one.id] == one.number]
        self._numbers += [one.number for one in kept]
        return kept

    def numbers(self, ask: Ask, keep: Callable[[Sequence[Candidate]], None]) -> Iterator[int]:
        """Yield the numbers in order. `keep` receives the candidates of each page that is fetched."""
        at = 0
        while True:
            while at < len(self._numbers):
                yield self._numbers[at]
                at += 1
            if self.is_complete:
                return
            if self.is_begun:
                answers = ask([self._next_page()])
                keep(self.take([candidates_of((True, *row) for row in answer[0]) for answer in answers], _PAGE))
            else:
                keep(fetch_first([FirstPage(self, 0, "date")], ask)[1])

    def _next_page(self) -> Statement:
        values = (self._condition, self._wanted, _PAGE, self._walked, *self._days, *self._before, self._is_rising)
        return Statement(_HITS, values)


class FirstPage(NamedTuple):
    """A first page to fetch."""

    stream: CandidateStream
    variant: int
    """The place of the stream's node among the variants of a query."""
    sorting: Sorting


def fetch_first(
    pages: Sequence[FirstPage], ask: Ask, questions: Sequence[Statement] = ()
) -> tuple[list[Answers], list[Candidate]]:
    """Fetch first pages in one statement; return the nodes' answers to the questions, and the candidates.

    The server may leave out streams of later variants. They are not begun then.
    """
    items = [page.stream.first_page(page.variant, page.sorting) for page in pages]
    statements = [Statement(_FIRST, (json.dumps(items, ensure_ascii=False),))] if items else []
    answers = ask([*questions, *statements])
    candidates: list[Candidate] = []
    if items:
        for one, *of_nodes in zip(pages, *(_streams_in(answer[-1], len(pages)) for answer in answers), strict=True):
            complete = [rows for rows in of_nodes if rows is not None]
            if len(complete) == len(answers):
                candidates += one.stream.take(complete, FIRST_PAGE)
    return [answer[: len(questions)] for answer in answers], candidates


def _streams_in(rows: Sequence[Row], count: int) -> list[list[Candidate] | None]:
    """Return the candidates of each of `count` streams in the rows of `first_pages`; None for those left out."""
    found: list[list[Row]] = [[] for _stream in range(count)]
    complete: set[int] = set()
    with understood():
        for stream, *row in rows:
            if row[2] is None:
                complete.add(stream - 1)
            else:
                found[stream - 1].append(tuple(row))
    return [candidates_of(rows) if at in complete else None for at, rows in enumerate(found)]


def _key(one: Candidate) -> tuple[int, int]:
    return one.day, one.number
