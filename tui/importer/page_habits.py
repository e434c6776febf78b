"""Habits of one page: whether its articles have bylines and datelines, and which headings are alike."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .features import LineFeatures

_NEAR = 3
_FEW = 4
_LONG = 34
"""Em. From this width on, a line is text and no heading."""


@dataclass(frozen=True)
class PageHabits:
    """Regularities found in all lines of a page before any label is decided."""

    facts: Sequence[LineFeatures]
    candidates: Sequence[int]
    """Indexes of the lines that could be headings, ascending."""

    @cached_property
    def _sure(self) -> list[int]:
        """Candidates that certainly open an article: the first one, and those next to a dateline or byline."""
        return [at for rank, at in enumerate(self.candidates) if rank == 0 or self._dated(at) or self._after_byline(at)]

    @cached_property
    def dated(self) -> bool:
        """Whether articles on this page open with datelines."""
        dated = sum(map(self._dated, self._sure))
        return dated >= 2 and dated >= 0.7 * len(self._sure)

    @cached_property
    def signed(self) -> bool:
        """Whether articles on this page close with bylines."""
        return self._signed >= 2 and self._signed >= 0.7 * (len(self._sure) - 1)

    @cached_property
    def all_signed(self) -> bool:
        """Whether all articles that certainly open on this page follow a byline, and at least three do."""
        return self._signed >= 3 and self._signed == len(self._sure) - 1

    @cached_property
    def _signed(self) -> int:
        return sum(map(self._after_byline, self._sure))

    @cached_property
    def broken(self) -> str:
        """A sign for the share of long blocks that end open, because a printed column ended within them."""
        long = [fact.open for fact in self.facts if fact.width > _LONG and not fact.full]
        if len(long) < _FEW:
            return "page-unknown"
        share = sum(long) / len(long)
        return "page-whole" if not share else "page-broken" if share < 0.2 else "page-much-broken"

    @cached_property
    def stacks(self) -> str:
        """A sign if most headings of this page have several lines, or if hardly any has; empty for few headings."""
        first = [at for rank, at in enumerate(self.candidates) if rank == 0 or self.candidates[rank - 1] != at - 1]
        several = len(self.candidates) - len(first)
        if len(first) < _FEW:
            return ""
        return "page-stacks" if several > 0.5 * len(first) else "page-single" if several < 0.15 * len(first) else ""

    def siblings(self, at: int) -> Iterator[str]:
        """Yield signs for a nearby heading being like heading `at`, as subheads are alike, or for none being so."""
        own = bisect_left(self.candidates, at)
        near = [*self.candidates[max(0, own - _NEAR) : own], *self.candidates[own + 1 : own + 1 + _NEAR]]
        alone = [other for other in near if abs(other - at) > 1 and not self._stacked(other)]
        alike = max((self._likeness(at, other) for other in alone), default=0.0)
        if alike:
            yield "siblings" if alike > 0.5 else "half-siblings"
        elif not self._dated(at):
            yield "no-siblings"

    def _likeness(self, one: int, other: int) -> float:
        first, second = self.facts[one], self.facts[other]
        if self._dated(other) or self._after_byline(max(one, other)):
            return 0.0
        apart = abs(first.width - second.width)
        if apart > 2 or first.text.count(" ") != second.text.count(" "):
            return 0.0
        same_marks = first.text.count(",") == second.text.count(",") and ("“" in first.text) == ("“" in second.text)
        return (1.0 if apart <= 1 else 0.5) * (1.0 if same_marks else 0.5)

    def _stacked(self, at: int) -> bool:
        """Return whether the line directly above is a heading too. A subhead has text above it."""
        own = bisect_left(self.candidates, at)
        return own > 0 and self.candidates[own - 1] == at - 1

    def _dated(self, at: int) -> bool:
        return any(self.facts[below].dateline for below in range(at + 1, min(at + 3, len(self.facts))))

    def _after_byline(self, at: int) -> bool:
        above = self.facts[at - 1] if at else None
        return bool(above and (above.signed or (above.byline and above.byline.certain and not above.byline.credit)))
