"""The thread that notices new articles in an archive, and connects again after a connection broke."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from ..archive_address import shown
from ..clean import clean_line
from ..i18n import _
from .mark_sync import MarkSync
from .node_link import Away, Statement, Stopped, understood
from .open_archive import FACTS, OpenArchive
from .postgres import Failure, ServerProblem

if TYPE_CHECKING:
    from ..indexer.progress import Progress

POLL_SECONDS = 1.0
"""Seconds between two questions for new articles. An announcement of the server is only a hint to ask at once."""
SILENT_SECONDS = 5.0
"""Seconds without an answer after which the server counts as away."""
_HINT_SECONDS = 0.1
"""Seconds between two looks for an announcement."""
LISTEN = "listen ganews"
_OUTAGES: tuple[Failure, ...] = ("cut", "unreachable", "timeout")
"""Failures that say no more than that there is no connection."""
_MAX_CHANGED = 10_000
"""Articles. If more changed at once, everything remembered is forgotten."""
_LAST = Statement("select last, map_version from feed, library")
_CHANGED = (
    "select id from article where load in (select load from load where feed > %s) union"
    " select id from gone where load in (select load from load where feed > %s) limit %s"
)


class FeedFollower:
    """Follows an archive from `start` to `close`; see Follower."""

    def __init__(self, archive: OpenArchive, tell: "Callable[[Progress], None]", sync: MarkSync | None = None) -> None:
        """Prepare the thread. It calls `tell` when something may have changed, and exchanges the marks of `sync`."""
        self._archive, self._tell, self._sync = archive, tell, sync
        self._closed = Event()
        self._thread = Thread(target=self._work, name="archive", daemon=True)
        self._connected = archive.front.connected
        self._told: Failure | None = None
        """The reason that the user was told why the program does not connect again."""
        self._map_versions: tuple[int, ...] = ()

    def start(self) -> None:
        """Begin to follow. From now on the user waits for the answers, so none may take long."""
        self._archive.front.patience = SILENT_SECONDS
        self._thread.start()

    def answer_arrived(self) -> None:
        """Tell that an answer came for which the screen had not waited. Called in any thread."""
        from ..indexer.progress import Progress

        self._archive.memory.arrivals += 1
        self._tell(Progress("done", note=self.note()))

    def close(self) -> None:
        """End the thread, and wait up to one second for it."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=1.0)

    def _work(self) -> None:
        from ..indexer.progress import Progress

        with suppress(Away, Stopped):
            self._archive.front.ask([Statement(LISTEN)])
        asked = 0.0
        while not self._closed.is_set():
            if self._archive.front.hints() or time.monotonic() - asked >= POLL_SECONDS:
                with suppress(ServerProblem):
                    self._archive.front.connect((LISTEN,), only_due=True)
                with suppress(Away, Stopped):
                    self._ask()
                self._compare()
                self._exchange_marks()
                self._tell(Progress("done", note=self.note()))
                asked = time.monotonic()
            self._closed.wait(_HINT_SECONDS)
        self._exchange_marks()
        if self._sync is not None:
            self._sync.close()

    def note(self) -> str:
        """Return what the status line shows for as long as nodes are missing, as of the last comparison."""
        count, connected = len(self._archive.front.links), self._connected
        if connected == count:
            return ""
        if not connected:
            return _("没有连接")
        return _("{n} 个节点，连上 {connected} 个").format(n=count, connected=connected)

    def _compare(self) -> None:
        """Notice when a node came or went."""
        front, memory = self._archive.front, self._archive.memory
        connected, problem = front.connected, front.problem
        if connected == self._connected:
            if not connected and problem and problem.kind not in (self._told, *_OUTAGES):
                self._told = problem.kind
                memory.notices.append(self._named(problem))
            return
        self._told = None
        if not connected:
            line = self._named(problem) if problem else ""
            memory.notices.append(_("{why}已读过的还能读，标记以后送到。").format(why=line))
        elif connected > self._connected:
            memory.notices.append(_("又连上了。"))
            self._archive.back.hang_up()
        self._connected = connected
        self._renew(None)

    def _named(self, problem: ServerProblem) -> str:
        """Return the problem's line with the archive's name in place of an address, which may take the whole line."""
        line = problem.line
        for link in self._archive.front.links:
            line = line.replace(shown(link.address), self._archive.memory.facts.name)
        return line

    def _ask(self) -> None:
        """Ask for new articles, and forget what changed. Raises Away or Stopped."""
        memory = self._archive.memory
        before = memory.facts.feed
        began = time.monotonic()
        answers = self._archive.front.ask([_LAST])
        self._archive.screen.note_round_trip(time.monotonic() - began)
        with understood():
            last, versions = (tuple(int(answer[0][0][at]) for answer in answers) for at in (0, 1))
        if versions != self._map_versions:
            self._map_versions = versions
            with suppress(Away, Stopped), understood():
                self._meet()
        if last != before:
            self._renew(min(before, default=0) if len(last) == len(before) else None)

    def _meet(self) -> None:
        """Connect to nodes that have joined the archive, before shards move to them."""
        front = self._archive.front
        if front.meet():
            self._archive.back.add_nodes_of(front)
            with suppress(ServerProblem):
                front.connect((LISTEN,))
            self._connected = front.connected
            self._renew(None)

    def _exchange_marks(self) -> None:
        if self._sync is not None:
            with suppress(Away, Stopped), understood():
                self._sync.run()

    def _renew(self, since: int | None) -> None:
        """Take over the archive as it is now. Forget the articles that changed after `since`, or all if it is None."""
        front, memory = self._archive.front, self._archive.memory
        statements = list(FACTS)
        if since is not None:
            statements.append(Statement(_CHANGED, (since, since, _MAX_CHANGED)))
        try:
            answers = front.ask(statements)
            facts = self._archive.facts_in(answers)
        except (Away, Stopped):
            return
        changed = None
        if since is not None:
            ids = {clean_line(str(row[0])) for answer in answers for row in answer[-1]}
            changed = ids if len(ids) < _MAX_CHANGED else None
        memory.renew(facts, changed)
