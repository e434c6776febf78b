"""A program on its own pseudo-terminal, with `tests.terminal.Screen` as its screen.

    with Program(["ganews-tui"]) as program:
        program.wait_for("开鲁")
        program.send("j")

The screen is computed only when a test reads it, so that the program does not wait for it. Questions to the terminal
are answered at once.
"""

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from .terminal import Screen

_QUESTION = re.compile(rb"\x1b\[[?>]?[0-9;]*(?:\$p|[cnu])|\x1b\]11;\?")
ROOT = Path(__file__).resolve().parent.parent
GANEWS = [sys.executable, "-m", "tui"]
PATIENCE = 40.0
"""Seconds after which a wait fails. Only a test that fails waits so long, so a slow machine gets its time."""


def environment(home: Path | None = None, **more: str) -> dict[str, str]:
    """Return the environment of a UTF-8 terminal in which the program keeps all its files under `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    folders = {}
    if home is not None:
        folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "CACHE", "DATA")}
        folders["HOME"] = str(home)
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    return {**kept, **terminal, **folders, **more}


class Program:
    """One run of a command on a pseudo-terminal."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (120, 36),
        env: Mapping[str, str] | None = None,
        screen: Screen | None = None,
        answers: bool = True,
        cwd: Path | None = None,
    ) -> None:
        """Start the command. `answers` tells whether the terminal answers questions."""
        self._screen = screen or Screen()
        self._screen.resize(*size)
        self._answers = answers
        self.written: list[tuple[int, bytes]] = []
        """The output: time in nanoseconds (monotonic) and bytes of each read."""
        self._shown = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.status: int | None = None
        """Exit status, minus the number of the signal that ended the program, or None while it runs."""
        self.master, self.slave = os.openpty()
        self.set_size(*size)
        self.before = termios.tcgetattr(self.slave)
        self.started = time.monotonic_ns()
        self.pid = _spawn(command, os.ttyname(self.slave), environment() if env is None else env, cwd)

    # Input

    def send(self, keys: str | bytes) -> int:
        """Type keys; return the time in nanoseconds."""
        data = keys.encode() if isinstance(keys, str) else keys
        now = time.monotonic_ns()
        while data:
            data = data[os.write(self.master, data) :]
        return now

    def set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, columns * 10, rows * 20))

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(columns, rows)
        self.set_size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def vanish(self) -> None:
        """Close the terminal. The kernel sends SIGHUP unless it is ignored, as the program leads its session."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    # Output

    @property
    def screen(self) -> Screen:
        """The screen after all output read so far."""
        for _, data in self.written[self._shown :]:
            self._screen.feed(self._decode(data))
        self._shown = len(self.written)
        self._screen.answers.clear()
        return self._screen

    @property
    def raw(self) -> bytes:
        return b"".join(data for _, data in self.written)

    def screen_before(self, data: bytes) -> Screen:
        """Return the screen as it was when the program wrote `data` for the first time."""
        screen = Screen(self.screen.columns, self.screen.rows, self.screen.ambiguous)
        screen.feed(self.raw.partition(data)[0].decode("utf-8", "replace"))
        return screen

    def read(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for output; return False if none came."""
        if self.master < 0 or not select.select([self.master], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.written.append((time.monotonic_ns(), data))
        if self._answers and _QUESTION.search(data):
            self._answer()
        return bool(data)

    def forget(self) -> None:
        """Bring the screen up to date and drop the output, for runs of hours."""
        assert self.screen
        self.written.clear()
        self._shown = 0

    def settle(self, quiet: float = 0.15, timeout: float = 10.0) -> None:
        """Read until the program has been silent for `quiet` seconds and waits, or for `timeout` seconds.

        Silence alone says little on a busy machine, where the program may not have had the processor meanwhile.
        """
        end = time.monotonic() + timeout
        while time.monotonic() < end and (self.read(quiet) or any(map(_is_running, _family(self.pid)))):
            pass

    def wait_for(self, text: str, timeout: float = PATIENCE) -> None:
        """Read until the text is on the screen. Raises AssertionError with the screen after `timeout` seconds."""
        self.wait_until(lambda: text in self.screen.text(), repr(text), timeout)

    def wait_until(self, holds: Callable[[], bool], wanted: str, timeout: float = PATIENCE) -> None:
        """Read until the screen has a property, which `wanted` names if it never comes. See wait_for."""
        end = time.monotonic() + timeout
        while not holds():
            left = end - time.monotonic()
            alive = self.status is None and left > 0
            assert alive and (self.read(min(left, 0.1)) or self.poll() is None), (
                f"no {wanted} (status {self.status}) on\n{self.screen.text()}"
            )

    def wait_for_bytes(self, data: bytes, timeout: float = PATIENCE, after: int = 0) -> int:
        """Read until the program has written these bytes, not counting the first `after` reads.

        Returns the time of the read that completed them.
        """
        seen = b""
        end = time.monotonic() + timeout
        index = after
        while True:
            for moment, chunk in self.written[index:]:
                seen += chunk
                if data in seen[-len(chunk) - len(data) :]:
                    return moment
            index = len(self.written)
            assert time.monotonic() < end and self.poll() is None, f"no {data!r} in {seen[-300:]!r}"
            self.read(0.1)

    def wait_stopped(self, timeout: float = PATIENCE) -> bool:
        """Wait until the program is stopped (SIGTSTP, SIGSTOP); return False after `timeout` seconds."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            if pid and os.WIFSTOPPED(status):
                self.settle(0.05)
                return True
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                return False
            self.read(0.02)
        return False

    # End

    def poll(self) -> int | None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status

    def wait(self, timeout: float = PATIENCE) -> int:
        """Read until the program has ended and return its status. Raises AssertionError after `timeout` seconds."""
        handle = os.pidfd_open(self.pid) if self.status is None and hasattr(os, "pidfd_open") else -1
        end = time.monotonic() + timeout
        try:
            while self.poll() is None:
                left = end - time.monotonic()
                assert left > 0, f"did not end:\n{self.screen.text()}"
                select.select([fd for fd in (handle, self.master) if fd >= 0], [], [], min(left, 0.05))
                self.read(0)
        finally:
            if handle >= 0:
                os.close(handle)
        while self.read(0):
            pass
        assert self.status is not None
        return self.status

    def terminal_changes(self) -> list[str]:
        """Return what differs from the terminal's state before: modes left on, the line discipline."""
        after = termios.tcgetattr(self.slave)
        left = self.screen.left_on
        return left if after == self.before else [*left, "line discipline"]

    @property
    def echoes(self) -> bool:
        """Whether the terminal echoes, as it does unless a program has put it into raw mode."""
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def pss(self, kind: str = "Pss") -> int:
        """Return the proportional set size in bytes; `Pss_Anon` leaves out files, which may be shared."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        found = re.search(rf"^{kind}:\s+(\d+) kB", text, re.MULTILINE)
        return int(found[1]) * 1024 if found else 0

    def busy(self) -> float:
        """Return the processor seconds used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for fd in (self.master, self.slave):
            if fd >= 0:
                os.close(fd)
        self.master = self.slave = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self) -> None:
        answers = bytes(self._take_answers())
        if answers:
            self.send(answers)

    def _take_answers(self) -> bytes:
        for _, data in self.written[self._shown :]:
            self._screen.feed(self._decode(data))
        self._shown = len(self.written)
        answers = bytes(self._screen.answers)
        self._screen.answers.clear()
        return answers


def _spawn(command: Sequence[str], tty: str, env: Mapping[str, str], cwd: Path | None) -> int:
    """Start the command in a session of its own, whose controlling terminal is the first one it opens."""
    actions = [(os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
    program = command[0]
    if cwd is not None:
        command = ["/bin/sh", "-c", 'cd "$0" && exec "$@"', str(cwd), *command]
        program = "/bin/sh"
    return os.posix_spawnp(program, list(command), dict(env), file_actions=actions, setsid=True)


def _family(pid: int) -> Iterator[int]:
    """Yield the process and all that it has started."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text().split():
                yield from _family(int(child))
    yield pid


def _is_running(pid: int) -> bool:
    """Return whether a thread of the process has work: it runs, waits for the processor, or for a disk."""
    for path in Path(f"/proc/{pid}/task").glob("*/stat"):
        with suppress(OSError):
            if path.read_text().rpartition(")")[2].split()[0] in "RD":
                return True
    return False
