"""Habits of one page: whether its articles have bylines and datelines, and which headings are alike."""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .cohesion import PageTopics
from .features import LineFeatures
from .surroundings import text_above, text_below

_NEAR = 3
_FEW = 4
_LONGEST_BRIEF = 450
"""Characters."""
BRIEFS = re.compile(r"(?:快讯|简讯|短讯|速览|速递|一句话新闻|动态|短新闻|集纳|点击|播报)(?:\(.{1,6}\))?$")
_PICTURED = re.compile("图|摄")
_DISTANCES = (30, 60, 120, 200, 350, 600)
"""Characters. Upper ends of the classes of distance between headings."""
_WRAPPED_END = 8
"""Em. Up to here, a heading below a full open line may be the end of a headline that a column wrapped."""
_CAPTIONS_BELOW = 5
"""Lines above a headline among which the byline of the article above may stand."""
_LONG = 34
"""Em. From this width on, a line is text and no heading."""


_SAMPLES, _AWAY = 10, 3
"""Lines within running text at which the topics above and below are compared, and their least distance to headings."""


@dataclass(frozen=True)
class PageHabits:
    """Regularities found in all lines of a page before any label is decided."""

    facts: Sequence[LineFeatures]
    candidates: Sequence[int]
    """Indexes of the lines that could be headings, ascending."""

    @cached_property
    def _sure(self) -> list[int]:
        """Candidates that certainly open an article: the first one, and those next to a dateline or byline."""
        return [
            at for rank, at in enumerate(self.candidates) if rank == 0 or self.is_dated(at) or self._after_byline(at)
        ]

    @cached_property
    def dated(self) -> bool:
        """Whether articles on this page open with datelines."""
        dated = sum(map(self.is_dated, self._sure))
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
    def all_closed_by_bylines(self) -> bool:
        """Whether a byline, or captions below it, ends every article above one that certainly opens; at least four."""
        opened = self._sure[1:]
        return len(opened) >= _FEW and all(
            any(map(self._signs, range(max(0, at - _CAPTIONS_BELOW), at))) for at in opened
        )

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

    @cached_property
    def habit_of_dating(self) -> str:
        """A sign for the share of the headings with text below that have a dateline there."""
        heads = [at for at in self.candidates if at + 1 not in self._places]
        if len(heads) < _FEW:
            return "dated unknown"
        share = sum(map(self.is_dated, heads)) / len(heads)
        return f"dated {'none' if not share else 'few' if share < 0.35 else 'half' if share < 0.7 else 'most'}"

    @cached_property
    def pictures(self) -> str:
        """A sign for how many lines of the page speak of pictures: captions by their form, credits, 图片新闻."""
        count = sum(
            fact.opens_caption
            or fact.ends_caption
            or fact.heads_pictures
            or bool(fact.byline and (fact.byline.credit or _PICTURED.search(fact.text)))
            for fact in self.facts
        )
        return f"page-pictures {'none' if not count else 'one' if count == 1 else 'many'}"

    @cached_property
    def topics(self) -> PageTopics:
        """What each pair of characters says about a topic on this page."""
        return PageTopics([fact.text for fact in self.facts])

    @cached_property
    def _headline_form(self) -> tuple[float, int] | None:
        """The median width and the usual number of parts of headlines that are certain; None for fewer than three."""
        sure = [self.facts[at] for at in self._sure if at == 0 or self.is_dated(at) or self._after_byline(at)]
        if len(sure) < _FEW - 1:
            return None
        widths = sorted(fact.width for fact in sure)
        return widths[len(widths) // 2], Counter(fact.text.count(" ") for fact in sure).most_common(1)[0][0]

    def likeness_of_form(self, at: int) -> str:
        """Return a sign for how much heading `at` looks like the certain headlines of the page; empty without those."""
        if self._headline_form is None:
            return ""
        width, gaps = self._headline_form
        apart = self.facts[at].width - width
        size = "alike" if abs(apart) <= 2 else "near" if abs(apart) <= 5 else "longer" if apart > 0 else "shorter"
        return f"like-headlines {size} {self.facts[at].text.count(' ') == gaps}"

    @cached_property
    def _likenesses(self) -> dict[int, float | None]:
        return {}

    def likeness(self, at: int) -> float | None:
        """Return how much the texts above and below line `at` are about the same topic, or None if they are short."""
        if at not in self._likenesses:
            self._likenesses[at] = self.topics.likeness(text_above(self.facts, at), text_below(self.facts, at))
        return self._likenesses[at]

    @cached_property
    def _heading_likenesses(self) -> list[float]:
        """The likenesses at the headings that have text above, ascending."""
        heads = (at for at in self.candidates if at and at - 1 not in self._places)
        return sorted(found for at in heads if (found := self.likeness(at)) is not None)

    @cached_property
    def _inner_likeness(self) -> float | None:
        """The median likeness within running text; None for pages with little of it."""
        inner = [
            at for at in range(_AWAY, len(self.facts)) if not self._places.intersection(range(at - _AWAY, at + _AWAY))
        ]
        sample = inner[:: max(1, len(inner) // _SAMPLES)][:_SAMPLES]
        found = sorted(found for at in sample if (found := self.likeness(at)) is not None)
        return found[len(found) // 2] if len(found) >= _FEW else None

    def relative_likeness(self, at: int, likeness: float) -> Iterator[str]:
        """Yield signs for the likeness at heading `at`, compared with other headings and with running text."""
        others = self._heading_likenesses
        if len(others) >= _FEW:
            yield f"topic-rank {min(3, 4 * bisect_left(others, likeness) // len(others))}"
        if self._inner_likeness:
            ratio = min(5, int(4 * likeness / self._inner_likeness))
            yield f"topic-ratio {ratio}"
            yield f"topic-ratio {ratio} {self.is_dated(at)}"

    @cached_property
    def _places(self) -> frozenset[int]:
        return frozenset(self.candidates)

    @cached_property
    def _offsets(self) -> list[int]:
        return list(itertools.accumulate((len(fact.text) for fact in self.facts), initial=0))

    @cached_property
    def _under_briefs(self) -> dict[int, bool]:
        """Headings below one that announces briefs (国内快讯), as far as short texts without datelines follow.

        The value says whether the first brief has a heading of its own, too.
        """
        under: dict[int, bool] = {}
        last: int | None = None
        direct = False
        for at, fact in enumerate(self.facts):
            if at in self._places:
                if BRIEFS.search(fact.text):
                    last, direct = at, at + 1 in self._places
                elif last is not None and self._offsets[at] - self._offsets[last] <= _LONGEST_BRIEF:
                    under[at] = direct
                    last = at
                else:
                    last = None
            elif fact.dateline or (fact.byline and fact.byline.certain):
                last = None
        return under

    def distances(self, at: int) -> Iterator[str]:
        """Yield signs for the characters of text between heading `at` and the headings above and below."""
        first, last = at - 1, at + 1
        while first in self._places:
            first -= 1
        while last in self._places:
            last += 1
        own = bisect_left(self.candidates, first + 1)
        start = self._offsets[self.candidates[own - 1] + 1] if own else 0
        yield f"since {_distance(self._offsets[first + 1] - start)}"
        if at in self._under_briefs:
            yield f"under-briefs {self._under_briefs[at]}"
            if self._under_briefs[at]:
                yield "under-briefs"
                yield f"under-briefs first {first + 1 == at}"
        own = bisect_left(self.candidates, last)
        end = self._offsets[self.candidates[own]] if own < len(self.candidates) else self._offsets[-1]
        yield f"until {_distance(end - self._offsets[last])}"

    def is_dated(self, at: int) -> bool:
        """Return whether a dateline stands on one of the two lines below heading `at`."""
        return any(self.facts[below].dateline for below in range(at + 1, min(at + 3, len(self.facts))))

    def siblings(self, at: int) -> Iterator[str]:
        """Yield signs for a nearby heading being like heading `at`, as subheads are alike, or for none being so."""
        own = bisect_left(self.candidates, at)
        near = [*self.candidates[max(0, own - _NEAR) : own], *self.candidates[own + 1 : own + 1 + _NEAR]]
        alone = [other for other in near if abs(other - at) > 1 and not self._stacked(other)]
        alike = max((self._likeness(at, other) for other in alone), default=0.0)
        if alike:
            yield "siblings" if alike > 0.5 else "half-siblings"
        elif not self.is_dated(at):
            yield "no-siblings"

    def _likeness(self, one: int, other: int) -> float:
        first, second = self.facts[one], self.facts[other]
        if self.is_dated(other) or self._after_byline(max(one, other)):
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

    def _after_byline(self, at: int) -> bool:
        return at > 0 and (self._signs(at - 1) or (self._wraps(at) and self._signs(at - 2)))

    def _signs(self, at: int) -> bool:
        """Return whether line `at` closes an article with a byline."""
        above = self.facts[at]
        return above.signed or bool(above.byline and above.byline.certain and not above.byline.credit)

    def _wraps(self, at: int) -> bool:
        """Return whether line `at` is the short end of a headline whose first line is full."""
        above = self.facts[at - 1]
        return at > 1 and above.full and above.open and self.facts[at].width <= _WRAPPED_END


def _distance(characters: int) -> int:
    return bisect_left(_DISTANCES, characters)
