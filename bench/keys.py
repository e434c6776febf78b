"""The cost of a key: milliseconds until the screen has answered, and bytes, which count over SSH.

The list answers a key at once; the article follows when the cursor rests and is measured separately. Each run presses a
key 16 times and takes the median; a figure is the median of the runs. `--sizes 1000000` measures a large library.
"""

import argparse
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from tests.program import Program

from .figures import Result, Sample, alternate
from .keys_long_work import long_work
from .programs import Candidate, article_file, ganews_tui, reader_programs, scratch_folder, widgets_app
from .start import libraries

TIMES = 16
QUIET_SECONDS = 0.06
"""Seconds of silence that end the answer to a key."""


def run(args: argparse.Namespace) -> Result:
    """Measure a step in the list, a page in the reader, the next article, and key repeat at 30 a second."""
    home = scratch_folder()
    floor = widgets_app(article_file())
    candidates: dict[str, Callable[[], Sample]] = {floor.name: partial(measure, floor)}
    for name, library in libraries(args):
        candidates[name] = partial(measure, ganews_tui(name, library, home))
    peers, missing = reader_programs(home / "newsboat", 10_000)
    for peer in peers:
        candidates[peer.name] = partial(measure, peer)
    figures = alternate(candidates, args.runs // 3)
    return Result("keys", "Keys", figures, floor.name, tuple(missing))


def measure(candidate: Candidate) -> Sample:
    with candidate.started() as program:
        program.wait_for_bytes(candidate.wait.encode())
        program.wait_for_bytes(candidate.live)
        program.settle(0.3)
        program.send(candidate.enter)
        program.settle(0.3)
        program.send(candidate.reader[0])
        program.settle(0.3)
        sample = _each(program, "page", candidate.page)
        program.send(candidate.reader[1])
        program.settle(0.3)
        sample |= _each(program, "down", candidate.down)
        if candidate.next:
            sample |= _each(program, "next article", candidate.next)
            sample |= _rest(program, candidate.down)
        sample |= _held(program, candidate.down[0])
        if candidate.next:
            sample |= long_work(program)
        program.send(candidate.quit)
        return sample


def _each(program: Program, name: str, keys: tuple[str, str]) -> dict[str, float]:
    """Return the time to the first and to the last byte of the answer to each key, and its bytes."""
    first: list[float] = []
    last: list[float] = []
    sizes: list[float] = []
    for number in range(TIMES):
        before = len(program.written)
        sent = program.send(keys[number % 4 // 2])
        program.settle(QUIET_SECONDS)
        answer = program.written[before:]
        if answer:
            first.append((answer[0][0] - sent) / 1e6)
            last.append((answer[-1][0] - sent) / 1e6)
            sizes.append(sum(len(data) for _, data in answer))
    if not last:
        return {}
    return {
        f"{name}, first answer ms": median(first),
        f"{name}, settled ms": median(last),
        f"{name}, settled, 95 % ms": quantiles(last, n=20, method="inclusive")[-1] if len(last) > 1 else last[0],
        f"{name} bytes": median(sizes),
    }


def _rest(program: Program, keys: tuple[str, str]) -> dict[str, float]:
    """Return the time until the article has followed a key in the list, and its bytes."""
    last: list[float] = []
    sizes: list[float] = []
    for number in range(TIMES // 2):
        before = len(program.written)
        sent = program.send(keys[number % 2])
        program.settle(0.25)
        answer = program.written[before:]
        if answer:
            last.append((answer[-1][0] - sent) / 1e6)
            sizes.append(sum(len(data) for _, data in answer))
    return {"down and rest, settled ms": median(last), "down and rest bytes": median(sizes)} if last else {}


def _held(program: Program, key: str, rate: float = 30.0, times: int = 45) -> dict[str, float]:
    """Hold a key down; return how long the screen changes after the last one, and bytes for each key."""
    sent, before = 0, len(program.raw)
    for _ in range(times):
        sent = program.send(key)
        program.settle(1 / rate, 1 / rate)
    program.settle(0.25)
    return {
        "held down, last paint after ms": max(0.0, (program.written[-1][0] - sent) / 1e6),
        "held down, bytes a key": (len(program.raw) - before) / times,
    }
