"""From the command to the first article on the screen, to the first key answered; and from `q` to the end."""

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from .figures import Result, Sample, alternate
from .library import made
from .programs import Candidate, bare, last_screen_forgotten, ours, readers, scratch


def run(args: argparse.Namespace) -> Result:
    """Our program with the bundled library and larger ones, with and without a last screen; floors and peers."""
    home = scratch()
    candidates: dict[str, Callable[[], Sample]] = {"bare Textual app": partial(measure, bare())}
    for name, library in libraries(args):
        candidate = ours(name, library, home)
        candidates[name] = partial(_without_last_screen, candidate)
        candidates[f"{name}, last screen kept"] = partial(measure, candidate)
    peers, missing = readers(home / "newsboat", 10_000)
    for peer in peers:
        candidates[peer.name] = partial(measure, peer)
    return Result("start", "Start and end", alternate(candidates, args.runs), "bare Textual app", tuple(missing))


def libraries(args: argparse.Namespace) -> list[tuple[str, Path | None]]:
    """The bundled one, and the one given or those of the sizes asked for."""
    if args.library:
        return [("ganews-tui, bundled", None), *((f"ganews-tui, {one.name}", one) for one in args.library)]
    return [("ganews-tui, bundled", None), *((f"ganews-tui, {n:,} articles", made(n)) for n in args.sizes)]


def measure(candidate: Candidate) -> Sample:
    """One start, one key typed at once, one end."""
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
    last_screen_forgotten(candidate)
    return measure(candidate)
