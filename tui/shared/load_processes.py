"""Processes that parse and send articles."""

import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def worker_processes(count: int, start: Callable[..., None], arguments: tuple[object, ...]) -> ProcessPoolExecutor:
    """Return a pool of processes, each of which calls `start` first. Ctrl-C is for the parent alone.

    They are forked: a new interpreter would have the working folder first on its module path.
    """
    return ProcessPoolExecutor(count, get_context("fork"), _begin, (start, arguments))


def _begin(start: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start(*arguments)
