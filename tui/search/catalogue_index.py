"""Search by the index: candidates from FTS5, newest first, and every hit that is shown verified on its text."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Protocol

from ..catalogue.word_counts import WordCounts
from ..gazetteer import EMPTY, Gazetteer
from ..query.expansion import Expanded, expand
from ..query.lexicon import Lexicon
from ..query.parser import parse
from ..query.places import PlaceResolver
from ..query.tree import Node, Term, words
from ..text.document import Document
from ..text.match import MarkSets, NoMarks, ReadingMarks, marking, matches_query, needs_text
from ..text.score import in_title, score
from .answer import Answer, Hit, never
from .candidates import Candidates, Tables
from .deadline import Deadline, OutOfTime
from .fts import rest
from .hits import Occurrences, all_occurrences, hit

POOL, POOL_OF_SEVERAL = 20, 30
"""How many of the newest articles that hold the word, or every one of several, but not in the title, are put in order
by score: with several words it tells more."""
_BATCH, _LARGEST_BATCH = 20, 320
"""Articles that are looked at together: few at first, since the first hits are what is waited for."""
_AT_LEAST = 20
"""Hits that are shown, if there are so many among those looked at, even when time is up."""
_COUNTED, _COUNTING = 5_000, 0.0002
"""A first answer counts what it does not show if there are not more, by how far apart these hits are, and it takes no
more seconds."""


_Found = tuple[Document, MarkSets]
"""A hit, and the marks of the articles it was looked at with."""


class Texts(Protocol):
    """Where the articles' text comes from."""

    def texts(self, numbers: Sequence[int], *, with_text: bool = True) -> Sequence[Document | None]:
        """The articles of these numbers, in the same order; None for one that is no longer there.

        If not `whole`, their text need not be there.
        """
        ...


class CatalogueIndex:
    """Searches what lies in the tables of `index`. Belongs to the thread that made the connection."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        texts: Texts,
        gazetteer: Gazetteer = EMPTY,
        marks: ReadingMarks | None = None,
        *,
        numbers: bool = True,
        growing: Callable[[], bool] = never,
    ) -> None:
        """`growing` says whether articles are missing from the index as yet."""
        self._conn = conn
        self._texts = texts
        self._marks = marks or NoMarks()
        self._occurring = WordCounts(conn)
        self._where = PlaceResolver(gazetteer, self._occurring.places)
        self._lexicon = Lexicon(gazetteer, self._occurring.authors)
        self._numbers = numbers
        self._growing = growing

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """See Search."""
        parsed = parse(query, self._where)
        if parsed.empty:
            return Answer(query, "", (), 0)
        clock = Deadline(budget, cancelled)
        tables = Tables.of(self._conn)
        self._occurring.begin()
        read = expand(parsed, self._read, self._numbers, self._occurring.anywhere)
        hits: list[Hit] = []
        total: int | None = None
        with suppress(OutOfTime), clock.watching(self._conn):
            known: dict[int, Occurrences] = {}
            lowest = tables.ordered
            for text, marked in islice(self._ordered(tables, read, newest, clock, known), limit):
                hits.append(hit(read.combined, text, known.pop(text.number, None), marked))
                lowest = min(lowest, text.number)
                if len(hits) >= _AT_LEAST:
                    clock.check()
            if not self._growing():
                if limit is None or len(hits) < limit:
                    total = len(hits)
                elif budget is None or len(hits) * tables.ordered <= _COUNTED * (tables.ordered - lowest):
                    total = self._total(tables, read.combined, clock, hurried=budget is not None)
        return Answer(query, read.read_as, tuple(hits), total, total is None, read.interpretations)

    def _read(self, typed: str) -> tuple[str, ...]:
        return self._lexicon.interpretations(typed, self._occurring.counts, self._occurring.sounding)

    def _ordered(
        self, tables: Tables, read: Expanded, newest: bool, clock: Deadline, known: dict[int, Occurrences]
    ) -> Iterator[_Found]:
        """All hits in the order in which they are shown; where their words stand, if that had to be known for it."""
        if newest or next(words(read.combined), None) is None:
            yield from self._verified(read.combined, Candidates(self._conn, tables, read.combined).newest(), clock)
            return
        seen: set[int] = set()
        for variant in read.variants:
            for found in self._ranked(tables, variant, read.combined, clock, known):
                if found[0].number not in seen:
                    seen.add(found[0].number)
                    yield found

    def _ranked(
        self, tables: Tables, node: Node, whole: Node, clock: Deadline, known: dict[int, Occurrences]
    ) -> Iterator[_Found]:
        """Hits with every word in the title, newest first; of the others the newest few by score, then by date."""
        candidates = Candidates(self._conn, tables, node)
        titled: set[int] = set()
        for text, marked in self._verified(node, candidates.titled(), clock):
            if in_title(node, text, marked):
                titled.add(text.number)
                yield text, marked
        others = (number for number in candidates.newest() if number not in titled)
        yield from self._pooled(node, whole, self._verified(node, others, clock), known)

    @staticmethod
    def _pooled(node: Node, whole: Node, hits: Iterator[_Found], known: dict[int, Occurrences]) -> Iterator[_Found]:
        """The first few by score, then the others as they come."""
        pool: list[_Found] = []
        stopped: Exception | None = None
        try:
            pool.extend(islice(hits, POOL if isinstance(node, Term) else POOL_OF_SEVERAL))
        except (OutOfTime, sqlite3.OperationalError) as error:
            stopped = error
        known.update((text.number, all_occurrences(whole, text)) for text, _ in pool)
        pool.sort(key=lambda found: -score(node, found[0], known[found[0].number], found[1]))
        yield from pool
        if stopped:
            raise stopped
        yield from hits

    def _verified(
        self, node: Node, numbers: Iterable[int], clock: Deadline, with_text: bool = True
    ) -> Iterator[_Found]:
        """The candidates that are hits; if not `whole`, without their text where that is not asked for."""
        left = rest(node)
        with_text = with_text or needs_text(left)
        candidates, looked_at = iter(numbers), 0
        clock.wanted()
        while batch := list(islice(candidates, max(_BATCH, min(looked_at // 2, _LARGEST_BATCH)))):
            texts = [text for text in self._texts.texts(batch, with_text=with_text) if text is not None]
            marked = marking(node, self._marks, [text.article for text in texts])
            yield from ((text, marked) for text in texts if matches_query(left, text, marked))
            clock.check()
            looked_at += len(batch)

    def _total(self, tables: Tables, node: Node, clock: Deadline, hurried: bool) -> int | None:
        """How many are found; a first answer does not read texts for it, nor count for long."""
        if hurried:
            clock.hurry(self._conn, _COUNTING)
        candidates = Candidates(self._conn, tables, node)
        count = candidates.count()
        if count is not None or hurried:
            return count
        return sum(1 for _ in self._verified(node, candidates.newest(), clock, with_text=False))
