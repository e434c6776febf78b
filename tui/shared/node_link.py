"""The connection to one node, shared by the program's threads: statements in one round trip, bounded in time."""

import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from ..archive_address import shown
from ..i18n import _
from .postgres import ServerProblem, connect, explained, problem_of
from .upgrades import check

if TYPE_CHECKING:
    from .postgres import Connection

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between two attempts to connect again; each pause is twice the one before."""
ANSWER_SECONDS = 30.0
"""Seconds without an answer after which a node counts as hung and its connection is closed."""
MAX_ANSWER_BYTES = 600_000_000
"""Bytes by which this process may grow while it waits for an answer, which libpq holds in memory: a server that sends
rows without end is cut off."""
_LOOK_SECONDS = 0.02
"""Seconds between two looks at what the statements wait for."""
_LEAVE_SECONDS = 0.005
"""Seconds between two looks whether the caller still wants the answer."""
_CANCEL_SECONDS = 0.1
"""Seconds for which an answer that nobody wants may be on its way before its statements are cancelled."""
_SETTINGS = "set max_parallel_workers_per_gather = 0; set jit = off; set work_mem = '64MB'"
"""Starting workers, and compiling, take longer than a search; a lossy bitmap would compute grams for each row."""

Row = tuple[Any, ...]


class Away(OSError):
    """The archive does not answer now. The message is one line for the user."""


class Stopped(OSError):
    """The caller stopped the statements, or they took longer than they may. The message is one line for the user."""


class Statement(NamedTuple):
    """A statement of SQL and its values."""

    sql: str
    values: Sequence[object] | Mapping[str, object] = ()


@contextmanager
def understood() -> Iterator[None]:
    """Turn an answer with wrong types or without rows into Away: the server may be hostile, or no archive."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        raise Away(_("服务器的回答看不懂，也许不是共享库。")) from error


class NodeLink:
    """A connection to one node. Any thread may ask; one asks at a time."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.problem: ServerProblem | None = None
        """Why there is no connection; None while there is one, and before the first attempt."""
        self._conn: Connection | None = None
        self._lock = threading.Lock()
        self._asking: ThreadPoolExecutor | None = None
        self._pause = FIRST_PAUSE
        self._next_try = 0.0

    @property
    def is_connected(self) -> bool:
        return self._conn is not None

    @property
    def is_busy(self) -> bool:
        """Whether a question is being asked, perhaps one whose answer nobody wants any more."""
        return self._lock.locked()

    @property
    def is_due(self) -> bool:
        """Whether it is time to try to connect again."""
        return self._conn is None and time.monotonic() >= self._next_try

    def connect(self, first: Sequence[str] = ()) -> None:
        """Connect unless connected, check the schema and run the statements `first`. Raises ServerProblem."""
        with self._lock:
            if self._conn is not None:
                return
            try:
                conn = connect(self.address)
                try:
                    check(conn, self.address)
                    conn.prepare_threshold = None  # preparing a statement would take a round trip of its own
                    with explained(self.address):
                        conn.execute(_SETTINGS)
                        for statement in first:
                            conn.execute(statement.encode())
                except BaseException:
                    conn.close()
                    raise
            except ServerProblem as problem:
                self.problem = problem
                self._next_try = time.monotonic() + self._pause
                self._pause = min(2 * self._pause, LONGEST_PAUSE)
                raise
            self._conn, self.problem, self._pause = conn, None, FIRST_PAUSE

    def ask(
        self,
        statements: Sequence[Statement],
        *,
        seconds: float = ANSWER_SECONDS,
        is_over: Callable[[], bool] | None = None,
    ) -> list[list[Row]]:
        """Return the rows of each statement, all in one round trip and one snapshot.

        Raises Away if there is no connection or no answer within `seconds`, and Stopped if a statement exceeds its time
        on the server, or at once if `is_over` returns True: then the connection is busy until the answer has come.
        """
        if is_over is None:
            if not self._lock.acquire(timeout=seconds):
                raise Away(self._line())
            return self._ask_once(statements, seconds, None)
        until = time.monotonic() + seconds
        while not self._lock.acquire(timeout=_LEAVE_SECONDS):
            if is_over():
                raise Stopped(self._too_long())
            if time.monotonic() > until:
                raise Away(self._line())
        self._asking = self._asking or ThreadPoolExecutor(1, "asking")
        task = self._asking.submit(self._ask_once, statements, seconds, is_over)
        while not wait([task], timeout=_LEAVE_SECONDS).done:
            if is_over():
                raise Stopped(self._too_long())
        return task.result()

    def _ask_once(
        self, statements: Sequence[Statement], seconds: float, is_over: Callable[[], bool] | None
    ) -> list[list[Row]]:
        """Ask, and release the lock, which the caller has acquired."""
        try:
            if self._conn is None:
                raise Away(self._line())
            return self._ask(self._conn, statements, seconds, is_over)
        finally:
            self._lock.release()

    def with_same_user(self, address: str) -> str:
        """Return the address with the user of this connection. The connection must exist."""
        from psycopg.conninfo import make_conninfo

        if (conn := self._conn) is None:
            raise Away(self._line())
        return make_conninfo(address, user=conn.info.user)

    def hints(self) -> bool:
        """Return whether the server has announced something since the last call. Does not wait."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self._conn is None:
                return False
            return any(True for _notify in self._conn.notifies(timeout=0))
        except Exception as error:
            self._drop(error)
            return False
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection. A statement that is running ends with Away; an attempt to connect is left alone."""
        conn = self._conn
        if not self._lock.acquire(timeout=0.2):
            if conn is None:
                return
            _shut_down(conn)
            self._lock.acquire()
        try:
            self._conn = None
            if conn is not None:
                conn.close()
        finally:
            self._lock.release()

    def _ask(
        self, conn: "Connection", statements: Sequence[Statement], seconds: float, is_over: Callable[[], bool] | None
    ) -> list[list[Row]]:
        import psycopg

        try:
            with _watched(conn, seconds, is_over):
                if len(statements) == 1:
                    found = conn.execute(statements[0].sql.encode(), statements[0].values)
                    return [found.fetchall() if found.description else []]
                with conn.pipeline():  # results are fetched after it: fetching inside takes a round trip for each
                    conn.execute(b"begin isolation level repeatable read read only")
                    cursors = [conn.execute(one.sql.encode(), one.values) for one in statements]
                    conn.execute(b"commit")
                return [one.fetchall() if one.description else [] for one in cursors]
        except psycopg.errors.QueryCanceled as error:
            self._roll_back(conn)
            raise Stopped(problem_of(error, self.address).line) from error
        except (psycopg.Error, OSError, ValueError, MemoryError) as error:  # ValueError: text that is not UTF-8
            is_statement = isinstance(error, psycopg.Error) and not isinstance(error, psycopg.OperationalError)
            if conn.closed or conn.broken or not is_statement:
                self._drop(error)
                raise Away(self._line()) from error
            self._roll_back(conn)  # a right that was taken away, a function that is missing: the next question may do
            raise Away(problem_of(error, self.address).line) from error  # type: ignore[arg-type]

    def _roll_back(self, conn: "Connection") -> None:
        """End the transaction of statements that failed."""
        try:
            conn.rollback()
        except Exception as error:
            self._drop(error)

    def _drop(self, error: Exception) -> None:
        import psycopg

        conn, self._conn = self._conn, None
        if conn is not None:
            with suppress(Exception):
                conn.close()
        cut = error if isinstance(error, psycopg.Error) else psycopg.OperationalError("closed the connection")
        self.problem = problem_of(cut, self.address)
        self._next_try = time.monotonic()  # the first attempt is made at once: the server may have restarted long ago

    def _too_long(self) -> str:
        return _("{where}：服务器太久没有回答。").format(where=shown(self.address))

    def _line(self) -> str:
        return self.problem.line if self.problem else _("{where}：没有连接。").format(where=shown(self.address))


@contextmanager
def _watched(conn: "Connection", seconds: float, is_over: Callable[[], bool] | None) -> Iterator[None]:
    """Close the connection after `seconds` inside the context; cancel its statement when `is_over` returns True."""
    watch = _Watch(conn, time.monotonic() + seconds, is_over)
    done = _WATCHER.watch(watch)
    try:
        yield
    finally:
        done()
        watch.join()


class _Watch:
    """What is watched while a statement runs."""

    def __init__(self, conn: "Connection", until: float, is_over: Callable[[], bool] | None) -> None:
        self._conn, self._until, self._is_over = conn, until, is_over
        self._most_bytes: int | None = None
        self._cancel_at: float | None = None
        self._canceller: threading.Thread | None = None

    def look(self) -> bool:
        """Act if it is time to, and return whether that was done."""
        now, peak = time.monotonic(), _peak_bytes()
        self._most_bytes = self._most_bytes or peak + MAX_ANSWER_BYTES
        if now > self._until or peak > self._most_bytes:
            _shut_down(self._conn)
            return True
        if self._cancel_at is None and self._is_over is not None and self._is_over():
            self._cancel_at = now + _CANCEL_SECONDS
        if self._cancel_at is not None and now >= self._cancel_at:
            self._canceller = threading.Thread(target=self._cancel, daemon=True)
            self._canceller.start()
            return True
        return False

    def join(self) -> None:
        """Wait until no cancellation is under way, which would meet the next statement of the connection."""
        if self._canceller is not None:
            self._canceller.join()

    def _cancel(self) -> None:
        with suppress(Exception):
            self._conn.cancel_safe(timeout=2.0)


class _Watcher:
    """A thread that watches running statements. It starts with the first and sleeps while there is none."""

    def __init__(self) -> None:
        self._watches: set[_Watch] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def watch(self, watch: _Watch) -> Callable[[], None]:
        """Begin to watch, and return a function that ends it."""
        with self._changed:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="watching", daemon=True)
                self._thread.start()
            self._changed.notify()

        def done() -> None:
            with self._changed:
                self._watches.discard(watch)

        return done

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._watches))
            time.sleep(_LOOK_SECONDS)  # most answers come before the first look, which takes milliseconds
            with self._changed:
                self._watches -= {watch for watch in self._watches if watch.look()}


_WATCHER = _Watcher()


def _peak_bytes() -> int:
    """Return the most memory that this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _shut_down(conn: "Connection") -> None:
    """Break the connection, so that the thread that waits for its answer wakes up."""
    with suppress(Exception):
        handle = os.dup(conn.fileno())
        with socket.socket(fileno=handle) as copy:
            copy.shutdown(socket.SHUT_RDWR)
