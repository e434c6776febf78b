"""Many readers of a shared library at once, and ten importers beside a reader. Each is a process of its own."""

import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING

from tui.article import Article
from tui.shared.article_row import ArticleRow, row
from tui.shared.live_load import Importer
from tui.shared.postgres import connect

from .figures import Figure
from .shared_library import Maker
from .shared_search import OURS, first_hits, ms, spent_ms

if TYPE_CHECKING:
    from multiprocessing.connection import Connection as _Connection
    from multiprocessing.context import ForkProcess
    from multiprocessing.synchronize import Event as _Event

    from tui.shared.postgres import Connection

READERS, ACTIONS = 50, 25
_SECONDS = 20
IMPORTERS, BATCH, _BATCHES = 10, 20, 30
_YEAR = 2025
_TIDY_SECONDS, _SEARCH_SECONDS = 1.0, 0.05

Times = dict[str, list[float]]
_FORK = get_context("fork")


def many_readers(address: str, queries: Sequence[Sequence[str]]) -> list[Figure]:
    """Time searches and openings of many connections that act at random moments."""
    until = time.monotonic() + _SECONDS
    found = _together([partial(_read, address, queries, seed, until) for seed in range(READERS)])
    return [Figure(OURS, f"{READERS} readers, {name} ms", tuple(found[name])) for name in ("search", "open")]


def _read(address: str, queries: Sequence[Sequence[str]], seed: int, until: float) -> Times:
    draw = random.Random(seed)
    times: Times = {"search": [], "open": []}
    with connect(address) as conn:
        known = [row[:2] for row in conn.execute("select day, number from article order by day desc limit 2000")]
        while time.monotonic() < until:
            time.sleep(draw.expovariate(ACTIONS / READERS))
            if draw.random() < 0.3:
                times["search"].append(ms(partial(first_hits, conn, draw.choice(queries))))
            else:
                times["open"].append(ms(partial(_opened, conn, draw.choice(known))))
    return times


def _opened(conn: "Connection", at: tuple[int, int]) -> object:
    return conn.execute("select * from article where day = %s and number = %s", at).fetchone()


def live_load(address: str, queries: Sequence[Sequence[str]]) -> list[Figure]:
    """Let ten importers load while one reader searches and one process tidies."""
    made = Maker(99)
    stamp = time.time_ns()
    rows = [
        _row(made.article(number, _YEAR), f"live/{stamp}-{number}") for number in range(IMPORTERS * BATCH * _BATCHES)
    ]
    is_over = _FORK.Event()
    beside = [_Task(partial(_tidy, address, is_over)), _Task(partial(_search, address, queries, is_over))]
    importers = [_Task(partial(_load, address, rows[at::IMPORTERS])) for at in range(IMPORTERS)]
    started = time.perf_counter()
    loads = _merged(importers)
    seconds = time.perf_counter() - started
    is_over.set()
    loads |= {name: [*loads.get(name, ()), *found] for name, found in _merged(beside).items()}
    return [
        Figure(OURS, "live load articles/s", (len(rows) / seconds,)),
        Figure(OURS, "live load with its index, processor ms per article", (sum(loads["spent"]) / len(rows),)),
        Figure(OURS, f"live load of {BATCH} articles ms", tuple(loads["load"])),
        Figure(OURS, "search beside the live load ms", tuple(loads["search"])),
    ]


def _row(one: dict[str, object], id: str) -> ArticleRow:
    article = Article(
        id,
        (str(one["title"][0]),),  # type: ignore[index]
        str(one["place"]),
        date=str(one["date"]),
        authors=tuple(one["authors"]),  # type: ignore[arg-type]
        body=str(one["body"]),
    )
    return row(article, None, 0, 0, 1)


def _load(address: str, rows: Sequence[ArticleRow]) -> Times:
    times: Times = {"load": []}
    with connect(address, statement_seconds=0) as conn:
        importer = Importer(conn)
        for start in range(0, len(rows), BATCH):
            first = importer.take_numbers(BATCH)
            batch = [
                one._replace(number=first + at, position=first + at)
                for at, one in enumerate(rows[start : start + BATCH])
            ]
            times["load"].append(ms(partial(importer.load, batch)))
        return times | {"spent": [spent_ms(conn)]}


def _tidy(address: str, is_over: "_Event") -> Times:
    with connect(address, statement_seconds=0) as conn:
        importer = Importer(conn)
        while not is_over.wait(_TIDY_SECONDS):
            importer.tidy(is_over=False)
        importer.tidy()
        return {"spent": [spent_ms(conn)]}


def _search(address: str, queries: Sequence[Sequence[str]], is_over: "_Event") -> Times:
    draw = random.Random(3)
    times: Times = {"search": []}
    with connect(address) as conn:
        while not is_over.wait(_SEARCH_SECONDS):
            times["search"].append(ms(partial(first_hits, conn, draw.choice(queries))))
    return times


class _Task:
    """A process that runs a function and sends what it returns."""

    def __init__(self, task: Callable[[], Times]) -> None:
        self._answers, answer = _FORK.Pipe(duplex=False)
        self._process: ForkProcess = _FORK.Process(target=_send, args=(answer, task))
        self._process.start()
        answer.close()

    def result(self) -> Times:
        """Return what the function returned, when it has ended."""
        found: Times = self._answers.recv()
        self._process.join()
        return found


def _send(answer: "_Connection", task: Callable[[], Times]) -> None:
    answer.send(task())


def _merged(tasks: Sequence[_Task]) -> Times:
    found: Times = {}
    for task in tasks:
        for name, times in task.result().items():
            found.setdefault(name, []).extend(times)
    return found


def _together(tasks: Sequence[Callable[[], Times]]) -> Times:
    return _merged([_Task(task) for task in tasks])
