"""`ganews-tui serve` as a process, and a small proxy that names the user, as nginx does."""

import asyncio
import signal
import socket
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

from tests.program import GANEWS, PATIENCE, environment


class PageServer:
    """One run of the server; `address` is the line it prints."""

    def __init__(self, home: Path, *arguments: str, lang: str = "zh_CN.UTF-8") -> None:
        self.home = home
        self.process = subprocess.Popen(
            [*GANEWS, "serve", *arguments],
            env=environment(home, LANG=lang),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address, self.process.stderr.read()

    @property
    def port(self) -> int:
        """The port in the address."""
        return int(self.address.split(":")[2].split("/")[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=PATIENCE)
        finally:
            self.process.kill()
            for stream in (self.process.stdout, self.process.stderr):
                if stream is not None:
                    stream.close()

    def programs(self) -> list[int]:
        """Return the process ids of the readers' programs: the children of the warm process."""
        return [pid for child in children(self.process.pid) for pid in children(child)]

    def all_processes(self) -> list[int]:
        """Return the process ids of the server, its helpers and the readers' programs."""
        return family(self.process.pid)


def children(pid: int) -> list[int]:
    """Return the process ids of the children of a process."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError, IndexError):
                if (folder / "stat").read_text().rpartition(")")[2].split()[1] == str(pid):
                    found.append(int(folder.name))
    return found


def family(pid: int) -> list[int]:
    """Return a process and everything that it has started."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for_port(port: int, seconds: float = PATIENCE) -> None:
    """Wait until somebody listens on the port. Raises AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < end, f"nobody listens on {port}"
        time.sleep(0.05)


def memory_mb(pid: int) -> float:
    """Return the proportional set size of a process in megabytes."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class NamingProxy:
    """A proxy that passes each TCP connection to a Unix socket, with `X-Remote-User` in its first request."""

    def __init__(self, socket_path: Path, user: str) -> None:
        self._socket_path = socket_path
        self._user = user
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    @property
    def address(self) -> str:
        """Where a browser opens the page."""
        return f"http://127.0.0.1:{self.port}/"

    def close(self) -> None:
        """Stop listening."""
        self._loop.call_soon_threadsafe(self._cancel_all)
        self._thread.join(timeout=5)

    def _cancel_all(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.call_later(0.05, self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = await reader.readuntil(b"\r\n\r\n")
            inner, outer = await asyncio.open_unix_connection(str(self._socket_path))
            first, _, rest = head.partition(b"\r\n")
            outer.write(first + f"\r\nX-Remote-User: {self._user}\r\n".encode() + rest)
            await asyncio.gather(_copy(reader, outer), _copy(inner, writer))


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()


def is_alive(pid: int) -> bool:
    """Return whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
