"""Points of each label for each line, and of the steps between labels.

A label classifies a line. A state is a label with the progress of its article, so that a single subhead, or a
paragraph below the byline, can count against a sequence.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from .columns import ColumnLayout
from .features import LineFeatures
from .heading_signs import may_head
from .label_model import LabelModel, learned
from .line_signs import habits_of, reach_of, signs_of_page
from .page_habits import PageHabits

Label = Literal[
    "headline", "more", "above", "paragraph", "join", "subhead", "subhead-more", "byline", "caption", "caption-join",
    "row",
]  # fmt: skip
State = tuple[Label, int]
"""A label and the progress of the article: the number of subheads so far (2 for more), or `SIGNED`."""

Kind = tuple[str, str, str]
"""What is known of a line and of its page before labels are decided."""

SIGNED = 3
LABELS: tuple[Label, ...] = (
    "headline", "more", "above", "paragraph", "join", "subhead", "subhead-more", "byline", "caption", "caption-join",
    "row",
)  # fmt: skip
_TEXT: tuple[Label, ...] = ("paragraph", "row", "subhead", "byline", "caption", "headline")
FOLLOWERS: Mapping[Label, tuple[Label, ...]] = {
    "headline": ("more", "above", "paragraph", "row", "subhead", "caption", "headline"),
    "more": ("more", "above", "paragraph", "row", "subhead", "caption", "headline"),
    "above": ("above", "paragraph", "row", "subhead", "caption", "more"),
    "paragraph": ("join", *_TEXT),
    "join": ("join", *_TEXT),
    "row": ("join", *_TEXT),
    "subhead": ("subhead-more", "paragraph", "row", "subhead", "caption", "byline", "above", "headline"),
    "subhead-more": ("subhead-more", "paragraph", "row", "subhead", "caption", "byline", "above", "headline"),
    "byline": ("headline", "caption", "byline", "paragraph", "row", "subhead"),
    "caption": ("caption-join", "caption", "headline", "paragraph", "row", "byline", "subhead"),
    "caption-join": ("caption-join", "caption", "headline", "paragraph", "row", "byline", "subhead"),
}
"""The labels that may follow each label."""
RULES: Mapping[str, Mapping[Label, float]] = {
    "column-of-text": {"headline": -2.0, "more": -2.0, "subhead": -2.0, "subhead-more": -2.0},
    "right-under-pictures": {"caption": 2.5, "paragraph": -1.0},
    "before-credit": {"caption-join": -2.0, "join": -2.0},
    "signed-but-above": {"headline": -2.0, "subhead": 2.0},
    "heads-dateline": {"headline": 1.0, "more": 1.0},
    "next-must-go-on": {"headline": -2.0, "more": -2.0, "subhead": -2.0, "subhead-more": -2.0},
    "quote-after-stop": {"paragraph": 1.0, "join": -1.0},
    "opens-after-stop": {"paragraph": 0.2, "join": -0.2},
    "numbered-heading": {"subhead": 1.5, "headline": -2.0, "more": -2.0},
    "below-column-name": {"more": 1.0, "subhead": -1.5},
    "ends-in-colon": {"headline": -2.5, "subhead": -1.0},
    "verse": {"row": 3.0, "join": -4.0},
    "signature": {"headline": -1.5, "more": -1.5, "subhead": -1.5},
}
"""Points of signs that are certain enough to be set by hand, in addition to what is learned."""
_DECIDED = 1000.0
"""Points of a label that the user chose: more than all others can add up to on the lines around it."""
_SAID = 8.0
"""Points of the label that the markup of a page says: it weighs as much as all other signs of a line."""
_UNSAID = 5.0
"""Points that a line without a tag loses as a headline where the markup names headlines."""
_OPENERS: tuple[Label, ...] = ("headline", "paragraph", "caption", "byline", "row")
_HEADINGS = frozenset[Label](("headline", "more", "subhead", "subhead-more"))
_BYLINES = frozenset[Label](("above", "byline"))
_DATED, _INSIDE = frozenset[Label](("paragraph",)), frozenset[Label](("join",))
_RUNNING = frozenset[Label](("paragraph", "join", "row"))
_JOINS = frozenset[Label](("join", "caption-join"))
_CAPTIONS = frozenset[Label](("caption", "caption-join"))


class Scores:
    """The points of each line for each label, computed once for a page."""

    def __init__(
        self,
        facts: Sequence[LineFeatures],
        layout: ColumnLayout,
        decided: Mapping[int, Label] | None = None,
        model: LabelModel | None = None,
        *,
        said: Mapping[int, Label] | None = None,
    ) -> None:
        """Weigh the lines. By line number, `decided` holds the labels that the user chose, `said` those of markup.

        Where there is markup, every line is a block: none goes on with the one above.
        """
        self.facts, self.layout, self.model = facts, layout, model or learned()
        page = habits_of(facts)
        self.signs = signs_of_page(facts, layout, page)
        self.decided = decided or {}
        self._said = said or {}
        self._says_headlines = "headline" in self._said.values()
        self._impossible = _JOINS if said is not None else frozenset[Label]()
        self.own = [self._own(fact, signs) for fact, signs in zip(facts, self.signs, strict=True)]
        self.kinds = kinds_of(facts, layout, page)
        self._steps: dict[tuple[Kind, State], list[tuple[State, float]]] = {}

    def _own(self, fact: LineFeatures, signs: Sequence[str]) -> dict[Label, float]:
        possible = possible_labels(fact) - self._impossible
        points = self.model.points(signs, len(LABELS))
        own = {label: value for label, value in zip(LABELS, points, strict=True) if label in possible}
        for sign in signs:
            for label, by in RULES.get(sign, {}).items():
                if label in own:
                    own[label] += by
        if (tagged := self._said.get(fact.line.number)) in own:
            own[tagged] += _SAID
        elif tagged is None and self._says_headlines and "headline" in own:
            own["headline"] -= _UNSAID
        if chosen := self.decided.get(fact.line.number):
            own[chosen] = own.get(chosen, 0.0) + _DECIDED
        return own

    def prefer(self, at: int, label: Label, points: float) -> None:
        """Add points to a label of line `at`, if the line can have it."""
        if label in self.own[at]:
            self.own[at][label] += points

    def first(self) -> dict[State, float]:
        """Return the states in which a page may begin, with their points."""
        return {
            reached(label, ("headline", 0), self.kinds[0]): self.own[0][label]
            + self.model.steps.get(f"first>{label}", 0.0)
            for label in _OPENERS
            if label in self.own[0]
        }

    def step(self, at: int, state: State) -> list[tuple[State, float]]:
        """Return the states on line `at` that may follow `state`, with the points of each."""
        own = self.own[at]
        steps = self._from(self.kinds[at], state)
        return [(later, own[later[0]] + points) for later, points in steps if later[0] in own]

    def _from(self, kind: Kind, state: State) -> list[tuple[State, float]]:
        key = kind, state
        if key not in self._steps:
            weights = self.model.steps
            self._steps[key] = [
                (reached(label, state, kind), sum(weights.get(name, 0.0) for name in step_names(kind, state, label)))
                for label in FOLLOWERS[state[0]]
            ]
        return self._steps[key]

    def last(self, state: State) -> float:
        """Return the points of a page that ends in `state`."""
        return sum(self.model.steps.get(name, 0.0) for name in last_names(state))


def kinds_of(facts: Sequence[LineFeatures], layout: ColumnLayout, page: PageHabits) -> list[Kind]:
    """Return what decides how much a step to each line counts.

    It is whether the line is dated or signed, the habit of the page, and how the line above ends.
    """
    habit = "all signed" if page.all_signed else "signed page" if page.signed else ""
    kinds: list[Kind] = []
    above = ""
    for fact in facts:
        kinds.append(("dated" if fact.dateline else "signed" if fact.signed else "", habit, above))
        above = f"{reach_of(fact, layout)} {'open' if fact.open else 'closed'}"
    return kinds


def possible_labels(fact: LineFeatures) -> frozenset[Label]:
    """Return the labels that the line can have at all."""
    impossible: set[Label] = set()
    if fact.in_dateline or (fact.dateline and fact.dateline.end):
        return _INSIDE if fact.in_dateline else _DATED
    if not may_head(fact):
        impossible |= _HEADINGS
    if not fact.byline:
        impossible |= _BYLINES
    return frozenset(LABELS) - impossible


def reached(label: Label, state: State, kind: Kind) -> State:
    """Return the state of a line with `label` below a line in `state`."""
    phase = state[1]
    if label == "headline":
        return label, 0
    if label == "subhead":
        return label, SIGNED if phase == SIGNED else min(phase + 1, 2)
    if label == "byline" or (kind[0] == "signed" and label in _RUNNING):
        return label, SIGNED
    if phase == SIGNED and label == "paragraph":
        return label, 0
    return label, phase


def step_names(kind: Kind, state: State, label: Label) -> tuple[str, ...]:
    """Return the names of the weights that count for a step."""
    before, phase = state
    own, page, above = kind
    names = [f"{before}>{label}", f"{phase} {'caption' if before in _CAPTIONS else ''}>{label}"]
    if above:
        names.append(f"{above} {before}>{label}")
    if own:
        names.append(f"{own} {before}>{label}")
    if page:
        names.append(f"{page} {phase}>{label}")
    return tuple(names)


def last_names(state: State) -> tuple[str, ...]:
    """Return the names of the weights that count for the end of the page."""
    return f"{state[0]}>last", f"{state[1]}>last"
