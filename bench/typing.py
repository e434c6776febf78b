"""The cost of a key in the search line: milliseconds until its hits are painted.

Every key adds a character to a query. The time ends with the last byte of the first burst of output; the complete
answer with its total may follow.
"""

import argparse
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from .figures import Result, Sample, alternate
from .programs import Candidate, ganews_tui, scratch_folder
from .start import libraries

QUERIES = ("反诈", "禁毒", "公安局", "民警", "6月1日", "呼和浩特", "kailu", "fanzha", "开鲁 -禁毒", "1%", "派出所")
QUIET_SECONDS = 0.035
"""Seconds of silence that end the first burst; shorter than the pause before a complete answer."""
REST_SECONDS = 0.2
"""Seconds between two keys."""


def run(args: argparse.Namespace) -> Result:
    """Measure the bundled library and the given or generated ones, in turn."""
    home = scratch_folder()
    candidates: dict[str, Callable[[], Sample]] = {}
    for name, library in libraries(args):
        candidates[name] = partial(measure, ganews_tui(name, library, home))
    figures = alternate(candidates, args.runs // 3)
    return Result("typing", "Typing in the search line", figures, next(iter(candidates)))


def measure(candidate: Candidate) -> Sample:
    """Type every query key by key."""
    times: list[float] = []
    with candidate.started() as program:
        program.wait_for_bytes(candidate.wait.encode())
        program.wait_for_bytes(candidate.live)
        program.settle(0.3)
        for query in QUERIES:
            program.send("/")
            program.settle(REST_SECONDS)
            for key in query:
                before = len(program.written)
                sent = program.send(key)
                program.settle(QUIET_SECONDS)
                if len(program.written) > before:
                    times.append((program.written[-1][0] - sent) / 1e6)
                program.settle(REST_SECONDS)
            program.send("\x1b")
            program.settle(REST_SECONDS)
        program.send(candidate.quit)
        program.wait()
    return {
        "key to painted hits ms": median(times),
        "key to painted hits, 95 % ms": quantiles(times, n=20, method="inclusive")[-1],
    }
