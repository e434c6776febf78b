"""Scores of each label for each line, and of the transitions between labels.

A label classifies a line. A state is a label with the progress of its article, so that a single subhead, or a
paragraph below the byline, can be penalised.
"""

from collections.abc import Sequence
from typing import Literal

from .bylines import Byline
from .columns import ColumnLayout
from .evidence import NEVER, caption, continuation, heading, may_head, running, stacked_on
from .features import LineFeatures
from .page_habits import PageHabits
from .starts import start

Label = Literal[
    "headline", "more", "above", "paragraph", "join", "subhead", "subhead-more", "byline", "caption", "caption-join"
]
State = tuple[Label, int]
"""A label and the progress of the article: the number of subheads so far (2 for more), or `SIGNED`."""

SIGNED = 3
LABELS: tuple[Label, ...] = (
    "headline", "more", "above", "paragraph", "join", "subhead", "subhead-more", "byline", "caption", "caption-join",
)  # fmt: skip
_HOPELESS = -12.0

# Points for each label that may follow a label. Transitions that are not listed are impossible.
_AFTER: dict[Label, dict[Label, float]] = {
    "headline": {"more": -0.5, "above": 0.5, "paragraph": 0.5, "subhead": -2.5, "caption": -1.0, "headline": -4.5},
    "more": {"more": -1.5, "above": 0.5, "paragraph": 0.5, "subhead": -2.0, "caption": -1.0, "headline": -4.5},
    "above": {"above": -0.5, "paragraph": 0.5, "subhead": -1.5, "caption": -1.0, "more": -3.0},
    "paragraph": {"join": 0.0, "paragraph": 0.0, "subhead": 0.0, "byline": 0.0, "caption": 0.0, "headline": 0.0},
    "subhead": {
        "subhead-more": -2.0, "paragraph": 0.5, "subhead": -4.0, "caption": -2.0, "byline": -5.0, "above": -3.0,
        "headline": -6.0,
    },
    "byline": {"headline": 1.0, "caption": 0.0, "byline": -0.5, "paragraph": -4.0, "subhead": -3.5},
    "caption": {
        "caption-join": 0.0, "caption": 0.5, "headline": 0.0, "paragraph": -0.5, "byline": 0.0, "subhead": -1.0,
    },
}  # fmt: skip
_AFTER |= {"join": _AFTER["paragraph"], "subhead-more": _AFTER["subhead"], "caption-join": _AFTER["caption"]}
_FIRST: dict[Label, float] = {"headline": 0.0, "paragraph": -5.0, "caption": -3.0, "byline": -6.0}
_LONE_SUBHEAD = -3.5
_HEADING = frozenset[Label](("headline", "more", "subhead", "subhead-more"))
_RUNNING = frozenset[Label](("paragraph", "join"))
_CAPTION = frozenset[Label](("caption", "caption-join"))
_GOING_ON = frozenset[Label](("more", "subhead-more", "join", "caption-join"))


class Scores:
    """The points of each line for each label, computed once for a page."""

    def __init__(self, facts: Sequence[LineFeatures], layout: ColumnLayout) -> None:
        self.facts, self.layout = facts, layout
        shapes = [
            sum(p for _, p in heading(facts, at, layout)) if may_head(fact) and not self._certain(at) else NEVER
            for at, fact in enumerate(facts)
        ]
        self.style = PageHabits(facts, [at for at, points in enumerate(shapes) if points > 0])
        self.going_on = [0.0, *(sum(p for _, p in continuation(facts, at, layout)) for at in range(1, len(facts)))]
        self.own = [self._own(at, shapes[at]) for at in range(len(facts))]

    def _certain(self, at: int) -> bool:
        byline = self.facts[at].byline
        return bool(byline and byline.certain)

    def _own(self, at: int, shape: float) -> dict[Label, float]:
        fact = self.facts[at]
        points: dict[Label, float] = {}
        if fact.byline:
            points["byline"] = points["above"] = _of_byline(fact.byline)
        if shape > _HOPELESS:
            begin = sum(p for _, p in start(self.facts, at, self.style)) if shape > -6 else 0.0
            points["headline"] = shape + begin / 2
            points["subhead"] = shape - begin / 2
            points["more"] = shape + abs(begin) / 2 + sum(p for _, p in stacked_on(self.facts, at, self.style))
            points["subhead-more"] = shape
        points["paragraph"] = sum(p for _, p in running(fact, self.layout))
        points["caption"] = sum(p for _, p in caption(self.facts, at, self._under_pictures(at)))
        if at:
            broken = sum(p for name, p in running(fact, self.layout) if name == "breaks-off")
            points["join"] = min(0.0, self.going_on[at]) + broken
            points["caption-join"] = min(0.0, self.going_on[at]) - (1.0 if self.layout.wrapped else 0.0)
            points["caption-join"] += 6.0 if fact.ends_caption else -3.0 if fact.width > 60 else 0.0
        return {label: value for label, value in points.items() if value > _HOPELESS}

    def _under_pictures(self, at: int) -> bool:
        return any(self.facts[above].heads_pictures for above in range(max(0, at - 4), at))

    def first(self) -> dict[State, float]:
        own = self.own[0]
        return {(label, 0): points + own[label] for label, points in _FIRST.items() if label in own}

    def step(self, at: int, state: State) -> list[tuple[State, float]]:
        """Return the states on line `at` that may follow `state`, with the points of each transition."""
        label, _phase = state
        own = self.own[at]
        changes = self._changes(at, label)
        return [
            self._reached(at, state, following, points + own[following] + changes[following in _GOING_ON])
            for following, points in _AFTER[label].items()
            if following in own
        ]

    def _changes(self, at: int, label: Label) -> tuple[float, float]:
        """Return the points for opening a new element and for continuing the one above."""
        if label in _HEADING:
            return (-1.5, 1.5) if self.facts[at - 1].full else (0.0, 0.0)
        unfinished = max(0.0, self.going_on[at])
        return (-unfinished if label in _RUNNING else -unfinished / 2 if label in _CAPTION else 0.0), 0.0

    def _reached(self, at: int, state: State, following: Label, points: float) -> tuple[State, float]:
        label, phase = state
        if following == "headline":
            return (following, 0), points + (_LONE_SUBHEAD if phase == 1 else 0.0)
        if following == "subhead":
            return (following, SIGNED if phase == SIGNED else min(phase + 1, 2)), points - 4.0 * (phase == SIGNED)
        if following == "byline" or (self.facts[at].signed and following in _RUNNING):
            return (following, SIGNED), points + (_LONE_SUBHEAD if phase == 1 else 0.0)
        if phase == SIGNED and following == "paragraph":
            return (following, 0), points - 3.0
        if phase == SIGNED and following == "caption" and label not in _CAPTION:
            return (following, phase), points + self._after_signature(at)
        return (following, phase), points

    def _after_signature(self, at: int) -> float:
        """Return points for a caption directly under a byline; a short one belongs to the article above."""
        return 3.0 if self.facts[at].width <= 90 and not self.facts[at].full else 1.0

    def last(self, state: State) -> float:
        """Return the points of a page that ends in `state`."""
        label, phase = state
        return -4.0 if label in _HEADING else _LONE_SUBHEAD if phase == 1 else 0.0


def _of_byline(byline: Byline) -> float:
    return 1.5 if not byline.certain else 5.0 if byline.credit else 8.0
