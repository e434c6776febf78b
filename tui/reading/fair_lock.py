"""A lock that threads get in the order in which they asked."""

import threading
from collections import deque


class FairLock:
    """A reentrant lock that is handed to the thread that has waited longest.

    With `threading.RLock`, a thread that takes and releases it in a loop keeps the drawing thread waiting for seconds:
    the thread that is awake takes the lock again before the waiting one has woken up.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner == me:
            self._depth += 1
            return
        with self._mutex:
            if self._owner is None:
                self._owner, self._depth = me, 1
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append((me, turn))
        try:
            turn.acquire()
        except BaseException:  # Ctrl-C; the lock may have been handed over at the same moment
            self._leave(me, turn)
            raise

    def _leave(self, me: int, turn: threading.Lock) -> None:
        """Wait no longer; pass the lock on if it was handed to this thread."""
        with self._mutex:
            if (me, turn) in self._waiting:
                self._waiting.remove((me, turn))
                return
        self.__exit__()

    def __exit__(self, *_error: object) -> None:
        self._depth -= 1
        if self._depth:
            return
        with self._mutex:
            if not self._waiting:
                self._owner = None
                return
            self._owner, turn = self._waiting.popleft()
            self._depth = 1
        turn.release()
