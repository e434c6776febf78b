"""Learning of the importer's weights from generated pages: `python -m bench.learn` writes `tui/importer/weights.txt`.

An averaged structured perceptron with a margin: each page is labelled with the present weights. Where that goes wrong,
or is right by too little, the weights of the right labels grow and those of the wrong ones shrink. The same seeds give
the same weights.
"""

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import repeat
from random import Random

from tui.gazetteer import Gazetteer, load
from tui.importer.columns import layout_of, repaired
from tui.importer.features import features_of
from tui.importer.furniture import furniture_among
from tui.importer.label_model import WEIGHTS, LabelModel, model_text
from tui.importer.line_signs import habits_of, signs_of_page
from tui.importer.scores import (
    FOLLOWERS,
    LABELS,
    RULES,
    Kind,
    Label,
    State,
    kinds_of,
    last_names,
    possible_labels,
    reached,
    step_names,
)  # fmt: skip
from tui.importer.source_lines import lines_of
from tui.paths import content_dir

from .import_ import PAGE
from .pages.composer import FIFTHS
from .pages.labelled import labelled_page

PAGES, ROUNDS, LEAST, LEARNERS = 500, 4, 6, 4
"""Pages from which each learner learns, passes over them, occurrences below which a sign is left out, and learners."""
SEEDS_APART = 10_000
_NOTHING = (0.0,) * len(LABELS)
_MARGIN = 1.0
_MOST = 0.1
"""Largest correction of a weight by one page."""
_DROPPED = 0.25
_WITH_GAPS = 0.6
"""Share of the signs that a line lacks, so that no decision rests on a single sign; share of the passes with gaps."""
_OPENERS: tuple[Label, ...] = ("headline", "paragraph", "caption", "byline", "row")


@dataclass
class Lesson:
    """A page as the learner sees it."""

    signs: list[list[str]]
    kinds: list[Kind]
    possible: list[frozenset[Label]]
    right: list[Label]


@dataclass
class Learner:
    """Weights under construction, and their sums over time for the average."""

    signs: dict[str, list[float]] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)
    sign_sums: dict[str, list[float]] = field(default_factory=dict)
    step_sums: dict[str, float] = field(default_factory=dict)
    time: int = 1

    def learn(self, lesson: Lesson) -> int:
        """Correct the weights by one page. Return the number of lines labelled wrong.

        The correction is as small as makes the right labels win by the margin, and at most `_MOST` (MIRA).
        """
        found = self.label(lesson, _MARGIN)
        wrong = sum(a[0] != b for a, b in zip(found, lesson.right, strict=True))
        self.time += 1
        if wrong:
            signs, steps = self._difference(lesson, found)
            lost = wrong * _MARGIN - sum(self.signs[sign][column] * by for (sign, column), by in signs.items())
            lost -= sum(self.steps.get(name, 0.0) * by for name, by in steps.items())
            square = sum(by * by for by in signs.values()) + sum(by * by for by in steps.values())
            rate = min(_MOST, lost / square)
            for (sign, column), by in signs.items():
                self.signs[sign][column] += rate * by
                self.sign_sums[sign][column] += rate * by * self.time
            for name, by in steps.items():
                self.steps[name] = self.steps.get(name, 0.0) + rate * by
                self.step_sums[name] = self.step_sums.get(name, 0.0) + rate * by * self.time
        return wrong

    def _difference(self, lesson: Lesson, found: Sequence[State]) -> tuple[Counter[tuple[str, int]], Counter[str]]:
        """Return how much more often the right labels than the found ones use each weight."""
        signs: Counter[tuple[str, int]] = Counter()
        steps: Counter[str] = Counter()
        right = list(path_of(lesson.right, lesson.kinds))
        for path, by in ((right, 1), (found, -1)):
            for at, state in enumerate(path):
                if right[at][0] != found[at][0]:
                    column = LABELS.index(state[0])
                    for sign in lesson.signs[at]:
                        signs[sign, column] += by
                names = step_names(lesson.kinds[at], path[at - 1], state[0]) if at else (f"first>{state[0]}",)
                for name in names:
                    steps[name] += by
            for name in last_names(path[-1]):
                steps[name] += by
        return signs, Counter({name: by for name, by in steps.items() if by})

    def label(self, lesson: Lesson, margin: float) -> list[State]:
        """Return the best path, with `margin` added to every wrong label."""
        own = [self._own(lesson, at, margin) for at in range(len(lesson.signs))]
        steps: dict[tuple[Kind, State], list[tuple[State, float]]] = {}
        weights = self.steps
        best = {
            reached(label, ("headline", 0), lesson.kinds[0]): own[0][label] + weights.get(f"first>{label}", 0.0)
            for label in _OPENERS
            if label in own[0]
        }
        origins: list[dict[State, State]] = []
        for at in range(1, len(own)):
            kind, mine = lesson.kinds[at], own[at]
            following: dict[State, float] = {}
            came: dict[State, State] = {}
            for state, points in best.items():
                known = steps.get((kind, state))
                if known is None:
                    known = steps[kind, state] = [
                        (
                            reached(label, state, kind),
                            sum(weights.get(name, 0.0) for name in step_names(kind, state, label)),
                        )
                        for label in FOLLOWERS[state[0]]
                    ]
                for later, gain in known:
                    if later[0] in mine:
                        total = points + gain + mine[later[0]]
                        if later not in following or total > following[later]:
                            following[later], came[later] = total, state
            best = following
            origins.append(came)
        state = max(best, key=lambda one: best[one] + sum(weights.get(name, 0.0) for name in last_names(one)))
        path = [state]
        for came in reversed(origins):
            state = came[state]
            path.append(state)
        return path[::-1]

    def _own(self, lesson: Lesson, at: int, margin: float) -> dict[Label, float]:
        rows = [self.signs[sign] for sign in lesson.signs[at]]
        right, possible = lesson.right[at], lesson.possible[at]
        return {
            label: sum(column) + (margin if label != right else 0.0)
            for label, column in zip(LABELS, zip(*rows, strict=True) if rows else [(0.0,)] * len(LABELS), strict=True)
            if label in possible
        }

    def model(self, scale: float = 1.0) -> LabelModel:
        """Return the average of the weights over time."""
        signs = {
            sign: [scale * (w - s / self.time) for w, s in zip(weights, self.sign_sums[sign], strict=True)]
            for sign, weights in self.signs.items()
        }
        return LabelModel(
            signs, {name: scale * (weight - self.step_sums[name] / self.time) for name, weight in self.steps.items()}
        )


def path_of(labels: Sequence[Label], kinds: Sequence[Kind]) -> Iterator[State]:
    """Yield the states of a sequence of labels."""
    state: State = ("headline", 0)
    for label, kind in zip(labels, kinds, strict=True):
        state = reached(label, state, kind)
        yield state


def lesson_of(seed: object, gazetteer: Gazetteer, part: int = -1) -> Lesson | None:
    """Return a generated page to learn from, or None if no sequence of labels is right for it."""
    made = labelled_page(Random(str(seed)), gazetteer, part)
    everything = lines_of(made.text)
    furniture = furniture_among(everything)
    lines = [line for line in everything if line.number not in furniture]
    if not lines:
        return None
    layout = layout_of(lines)
    lines = repaired(lines, layout)
    facts = features_of(lines, layout, gazetteer)
    said = {line.number: row.label for line, row in zip(everything, made.rows, strict=True)}
    right = [_possible(said[fact.line.number], possible_labels(fact)) for fact in facts]
    known = [label for label in right if label is not None]
    if len(known) < len(right) or known[0] not in _OPENERS:
        return None
    if any(later not in FOLLOWERS[label] for label, later in itertools.pairwise(known)):
        return None
    page = habits_of(facts)
    kinds = kinds_of(facts, layout, page)
    return Lesson(signs_of_page(facts, layout, page), kinds, [possible_labels(fact) for fact in facts], known)


def _possible(label: str, possible: frozenset[Label]) -> Label | None:
    """Return the label if the line can have it; a byline that is not recognised is read as a row."""
    if label in ("above", "byline") and label not in possible:
        return "row"
    return next((one for one in LABELS if one == label and one in possible), None)


def learned_from(lessons: Sequence[Lesson], rounds: int = ROUNDS) -> Learner:
    """Return a learner after `rounds` passes over the lessons."""
    counts = Counter(sign for lesson in lessons for signs in lesson.signs for sign in signs)
    learner = Learner()
    for sign, count in counts.items():
        if count >= LEAST and sign not in RULES:
            learner.signs[sign], learner.sign_sums[sign] = [0.0] * len(LABELS), [0.0] * len(LABELS)
    for lesson in lessons:
        lesson.signs = [[sign for sign in signs if sign in learner.signs] for signs in lesson.signs]
    order, random = list(range(len(lessons))), Random(0)
    for number in range(rounds):
        random.shuffle(order)
        drop = _DROPPED if number < _WITH_GAPS * rounds else 0.0
        wrong = sum(learner.learn(_with_gaps(lessons[at], random, drop)) for at in order)
        print(f"round {number + 1}: {wrong} of {sum(len(lesson.right) for lesson in lessons)} lines wrong", flush=True)
    return learner


def _with_gaps(lesson: Lesson, random: Random, drop: float) -> Lesson:
    """Return the lesson without the share `drop` of its signs."""
    if not drop:
        return lesson
    signs = [[sign for sign in signs if random.random() >= drop] for signs in lesson.signs]
    return replace(lesson, signs=signs)


def cross_validated(gazetteer: Gazetteer, pages: int, rounds: int) -> str:
    """Return a table of F1 by label: each fifth of the matters is labelled by what was learned from the others."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for part in range(FIFTHS):
        lessons = _lessons(range(pages), gazetteer, part)
        learner = learned_from(lessons, rounds)
        model = learner.model()
        judge = Learner({sign: list(weights) for sign, weights in model.signs.items()}, dict(model.steps))
        for lesson in _lessons(range(pages, pages + pages // 3), gazetteer, -2 - part):
            lesson.signs = [[sign for sign in signs if sign in judge.signs] for signs in lesson.signs]
            for state, label in zip(judge.label(lesson, 0.0), lesson.right, strict=True):
                found[state[0]] += 1
                gold[label] += 1
                right[label] += state[0] == label
    rows = [f"| {label} | {2 * right[label] / (found[label] + gold[label]):.3f} | {gold[label]} |" for label in LABELS]
    share = sum(right.values()) / sum(gold.values())
    return "\n".join(
        ["| label | F1 | lines |", "|---|--:|--:|", *rows, f"| all | {share:.3f} | {sum(gold.values())} |"]
    )


def _lessons(seeds: Iterable[int], gazetteer: Gazetteer, part: int = -1) -> list[Lesson]:
    return [lesson for seed in seeds if (lesson := lesson_of(seed, gazetteer, part))]


def _one_model(number: int, pages: int, rounds: int) -> LabelModel:
    """Return what learner `number` learns from its own pages."""
    first = number * SEEDS_APART
    lessons = _lessons(range(first, first + pages), load(content_dir() / "gazetteer.yaml"))
    return learned_from(lessons, rounds).model()


def average(models: Sequence[LabelModel]) -> LabelModel:
    """Return the average of the models, which decides more steadily than each of them."""
    every = sorted(set().union(*(model.signs for model in models)))
    rows = {name: [model.signs.get(name, _NOTHING) for model in models] for name in every}
    signs = {name: [sum(column) / len(models) for column in zip(*row, strict=True)] for name, row in rows.items()}
    names = sorted(set().union(*(model.steps for model in models)))
    return LabelModel(signs, {name: sum(m.steps.get(name, 0.0) for m in models) / len(models) for name in names})


def main() -> None:
    """Learn the weights and write them, or print the figures of a cross-validation."""
    arguments = argparse.ArgumentParser(prog="python -m bench.learn", description=__doc__)
    arguments.add_argument("--pages", type=int, default=PAGES)
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    arguments.add_argument(
        "--cross", action="store_true", help="cross-validate and write docs/import.md, not the weights"
    )
    said = arguments.parse_args()
    gazetteer = load(content_dir() / "gazetteer.yaml")
    if said.cross:
        table = cross_validated(gazetteer, said.pages, said.rounds)
        print(table)
        page = PAGE.read_text("utf-8")
        first, last = "<!-- cross-validation -->", "<!-- /cross-validation -->"
        PAGE.write_text(
            re.sub(f"{first}.*{last}", lambda _found: f"{first}\n{table}\n{last}", page, flags=re.DOTALL), "utf-8"
        )
        return
    with ProcessPoolExecutor(LEARNERS) as pool:
        models = list(pool.map(_one_model, range(LEARNERS), repeat(said.pages), repeat(said.rounds)))
    text = model_text(average(models), LABELS)
    WEIGHTS.write_text(text, "utf-8")
    print(f"{WEIGHTS.name}: {len(text)} bytes")


if __name__ == "__main__":
    main()
