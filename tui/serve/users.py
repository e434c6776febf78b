"""The users' processes: one for each user, kept for a while without a page, ended with the server."""

import asyncio
import json
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from .access import User
from .messages import Start
from .terminal import Terminal
from .warm import MAX_REQUEST, request

KEPT_SECONDS = 300.0
"""How long a process is kept without a page."""
END_SECONDS = 3.0
"""How long a process has to save its state before it is killed."""
MAX_PAGES = 3
"""Connections of one user at a time: one that shows the process, one that takes over, one on its way out."""


class TooMany(Exception):
    """The limit of users, or of one user's pages, is reached."""


class Process:
    """One user's process and its terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.pid = 0
        self.status: int | None = None
        self.ended = asyncio.Event()
        self.shown = asyncio.Lock()
        """Held by the page that reads the terminal."""
        self.give_way: asyncio.Event | None = None
        """Set to tell the page that shows the process to let go."""
        self.pages = 0
        self.drain: asyncio.Task[None] | None = None
        """Reads the terminal while no page does."""
        self.closing: asyncio.TimerHandle | None = None

    def signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.pid and self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Users:
    """All users' processes. `environment_for` and `argv` give the environment and the arguments of a user's program."""

    def __init__(
        self,
        warm: socket.socket,
        argv: Callable[[User], Sequence[str]],
        environment_for: Callable[[User, bool], Mapping[str, str]],
        limit: int,
    ) -> None:
        self._warm = warm
        self._argv = argv
        self._environment_for = environment_for
        self._limit = limit
        self._by_user: dict[User, Process] = {}
        self._by_pid: dict[int, Process] = {}
        self._starting: list[Process] = []
        self.warm_gone = asyncio.Event()
        """Set when no further process can be forked."""
        warm.setblocking(False)
        asyncio.get_running_loop().add_reader(warm, self._on_warm)

    @asynccontextmanager
    async def page(self, user: User, start: Start) -> AsyncIterator[tuple[Process, asyncio.Event, bool]]:
        """Give a page the user's process, an event that tells it to let go, and whether the process was running.

        A page that shows the process is told to let go, and waited for. Raises TooMany.
        """
        process = self._by_user.get(user)
        is_running = process is not None
        process = process or self._start(user, start)
        if process.pages >= MAX_PAGES:
            raise TooMany
        process.pages += 1
        try:
            if process.give_way is not None:
                process.give_way.set()
            process.give_way = give_way = asyncio.Event()
            async with process.shown:
                await self._stop_waiting(process)
                yield process, give_way, is_running
        finally:
            process.pages -= 1
            if not process.pages and process.status is None:
                self._wait_for_page(process)
            elif not process.pages:
                process.terminal.close()

    async def _stop_waiting(self, process: Process) -> None:
        if process.closing is not None:
            process.closing.cancel()
            process.closing = None
        if process.drain is not None:
            process.drain.cancel()
            await asyncio.gather(process.drain, return_exceptions=True)
            process.drain = None

    def _wait_for_page(self, process: Process) -> None:
        """Keep the process for `KEPT_SECONDS` without a page, reading what it writes."""
        process.give_way = None
        process.drain = asyncio.create_task(_drain(process.terminal))
        process.closing = asyncio.get_running_loop().call_later(KEPT_SECONDS, process.terminal.close)

    async def close(self) -> None:
        """End every process, let it save its state, and kill what does not end."""
        processes = list(self._by_user.values())
        for process in processes:
            process.terminal.close()
        if processes and not self.warm_gone.is_set():
            waits = [asyncio.ensure_future(process.ended.wait()) for process in processes]
            await asyncio.wait(waits, timeout=END_SECONDS)
        for process in processes:
            process.signal(signal.SIGKILL)

    def _start(self, user: User, start: Start) -> Process:
        if len(self._by_user) >= self._limit or self.warm_gone.is_set():
            raise TooMany
        process = Process(Terminal(start.columns, start.rows))
        try:
            request(self._warm, process.terminal.inner, self._argv(user), self._environment_for(user, start.is_dark))
        except OSError as error:
            process.terminal.close()
            raise TooMany from error
        finally:
            process.terminal.close_inner()
        self._by_user[user] = process
        self._starting.append(process)
        return process

    def _on_warm(self) -> None:
        """Note what the warm process reports, in the order in which it was asked."""
        with suppress(BlockingIOError):
            while message := self._warm.recv(MAX_REQUEST):
                told = json.loads(message)
                if "started" in told:
                    process = self._starting.pop(0)
                    process.pid = told["started"]
                    self._by_pid[process.pid] = process
                elif told["ended"] in self._by_pid:
                    self._on_end(self._by_pid.pop(told["ended"]), told["status"])
            asyncio.get_running_loop().remove_reader(self._warm)
            self.warm_gone.set()

    def _on_end(self, process: Process, status: int) -> None:
        process.status = status
        process.ended.set()
        if not process.pages:
            process.terminal.close()
        self._by_user = {user: other for user, other in self._by_user.items() if other is not process}
        if process.closing is not None:
            process.closing.cancel()


async def _drain(terminal: Terminal) -> None:
    while await terminal.read():
        pass
