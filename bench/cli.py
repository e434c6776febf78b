"""The time of a subcommand from start to end; the floor is the import of two modules it may need."""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from .figures import Result, Sample, alternate
from .start import libraries

ROOT = Path(__file__).resolve().parent.parent
FLOOR = "import sqlite3, yaml"
LINES = ("--version", "search 反诈", "search fanzha --json", "list", "show kailu", "places")


def run(args: argparse.Namespace) -> Result:
    """Measure each command line with the bundled content, and a search in larger libraries with a fresh index.

    Processor time is measured too, because it does not depend on other programs.
    """
    candidates: dict[str, Callable[[], Sample]] = {FLOOR: partial(measure, ["-c", FLOOR])}
    for line in LINES:
        candidates[f"ganews-tui {line}"] = partial(measure, ["-m", "tui", *line.split()])
    for name, library in libraries(args)[1:]:
        words = ["-m", "tui", "search", "反诈", "--limit", "20", "--library", str(library)]
        measure(words)
        candidates[f"{name}, search"] = partial(measure, words)
    return Result("cli", "The command line", alternate(candidates, args.runs), FLOOR)


_HOME = mkdtemp(prefix="ganews-bench-")


def measure(words: list[str]) -> Sample:
    """Run a command once and discard its output."""
    folders = {name: f"{_HOME}/{name}" for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | folders
    before, began = _processor(), time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, check=True)
    return {"start to end ms": (time.perf_counter() - began) * 1e3, "processor ms": (_processor() - before) * 1e3}


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
