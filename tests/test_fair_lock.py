"""The lock of the state file goes to the thread that has waited longest."""

import signal
import threading
import time

import pytest

from tests.program import PATIENCE
from tui.reading.fair_lock import FairLock


def test_waiting_thread_gets_the_lock_after_one_turn_of_a_busy_one() -> None:
    lock, turns, ends = FairLock(), [0], threading.Event()

    def busy() -> None:
        while not ends.is_set():
            with lock, lock:
                turns[0] += 1
                time.sleep(0.001)

    thread = threading.Thread(target=busy)
    thread.start()
    waited = []
    for _ in range(20):
        before = turns[0]
        with lock:
            waited.append(turns[0] - before)
    ends.set()
    thread.join()
    assert sorted(waited)[15] <= 2


def test_lock_excludes_all_other_threads() -> None:
    lock, counts = FairLock(), [0]

    def count() -> None:
        for _ in range(300):
            with lock:
                seen = counts[0]
                time.sleep(0)
                counts[0] = seen + 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [1200]


def test_interrupted_wait_leaves_the_lock_to_others() -> None:
    """Ctrl-C ends the wait of the main thread; the lock is then free for every other thread."""
    lock, held, release = FairLock(), threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            release.wait()

    def interrupt(*_given: object) -> None:
        raise KeyboardInterrupt

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait()
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(KeyboardInterrupt), lock:
            pass
    finally:
        signal.signal(signal.SIGALRM, before)
        release.set()
    holder.join()
    taken = threading.Event()

    def take() -> None:
        with lock:
            taken.set()

    other = threading.Thread(target=take, daemon=True)
    other.start()
    assert taken.wait(PATIENCE)
    with lock:
        pass
