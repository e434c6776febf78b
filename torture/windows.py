"""Several windows with one reading state: closed at once, opened after a kill, with clocks that jump."""

import contextlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from tests.program import GANEWS, Program, environment
from tui.reading import Reading
from tui.reading import reading as room

from .marks import IDS, ROOT, note, repeated, start, state
from .outcome import Outcome


def run(short: bool, seed: int) -> list[Outcome]:
    """Try each a hundred times and clocks 500 times; once and five times if `short`."""
    times = 1 if short else 100
    rng = random.Random(seed)
    return [
        repeated("marks: other windows close, the one left open is killed", times, lambda: closed_beside(rng)),
        repeated("marks: ten windows open at once after a kill", times, lambda: opened_after_a_kill(rng)),
        repeated("marks: two windows, a clock that jumps to and fro", times * 5, lambda: clock_jumps(rng)),
        repeated("ten apps opened at once, nothing there yet", times // 5, ten_apps),
        repeated("the app killed (-9) when a star is on the screen, started again", times, lambda: app_killed(rng)),
    ]


def closed_beside(rng: random.Random) -> str:
    """Everything a window reported is in the file, whatever other windows were opened and closed."""
    with state() as path, _asked(path) as window:
        order = rng.sample(IDS, 12)
        for id in order[:4]:
            _ask(window, id)
        time.sleep(rng.uniform(0.0, 0.6))  # a window syncs its marks 0.3 s after the last one
        for id in order[4:7]:
            code = "from torture.marks import mark_these as f; import sys; f(*sys.argv[1:])"
            subprocess.run([sys.executable, "-c", code, str(path), id], cwd=ROOT, check=True)
            time.sleep(rng.choice((0.0, 0.4)))
        for id in order[7:]:
            _ask(window, id)
        window.kill()
        window.wait()
        return _missing(path, set(order))


def opened_after_a_kill(rng: random.Random) -> str:
    """One window is killed while it marks; ten find its log and recover it at the same moment."""
    with state() as path:
        first = start(path, rng.random(), IDS[:30])
        said: dict[tuple[str, str], bool] = {}
        for _ in range(rng.randrange(1, 60)):
            note(first.stdout.readline() if first.stdout else "", said)
        first.kill()
        for line in first.communicate()[0].splitlines(keepends=True):
            note(line, said)
        code = "from torture.marks import mark_these as f; import sys; f(*sys.argv[1:])"
        others = [
            subprocess.Popen([sys.executable, "-c", code, str(path), *IDS[30 + n :: 10]], cwd=ROOT) for n in range(10)
        ]
        statuses = [process.wait() for process in others]
        reading = Reading(path)
        read, starred = reading.read_among(IDS), reading.starred_among(IDS)
        notices = reading.notices()
        reading.close()
        wrong = [mark for mark, is_on in said.items() if (mark[1] in (read if mark[0] == "read" else starred)) != is_on]
        missing = set(IDS[30:]) - read
        fine = not (any(statuses) or notices or missing or len(wrong) > 1)
        return "" if fine else f"{statuses} {notices} {len(missing)} missing, {wrong}"


def clock_jumps(rng: random.Random) -> str:
    """Each window undoes its own actions, and lists stay in the order of the actions."""
    now = SimpleNamespace(time_ns=lambda: rng.choice((5, time.time_ns(), time.time_ns() - 10**17, 10**15)))
    with state() as path, mock.patch.object(room, "time", now):
        windows = [Reading(path), Reading(path)]
        stacks: list[list[str]] = [[], []]
        starred: list[str] = []
        visited: list[str] = []
        for number in range(30):
            at = rng.randrange(2)
            window, stack, id = windows[at], stacks[at], f"2023-06/{number}"
            if rng.random() < 0.3:
                window.undo()
                if stack:
                    starred.remove(stack.pop())
            else:
                window.star(id)
                stack.append(id)
                starred.append(id)
            window.visit(id)
            visited.append(id)
            if window.starred() != starred[::-1]:
                return f"{window.starred()} instead of {starred[::-1]}"
        for window in windows:
            window.close()
        again = Reading(path)
        kept, history = again.starred(), again.history()
        again.close()
        return "" if (kept, history) == (starred[::-1], visited[::-1]) else f"{kept} {history}"


def ten_apps() -> str:
    """Ten windows each create or find state and index, show their first screen, and end without an error."""
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as open_ones:
        env = environment(Path(home))
        apps = [open_ones.enter_context(Program(GANEWS, env=env)) for _ in range(10)]
        try:
            for app in apps:
                app.wait_for("开鲁", 60)
                app.settle(0.3, 3.0)
                app.send("s")
            for app in apps:
                app.settle(0.3, 3.0)
                app.send("q")
            ends = [(app.wait(30), app.terminal_changes()) for app in apps]
        except AssertionError as error:
            return str(error)[:300]
        log = Path(home) / "state/ganews-tui/error.log"
        return f"{ends} {log.exists()}" if log.exists() or any(end != (0, []) for end in ends) else ""


def app_killed(rng: random.Random) -> str:
    """A star that was visible is there at the next start, which shows what every start shows."""
    with state() as path:
        env = environment(path.parent)
        with Program(GANEWS, env=env) as program:
            program.wait_for("筑牢禁毒防线", 30)
            program.send("s")
            program.wait_for("✦")
            for _ in range(rng.randrange(6)):
                program.send(rng.choice(("j", "\r", " ", "+", "t", "\x1b", "/毒")))
            program.settle(rng.random() * 0.2, 0.2)
            program.signal(signal.SIGKILL)
            program.wait()
        with Program(GANEWS, env=env) as program:
            try:
                program.wait_for("✦", 30)
            except AssertionError as error:
                return str(error)[:300]
        return ""


@contextlib.contextmanager
def _asked(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Yield a window that marks what it is told and reports it."""
    code = "from torture.windows import obey; import sys; obey(sys.argv[1])"
    command = [sys.executable, "-c", code, str(path)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def obey(name: str) -> None:
    """Mark what standard input says. Runs in a process of its own."""
    reading = Reading(name)
    for line in sys.stdin:
        reading.mark_read(line.strip())
        print("done" if reading.writes_to_file else "in memory", flush=True)


def _ask(window: "subprocess.Popen[str]", id: str) -> None:
    assert window.stdin and window.stdout
    window.stdin.write(f"{id}\n")
    window.stdin.flush()
    assert window.stdout.readline() == "done\n"


def _missing(path: Path, said: set[str]) -> str:
    reading = Reading(path)
    missing = said - reading.read_among(IDS)
    notices = reading.notices()
    reading.close()
    return f"{len(missing)} of {len(said)} missing {notices}" if missing or notices else ""
