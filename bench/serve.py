"""Reading in a browser: a key in the page with other readers about, the start of a program, memory for each reader.

A real Chromium shows one reader's page; the others are connections that type as fast. `bare terminal` is the app
on a pseudo-terminal, without server and page.
"""

import argparse
import asyncio
import os
import random
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles

from tests.browser import Browser, Page, find_chromium
from tests.page_server import NamingProxy, PageServer, memory_mb
from tests.program import GANEWS, Program, environment

from .figures import Figure, Result

READERS = 20
KEYS_PER_SECOND = 5.0
KEYS = 60
"""Keys measured in each run."""
STARTS = 5
_PAINT = """new Promise(done => { const t = ganews.terminal, began = performance.now();
  const wait = t.onRender(() => { wait.dispose();
    requestAnimationFrame(() => done(performance.now() - began)) });
  t.input(%r) })"""


def run(args: argparse.Namespace) -> Result | None:
    """Measure with one reader and with twenty."""
    if find_chromium() is None:
        print("serve: no chromium here")
        return None
    figures: list[Figure] = []
    for readers in (1, READERS):
        figures += _figures(f"page, {readers} readers", readers)
    figures.append(Figure("bare terminal, 1 reader", "key to frame ms", tuple(_bare())))
    return Result(
        "serve",
        "Reading in a browser",
        tuple(figures),
        "page, 1 readers",
        (f"Each reader presses {KEYS_PER_SECOND:g} keys a second. Load: {os.getloadavg()[0]:.1f}.",),
    )


def _figures(program: str, readers: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as home, Browser() as browser:
        socket = Path(home) / "socket"
        with PageServer(Path(home), "--socket", str(socket), "--readers", str(readers + STARTS + 1)) as server:
            proxy = NamingProxy(socket, "page")
            page = browser.open(proxy.address)
            page.wait_for_text("开鲁")
            starts = [asyncio.run(_start(str(socket), f"start-{n}")) for n in range(STARTS)]
            crowd = _Crowd(str(socket), readers - 1)
            try:
                keys = [_key(page, n) for n in range(KEYS)]
                memory = [memory_mb(pid) for pid in server.programs()]
            finally:
                crowd.stop()
            proxy.close()
    return [
        Figure(program, "key to painted ms", tuple(keys)),
        Figure(program, "key to painted, 95 % ms", (quantiles(keys, n=20, method="inclusive")[-1],)),
        Figure(program, "start to first screen ms", tuple(starts)),
        Figure(program, "memory a reader MB", (median(memory),)),
    ]


def _key(page: Page, number: int) -> float:
    time.sleep(1 / KEYS_PER_SECOND)
    return float(page.evaluate(_PAINT % "jk"[number % 2]))


def _bare() -> list[float]:
    times = []
    with tempfile.TemporaryDirectory() as home, Program(GANEWS, env=environment(Path(home))) as program:
        program.wait_for("开鲁")
        program.settle(0.5)
        for number in range(KEYS):
            before = len(program.written)
            sent = program.send("jk"[number % 2])
            program.settle(0.1)
            if len(program.written) > before:
                times.append((program.written[before][0] - sent) / 1e6)
        program.send("q")
        program.wait()
    return times


async def _start(socket: str, user: str) -> float:
    """Return the milliseconds from the first message of a new reader until the first screen has come."""
    from websockets.asyncio.client import unix_connect

    headers = {"X-Remote-User": user}
    async with unix_connect(socket, "ws://bench/socket", origin="http://bench", additional_headers=headers) as page:
        began = time.monotonic()
        await page.send("s120x36l")
        received = b""
        while "开鲁".encode() not in received:
            message = await page.recv()
            received += message if isinstance(message, bytes) else b""
        taken = (time.monotonic() - began) * 1000
        await page.send("iq")
        with suppress(Exception):
            while True:
                await page.recv()
        return taken


class _Crowd:
    """The other readers, in a thread."""

    def __init__(self, socket: str, readers: int) -> None:
        self._socket = socket
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._type_all(readers)))
        self._thread.start()
        time.sleep(3 if readers else 0)

    def stop(self) -> None:
        """Let them leave."""
        self._stopped.set()
        self._thread.join()

    async def _type_all(self, readers: int) -> None:
        await asyncio.gather(*(self._type(f"reader-{n}") for n in range(readers)))

    async def _type(self, user: str) -> None:
        from websockets.asyncio.client import unix_connect

        headers = {"X-Remote-User": user}
        async with unix_connect(
            self._socket, "ws://bench/socket", origin="http://bench", additional_headers=headers
        ) as page:
            await page.send("s120x36l")
            reading = asyncio.create_task(_read(page))
            while not self._stopped.is_set():
                await page.send(f"i{random.choice('jk')}")
                await asyncio.sleep(1 / KEYS_PER_SECOND)
            reading.cancel()


async def _read(page: object) -> None:
    async for _message in page:  # type: ignore[attr-defined]
        pass
