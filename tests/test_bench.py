"""Output of `python -m bench`: medians of enough runs, with range and number of runs."""

import argparse
import re
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from bench import keys, memory, typing
from bench.figures import Result, alternate
from bench.programs import Candidate
from bench.report import section


@pytest.mark.parametrize("runs", [1, 3, 9, 21])
@pytest.mark.parametrize("part", [keys, memory, typing], ids=lambda part: part.__name__)
def test_every_figure_is_the_median_of_at_least_five_runs(
    part: object, runs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The programs are replaced by stubs; each part decides how often they run."""
    values: Iterator[int] = count()
    for name in ("measure", "_opened", "_read"):
        monkeypatch.setattr(part, name, lambda *_given: {"down ms": float(next(values))}, raising=False)
    for name in ("libraries", "readers", "ours", "widgets", "article_file", "scratch", "bare"):
        monkeypatch.setattr(part, name, _stand_in(name), raising=False)
    result = part.run(argparse.Namespace(runs=runs, library=None, sizes=[10]))  # type: ignore[attr-defined]
    assert isinstance(result, Result) and result.figures
    for figure in result.figures:
        assert len(figure.values) >= max(5, runs // 3)
        assert figure.spread[0] < figure.median < figure.spread[1]
    rows = [line.split("|")[-2].strip() for line in section(result).splitlines() if line.startswith("| down ms")]
    assert rows and all(int(row) >= 5 for row in rows)
    assert f"runs {result.runs}" in section(result)


def _stand_in(name: str) -> object:
    one = Candidate("program", ("true",), "")
    return {
        "libraries": lambda _args: [("ganews-tui", None)],
        "readers": lambda *_given: ([], []),
        "article_file": lambda *_given: Path("/nowhere"),
        "scratch": lambda: Path("/nowhere"),
    }.get(name, lambda *_given: one)


def test_programs_take_turns_after_a_warm_up() -> None:
    ran: list[str] = []

    def program(name: str) -> dict[str, float]:
        ran.append(name)
        return {"ms": 1.0}

    figures = alternate({name: partial(program, name) for name in "ab"}, 5)
    assert "".join(ran) == "ab" * 6
    assert re.fullmatch("5", Result("x", "x", figures, "a").runs)
