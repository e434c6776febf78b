"""The search in an index: takes candidates from it, newest first, and verifies each on its text."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from ..gazetteer import EMPTY, Gazetteer
from ..query.expansion import Expanded, expand
from ..query.filters import MarkSets
from ..query.headline_sounds import sound_filters, spoken_part, typed_letters
from ..query.parser import parse
from ..query.places import PlaceResolver
from ..query.tree import And, Node, Not, Or, Order, Term, has_words
from ..text.document import Document
from ..text.index import Index, OutOfTime
from ..text.match import NoMarks, ReadingMarks, marking, matches_query, needs_text
from ..text.regex_match import free_regex, refusal
from ..text.score import in_title, score
from ..text.word_borders import is_accidental
from .answer import Answer, Hit, never
from .deadline import Deadline
from .hits import Occurrences, all_occurrences, hit

if TYPE_CHECKING:
    from ..query.lexicon import Lexicon
    from ..query.readings import ChosenReading

POOL = 20
"""Hits. How many of the shortest among the newest are ranked by score, and as many with every term in the title. With
40, the mean reciprocal rank of known items rises by less than .001."""
COMPARED = 100
"""Candidates whose lengths are compared. With all, the mean reciprocal rank of known items rises by another .003."""
FIRST_PARTLY_TITLED = 20
"""Candidates with some of several terms in the headline that are among the first ranked."""
_BATCH, _MAX_BATCH = 20, 320
"""Articles verified together. The first batches are small, because the caller waits for the first hits."""
_MIN_HITS = 20
"""Hits. Up to this many of the articles already verified are returned even when time is up."""
_MAX_COUNTED, _COUNT_SECONDS = 1_000, 0.0002
"""Hits, seconds. A search with a budget counts all hits only of one term, and only if it estimates at most
`_MAX_COUNTED`; counting stops after `_COUNT_SECONDS`."""
NEAR_SECONDS = 0.5
"""Seconds. Time to look for near words where a query has no hit."""
_EXAMPLES = 5
"""Articles of a large library in which characters are looked at to tell whether they are a word."""
_MAX_HEADLINES = 400
"""Articles whose headlines are compared with typed pinyin."""

_Found = tuple[Document, MarkSets]
"""A hit, and the marks of the articles in its batch."""
_Scored = tuple[float | None, Occurrences]
"""The score for the whole query if it was needed, and the positions of its terms."""
_UNSCORED: _Scored = (None, {})


def _is_exact(node: Node) -> bool:
    from ..catalogue.fts import (
        is_exact,  # imported late: it loads SQLite, which a search in a few articles does without
    )

    return is_exact(node)


def partly_titled(node: Node) -> Node | None:
    """Return the query with a term of several in the headline; None if the index alone cannot answer it."""
    if not isinstance(node, And) or not _is_exact(node):
        return None
    titled = tuple(replace(part, title=True) for part in node.parts if isinstance(part, Term))
    return And((*node.parts, Or(titled))) if len(titled) > 1 else None


class IndexSearch:
    """A search in an index; see Search. Belongs to the index's thread."""

    def __init__(
        self, index: Index, gazetteer: Gazetteer = EMPTY, marks: ReadingMarks | None = None, *, numbers: bool = True
    ) -> None:
        """Create the search. With `numbers=False`, 12 does not find 十二."""
        self._index = index
        self._gazetteer = gazetteer
        self._marks = marks or NoMarks()
        self._places = PlaceResolver(gazetteer, index.places)
        self._numbers = numbers

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
        parsed = parse(query, self._places, self._index.bulletins)
        if parsed.empty:
            return Answer(query, "", (), 0)
        if refused := refusal(parsed.root):
            return Answer(query, parsed.read_as, (), 0, refusal=refused)
        index, clock = self._index, Deadline(budget, cancelled)
        index.begin()
        order: Order = parsed.order or ("newest" if newest else "score")
        while True:
            read = expand(parsed, self._readings, self._numbers, index.may_occur)
            by_score = order == "score" and has_words(read.combined)
            nodes = read.variants if by_score else [read.combined]
            if index.expect(nodes, order if by_score or order != "score" else "newest"):
                break
        hits: list[Hit] = []
        total: int | None = None
        with suppress(OutOfTime), index.stopping(clock.is_over):
            known: dict[int, _Scored] = {}
            lowest = index.last_ordered
            found = self._ordered(read, order, clock, known)
            for text, marked in islice(found, limit):
                value, places = known.pop(text.number, _UNSCORED)
                hits.append(hit(read, text, places or all_occurrences(read.terms, text), value, marked))
                lowest = min(lowest, text.number)
                if len(hits) >= _MIN_HITS:
                    clock.check()
            if index.is_growing:
                pass
            elif limit is None or len(hits) < limit:
                total = len(hits)
            elif index.is_small:
                total = len(hits) + sum(1 for _ in found)
            elif budget is None:
                total = self._total(read.combined, clock)
            elif isinstance(read.combined, Term) and len(hits) * index.last_ordered <= _MAX_COUNTED * (
                index.last_ordered - lowest
            ):
                clock.shorten(_COUNT_SECONDS)
                with index.stopping(clock.is_over, soon=True):
                    total = index.count(read.combined)
        clock.check_cancelled()
        near = self._near(parsed.root, cancelled) if total == 0 and budget is None else ()
        return Answer(query, read.read_as, tuple(hits), total, total is None, read.interpretations, near=near)

    def _near(self, root: Node, cancelled: Callable[[], bool]) -> "tuple[ChosenReading, ...]":
        from .near_search import near_terms  # imported late: few queries have no hit

        clock = Deadline(NEAR_SECONDS, cancelled)

        def finds(node: Node) -> bool:
            clock.check()
            self._index.expect([node], "newest")
            return next(self._verified(node, self._index.newest(node), clock), None) is not None

        found: list[ChosenReading] = []
        with suppress(OutOfTime), self._index.stopping(clock.is_over):
            found.extend(near_terms(root, self._index, lambda: (one.text for one in self._lexicon.names), finds))
        return tuple(found)

    @cached_property
    def _lexicon(self) -> "Lexicon":
        from ..query.lexicon import Lexicon  # loading its tables takes 10 ms; only queries with pinyin need them

        return Lexicon(self._gazetteer, self._index.authors)

    def _readings(self, typed: str) -> tuple[str, ...]:
        if all("\u4e00" <= character <= "\u9fff" for character in typed):
            return ()
        index = self._index
        if headlines := next(filter(None, map(self._headlines, typed_letters(typed))), ()):
            return tuple(dict.fromkeys((*headlines, *self._lexicon.words(typed, index.counts))))
        return self._lexicon.interpretations(typed, index.counts, index.sounding, self._may_be_word)

    def _may_be_word(self, characters: str) -> bool:
        """Return whether the characters may be a word in one of the newest articles that contain them."""
        node = Term(characters, characters, literal=True)
        numbers = self._index.newest(node)
        if not self._index.is_small:
            numbers = islice(numbers, _EXAMPLES)
        found = [text.folded for text, _ in self._verified(node, numbers, Deadline(None, never))]
        return not found or not all(is_accidental(characters, text) for text in found if characters in text)

    def _headlines(self, letters: str) -> tuple[str, ...]:
        """Return the headlines, or parts of headlines, that are read as `letters`."""
        filters = sound_filters(letters)
        if not filters:
            return ()
        candidates = islice(self._index.newest(And(filters)), _MAX_HEADLINES)
        found: dict[str, None] = {}
        while batch := list(islice(candidates, _BATCH)):
            for text in self._index.documents(batch, with_text=False):
                if text is not None and (part := spoken_part(" ".join(text.title), letters)):
                    found[part] = None
        return tuple(found)

    def _ordered(self, read: Expanded, order: Order, clock: Deadline, known: dict[int, _Scored]) -> Iterator[_Found]:
        """Yield all hits in `order`. Store in `known` what scoring had to find, by article number."""
        if order == "oldest":
            yield from self._verified(read.combined, self._index.oldest(read.combined), clock)
            return
        if order == "newest" or not has_words(read.combined):
            yield from self._verified(read.combined, self._index.newest(read.combined), clock)
            return
        seen: set[int] = set()
        for variant in read.variants:
            for found in self._ranked(variant, read, clock, known):
                if found[0].number not in seen:
                    seen.add(found[0].number)
                    yield found

    def _ranked(self, node: Node, read: Expanded, clock: Deadline, known: dict[int, _Scored]) -> Iterator[_Found]:
        """Yield hits with every term in the title, then the others; in both, short ones by score, then the rest."""
        titled: set[int] = set()

        def hits_in_title() -> Iterator[_Found]:
            for text, marked in self._verified(node, self._shortest_first(node, self._index.titled(node), True), clock):
                if in_title(node, text, marked):
                    titled.add(text.number)
                    yield text, marked

        yield from self._pooled(node, read, hits_in_title(), known)
        partly = None if self._index.is_small else partly_titled(node)
        first: list[int] = []
        if partly:
            candidates = self._shortest_first(partly, self._index.newest(partly), True)
            first = list(islice(candidates, FIRST_PARTLY_TITLED))
        passed = titled.union(first)
        others = chain(
            (number for number in first if number not in titled),
            (number for number in self._shortest_first(node, self._index.newest(node), False) if number not in passed),
        )
        yield from self._pooled(node, read, self._verified(node, others, clock), known)

    def _shortest_first(self, node: Node, numbers: Iterator[int], titled: bool) -> Iterator[int]:
        """Yield candidates: of the first `COMPARED`, short articles first, with `titled` short headlines first.

        Only if the candidates are hits. Otherwise another index, with other candidates, would give another order.
        """
        if not self._index.is_small and _is_exact(node):
            compared = list(islice(numbers, COMPARED))
            if len(compared) > POOL:
                known = self._index.lengths(compared)
                compared = sorted(filter(known.__contains__, compared), key=lambda number: known[number][not titled :])
            yield from compared
        yield from numbers

    def _pooled(
        self, node: Node, read: Expanded, hits: Iterator[_Found], known: dict[int, _Scored]
    ) -> Iterator[_Found]:
        """Yield the first `POOL` hits by score, then the others unchanged; with a small index, all by score."""
        pool: list[_Found] = []
        stopped: OutOfTime | None = None
        try:
            pool.extend(hits if self._index.is_small else islice(hits, POOL))
        except OutOfTime as error:
            stopped = error

        def order(found: _Found) -> tuple[bool, float]:
            text, marked = found
            places = all_occurrences(read.terms, text)
            value = score(node, text, places, marked)
            known[text.number] = value if node is read.combined else None, places
            is_titled = self._index.is_small and in_title(node, text, marked)
            return not is_titled, -value

        yield from sorted(pool, key=order)
        if stopped:
            raise stopped
        yield from hits

    def _verified(
        self, node: Node, numbers: Iterable[int], clock: Deadline, with_text: bool = True
    ) -> Iterator[_Found]:
        """Yield the candidates that are hits. `with_text=False` reads texts only if the verification needs them."""
        left = self._index.remainder(node)
        with_text = with_text or needs_text(left)
        candidates, verified = iter(numbers), 0
        clock.check_cancelled()
        regex = free_regex(left)
        while batch := list(islice(candidates, max(_BATCH, min(verified // 2, _MAX_BATCH)))):
            chosen = self._index.matching(batch, regex) if regex else batch
            texts = [text for text in self._index.documents(chosen, with_text=with_text) if text is not None]
            marked = marking(node, self._marks, [text.article for text in texts])
            yield from ((text, marked) for text in texts if matches_query(left, text, marked))
            clock.check()
            verified += len(batch)

    def _total(self, node: Node, clock: Deadline) -> int:
        """Return the number of all hits. Of alternatives, those that the index counts exactly are not read."""
        count = self._index.count(node)
        if count is not None:
            return count
        if isinstance(node, Or) and not self._index.is_small:
            exact = Or(tuple(filter(_is_exact, node.parts)))
            others = tuple(part for part in node.parts if not _is_exact(part))
            if exact.parts and (count := self._index.count(exact)) is not None:
                return count + self._total(And((Or(others), Not(exact))), clock)
        return sum(1 for _ in self._verified(node, self._index.newest(node), clock, with_text=False))
