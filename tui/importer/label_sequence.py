"""The best-scoring sequence of labels for all lines of a page, found with the Viterbi algorithm.

Labelling line by line would let one mistake cause the next. Scoring whole sequences avoids that, in time linear in the
number of lines. A second, backward pass gives the cost of each line's second-best label, and so its confidence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .alike_headings import MOST, Preference, agreed
from .heading_signs import looks_like_heading
from .scores import LABELS, Label, Scores, State

_BEAM = 14.0
"""Points. A partial sequence that scores this far below the best (odds of a million to one) is dropped."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The label of a line, and the points that the page would lose with the second-best label there."""

    label: Label
    margin: float
    instead: Label | None
    """The second-best label; None if there is no other, and then `margin` is infinite."""


def labelled(scores: Scores) -> list[Decision]:
    """Decide the label of every line. Headings of one form on which the first result differs are decided together."""
    if not scores.facts:
        return []
    forward, backward, labels = _swept(scores)
    preferences = {
        at: preference
        for at, fact in enumerate(scores.facts)
        if looks_like_heading(fact) and (preference := _preference(_totals(forward[at], backward[at])))
    }
    chosen = agreed(scores.facts, preferences)
    if chosen:
        for at, label in chosen.items():
            scores.prefer(at, label, MOST)
        forward, backward, labels = _swept(scores)
    return [_decided(label, forward[at], backward[at]) for at, label in enumerate(labels)]


def _swept(scores: Scores) -> tuple[list[dict[State, float]], list[dict[State, float]], list[Label]]:
    """Return the sums from both ends of the page, and the labels of the best sequence."""
    forward = _sweep(len(scores.facts), scores.first, scores.step)
    backward = _sweep_back(forward, scores)
    return forward, backward, _best_path(backward, scores)


def _sweep(
    length: int, first: Callable[[], dict[State, float]], step: Callable[[int, State], Iterable[tuple[State, float]]]
) -> list[dict[State, float]]:
    """Return, for each line, the best sum of points of a sequence that ends there in each state."""
    sums = [first()]
    for at in range(1, length):
        best: dict[State, float] = {}
        for state, points in sums[-1].items():
            for following, gain in step(at, state):
                if points + gain > best.get(following, float("-inf")):
                    best[following] = points + gain
        worst = max(best.values()) - _BEAM
        sums.append({state: points for state, points in best.items() if points >= worst})
    return sums


def _sweep_back(forward: list[dict[State, float]], scores: Scores) -> list[dict[State, float]]:
    """Return, for each line, the best sum of points from each state to the end of the page."""
    ends = {state: scores.last(state) for state in forward[-1]}
    sums = [ends]
    for at in range(len(forward) - 1, 0, -1):
        later = sums[-1]
        best: dict[State, float] = {}
        for state in forward[at - 1]:
            reachable = [gain + later[following] for following, gain in scores.step(at, state) if following in later]
            if reachable:
                best[state] = max(reachable)
        sums.append(best)
    return sums[::-1]


def _best_path(backward: list[dict[State, float]], scores: Scores) -> list[Label]:
    """Return the labels of the best sequence."""
    first = scores.first()
    state = max(backward[0], key=lambda one: first[one] + backward[0][one])
    labels = [state[0]]
    for at in range(1, len(backward)):
        later = backward[at]
        reachable = [reached for reached in scores.step(at, state) if reached[0] in later]
        state = max(reachable, key=lambda reached: reached[1] + later[reached[0]])[0]
        labels.append(state[0])
    return labels


def _totals(forward: dict[State, float], backward: dict[State, float]) -> dict[Label, float]:
    """Return, for each label that a line may have, the points of the best sequence with that label."""
    totals: dict[Label, float] = {}
    for state, points in forward.items():
        if state in backward:
            totals[state[0]] = max(totals.get(state[0], float("-inf")), points + backward[state])
    return totals


def _preference(totals: dict[Label, float]) -> Preference | None:
    """Return what a line's sums say of it as a heading; None if it cannot be both kinds of heading."""
    if "headline" not in totals or "subhead" not in totals:
        return None
    headline, subhead = totals["headline"], totals["subhead"]
    return Preference(headline - subhead, max(totals.values()) - max(headline, subhead))


def _decided(label: Label, forward: dict[State, float], backward: dict[State, float]) -> Decision:
    totals = _totals(forward, backward)
    others = [other for other in LABELS if other in totals and _same(other) != _same(label)]
    if not others:
        return Decision(label, float("inf"), None)
    instead = max(others, key=lambda other: totals[other])
    return Decision(label, totals[label] - totals[instead], instead)


def _same(label: Label) -> Label:
    """Return the label that represents all labels with the same effect for the user."""
    alike: dict[Label, Label] = {
        "above": "byline",
        "subhead-more": "subhead",
        "caption-join": "join",
        "row": "paragraph",
    }
    return alike.get(label, label)
