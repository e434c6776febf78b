"""Who reads and parses: this process alone, or others beside it. Either way results come in the order of the tasks."""

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..library import ArticleFile, BadArticle, BadFile, Library
from ..search.index import Fed, prepare
from .records import Found, Slice, read

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_AHEAD = 8
"""Tasks given to a process before the first is answered, so that it has work while what came before is written."""

_NICE = 5
"""How far a process gives way to the one that writes, for which the others wait, and to the screen."""


class Text(NamedTuple):
    """An article whose text is to be fed to the search index, and where it lies."""

    number: int
    file: ArticleFile
    start: int
    length: int
    line: int
    place: str | None
    place_id: int | None
    day: int


Task = list[Slice] | list[Text]
Result = list[Found] | list[Fed]


def work(library: Library, task: Task) -> Result:
    """Do one task. What cannot be read any more is left out: the next walk will find it changed."""
    if task and isinstance(task[0], Text):
        return [fed for text in task if isinstance(text, Text) and (fed := _prepared(library, text))]
    return [read(library, part) for part in task if isinstance(part, Slice)]


def _prepared(library: Library, text: Text) -> Fed | None:
    try:
        article = library.article_at(text.file, text.start, text.length, text.line, (text.place, text.place_id))
    except (OSError, BadFile, BadArticle):
        return None
    return prepare(text.number, article, text.day)


class CrewLost(Exception):
    """Another process that worked for this one has ended."""


class Alone:
    """Does the work in this process."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The result of each task, in order."""
        for task in tasks:
            yield work(self._library, task)

    def close(self) -> None:
        """Nothing to end."""


class Crew:
    """Other processes. They end with this one, however it ends: nobody is left to talk to them."""

    def __init__(self, root: Path, processes: int) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        self._ends: list[Connection] = []
        self._members = []
        # A new process inherits the file of sys.stderr; what stands there while an app has the screen has none.
        with redirect_stderr(sys.__stderr__):
            for _ in range(processes):
                here, there = context.Pipe()
                member = context.Process(target=serve, args=(there, root), daemon=True)
                member.start()
                there.close()
                self._ends.append(here)
                self._members.append(member)

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The result of each task, in order; raises CrewLost when a member has ended."""
        try:
            yield from self._results(tasks)
        except (EOFError, ConnectionError) as error:
            raise CrewLost from error

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
            member.join()


def serve(end: "Connection", root: Path) -> None:
    """What a member of the crew does, until nobody asks any more.

    Tasks are taken in by a thread of their own, so that who asks never waits for who is about to answer.
    """
    import signal
    from queue import SimpleQueue
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    library = Library(root)
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
