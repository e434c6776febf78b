"""The server: a few files by HTTP, and a WebSocket for each page, in one event loop."""

import asyncio
import json
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import urlsplit

from websockets.asyncio.server import ServerConnection, unix_serve
from websockets.asyncio.server import serve as tcp_serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from .access import Access, Refused
from .bucket import TokenBucket
from .files import SECURITY_HEADERS, page_file
from .messages import MAX_MESSAGE, BadMessage, Resize, Start, TypedText, colour_scheme, parse
from .terminal import Overflow
from .users import Process, TooMany, Users

FIRST_MESSAGE_SECONDS = 10.0
LAST_OUTPUT_SECONDS = 5.0
"""How long the exit status of a program is waited for after its terminal has closed."""
CLOSE_SECONDS = 1.0
"""How long a page that is told of the end has to answer."""
MESSAGES_PER_SECOND, BYTES_PER_SECOND = 200.0, 256 * 1024.0
BURST_MESSAGES, BURST_BYTES = 400.0, 2 * 1024 * 1024.0
SOCKET_PATH = "/socket"
# WebSocket close codes (RFC 6455 §7.4; 4000–4999 are for applications).
ENDED, BAD_MESSAGE, TAKEN_OVER, OVERFLOW, TOO_MANY = 4000, 4400, 4409, 4413, 4429


class Server:
    """Serves pages for `users`, let in by `access`."""

    def __init__(self, access: Access, users: Users, title: str) -> None:
        self._access = access
        self._users = users
        self._title = title

    def process_request(self, _connection: ServerConnection, request: Request) -> Response | None:
        """Answer a request for a file, or return None to accept a WebSocket that our own page opens."""
        headers = _unique_headers(request.headers)
        path = urlsplit(request.path).path
        try:
            if path == SOCKET_PATH:
                self._access.check_origin(headers)
                self._access.user(headers)
                return None
            cookie = self._access.enter(request.path, headers) if path == "/" else None
            if cookie:
                return _response(HTTPStatus.SEE_OTHER, b"", {"Location": "/", "Set-Cookie": cookie})
            self._access.user(headers)
        except Refused as refused:
            return _response(HTTPStatus(refused.status), f"{refused}\n".encode(), {"Content-Type": "text/plain"})
        file = page_file(path)
        if file is None:
            return _response(HTTPStatus.NOT_FOUND, b"not found\n", {"Content-Type": "text/plain"})
        return _response(HTTPStatus.OK, file.data, {"Content-Type": file.content_type})

    async def handle(self, connection: ServerConnection) -> None:
        """Join a page and a user's process until one of them ends."""
        assert connection.request is not None
        user = self._access.user(_unique_headers(connection.request.headers))
        code: int | None = BAD_MESSAGE
        with suppress(ConnectionClosed):
            try:
                async with asyncio.timeout(FIRST_MESSAGE_SECONDS):
                    start = parse(await connection.recv())
                if isinstance(start, Start):
                    async with self._users.page(user, start) as (process, give_way, was_running):
                        if was_running:
                            _resume(process, start)
                        code = await self._join(connection, process, give_way)
            except (TimeoutError, BadMessage):
                code = BAD_MESSAGE
            except TooMany:
                code = TOO_MANY
            if code is not None:
                await connection.close(code)

    async def _join(self, connection: ServerConnection, process: Process, give_way: asyncio.Event) -> int | None:
        """Pass output and input on; return the close code, None when the page has gone."""
        await connection.send(json.dumps({"title": self._title}))
        output = asyncio.create_task(_send_output(connection, process))
        typed = asyncio.create_task(_take_input(connection, process))
        leaving = asyncio.create_task(give_way.wait())
        tasks = (output, typed, leaving)
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if give_way.is_set():
            return TAKEN_OVER
        return next((task.result() for task in (output, typed) if task in done), None)


def _resume(process: Process, start: Start) -> None:
    """Bring a running program to the size and colours of a new page, and have it draw everything again."""
    process.terminal.resize(start.columns, start.rows)
    process.signal(signal.SIGCONT)  # the program's driver sends modes and screen again
    with suppress(Overflow):
        process.terminal.write(colour_scheme(start.is_dark))


async def _send_output(connection: ServerConnection, process: Process) -> int | None:
    """Send what the program writes; the close code once it has ended."""
    try:
        while data := await process.terminal.read():
            await connection.send(data)
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_OUTPUT_SECONDS):
                await process.ended.wait()
    except ConnectionClosed:
        return None
    return ENDED


async def _take_input(connection: ServerConnection, process: Process) -> int | None:
    """Pass on what is typed, at the pace that the buckets allow; the close code on a message outside the protocol."""
    messages, data = TokenBucket(MESSAGES_PER_SECOND, BURST_MESSAGES), TokenBucket(BYTES_PER_SECOND, BURST_BYTES)
    try:
        async for text in connection:
            message = parse(text)
            now = time.monotonic()
            wait = max(messages.take(1, now), data.take(len(text), now))
            if wait:
                await asyncio.sleep(wait)
            if isinstance(message, TypedText):
                process.terminal.write(message.data)
            elif isinstance(message, Resize):
                process.terminal.resize(message.columns, message.rows)
            else:
                return BAD_MESSAGE
    except BadMessage:
        return BAD_MESSAGE
    except Overflow:
        return OVERFLOW
    except ConnectionClosed:
        pass
    return None


async def run(server: Server, users: Users, listening: socket.socket, started: Callable[[], None]) -> bool:
    """Serve until a signal comes, then end every program with its state saved; False if the warm process died.

    `started` is called when pages and signals are taken.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        loop.add_signal_handler(number, stop.set)
    make = unix_serve if listening.family == socket.AF_UNIX else tcp_serve
    serving = await make(
        server.handle,
        sock=listening,
        process_request=server.process_request,
        max_size=MAX_MESSAGE,
        max_queue=16,
        server_header=None,
        open_timeout=FIRST_MESSAGE_SECONDS,
        close_timeout=CLOSE_SECONDS,
    )
    started()
    ends = [asyncio.create_task(stop.wait()), asyncio.create_task(users.warm_gone.wait())]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in ends:
        task.cancel()
    await users.close()
    serving.close()
    await serving.wait_closed()
    return stop.is_set()


def _unique_headers(headers: Headers) -> Mapping[str, str]:
    """Return the headers, names in lower case, without those that come twice, which a proxy might read differently.

    Values are UTF-8: a proxy passes on users' names as they typed them.
    """
    return {name.lower(): _from_utf8(values[0]) for name in headers if len(values := headers.get_all(name)) == 1}


def _from_utf8(value: str) -> str:
    """Return a value that was read as ASCII; what is no UTF-8 either keeps its surrogates."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")


def _response(status: HTTPStatus, body: bytes, more: Mapping[str, str]) -> Response:
    headers = Headers({**SECURITY_HEADERS, **more, "Content-Length": str(len(body)), "Cache-Control": "no-cache"})
    headers["Connection"] = "close"
    return Response(status.value, status.phrase, headers, body)
