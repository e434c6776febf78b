"""Start the server: listening socket, child processes, event loop."""

import asyncio
import os
import socket
import stat
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..paths import private_folder
from ..variables import IN_BROWSER
from .access import Access, ProxyAccess, TokenAccess, User
from .server import Server, run
from .users import Users
from .warm import Program, fork_child, fork_on_request

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ")
_KEPT_FOR_ARCHIVES = ("PGSERVICEFILE", "PGSYSCONFDIR", "PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY")
_KEPT_FOLDERS = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", IN_BROWSER: "1"}
_CRASHED = 70


class Serving(NamedTuple):
    """What is served, to whom and where."""

    argv: Callable[[User], Sequence[str]]
    """Returns the arguments of a user's program."""
    title: str
    port: int
    """0 for any free port."""
    socket_path: Path | None
    """A Unix socket for a proxy; None for TCP on this machine with a token."""
    users: int
    """At most, at a time."""
    known: Collection[str] | None
    """Keys of the users behind a proxy who may read; None for everyone whom it names."""
    state_home: Path
    """Users behind a proxy keep their state in folders below it."""


def serve(
    serving: Serving,
    program: Program,
    index: Callable[[socket.socket], None],
    tell: Callable[[str], None],
    index_ended: Callable[[], None],
) -> int:
    """Serve until a signal comes, and return the exit status. `tell` is given the address. Raises OSError.

    `index` keeps the library's catalogue up to date until the socket given to it ends; it gets a process of its own.
    `index_ended` is called if that process ends before.
    """
    listening = _listen(serving)
    base = base_environment(os.environ)
    children: list[tuple[int, socket.socket]] = []
    try:
        children.append(fork_child(listening, lambda connection: fork_on_request(connection, program, base)))
        children.append(fork_child(listening, _without(children[0][1], index)))
        access, address = _access(serving, listening)
        sockets = children[0][1], children[1][1]
        was_stopped = asyncio.run(_run(serving, listening, sockets, access, lambda: tell(address), index_ended))
    finally:
        listening.close()
        if serving.socket_path is not None:
            serving.socket_path.unlink(missing_ok=True)
        for pid, connection in children:
            connection.close()
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
    return 0 if was_stopped else _CRASHED


def _without(other: socket.socket, work: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    """Return `work` for a child that must not hold the socket of `other` open."""

    def start(connection: socket.socket) -> None:
        other.close()
        work(connection)

    return start


async def _run(
    serving: Serving,
    listening: socket.socket,
    children: tuple[socket.socket, socket.socket],
    access: Access,
    started: Callable[[], None],
    index_ended: Callable[[], None],
) -> bool:
    """Serve with the sockets of the warm process and of the one that indexes; see `server.run`."""
    warm, indexing = children
    loop = asyncio.get_running_loop()

    def note_end() -> None:  # the process sends nothing, so a readable socket has ended
        loop.remove_reader(indexing)
        index_ended()

    loop.add_reader(indexing, note_end)

    def environment(user: User, is_dark: bool) -> Mapping[str, str]:
        return environment_of(os.environ, user, is_dark, serving.state_home)

    users = Users(warm, serving.argv, environment, serving.users)
    return await run(Server(access, users, serving.title), users, listening, started)


def base_environment(server: Mapping[str, str]) -> dict[str, str]:
    """Return what a program in a page gets of the server's environment, and a terminal of the page's kind."""
    return {name: server[name] for name in (*_KEPT, *_KEPT_FOLDERS, *_KEPT_FOR_ARCHIVES) if name in server} | _TERMINAL


def environment_of(server: Mapping[str, str], user: User, is_dark: bool, state_home: Path) -> dict[str, str]:
    """Return a user's environment. A user behind a proxy has a state folder of their own, made here, for the owner
    alone. Raises OSError.
    """
    environment = base_environment(server) | {"COLORFGBG": "15;0" if is_dark else "0;15"}
    if user.key:
        folder = state_home / "readers" / user.key
        private_folder(str(folder))
        environment["XDG_STATE_HOME"] = str(folder)
    return environment


def _listen(serving: Serving) -> socket.socket:
    """Return the listening socket. A socket file that no server listens on is replaced. Raises OSError."""
    path = serving.socket_path
    if path is None:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", serving.port))
    else:
        _remove_stale(path)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        mask = os.umask(0o117)  # owner and group: the proxy is in the group
        try:
            listening.bind(str(path))
        finally:
            os.umask(mask)
    listening.listen(128)
    listening.setblocking(False)
    return listening


def _remove_stale(path: Path) -> None:
    try:
        is_socket = stat.S_ISSOCK(path.lstat().st_mode)
    except FileNotFoundError:
        return
    if is_socket:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(path))
            except ConnectionRefusedError:
                path.unlink()


def _access(serving: Serving, listening: socket.socket) -> tuple[Access, str]:
    """Return who may connect, and the address to tell."""
    if serving.socket_path is not None:
        return ProxyAccess(serving.known), str(serving.socket_path)
    port = listening.getsockname()[1]
    access = TokenAccess(port)
    return access, f"http://127.0.0.1:{port}/?token={access.token}"
