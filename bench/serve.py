"""Reading in a browser: the answer to a key with other readers about, the start of a program, what a reader costs.

Beside it textual-serve serves the smallest Textual program that answers a key. Readers are connections; one of ours is
a page in a real Chromium besides. `--readers N --minutes N` reads on instead, and tells whether memory stays flat.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from tests.browser import Browser, Page, find_chromium
from tests.page_server import NamingProxy, PageServer, family, free_port, memory_mb, wait_for_port

from .figures import Figure, Result, Sample, alternate
from .peers import python
from .serve_readers import SIZE, Protocol, Reader, Stages, processor_ms, read_all

READERS = 20
KEYS_PER_SECOND = 5.0
SECONDS = 12.0
"""How long the readers of one run type."""
RUNS = 5
_PAINT = """new Promise(done => { const t = ganews.terminal, began = performance.now();
  const wait = t.onRender(() => { wait.dispose();
    requestAnimationFrame(() => done(performance.now() - began)) });
  t.input(%r) })"""


def run(args: argparse.Namespace) -> Result | None:
    """Measure ours and textual-serve in turn, or one long session if `--minutes` is given."""
    if args.minutes:
        return _long(args.readers or 100, args.minutes)
    if find_chromium() is None:
        print("serve: no chromium here")
        return None
    notes = [f"{READERS} readers press {KEYS_PER_SECOND:g} keys a second each, one of ours in Chromium."]
    programs: dict[str, Callable[[], Sample]] = {"ganews-tui serve": partial(_ours, args.readers or READERS)}
    if peer := python("textual_serve"):
        programs["textual-serve, bare app"] = partial(_peer, peer, args.readers or READERS)
    else:
        notes.append("textual-serve is not on this machine (`python -m bench peers` installs it); skipped.")
    figures = alternate(programs, RUNS, warm_up=0)
    return Result("serve", "Reading in a browser", figures, "textual-serve, bare app", tuple(notes))


def _ours(readers: int) -> Sample:
    with _our_server(readers + 1) as (server, protocol), Browser() as browser:
        assert protocol.socket is not None
        proxy = NamingProxy(protocol.socket, "page")
        page = browser.open(proxy.address)
        page.wait_for_text("开鲁")
        painted: list[float] = []
        sample = _measure(protocol, readers - 1, "jk", server.all_processes, lambda over: _press(page, painted, over))
        proxy.close()
    return {**sample, "key to painted ms": median(painted), "key to painted, 95 % ms": _p95(painted)}


def _peer(executable: str, readers: int) -> Sample:
    port = free_port()
    app = Path(__file__).parent / "peers" / "counting_app.py"
    code = f"from textual_serve.server import Server; Server({f'{executable} {app}'!r}, port={port}).serve()"
    server = subprocess.Popen([executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        columns, rows = SIZE
        address = f"ws://localhost:{port}/ws?width={columns}&height={rows}"
        protocol = Protocol(address, None, '["focus"]', "平安开鲁".encode())
        return _measure(protocol, readers, "jk", lambda: family(server.pid))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


@contextmanager
def _our_server(readers: int) -> Iterator[tuple[PageServer, Protocol]]:
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "socket"
        with PageServer(Path(home), "--socket", str(path), "--readers", str(readers)) as server:
            time.sleep(2)  # the catalogue is made once, the warm process has imported everything
            columns, rows = SIZE
            yield server, Protocol("ws://bench/socket", path, f"s{columns}x{rows}l", "开鲁".encode())


def _measure(
    protocol: Protocol,
    count: int,
    keys: str,
    processes: Callable[[], Sequence[int]],
    beside: Callable[[threading.Event], None] | None = None,
) -> Sample:
    """Return what `count` readers saw, and what they cost; `beside` runs in a thread of its own while they type."""
    readers = [Reader(f"reader-{n}", protocol) for n in range(count)]
    sample: dict[str, float] = {}

    async def work() -> None:
        stages = Stages(asyncio.Event(), asyncio.Event(), asyncio.Event())
        reading = asyncio.create_task(read_all(readers, keys, SECONDS, KEYS_PER_SECOND, stages))
        await stages.begun.wait()
        before, stop = processor_ms(processes()), threading.Event()
        pressing = asyncio.create_task(asyncio.to_thread(beside, stop)) if beside else None
        await stages.over.wait()
        stop.set()
        after = processor_ms(before)
        sample["memory a reader MB"] = sum(map(memory_mb, after)) / (count + bool(beside))
        sample["processor ms a key"] = sum(after[pid] - before[pid] for pid in after) / (
            SECONDS * KEYS_PER_SECOND * (count + bool(beside))
        )
        if pressing:
            await pressing
        stages.leave.set()
        await reading

    asyncio.run(work())
    answers = [answer for reader in readers for answer in reader.answers]
    sample["key to frame ms"] = median(answers)
    sample["key to frame, 95 % ms"] = _p95(answers)
    sample["start to first screen ms"] = median(reader.starts[0] for reader in readers)
    sample["bytes a key on the wire"] = sum(reader.received for reader in readers) / len(answers)
    return sample


def _press(page: Page, painted: list[float], over: threading.Event) -> None:
    number = 0
    while not over.wait(1 / KEYS_PER_SECOND):
        number += 1
        painted.append(float(page.evaluate(_PAINT % "jk"[number % 2])))


def _long(readers: int, minutes: int) -> Result:
    """Let readers press a key every two seconds for some minutes; the median reader's memory, minute by minute."""
    figures: list[Figure] = []
    with _our_server(readers) as (server, protocol):
        everyone = [Reader(f"reader-{n}", protocol) for n in range(readers)]

        async def work() -> None:
            stages = Stages(asyncio.Event(), asyncio.Event(), asyncio.Event())
            reading = asyncio.create_task(read_all(everyone, "jkjkn ", 60.0 * minutes, 0.5, stages))
            await stages.begun.wait()
            for minute in range(minutes):
                await asyncio.sleep(59)
                memory = [memory_mb(pid) for pid in server.programs()]
                total = sum(map(memory_mb, server.all_processes()))
                print(f"minute {minute + 1}: {median(memory):.1f} MB a reader, {total:.0f} MB in all", flush=True)
                figures.append(Figure(f"minute {minute + 1}", "memory a reader MB", tuple(memory)))
            await stages.over.wait()
            stages.leave.set()
            await reading

        asyncio.run(work())
    answers = [answer for reader in everyone for answer in reader.answers]
    figures.append(Figure("all minutes", "key to frame ms", tuple(answers)))
    note = f"{readers} readers, a key every two seconds. Load: {os.getloadavg()[0]:.1f}."
    return Result("serve-long", f"{readers} readers for {minutes} minutes", tuple(figures), "minute 1", (note,))


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
