"""The cost of a mark with a thousand and a million articles read, beside the bare database."""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tui.reading import Position, Reading

from .figures import Result, Sample, alternate

FLOOR = "one insert, committed"
PAGE = 256
TIMES = 200


def run(args: argparse.Namespace) -> Result:
    """Measure milliseconds of each action; the floor is a plain table in the same kind of file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor = _floor(folder / "floor.sqlite")
        stores = {articles: _marked(folder / f"{articles}.sqlite", articles) for articles in (1000, 1_000_000)}
        programs: dict[str, Callable[[], Sample]] = {FLOOR: lambda: _insert(floor)}
        for articles, reading in stores.items():
            programs[f"{articles:,} read"] = partial(_acts, reading, articles)
        figures = alternate(programs, args.runs // 2)
        for reading in stores.values():
            reading.close()
    notes = (f"Each value is the mean of {TIMES}; the file waits for the disk on a thread, a third of a second later.",)
    return Result("marks", "Marks", figures, FLOOR, notes)


def _floor(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    conn.execute("pragma synchronous = normal")
    conn.execute("create table mark (id text primary key) without rowid")
    return conn


def _marked(path: Path, articles: int) -> Reading:
    reading = Reading(path)
    reading.mark_all_read(f"2023-06/{number:07}" for number in range(articles))
    return reading


def _insert(floor: sqlite3.Connection) -> Sample:
    floor.execute("delete from mark")
    took = _mean(lambda number: floor.execute("insert into mark values (?)", (f"2023-06/{number:07}",)))
    return {"mark ms": took, "undo ms": took, "position ms": took}


def _acts(reading: Reading, articles: int) -> Sample:
    step = max(1, articles // PAGE)
    page = [f"2023-06/{number:07}" for number in range(0, articles, step)][:PAGE]
    return {
        "mark ms": _mean(lambda number: reading.toggle_star(f"2023-06/{number:07}")),
        "undo ms": _mean(lambda _number: reading.undo()),
        "position ms": _mean(lambda number: reading.remember_position(page[number % len(page)], Position(1, number))),
        "marks of a screen's page ms": _mean(lambda _number: reading.read_among(page)),
        "seen another window ms": _mean(lambda _number: reading.changed()),
    }


def _mean(act: Callable[[int], object]) -> float:
    started = time.perf_counter()
    for number in range(TIMES):
        act(number)
    return (time.perf_counter() - started) / TIMES * 1000
