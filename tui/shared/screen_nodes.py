"""Questions of the thread that draws the screen: another thread asks them, and the screen waits only a moment.

An answer that comes later is kept until the same question is asked again, which the screen does when it is told.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from ..i18n import _
from .node_link import Away, NodeLink, Statement
from .node_links import Answers, Nodes

LEAST_SECONDS, MOST_SECONDS = 0.2, 1.0
"""Limits of the time that the screen waits for an answer. Between them it is `ROUND_TRIPS` times the usual one."""
ROUND_TRIPS = 3
_KEPT_SECONDS = 10.0
"""Seconds for which a late answer is kept."""
_MAX_KEPT = 32


class ScreenNodes:
    """The nodes of an archive for the catalogue of the screen; see Nodes. Other threads ask directly."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._screen: int | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._running: Future[list[Answers]] | None = None
        self._late: OrderedDict[str, tuple[float, list[Answers]]] = OrderedDict()
        self._round_trips: deque[float] = deque(maxlen=5)
        self._arrived: Callable[[], None] = lambda: None

    @property
    def links(self) -> tuple[NodeLink, ...]:
        """See Nodes."""
        return self._nodes.links

    @property
    def patience(self) -> float:
        """Seconds that the screen waits for an answer."""
        return min(max(ROUND_TRIPS * min(self._round_trips, default=0.0), LEAST_SECONDS), MOST_SECONDS)

    def begin(self, arrived: Callable[[], None]) -> None:
        """Take the calling thread for the one that draws. `arrived` is called when a late answer is there."""
        self._screen, self._arrived = threading.get_ident(), arrived
        self._pool = ThreadPoolExecutor(1, "asking")

    def note_round_trip(self, seconds: float) -> None:
        """Note how long a small question took."""
        self._round_trips.append(seconds)

    def ask(self, statements: Sequence[Statement]) -> list[Answers]:
        """See Nodes. Raises Away in the thread that draws if there is no answer yet."""
        if self._pool is None or threading.get_ident() != self._screen:
            return self._nodes.ask(statements)
        key = repr(statements)
        asked_at, answer = self._late.pop(key, (0.0, None))
        if answer is not None and time.monotonic() - asked_at < _KEPT_SECONDS:
            return answer
        if self._running is not None or not self._nodes.connected:
            raise Away(self._nodes.problem.line if self._nodes.problem else _("服务器还没有回答。"))
        task = self._pool.submit(self._nodes.ask, statements)
        wait([task], timeout=self.patience)
        if task.done():
            return task.result()
        self._running = task
        task.add_done_callback(lambda done: self._came(key, done))
        raise Away(_("服务器还没有回答。"))

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _came(self, key: str, task: "Future[list[Answers]]") -> None:
        """Keep a late answer, and say so. Of a failure the follower tells."""
        self._running = None
        if task.cancelled() or task.exception() is not None:
            return
        self._late[key] = time.monotonic(), task.result()
        while len(self._late) > _MAX_KEPT:
            self._late.popitem(last=False)
        self._arrived()
