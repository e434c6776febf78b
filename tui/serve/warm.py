"""A warm process that forks one process for each user.

It has imported the app, runs one thread and has no file of SQLite open, so that a fork of it is safe. The server sends
it a request and the terminal's descriptor on a socket; it answers with process ids and, later, exit statuses. When the
server is gone, the socket ends, and the warm process with it; users' processes end when their terminals hang up.
"""

import fcntl
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, NoReturn

MAX_REQUEST = 64 * 1024
"""Bytes."""
ADDRESS_SPACE = 4 << 30
"""Bytes of address space for one user's process; catalogues are mapped into it."""
OPEN_FILES = 256
"""Descriptors of one user's process."""
_CRASHED = 70
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


class Program(NamedTuple):
    """What is run on each terminal."""

    prepare: Callable[[], None]
    """Import what a start needs; called once, in the warm process."""
    run: Callable[[list[str]], int]
    """Run with these arguments and return the exit status."""


def fork_child(listening: socket.socket, work: Callable[[socket.socket], None]) -> tuple[int, socket.socket]:
    """Fork a process of the server's that does `work`, given a socket that ends when the server does.

    Return its process id and the server's end of the socket. Call it before the server starts a thread or an event
    loop. The child leads a session of its own and ignores the signals that a terminal sends to end the server.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    status = _CRASHED
    try:
        ours.close()
        listening.close()
        os.setsid()
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        work(theirs)
        status = 0
    finally:
        os._exit(status)


def request(connection: socket.socket, terminal: int, argv: Sequence[str], environment: Mapping[str, str]) -> None:
    """Ask for a process on `terminal`, the descriptor of a pseudo-terminal's inner side. Raises OSError."""
    message = json.dumps({"argv": list(argv), "environment": dict(environment)}).encode()
    socket.send_fds(connection, [message], [terminal])


def fork_on_request(connection: socket.socket, program: Program, environment: Mapping[str, str]) -> None:
    """Fork until the server is gone; `environment` is what the imports of `program` see."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    os.set_blocking(wake_read, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    _replace_environment(environment)
    program.prepare()
    gc.collect()
    gc.freeze()  # a collection in a fork would copy every page of what is shared
    channel = connection.fileno()
    while True:
        ready = select.select([channel, wake_read], [], [])[0]
        if wake_read in ready:
            with suppress(BlockingIOError):
                os.read(wake_read, 4096)
            _report_ended(connection)
        if channel in ready:
            message, descriptors, _flags, _address = socket.recv_fds(connection, MAX_REQUEST, 1)
            if not message:
                return
            wanted = json.loads(message)
            pid = os.fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                for fd in (wake_read, wake_write):
                    os.close(fd)
                connection.close()
                _run_on_terminal(program, descriptors[0], wanted["argv"], wanted["environment"])
            os.close(descriptors[0])
            connection.send(json.dumps({"started": pid}).encode())


def _report_ended(connection: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        with suppress(OSError):
            connection.send(json.dumps({"ended": pid, "status": os.waitstatus_to_exitcode(status)}).encode())


def _run_on_terminal(program: Program, terminal: int, argv: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Turn this fork into the program on the terminal, as if started from a shell."""
    status = _CRASHED
    try:
        for number in (*_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(terminal, fd)
        if terminal > 2:
            os.close(terminal)
        _replace_environment(environment)
        os.chdir("/")
        sys.argv = ["ganews-tui", *argv]
        for name, fd, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            stream = os.fdopen(fd, mode, encoding="utf-8", errors="replace", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        _limit()
        status = program.run(list(argv))
    finally:
        os._exit(status)


def _replace_environment(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _limit() -> None:
    limits = ((resource.RLIMIT_AS, ADDRESS_SPACE), (resource.RLIMIT_NOFILE, OPEN_FILES), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        with suppress(ValueError, OSError):
            _soft, hard = resource.getrlimit(kind)
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))
