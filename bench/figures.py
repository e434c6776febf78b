"""Measured values and what is computed from them.

Machines differ and are shared. What counts is the ratio of programs that take turns in one run, with its range.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

MIN_RUNS = 5
"""Runs. With fewer, median and range mean little."""

Sample = Mapping[str, float]
"""One run of one program: metric to value. A metric ends in its unit: `first text ms`, `list key bytes`."""


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
        """The least and the greatest value."""
        return min(self.values), max(self.values)


@dataclass(frozen=True, slots=True)
class Result:
    """The results of one part of the benchmarks."""

    part: str
    title: str
    figures: tuple[Figure, ...]
    against: str
    """The program that ratios compare with."""
    notes: tuple[str, ...] = field(default=())
    """What was skipped and why, sizes, conditions."""
    own_table: str = ""
    """Markdown shown instead of the table of medians, where a median says nothing."""

    @property
    def runs(self) -> str:
        """The number of runs of each figure: `5`, or `5–9` if figures differ."""
        counts = [len(figure.values) for figure in self.figures] or [0]
        least, most = min(counts), max(counts)
        return str(least) if least == most else f"{least}–{most}"

    def ratio(self, figure: Figure) -> float | None:
        """Return the figure's median divided by that of `against` for the same metric."""
        for other in self.figures:
            if other.program == self.against and other.metric == figure.metric and other.median:
                return figure.median / other.median
        return None


def alternate(programs: Mapping[str, Callable[[], Sample]], runs: int, warm_up: int = 1) -> tuple[Figure, ...]:
    """Run each program in turn, `runs` times but at least `MIN_RUNS` times.

    By taking turns, all programs suffer alike from other load on the machine.
    """
    runs = max(runs, MIN_RUNS)
    collected: dict[tuple[str, str], list[float]] = {}
    for turn in range(-warm_up, runs):
        for name, run in programs.items():
            sample = run()
            if turn >= 0:
                for metric, value in sample.items():
                    collected.setdefault((name, metric), []).append(value)
    return tuple(Figure(name, metric, tuple(values)) for (name, metric), values in collected.items())
