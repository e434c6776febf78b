"""Readers without a browser: WebSocket clients of `ganews-tui serve` and of textual-serve, many in one event loop."""

import asyncio
import json
import random
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from websockets.asyncio.client import ClientConnection, connect, unix_connect
from websockets.typing import Origin

SIZE = (120, 36)
"""Columns and rows of each reader's terminal."""
START_SECONDS = 60.0


class Protocol(NamedTuple):
    """How to connect to a server."""

    address: str
    """WebSocket address."""
    socket: Path | None
    """Unix socket, for a server behind a proxy."""
    first: str
    """First message, which starts the program."""
    shown: bytes
    """Text of the program's first screen."""

    def typed(self, keys: str) -> str:
        """Return the message for typed keys."""
        return f"i{keys}" if self.socket else json.dumps(["stdin", keys])


class _CountingConnection(ClientConnection):
    """A connection that counts the bytes received from the network, before they are unpacked."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


@dataclass
class Reader:
    """One reader with a program of their own."""

    name: str
    protocol: Protocol
    starts: list[float] = field(default_factory=list)
    """Milliseconds from connecting to the first screen."""
    answers: list[float] = field(default_factory=list)
    """Milliseconds from a key to the first output after it."""
    received: int = 0
    """Bytes on the wire since the first key."""

    async def read(self, keys: str, seconds: float, a_second: float, ready: asyncio.Barrier) -> None:
        """Start a program, wait for the other readers, then press keys in a random order for `seconds`."""
        began = time.monotonic()
        async with self._connection() as line:
            assert isinstance(line, _CountingConnection)
            await self._start(line, began)
            output = asyncio.Queue[float]()
            listening = asyncio.create_task(_listen(line, output))
            await ready.wait()
            await asyncio.sleep(random.random() / a_second)
            before, end = line.received, time.monotonic() + seconds
            while (now := time.monotonic()) < end:
                while not output.empty():
                    output.get_nowait()
                await line.send(self.protocol.typed(random.choice(keys)))
                with suppress(TimeoutError):
                    async with asyncio.timeout(1 / a_second):
                        self.answers.append((await output.get() - now) * 1000)
                await asyncio.sleep(max(0.0, now + 1 / a_second - time.monotonic()))
            self.received = line.received - before
            await ready.wait()
            await ready.wait()
            listening.cancel()
            await line.send(self.protocol.typed("q"))
            with suppress(Exception):
                async with asyncio.timeout(5):
                    await line.wait_closed()

    def _connection(self) -> connect:
        if self.protocol.socket is None:
            return connect(self.protocol.address, create_connection=_CountingConnection, open_timeout=START_SECONDS)
        return unix_connect(
            str(self.protocol.socket),
            self.protocol.address,
            origin=Origin("http://bench"),
            additional_headers={"X-Remote-User": self.name},
            create_connection=_CountingConnection,
            open_timeout=START_SECONDS,
        )

    async def _start(self, line: ClientConnection, began: float) -> None:
        await line.send(self.protocol.first)
        text = b""
        async with asyncio.timeout(START_SECONDS):
            while self.protocol.shown not in text:
                message = await line.recv()
                text += message if isinstance(message, bytes) else b""
        self.starts.append((time.monotonic() - began) * 1000)


async def _listen(line: ClientConnection, output: "asyncio.Queue[float]") -> None:
    with suppress(Exception):
        async for message in line:
            if isinstance(message, bytes):
                output.put_nowait(time.monotonic())


class Stages(NamedTuple):
    """What happens to all readers at once: the first key, the last key, and leave to end their programs."""

    begun: asyncio.Event
    over: asyncio.Event
    leave: asyncio.Event


async def read_all(readers: Iterable[Reader], keys: str, seconds: float, a_second: float, stages: Stages) -> None:
    """Let all readers start one after the other, then type at the same time, and end when `stages.leave` is set."""
    everyone = list(readers)
    ready = asyncio.Barrier(len(everyone) + 1)
    tasks = []
    for reader in everyone:
        tasks.append(asyncio.create_task(reader.read(keys, seconds, a_second, ready)))
        while not reader.starts and not tasks[-1].done():
            await asyncio.sleep(0.01)
    await ready.wait()
    stages.begun.set()
    await ready.wait()
    stages.over.set()
    await stages.leave.wait()
    await ready.wait()
    await asyncio.gather(*tasks)


def processor_ms(pids: Iterable[int]) -> Mapping[int, float]:
    """Return the processor time that each process has taken, in milliseconds."""
    taken = {}
    for pid in pids:
        with suppress(OSError):
            taken[pid] = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
    return taken
