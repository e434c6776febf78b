"""Who reads and parses: this process alone, or others beside it. Either way results come in the order of the tasks."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.gram_table import GramRecord, prepare
from ..library import ArticleFile, BadArticle, BadFile, Library
from ..trusted_paths import module_path, program_environment
from .records import ParsedSlice, Slice, read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from subprocess import Popen

_AHEAD = 8
"""Tasks given to a process before the first is answered, so that it has work while what came before is written."""

_NICE = 5
"""How far a process gives way to the one that writes, for which the others wait, and to the screen."""


class PendingText(NamedTuple):
    """An article whose text is to be fed to the search index, and where it lies."""

    number: int
    file: ArticleFile
    start: int
    length: int
    line: int
    place: str | None
    place_id: int | None
    day: int


Task = list[Slice] | list[PendingText]
Result = list[ParsedSlice] | list[GramRecord]


def work(library: Library, task: Task) -> Result:
    """Do one task. What cannot be read any more is left out: the next walk will find it changed."""
    if task and isinstance(task[0], PendingText):
        return [fed for text in task if isinstance(text, PendingText) and (fed := _prepared(library, text))]
    return [read(library, part) for part in task if isinstance(part, Slice)]


def _prepared(library: Library, text: PendingText) -> GramRecord | None:
    try:
        article = library.article_at(text.file, text.start, text.length, text.line, (text.place, text.place_id))
    except (OSError, BadFile, BadArticle):
        return None
    return prepare(text.number, article, text.day)


class WorkersLost(Exception):
    """A process that works for this one has ended, or could not be started."""


class InlineWorker:
    """Does the work in this process."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The result of each task, in order."""
        for task in tasks:
            yield work(self._library, task)

    def close(self) -> None:
        """Nothing to end."""


class WorkerPool:
    """Other processes. They end with this one, however it ends: nobody is left to talk to them."""

    def __init__(self, root: Path, processes: int) -> None:
        """Start the processes; raises CrewLost if one cannot be started."""
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
        from subprocess import DEVNULL, Popen

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
        """The result of each task, in order; raises CrewLost when a member has ended."""
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
            if len(asked) >= _AHEAD * len(self._ends):
                yield asked.popleft().recv()
        while asked:
            yield asked.popleft().recv()

    def close(self) -> None:
        """Send everybody home."""
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
"""What a new process runs: this very package, on the same path for modules, which holds no working folder.

`multiprocessing` would start `python -c` with the working folder first on the path.
"""


def _command(fd: int) -> list[str]:
    """Return the command that runs a process at the other end of the pipe whose descriptor is `fd`."""
    options = ["-I", "-X", f"utf8={sys.flags.utf8_mode}", *(["-B"] if sys.dont_write_bytecode else [])]
    package = Path(__file__).resolve().parent.parent
    return [sys.executable or "", *options, "-c", _WORK, str(package.parent), str(fd), *module_path()]


def serve(fd: int) -> None:
    """Answer tasks until the parent's end of the pipe closes. The first message is the library's folder.

    Tasks are taken in by a thread of their own, so that who asks never waits for who is about to answer.
    """
    import signal
    from multiprocessing.connection import Connection
    from queue import SimpleQueue
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    end = Connection(fd)
    library = Library(end.recv())
    tasks: SimpleQueue[Task | None] = SimpleQueue()

    def take() -> None:
        with suppress(EOFError, OSError):
            while True:
                tasks.put(end.recv())
        tasks.put(None)

    Thread(target=take, daemon=True).start()
    with suppress(OSError):
        while (task := tasks.get()) is not None:
            end.send(work(library, task))
