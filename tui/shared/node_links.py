"""The nodes of an archive, asked all at once. A node that does not answer costs a second; the others' answers count.

While a shard moves, one node may answer as before the move and another as after it. Their maps then have different
versions, and they are asked again.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

from .node_link import ANSWER_SECONDS, Away, NodeLink, Row, Statement, understood
from .postgres import ServerProblem

NODE_SECONDS = 1.0
"""Seconds to wait for a node if there are others."""
_MAX_NODES = 64
_MOVE_TRIES, _MOVE_SECONDS = 10, 0.05
"""How often, and after how many seconds, nodes are asked again whose maps have different versions."""
_VERSION = Statement("select map_version from library")
_MAP = (Statement("select node from library"), Statement("select node, address from node order by node"))

Answers = list[list[Row]]
"""The rows of each statement."""


class Nodes:
    """Connections to all nodes of an archive. Any thread may ask."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.patience = ANSWER_SECONDS
        """Seconds. The limit of an answer unless the caller gives another; short where a screen waits for it."""
        self.links = tuple(NodeLink(address) for address in addresses)
        self.spare: Nodes | None = None
        """Other connections to the same nodes, asked while these wait for an answer that nobody wants any more."""
        self._pool = ThreadPoolExecutor(_MAX_NODES, "node") if len(self.links) > 1 else None
        self._versions: tuple[int, ...] = ()
        """Different versions that the nodes' maps keep: a node was away during a move."""

    @property
    def connected(self) -> int:
        """Number of nodes with a connection."""
        return sum(link.is_connected for link in self.links)

    @property
    def is_busy(self) -> bool:
        """Whether a node is being asked."""
        return any(link.is_busy for link in self.links)

    @property
    def problem(self) -> ServerProblem | None:
        """The problem of the first node that has one."""
        return next((link.problem for link in self.links if link.problem), None)

    def connect(self, first: Sequence[str] = (), *, only_due: bool = False) -> int:
        """Connect every node that is not connected, and return how many were. Raises ServerProblem if none is then.

        A node that does not answer is waited for if no other one does. `only_due` leaves out nodes whose pause after a
        failed attempt is not over.
        """
        waiting = [link for link in self.links if not link.is_connected and (link.is_due or not only_due)]
        before = self.connected
        if self._pool is None:
            for link in waiting:
                link.connect(first)
        else:
            tasks = [self._pool.submit(link.connect, first) for link in waiting]
            wait(tasks, timeout=NODE_SECONDS)
            if not self.connected:
                wait(tasks)
        if not self.connected and (problem := self.problem):
            raise problem
        return self.connected - before

    def meet(self) -> bool:
        """Add the nodes that joined the archive and have no connection; return whether there are some.

        A new node is reached as the same user as the first one. While a node is away nothing is added, since its number
        is not known. Raises Away and Stopped.
        """
        answers = self.ask(_MAP)
        if len(answers) < len(self.links):
            return False
        with understood():
            known = {int(answer[0][0][0]) for answer in answers}
            named = {int(number): str(address) for answer in answers for number, address in answer[1]}
        missing = [address for number, address in sorted(named.items()) if number not in known]
        for address in missing[: _MAX_NODES - len(self.links)]:
            self._add(self.links[0].with_same_user(address))
        return bool(missing)

    def add_nodes_of(self, others: "Nodes") -> None:
        """Add the nodes that have joined `others`, which began with the same nodes."""
        for link in others.links[len(self.links) :]:
            self._add(link.address)

    def _add(self, address: str) -> None:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_MAX_NODES, "node")
        self.links = (*self.links, NodeLink(address))

    def ask(
        self,
        statements: Sequence[Statement],
        *,
        seconds: float | None = None,
        is_over: Callable[[], bool] | None = None,
        is_slow: bool = False,
    ) -> list[Answers]:
        """Return the answers of each node that answers within `seconds`, in the order of the nodes.

        Of several nodes each has `NODE_SECONDS`, or as long as one alone if the statements are slow ones. Raises Away
        if none answers, and Stopped if one stopped the statements.
        """
        if self.spare is not None and self.is_busy and self.spare.connected and not self.spare.is_busy:
            return self.spare.ask(statements, seconds=seconds, is_over=is_over, is_slow=is_slow)
        seconds = seconds or self.patience
        if self._pool is None:
            return [self.links[0].ask(statements, seconds=seconds, is_over=is_over)]
        found: list[Answers] = []
        for _turn in range(_MOVE_TRIES):
            each = seconds if is_slow else min(seconds, NODE_SECONDS)
            found = self._ask_all([*statements, _VERSION], seconds, each, is_over)
            with understood():
                versions = tuple(int(answer[-1][0][0]) for answer in found)
            if len(set(versions)) == 1 or versions == self._versions:
                break
            time.sleep(_MOVE_SECONDS)
        else:
            self._versions = versions
        return [answer[:-1] for answer in found]

    def _ask_all(
        self, statements: Sequence[Statement], seconds: float, each: float, is_over: Callable[[], bool] | None
    ) -> list[Answers]:
        asked = [link for link in self.links if link.is_connected]
        tasks = [
            self._pool.submit(link.ask, statements, seconds=each, is_over=is_over)
            for link in asked
            if self._pool is not None
        ]
        wait(tasks, timeout=seconds)
        found, away = [], None
        for task in tasks:
            try:
                found.append(_result(task))
            except Away as error:
                away = error
        if not found:
            raise away or Away(self.problem.line if self.problem else "")
        return found

    def hints(self) -> bool:
        """Return whether a node has announced something since the last call."""
        found = [link.hints() for link in self.links]
        return any(found)

    def hang_up(self) -> None:
        """Close the connections, which may have been cut unnoticed; `connect` makes new ones."""
        for link in self.links:
            link.close()

    def close(self) -> None:
        self.hang_up()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _result(task: "Future[Answers]") -> Answers:
    if not task.done():
        raise Away("")
    return task.result()
