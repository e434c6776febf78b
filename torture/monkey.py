"""Random keys, mouse events, pastes and sizes: no error, bounded memory, and a usable screen at the end."""

import random
import tempfile
from pathlib import Path

from tests import hostile
from tests.program import GANEWS, Program, environment

from .outcome import Outcome

LETTERS = (
    "jkhlgGnNuUsrozyYt+-[]{}/?:123456789 \t\r、／？：】【，。　＋－ｊｋ禁毒反诈fanzha\x04\x15\x06\x10\x12\x19\x1a\x0c"
)
SEQUENCES = (
    *("\x1b", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1bOR", "\x1b[1;2R"),
    *("\x1b[1;3C", "\x1b[1;3D", "\x1b[Z", "\x7f", "\x1b[3~", "\x1b[0;;31105:27602:23459:20256:38450u", "\x1bx"),
)
NOISE = ("\x1b[", "\x1b[200~", "\x1bP", "\x1b]0;x\x07", "\xff", "\x1b[M", "\x1b[999;999;999u", "\x9b", "\x00")
MAX_GROWTH_BYTES = 40_000_000
"""Bytes of PSS that may be added after the first thousand events."""


def run(short: bool, seed: int) -> list[Outcome]:
    """Send 20,000 events to the bundled library and as many to a broken, hostile one."""
    events = 250 if short else 20_000
    with tempfile.TemporaryDirectory() as folder:
        library = hostile.library(Path(folder) / "library")
        return [
            _outcome("the bundled library", [], events, seed),
            _outcome("a broken library", [str(library)], events, seed + 1),
        ]


def _outcome(where: str, words: list[str], events: int, seed: int) -> Outcome:
    draw = random.Random(seed)
    remarks: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        done = 0
        while done < events:
            played, wrong = _play(words, events - done, draw, environment(Path(home)))
            done += played
            remarks += wrong
        log = Path(home) / "state/ganews-tui/error.log"
        if log.exists():
            remarks += log.read_text("utf-8").strip().splitlines()[-3:]
    return Outcome(f"random events in {where}, seed {seed}", events, len(remarks), tuple(remarks[:5]))


def _play(words: list[str], events: int, draw: random.Random, env: dict[str, str]) -> tuple[int, list[str]]:
    """Play until the end or until the program quits; return the number of events and what went wrong."""
    with Program([*GANEWS, *words], env=env) as program:
        program.wait_for("禁毒", 30)
        early = program.pss()
        for number in range(events):
            what = _event(program, draw)
            program.settle(0.002, 0.05)
            if number % 50 == 0:
                program.settle(0.05, 1.0)
                # Keys that copy write to the clipboard, and the system echoes keys typed while the program ends.
                unexpected = [act for act in program.screen.unexpected if "]52;c;" not in act]
                if unexpected and not program.echoes:
                    return number + 1, [f"sent {unexpected[:3]} at event {number}, after {what!r}"]
                program.forget()
            if program.poll() is not None:
                left = program.terminal_changes()
                fine = program.status == 0 and not left
                return number + 1, [] if fine else [f"ended with {program.status}, left {left} after {what!r}"]
            if number == 1000:
                early = program.pss()
        return events, _final_faults(program, early)


def _event(program: Program, draw: random.Random) -> str:
    kind = draw.random()
    if kind < 0.02:
        size = draw.choice(
            [(120, 36), (80, 24), (44, 20), (40, 12), (1, 1), (200, 60), (300, 10), (draw.randint(1, 250), 9)]
        )
        program.resize(*size)
        return f"size {size}"
    if kind < 0.12:
        x, y, button = (
            draw.randint(1, program.screen.columns),
            draw.randint(1, program.screen.rows),
            draw.choice([0, 2, 64, 65]),
        )
        what = f"\x1b[<{button};{x};{y}M" + (f"\x1b[<{button};{x};{y}m" if button < 64 else "")
    elif kind < 0.14:
        what = "\x1b[200~" + "".join(draw.choice("平安\n\t\x1b[qx毒") for _ in range(draw.randint(0, 40))) + "\x1b[201~"
    elif kind < 0.16:
        what = draw.choice(NOISE)
    elif kind < 0.45:
        what = draw.choice(SEQUENCES)
    else:
        what = draw.choice(LETTERS)
    program.send(what)
    return what


def _final_faults(program: Program, early: int) -> list[str]:
    """Return what is wrong with the program at a usual size: growth, an empty screen, or no end on Ctrl+C."""
    program.resize(120, 36)
    program.settle(0.5, 3.0)
    if program.poll() is not None:
        return [f"ended with {program.status}"] if program.status else []
    for _ in range(8):
        program.send("\x1b")
        program.settle(0.1, 0.5)
    remarks = []
    grown = program.pss() - early
    if grown > MAX_GROWTH_BYTES:
        remarks.append(f"grew by {grown / 1e6:.0f} MB")
    if sum(len(line) > 10 for line in program.screen.lines()) < 5:
        remarks.append(f"an empty screen: {program.screen.text()[:400]!r}")
    program.send("\x03")
    try:
        status = program.wait(8)
    except AssertionError as error:
        return [*remarks, f"did not end: {error}"]
    left = program.terminal_changes()
    return remarks + ([f"status {status}, left {left}"] if status or left else [])
