"""The app on a shared library behind a slow connection: from a key to its painted hits, in round trips."""

import select
import socket
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from statistics import median

from tests.program import GANEWS, Program, environment
from tui.shared.postgres import connect

from .figures import Figure
from .shared_search import OURS, ms

DELAY_SECONDS = 0.1
"""Seconds that a question and its answer take longer, half of it each way."""
_QUIET_SECONDS = 0.035
"""Seconds of silence that end the painting."""
_REST_SECONDS = 0.6
"""Seconds between two keys: the answer with its total is painted then."""
_START_SECONDS = 60.0
_OPERATORS = ("{a} {b} near:5", "{a} sort:oldest", "{a} -{b}", "title:{a}", "date:2020 {a}")
_TYPED = 20
"""Queries that are typed."""


def delayed_app(sockets: Path, address: str, typed: Sequence[str]) -> list[Figure]:
    """Type queries into the app, and measure each key that changes the hits."""
    words = [one for one in dict.fromkeys(typed) if len(one) <= 8]
    queries = words[: _TYPED - len(_OPERATORS)]
    plain = [one for one in words if " " not in one and not one.isascii()]
    pairs = zip(_OPERATORS, plain, plain[1:], strict=False)
    queries += [kind.format(a=one, b=another) for kind, one, another in pairs]
    database = address.partition("@/")[2].partition("?")[0]
    with _slow_way(sockets / ".s.PGSQL.5432") as port, tempfile.TemporaryDirectory() as home:
        slow = f"postgresql://owner@127.0.0.1:{port}/{database}"
        with connect(slow) as conn:
            floor = [ms(lambda: conn.execute("select 1")) for _turn in range(9)]
        times = _typed(slow, Path(home), queries)
    trip = median(floor)
    return [
        Figure("select 1", "delayed: key to painted hits ms", tuple(floor)),
        Figure(OURS, "delayed: key to painted hits ms", tuple(times)),
        Figure(OURS, "delayed: key to painted hits, round trips", tuple(one / trip for one in times)),
    ]


def _typed(address: str, home: Path, queries: Sequence[str]) -> list[float]:
    """Type the queries key by key; return the times until the hits are painted, which takes a round trip at least."""
    times: list[float] = []
    with Program([*GANEWS, address], env=environment(home)) as program:
        program.wait_for("篇", _START_SECONDS)
        program.settle(_REST_SECONDS)
        for query in queries:
            program.send("/")
            program.settle(_REST_SECONDS)
            for key in query:
                sent = program.send(key)
                program.settle(_REST_SECONDS)
                painted = _painted(program.written, sent)
                if (
                    painted is not None and key != " "
                ):  # after a blank the hits are the same: only their total is asked for
                    times.append(painted)
            program.send("\x1b")
            program.settle(_REST_SECONDS)
            program.send("\x1b")
            program.settle(_REST_SECONDS)
        program.send("q")
        program.settle(_REST_SECONDS)
    return times


def _painted(written: Sequence[tuple[int, bytes]], sent: int) -> float | None:
    """Return when the first output ended that an answer can have caused, in ms; None if there was none."""
    late = [at for at, _data in written if at - sent > 0.9 * DELAY_SECONDS * 1e9]
    for one, following in zip_longest(late, late[1:]):
        if following is None or following - one > _QUIET_SECONDS * 1e9:
            return (one - sent) / 1e6
    return None


@contextmanager
def _slow_way(server: Path) -> Iterator[int]:
    """Listen on a port, and pass on what comes to the server and back, each after half of `DELAY_SECONDS`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, server), daemon=True).start()
        yield listener.getsockname()[1]


def _accept(listener: socket.socket, server: Path) -> None:
    while True:
        try:
            near, _address = listener.accept()
        except OSError:
            return
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        far = socket.socket(socket.AF_UNIX)
        far.connect(str(server))
        threading.Thread(target=_pass_on, args=(near, far), daemon=True).start()


def _pass_on(near: socket.socket, far: socket.socket) -> None:
    """Pass on bytes in both directions until one side closes."""
    waiting: deque[tuple[float, socket.socket, bytes]] = deque()
    other = {near: far, far: near}
    while True:
        left = max(waiting[0][0] - time.monotonic(), 0.0) if waiting else None
        ready, _write, _failed = select.select([near, far], [], [], left)
        for one in ready:
            waiting.append((time.monotonic() + DELAY_SECONDS / 2, other[one], one.recv(1 << 18)))
        while waiting and waiting[0][0] <= time.monotonic():
            _at, to, data = waiting.popleft()
            if not data:
                near.close()
                far.close()
                return
            to.sendall(data)
