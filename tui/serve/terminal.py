"""The server's side of a user's pseudo-terminal. Neither reading nor writing ever blocks the server."""

import asyncio
import fcntl
import os
import struct
import termios
from collections import deque
from contextlib import suppress

READ_BYTES = 64 * 1024
MAX_WAITING = 1 << 20
"""Bytes typed that the program has not read yet; above it the page is disconnected."""


class Overflow(Exception):
    """The program reads nothing, and too much has been typed."""


class Terminal:
    """A pseudo-terminal with one consumer at a time. `inner` goes to the program and is closed here once it is sent."""

    def __init__(self, columns: int, rows: int) -> None:
        self._master, self.inner = os.openpty()
        os.set_blocking(self._master, False)
        self._waiting: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._loop = asyncio.get_running_loop()
        self._is_closed = False
        self._readable: asyncio.Future[None] | None = None
        self.resize(columns, rows)

    def close_inner(self) -> None:
        """Close the program's side in this process."""
        os.close(self.inner)

    def resize(self, columns: int, rows: int) -> None:
        """Set the size in cells; the kernel sends SIGWINCH to the program."""
        if not self._is_closed:
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    async def read(self) -> bytes:
        """Return what the program has written, waiting for it; empty when the program has ended."""
        while not self._is_closed:
            try:
                return os.read(self._master, READ_BYTES)
            except BlockingIOError:
                await self._wait_until_readable()
            except OSError:
                return b""
        return b""

    async def _wait_until_readable(self) -> None:
        self._readable = readable = self._loop.create_future()
        self._loop.add_reader(self._master, self._wake)
        try:
            await readable
        finally:
            if not self._is_closed:
                self._loop.remove_reader(self._master)

    def _wake(self) -> None:
        if self._readable is not None and not self._readable.done():
            self._readable.set_result(None)

    def write(self, data: bytes) -> None:
        """Type `data`; what the program does not take at once waits. Raises Overflow."""
        if self._is_closed or not data:
            return
        if self._waiting_bytes + len(data) > MAX_WAITING:
            raise Overflow
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if len(self._waiting) == 1:
            self._flush()

    def _flush(self) -> None:
        while self._waiting:
            try:
                written = os.write(self._master, self._waiting[0])
            except BlockingIOError:
                self._loop.add_writer(self._master, self._flush)
                return
            except OSError:
                self._waiting.clear()
                self._waiting_bytes = 0
                break
            self._waiting_bytes -= written
            rest = self._waiting[0][written:]
            if rest:
                self._waiting[0] = rest
            else:
                self._waiting.popleft()
        self._loop.remove_writer(self._master)

    def close(self) -> None:
        """Hang up: the program is sent SIGHUP, saves its state and ends."""
        if self._is_closed:
            return
        self._is_closed = True
        self._wake()
        self._loop.remove_reader(self._master)
        self._loop.remove_writer(self._master)
        with suppress(OSError):
            os.close(self._master)
