"""The candidates of a query from all nodes, newest or oldest first, fetched a page at a time with their texts."""

from collections.abc import Callable, Iterator, Sequence

from ..query.tree import Node, has_words
from .node_link import Statement
from .node_links import Answers
from .received_rows import ARTICLE, Held, held_of
from .sql_condition import Marked, condition, day_range, tsquery

_PAGES = (100, 200, 400)
"""Articles of the second page and of later ones; the last number counts for all others."""
_HITS = (
    f"select {ARTICLE} from hits(%s, %s::text::tsquery, %s, %s, first_day => %s, last_day => %s,"
    " before_day => %s, before_number => %s, oldest => %s)"
)
_WALKED = 200
"""Articles that are tested without the index: it cannot deliver in order, but a title has few of the words."""
_BEFORE_ALL, _AFTER_ALL = (-1, 0), ((1 << 31) - 1, (1 << 63) - 1)
Ask = Callable[[Sequence[Statement]], list[Answers]]


class CandidateStream:
    """The candidates for a node of a query. May be iterated several times: what was fetched is kept."""

    def __init__(
        self,
        node: Node,
        marked: Marked,
        *,
        title: bool = False,
        oldest: bool = False,
        first_size: int = _PAGES[0],
    ) -> None:
        self.first_size = first_size
        """Articles of the first page."""
        self._condition = condition(node, marked, title=title).sql
        self._wanted = tsquery(node, title=title)
        self._days = day_range(node)
        self._walked = 0 if title else _WALKED
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

    def statement(self, most: int) -> Statement:
        """Return the statement that fetches the next page of `most` articles."""
        values = (self._condition, self._wanted, most, self._walked, *self._days, *self._before, self._is_rising)
        return Statement(_HITS, values)

    def take(self, pages: Sequence[list[tuple[object, ...]]], most: int) -> list[Held]:
        """Take the next page, as each node returned it, and return its articles in order."""
        found = [[held_of(row) for row in page] for page in pages]
        rows = sorted((one for page in found for one in page), key=_key, reverse=not self._is_rising)
        if cut := [page[-1] for page in found if len(page) >= most]:  # behind it, articles of that node are missing
            end = (min if self._is_rising else max)(map(_key, cut))
            rows = rows[: next(at for at, one in enumerate(rows, 1) if _key(one) == end)]
            self._before = end
        self.is_complete = not cut
        self._pages += 1
        unique = {one.number: one for one in rows}
        ids = {one.article.id: one.number for one in reversed(rows)}  # while a shard moves, two nodes have an article
        kept = [one for one in unique.values() if ids[one.article.id] == one.number]
        self._numbers += [one.number for one in kept]
        return kept

    def numbers(self, ask: Ask, keep: Callable[[Sequence[Held]], None]) -> Iterator[int]:
        """Yield the numbers, newest first. `keep` receives the articles of each page that is fetched."""
        at = 0
        while True:
            while at < len(self._numbers):
                yield self._numbers[at]
                at += 1
            if self.is_complete:
                return
            most = _PAGES[min(self._pages, len(_PAGES)) - 1] if self._pages else self.first_size
            answers = ask([self.statement(most)])
            keep(self.take([answer[0] for answer in answers], most))


def _key(one: Held) -> tuple[int, int]:
    return one.day, one.number
