"""The reading state under stress: killed while marking, torn logs, damaged files, a full disk.

A marking process reports every mark on a pipe after the call has returned. All that it reported must be in the file,
which is more than the program promises (all but the last second). Against power cuts, a thread waits for the disk.
"""

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.reading import Reading
from tui.reading.migrations import APPLICATION_ID

from .outcome import Outcome

ROOT = Path(__file__).resolve().parent.parent
IDS = [f"2023-06/{n:03}" for n in range(60)]
Marked = dict[tuple[str, str], bool]


def run(short: bool, seed: int) -> list[Outcome]:
    """Kill 500 times and try most others as often; ten times if `short`."""
    times = 10 if short else 500
    rng = random.Random(seed)
    return [
        repeated("marks: killed (-9) while marking", times, lambda: killed(rng, 1)),
        repeated("marks: two windows, both killed", times // 4, lambda: killed(rng, 2)),
        repeated("marks: ten windows, all killed", times // 20, lambda: killed(rng, 10)),
        repeated("marks: log torn at any byte, as by a power cut", times, lambda: torn(rng)),
        repeated("marks: file damaged at random, then read and marked", times, lambda: damaged(rng)),
        repeated("marks: four windows at once, no file or a damaged one", times // 5, lambda: four_at_once(rng)),
        repeated("marks: disk full, then not", times // 10, lambda: full_disk(rng)),
    ]


def repeated(tried: str, times: int, once: Callable[[], str]) -> Outcome:
    """Call `once` at least once; it returns what was lost, or an empty text."""
    times = max(times, 1)
    said = [lost for _ in range(times) if (lost := once())]
    return Outcome(tried, times, len(said), tuple(said[:5]))


def killed(rng: random.Random, windows: int) -> str:
    """Let `windows` processes mark in one file, kill them at a random moment, and return what is missing."""
    with state() as path:
        running = [start(path, rng.random(), IDS[number::windows]) for number in range(windows)]
        said: Marked = {}
        started = [process.stdout.readline() for process in running if process.stdout]
        for _ in range(rng.randrange(1, 40)):
            note(running[0].stdout.readline() if running[0].stdout else "", said)
        for process in running:
            process.kill()
        remarks: list[str] = []
        for process in running:
            for line in process.communicate()[0].splitlines(keepends=True):
                if line.endswith("\n"):
                    note(line, said)
                remarks += [line] if line.startswith("#") else []
        lost = _missing(path, said, windows) if started == ["ready\n"] * windows else "a window did not start"
        return f"{lost} {remarks} {sorted(each.name for each in path.parent.iterdir())}" if lost else ""


def torn(rng: random.Random) -> str:
    """Cut or blank the write-ahead log at any byte; the rest must be the marks up to some moment, in order."""
    with state() as path:
        reading = Reading(path)
        order = rng.sample(IDS, 30)
        for id in order:
            reading.mark_read(id)
        copy = path.with_name("cut.sqlite")
        shutil.copy(path, copy)
        log = Path(f"{path}-wal").read_bytes()
        reading.close()
        cut = rng.randrange(len(log))
        Path(f"{copy}-wal").write_bytes(log[:cut] + bytes(rng.choice((0, len(log) - cut))))
        after = Reading(copy)
        kept = [after.is_read(id) for id in order]
        notices = after.notices()
        after.close()
        if kept != sorted(kept, reverse=True) or notices:
            return f"log cut at {cut}: {kept} {notices}"
        return ""


def damaged(rng: random.Random) -> str:
    """Damage the file; the program must start, keep marks again, and keep the old file."""
    with state() as path:
        reading = Reading(path)
        for id in IDS:
            reading.mark_read(id)
            reading.star(id)
        reading.close()
        before = path.read_bytes()
        path.write_bytes(_spoil(rng, before))
        try:
            reading = Reading(path)
            reading.read_among(IDS)
            reading.starred()
            reading.mark_read("2023-07/new")
            aside = list(path.parent.glob("*damaged*.sqlite"))
            reading.close()
            reading = Reading(path)
            kept = reading.is_read("2023-07/new")
            reading.close()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        if not kept:
            return f"a mark made on the mended file is gone; set aside: {aside}"
        return ""


def four_at_once(rng: random.Random) -> str:
    """Let four processes mark while one creates or repairs the file; no mark may be lost."""
    with state() as path:
        if rng.random() < 0.5:
            Reading(path).close()
            path.write_bytes(_spoil(rng, path.read_bytes()))
        code = "from torture.marks import mark_these as f; import sys; f(*sys.argv[1:])"
        running = [
            subprocess.Popen([sys.executable, "-c", code, str(path), *IDS[number::4]], cwd=ROOT) for number in range(4)
        ]
        statuses = [process.wait() for process in running]
        reading = Reading(path)
        missing = set(IDS) - reading.read_among(IDS)
        reading.close()
        return f"{statuses} {len(missing)} of {len(IDS)} marks" if missing or any(statuses) else ""


def full_disk(rng: random.Random) -> str:
    """Mark in a process whose files cannot grow; when they can, everything must be in the file."""
    with state() as path:
        Reading(path).close()
        code = f"from torture.marks import on_a_full_disk as f; f({str(path)!r}, {rng.randrange(1 << 30)})"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            return done.stderr.strip().rpartition("\n")[2]
        reading = Reading(path)
        missing = set(IDS) - reading.read_among(IDS)
        reading.close()
        return f"{len(missing)} of {len(IDS)} marks" if missing else ""


def on_a_full_disk(name: str, seed: int) -> None:
    """Mark on a full disk. Runs in a process of its own."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    path, rng = Path(name), random.Random(seed)
    reading = Reading(path)
    room = path.stat().st_size + rng.randrange(40_000)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, unlimited[1]))
    for id in IDS:
        reading.mark_read(id)
        assert reading.is_read(id), id
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    reading.close()
    assert reading.writes_to_file, reading.notices()


def mark_these(name: str, *ids: str) -> None:
    """Mark the articles and end. Runs in a process of its own."""
    reading = Reading(name)
    for id in ids:
        reading.mark_read(id)
    reading.close()


def mark_for_ever(name: str, seed: float, ids: list[str]) -> None:
    """Mark for ever, with one line for each mark. Runs in a process of its own."""
    rng = random.Random(seed)
    reading = Reading(name)
    print("ready", flush=True)
    while True:
        id, kind = rng.choice(ids), rng.choice(("read", "star"))
        is_on = reading.toggle_read(id) if kind == "read" else reading.toggle_star(id)
        for notice in reading.notices():
            print("#", notice, flush=True)
        print(kind, id, int(is_on), flush=True)


def start(path: Path, seed: float, ids: list[str]) -> "subprocess.Popen[str]":
    """Start a process that marks until it is killed."""
    code = f"from torture.marks import mark_for_ever as f; f({str(path)!r}, {seed}, {ids!r})"
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def note(line: str, said: Marked) -> None:
    """Note what a process reports."""
    words = line.split()
    if len(words) == 3 and words[0] != "#":
        said[words[0], words[1]] = words[2] == "1"


def _missing(path: Path, said: Marked, windows: int) -> str:
    """Return the reported marks that are missing. Each window may have made one more mark than it reported."""
    reading = Reading(path)
    notices = reading.notices()
    read, starred = reading.read_among(IDS), reading.starred_among(IDS)
    reading.close()
    wrong = [mark for mark, is_on in said.items() if (mark[1] in (read if mark[0] == "read" else starred)) != is_on]
    conn = sqlite3.connect(path)
    (sound,) = conn.execute("pragma integrity_check").fetchone()
    conn.close()
    if notices or sound != "ok":
        return f"{notices} {sound}"
    return f"{wrong}" if len(wrong) > windows else ""


def _spoil(rng: random.Random, data: bytes) -> bytes:
    """Return the file with an error: changed bytes, a blanked piece, a cut, or other content."""
    at, length = rng.randrange(len(data)), rng.randrange(1, 8192)
    noise = rng.randbytes(length)
    foreign = b"SQLite format 3\0" + rng.randbytes(84) + data[100:]
    return rng.choice(
        (
            data[:at] + noise + data[at + length :],
            data[:at] + bytes(length) + data[at + length :],
            data[:at],
            noise,
            foreign,
            b"",
            data.replace(APPLICATION_ID.to_bytes(4, "big"), b"\0\0\0\1"),
        )
    )


@contextmanager
def state() -> Iterator[Path]:
    """Yield the path of a state file in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "state" / "reading.sqlite"
