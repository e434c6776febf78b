"""Processes that parse and send articles."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process
from threading import Thread


def worker_processes(count: int, start: Callable[..., None], arguments: tuple[object, ...]) -> ProcessPoolExecutor:
    """Return a pool of processes, each of which calls `start` first. They end with this process, even if it is killed.

    They are forked: a new interpreter would have the working folder first on its module path.
    """
    return ProcessPoolExecutor(count, get_context("fork"), _begin, (start, arguments))


def _begin(start: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which waits for the tasks that run
    Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
