"""Workers that parse and prepare articles, in this process or others. Results come in the order of the tasks."""

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Queue, SimpleQueue
from subprocess import DEVNULL, Popen
from threading import Thread
from typing import TYPE_CHECKING

from ..article import Article
from ..catalogue.gram_table import GramBatch, prepare
from ..catalogue.records import ParsedSlice, PendingText, Slice
from ..library import BadArticle, BadFile, Library
from ..trusted_paths import module_path, program_environment
from .slices import read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from subprocess import Popen

_TASKS_AHEAD = 8
"""Tasks given to a process before its first result is read, so that it has work while the parent writes."""
_RESULTS_AHEAD = 3
"""Finished results, of about a megabyte, that a process keeps, so that it goes on while the parent writes another."""
_NICENESS = 5
"""Niceness of worker processes. The writer, for which all of them wait, and the screen take precedence."""


Task = list[Slice] | list[PendingText]
Result = list[ParsedSlice] | GramBatch


def work(library: Library, task: Task) -> Result:
    """Do one task. Skips articles that can no longer be read: the next walk will find their files changed."""
    if task and isinstance(task[0], PendingText):
        return prepare(_articles(library, [text for text in task if isinstance(text, PendingText)]))
    return [read(library, part) for part in task if isinstance(part, Slice)]


def _articles(library: Library, texts: list[PendingText]) -> Iterator[tuple[int, Article, int]]:
    for text in texts:
        try:
            article = library.article_at(text.file, text.start, text.length, text.line, (text.place, text.place_id))
        except (OSError, BadFile, BadArticle):
            continue
        yield text.number, article, text.day


class WorkersLost(Exception):
    """A worker process has ended, or could not be started."""


class InlineWorker:
    """A worker that runs in this process."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task, in order."""
        for task in tasks:
            yield work(self._library, task)

    def close(self) -> None:
        """Do nothing: there is no process to stop."""


class WorkerPool:
    """Worker processes. They exit when the parent's end of the pipe closes."""

    def __init__(self, root: Path, processes: int) -> None:
        """Start the processes. Raises WorkersLost if one cannot be started."""
        self._ends: list[Connection] = []
        self._members: list[Popen[bytes]] = []
        try:
            for _ in range(processes):
                self._begin(root)
        except OSError as error:
            self.close()
            raise WorkersLost from error

    def _begin(self, root: Path) -> None:
        from multiprocessing.connection import Pipe

        here, there = Pipe()
        self._ends.append(here)
        with there:
            fd = there.fileno()
            member = Popen(
                _command(fd),
                stdin=DEVNULL,
                stdout=DEVNULL,
                env=program_environment(),
                pass_fds=[fd],
                process_group=0,  # Ctrl-C is for the parent: a process that is still starting would print a traceback
            )
        self._members.append(member)
        here.send(root)

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task, in order; raises WorkersLost when a process has ended."""
        try:
            yield from self._results(tasks)
        except (EOFError, ConnectionError) as error:
            raise WorkersLost from error

    def _results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        asked: deque[Connection] = deque()
        for at, task in enumerate(tasks):
            end = self._ends[at % len(self._ends)]
            end.send(task)
            asked.append(end)
            if len(asked) >= _TASKS_AHEAD * len(self._ends):
                yield asked.popleft().recv()
        while asked:
            yield asked.popleft().recv()

    def close(self) -> None:
        """Stop the processes and wait for their end."""
        for end in self._ends:
            end.close()
        for member in self._members:
            member.terminate()
            member.wait()


_WORK = """import sys
sys.path[:] = sys.argv[1:2]
import tui
sys.path[:] = sys.argv[3:]
from tui.indexer.workers import serve
serve(int(sys.argv[2]))"""
"""The program of a worker process: imports the same package with the same module path, without the working folder.

`multiprocessing` would start `python -c`, which puts the working folder first on the path.
"""


def _command(fd: int) -> list[str]:
    """Return the command that starts a worker. `fd` is the descriptor of its end of the pipe."""
    options = ["-I", "-X", f"utf8={sys.flags.utf8_mode}", *(["-B"] if sys.dont_write_bytecode else [])]
    package = Path(__file__).resolve().parent.parent
    return [sys.executable or "", *options, "-c", _WORK, str(package.parent), str(fd), *module_path()]


def serve(fd: int) -> None:
    """Answer tasks until the parent's end of the pipe closes. The first message is the library's folder.

    Separate threads receive tasks and send results: neither the parent nor this process waits while the other works.
    """
    from multiprocessing.connection import Connection

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    end = Connection(fd)
    library = Library(end.recv())
    tasks: SimpleQueue[Task | None] = SimpleQueue()
    results: Queue[Result | None] = Queue(_RESULTS_AHEAD)

    def receive() -> None:
        with suppress(EOFError, OSError):
            while True:
                tasks.put(end.recv())
        tasks.put(None)

    def send() -> None:
        try:
            while (result := results.get()) is not None:
                end.send(result)
        except OSError:
            os._exit(0)  # the parent is gone: there is nothing to finish

    Thread(target=receive, daemon=True).start()
    sender = Thread(target=send)
    sender.start()
    while (task := tasks.get()) is not None:
        results.put(work(library, task))
    results.put(None)
    sender.join()
