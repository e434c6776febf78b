"""Search by the index: candidates from FTS5, newest first, and every hit that is shown verified on its text."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from ..place import EMPTY, Gazetteer
from .answer import Answer, never
from .candidates import Candidates
from .clock import Clock, OutOfTime
from .expand import Expanded, expand
from .fts import rest
from .hits import hit
from .lexicon import Lexicon
from .match import Marks, NoMarks, holds, marking
from .occurring import Occurring
from .parser import parse
from .query import Node
from .score import in_title, score
from .searched import Searched
from .where import Where

TITLES, BODIES = 40, 120
"""How many of the newest articles are put in order by score: with a word in the title, and with it anywhere."""
_BATCH = 40


class Texts(Protocol):
    """Where the articles' text comes from."""

    def texts(self, numbers: Sequence[int]) -> Sequence[Searched | None]:
        """The articles of these numbers, in the same order; None for one that is no longer there."""
        ...


class IndexedSearch:
    """Searches what lies in the tables of `index`. Belongs to the thread that made the connection."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        texts: Texts,
        gazetteer: Gazetteer = EMPTY,
        marks: Marks | None = None,
        *,
        numbers: bool = True,
        growing: Callable[[], bool] = never,
    ) -> None:
        """`growing` says whether articles are missing from the index as yet."""
        self._conn = conn
        self._texts = texts
        self._where = Where(gazetteer)
        self._marks = marks or NoMarks()
        self._occurring = Occurring(conn)
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
        clock = Clock(budget, cancelled)
        read = expand(parsed, self._read, self._numbers)
        found: list[Searched] = []
        total: int | None = None
        growing = self._growing()
        try:
            with clock.watching(self._conn):
                found.extend(islice(self._ordered(read, newest, clock), limit))
                if not growing:
                    total = len(found) if limit is None or len(found) < limit else self._total(read.whole, clock)
        except OutOfTime:
            pass
        hits = tuple(hit(read.whole, text) for text in found)
        return Answer(query, read.read_as, hits, total, total is None, read.readings)

    def _read(self, typed: str) -> tuple[str, ...]:
        return self._lexicon.readings(typed, self._occurring.counts, self._occurring.sounding)

    def _ordered(self, read: Expanded, newest: bool, clock: Clock) -> Iterator[Searched]:
        """All hits in the order in which they are shown."""
        if newest:
            yield from self._verified(read.whole, Candidates(self._conn, read.whole).newest(), clock)
            return
        seen: set[int] = set()
        for variant in read.variants:
            for text in self._ranked(variant, clock):
                if text.number not in seen:
                    seen.add(text.number)
                    yield text

    def _ranked(self, node: Node, clock: Clock) -> Iterator[Searched]:
        """Hits with every word in the title before others; of each the newest few by score, then the rest by date."""
        candidates = Candidates(self._conn, node)
        titled: set[int] = set()
        for text in self._pooled(node, self._in_title(node, candidates, clock), TITLES):
            titled.add(text.number)
            yield text
        others = (number for number in candidates.newest() if number not in titled)
        yield from self._pooled(node, self._verified(node, others, clock), BODIES)

    def _in_title(self, node: Node, candidates: Candidates, clock: Clock) -> Iterator[Searched]:
        return (text for text in self._verified(node, candidates.titled(), clock) if in_title(node, text))

    @staticmethod
    def _pooled(node: Node, hits: Iterator[Searched], size: int) -> Iterator[Searched]:
        """The first `size` by score, then the others as they come."""
        pool: list[Searched] = []
        stopped: Exception | None = None
        try:
            pool.extend(islice(hits, size))
        except (OutOfTime, sqlite3.OperationalError) as error:
            stopped = error
        pool.sort(key=lambda text: -score(node, text))
        yield from pool
        if stopped:
            raise stopped
        yield from hits

    def _verified(self, node: Node, numbers: Iterable[int], clock: Clock) -> Iterator[Searched]:
        """The candidates that are hits."""
        left = rest(node)
        candidates = iter(numbers)
        while batch := list(islice(candidates, _BATCH)):
            clock.check()
            texts = [text for text in self._texts.texts(batch) if text is not None]
            marked = marking(left, self._marks, [text.article for text in texts])
            yield from (text for text in texts if holds(left, text, marked))

    def _total(self, whole: Node, clock: Clock) -> int:
        candidates = Candidates(self._conn, whole)
        count = candidates.count()
        return sum(1 for _ in self._verified(whole, candidates.newest(), clock)) if count is None else count
