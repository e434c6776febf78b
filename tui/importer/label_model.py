"""Weights of the signs for each label and of the steps from label to label, learned from generated pages.

`weights.txt` is written by `python -m bench.learn`. Its first line names the labels; each other line is a sign and its
weights, in hundredths. A weight is roughly a natural logarithm of odds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parent / "weights.txt"
SCALE = 100
_LEAST = 4
"""Hundredths. Smaller weights decide nothing."""
_STEP = ">"


@dataclass(frozen=True)
class LabelModel:
    """A linear model: the points of a label sequence are the sum of the weights of its signs and steps."""

    signs: Mapping[str, Sequence[float]]
    """Weights by sign, in the order of the labels."""
    steps: Mapping[str, float]
    """Weights by step, such as `headline>paragraph`; unknown steps have none."""

    def points(self, signs: Iterable[str], labels: int) -> list[float]:
        """Return the sum of the weights of the signs for each label."""
        known = [weights for sign in signs if (weights := self.signs.get(sign))]
        return [sum(column) for column in zip(*known, strict=True)] if known else [0.0] * labels


@cache
def learned() -> LabelModel:
    """Return the model of the installed program."""
    return read_model(WEIGHTS.read_text("utf-8"))


def read_model(text: str) -> LabelModel:
    """Return the model in the text of a file of weights."""
    signs: dict[str, list[float]] = {}
    steps: dict[str, float] = {}
    for line in text.splitlines()[1:]:
        name, _tab, said = line.partition("\t")
        weights = [int(number) / SCALE for number in said.split(" ")]
        if _STEP in name:
            steps[name] = weights[0]
        else:
            signs[name] = weights
    return LabelModel(signs, steps)


def model_text(model: LabelModel, labels: Sequence[str]) -> str:
    """Return the text of the file of weights. Signs and steps whose weights are all below `_LEAST` are left out."""
    lines = [" ".join(labels)]
    for name, weights in sorted(model.signs.items()):
        rounded = [round(SCALE * weight) for weight in weights]
        if max(map(abs, rounded)) >= _LEAST:
            lines.append(f"{name}\t{' '.join(map(str, rounded))}")
    lines += [
        f"{name}\t{round(SCALE * one)}"
        for name, one in sorted(model.steps.items())
        if abs(round(SCALE * one)) >= _LEAST
    ]
    return "\n".join(lines) + "\n"
