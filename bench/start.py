"""The time to the first article on the screen, to the first key answered, and from `q` to the end."""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .figures import Result, Sample, alternate
from .library import generated
from .programs import Candidate, bare_app, forget_last_screen, ganews_tui, reader_programs, scratch_folder


def run(args: argparse.Namespace) -> Result:
    """Measure the program with the bundled library and larger ones, with and without a last screen."""
    home = scratch_folder()
    candidates: dict[str, Callable[[], Sample]] = {"bare Textual app": partial(measure, bare_app())}
    for name, library in libraries(args):
        candidate = ganews_tui(name, library, home)
        candidates[name] = partial(_without_last_screen, candidate)
        candidates[f"{name}, last screen kept"] = partial(measure, candidate)
    peers, missing = reader_programs(home / "newsboat", 10_000)
    for peer in peers:
        candidates[peer.name] = partial(measure, peer)
    return Result("start", "Start and end", alternate(candidates, args.runs), "bare Textual app", tuple(missing))


def libraries(args: argparse.Namespace) -> list[tuple[str, Path | None]]:
    """Return the bundled library and the given ones, or generated ones of the given sizes."""
    if args.library:
        return [("ganews-tui, bundled", None), *((f"ganews-tui, {one.name}", one) for one in args.library)]
    return [("ganews-tui, bundled", None), *((f"ganews-tui, {n:,} articles", generated(n)) for n in args.sizes)]


def measure(candidate: Candidate) -> Sample:
    """Start, type one key at once, and quit."""
    with candidate.started() as program:
        program.send(candidate.down[0])
        first = program.wait_for_bytes(candidate.wait.encode())
        program.wait_for_bytes(candidate.live)
        program.settle(0.3)
        answered = program.written[-1][0]
        written = len(program.raw)
        asked = program.send(candidate.quit)
        program.wait()
        return {
            "first text ms": (first - program.started) / 1e6,
            "key typed at once, screen settled ms": (answered - program.started) / 1e6,
            "bytes until then": written,
            "quit to ended ms": (time.monotonic_ns() - asked) / 1e6,
        }


def _without_last_screen(candidate: Candidate) -> Sample:
    forget_last_screen(candidate)
    return measure(candidate)
