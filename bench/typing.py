"""What a key in the search line costs: milliseconds until its hits are painted, in small libraries and large ones.

Every key is a character more of a query; the clock stops with the last byte of the answer's first burst. The whole
answer, with its total, may follow later.
"""

import argparse
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from .figures import Result, Sample, alternate
from .programs import Candidate, ours, scratch
from .start import libraries

QUERIES = ("反诈", "禁毒", "公安局", "民警", "6月1日", "呼和浩特", "kailu", "fanzha", "开鲁 -禁毒", "1%", "派出所")
QUIET = 0.035
"""Seconds of silence that end the first burst: less than the pause before a whole answer."""
REST = 0.2
"""Seconds between two keys."""


def run(args: argparse.Namespace) -> Result:
    """The bundled library, and the one given or made ones, in turn."""
    home = scratch()
    candidates: dict[str, Callable[[], Sample]] = {}
    for name, library in libraries(args):
        candidates[name] = partial(measure, ours(name, library, home))
    figures = alternate(candidates, args.runs // 3)
    return Result("typing", "Typing in the search line", figures, next(iter(candidates)))


def measure(candidate: Candidate) -> Sample:
    """Every query, key by key."""
    times: list[float] = []
    with candidate.started() as program:
        program.wait_for_bytes(candidate.wait.encode())
        program.wait_for_bytes(candidate.live)
        program.settle(0.3)
        for query in QUERIES:
            program.send("/")
            program.settle(REST)
            for key in query:
                before = len(program.written)
                sent = program.send(key)
                program.settle(QUIET)
                if len(program.written) > before:
                    times.append((program.written[-1][0] - sent) / 1e6)
                program.settle(REST)
            program.send("\x1b")
            program.settle(REST)
        program.send(candidate.quit)
        program.wait()
    return {
        "key to painted hits ms": median(times),
        "key to painted hits, 95 % ms": quantiles(times, n=20, method="inclusive")[-1],
    }
