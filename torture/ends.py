"""The program ended at random moments in every possible way; the terminal is always as before."""

import os
import random
import signal
import tempfile
from pathlib import Path

from tests.program import GANEWS, Program, environment

from .outcome import Outcome

WAYS: dict[str, tuple[bytes | signal.Signals, tuple[int, ...]]] = {
    "q": (b"q", (0,)),
    "ctrl+c": (b"\x03", (0,)),
    "SIGTERM": (signal.SIGTERM, (143, -15)),
    "SIGHUP": (signal.SIGHUP, (129, -1)),
    "SIGQUIT": (signal.SIGQUIT, (131, -3)),
    "SIGINT": (signal.SIGINT, (130, -2)),
}
KEYS = ("j", "k", "]", " ", "\r", "/禁毒", "\x1b", "G", "g", "+", "\x1b[200~平安\x1b[201~", "s", "r", "?", ":")


def run(short: bool, seed: int) -> list[Outcome]:
    """Try each way 60 times, or once if `short`, with random keys before it."""
    draw = random.Random(seed)
    times = 1 if short else 60
    return [_outcome(way, times, draw) for way in (*WAYS, "the terminal vanishes")]


def _outcome(way: str, times: int, draw: random.Random) -> Outcome:
    remarks = [remark for _ in range(times) if (remark := _vanish(draw) if way not in WAYS else _once(way, draw))]
    return Outcome(f"terminal left as it was after {way}", times, len(remarks), tuple(remarks[:5]))


def _once(way: str, draw: random.Random) -> str:
    """Return what was wrong afterwards, or an empty text."""
    how, statuses = WAYS[way]
    with tempfile.TemporaryDirectory() as home, Program(GANEWS, env=environment(Path(home))) as program:
        _work(program, draw, escape=isinstance(how, bytes))
        if isinstance(how, bytes):
            program.send(how)
        else:
            program.signal(how)
        try:
            status = program.wait(8)
        except AssertionError as error:
            return f"did not end: {str(error)[-200:]}"
        left = program.terminal_changes() + program.screen.unexpected
        return "" if status in statuses and not left else f"status {status}, left {left}"


def _vanish(draw: random.Random) -> str:
    """Close the terminal while SIGHUP is ignored, so that the end of input is the only sign. Return as `_once` does."""
    with tempfile.TemporaryDirectory() as home:
        leader = ["/bin/sh", "-c", 'trap "" HUP; "$@"; echo $? > "$0"', f"{home}/status", *GANEWS]
        with Program(leader, env=environment(Path(home))) as program:
            _work(program, draw, escape=False)
            program.vanish()
            try:
                program.wait(8)
            except AssertionError:
                return "did not end"
            status = Path(home, "status").read_text().strip() if os.path.exists(f"{home}/status") else "none"
        return "" if status == "129" else f"status {status}"


def _work(program: Program, draw: random.Random, escape: bool) -> None:
    """Wait for the first screen, press keys, stop at a random moment; `escape` closes whatever is open."""
    program.wait_for("开鲁", 30)
    for _ in range(draw.randint(0, 6)):
        program.send(draw.choice(KEYS))
        program.settle(draw.random() * 0.1, 0.1)
    if escape:
        for _ in range(4):
            program.send("\x1b")
            program.settle(0.05)
