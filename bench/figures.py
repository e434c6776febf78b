"""What was measured: values of one program for one metric, and what is said about them.

Machines differ and are shared: what counts is the ratio of programs run in turn in one run, with its spread.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

LEAST_RUNS = 5
"""Runs. Fewer give no median worth printing and no spread."""

Sample = Mapping[str, float]
"""One run of one program: metric → value. A metric ends in its unit: `first text ms`, `list key bytes`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """All values of one program for one metric."""

    program: str
    metric: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        return quantiles(self.values, n=20, method="inclusive")[-1] if len(self.values) > 1 else self.values[0]

    @property
    def spread(self) -> tuple[float, float]:
        """Least and greatest."""
        return min(self.values), max(self.values)


@dataclass(frozen=True, slots=True)
class Result:
    """What one part of the bench found."""

    part: str
    title: str
    figures: tuple[Figure, ...]
    against: str
    """The program the ratios are taken against."""
    notes: tuple[str, ...] = field(default=())
    """What was skipped and why, sizes, conditions."""

    @property
    def runs(self) -> str:
        """How many runs each figure is the median of: `5`, or `5–9` where parts of it differ."""
        counts = [len(figure.values) for figure in self.figures] or [0]
        least, most = min(counts), max(counts)
        return str(least) if least == most else f"{least}–{most}"

    def ratio(self, figure: Figure) -> float | None:
        """The figure's median over that of `against` for the same metric."""
        for other in self.figures:
            if other.program == self.against and other.metric == figure.metric and other.median:
                return figure.median / other.median
        return None


def alternate(programs: Mapping[str, Callable[[], Sample]], runs: int, warm_up: int = 1) -> tuple[Figure, ...]:
    """Run each program in turn, `runs` times round but at least `LEAST_RUNS` times.

    Taking turns lets what else the machine does strike all programs alike.
    """
    runs = max(runs, LEAST_RUNS)
    collected: dict[tuple[str, str], list[float]] = {}
    for turn in range(-warm_up, runs):
        for name, run in programs.items():
            sample = run()
            if turn >= 0:
                for metric, value in sample.items():
                    collected.setdefault((name, metric), []).append(value)
    return tuple(Figure(name, metric, tuple(values)) for (name, metric), values in collected.items())
