"""The runner of the linear mode: it waits for every search, and lists entries a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import commands, effects
from .hit_list import HitListModel
from .navigation import LIST_PAGE, list_from
from .runner import Runner
from .searching import FIRST_HITS
from .state import Session

if TYPE_CHECKING:
    from ..search import Answer, Search
    from .effects import Change
    from .stores import Stores


class LineRunner(Runner):
    """One session whose changes are printed as lines."""

    def __init__(self, stores: Stores, ask: Callable[[Search, str, bool, int], Answer]) -> None:
        """Start an empty session. `ask` runs a search (search, query, newest, limit) and may report progress."""
        super().__init__(stores, Session())
        self._ask = ask
        self._search: Search | None = None

    def command(self, name: str, count: int | None = None) -> Iterator[Change]:
        """Run a command and yield its changes."""
        session = self.session
        self.load_hits(max(session.listed + LIST_PAGE, (session.entry or 0) + 2 + (count or 1)))
        yield from self.perform(commands.run(name, self.session, count))

    def renew(self) -> None:
        """Reload the list after articles or marks changed. The cursor stays on its article if it is still listed."""
        session = self.session
        id = session.article
        if session.query:
            self.show_hits(session.query, session.newest, max(FIRST_HITS, len(session.rows)))
        else:
            self.show_list(session.listing)
        number = self.session.rows.find(id) if id else None
        if number is None and session.entry is not None and len(self.session.rows):
            number = min(session.entry, len(self.session.rows) - 1)
        self.put_cursor(number)

    def list_shown(self, *, is_regrouped: bool) -> Iterator[Change]:
        """List the groups after another grouping was chosen, else the first entries."""
        if is_regrouped:
            yield effects.Choose("groups")
        else:
            yield from self.perform(list_from(self.session, 0))

    def ask_search(self, asked: effects.AskSearch) -> Iterator[Change]:
        """Run a search, report how the query was understood, and list the first hits."""
        self.show_hits(asked.query, asked.newest)
        yield effects.Choose("interpretation")
        yield from self.perform(list_from(self.session, 0))

    def load_hits(self, needed: int) -> None:
        """Load at least `needed` hits, if the search found that many."""
        session = self.session
        if session.query and len(session.rows) < min(needed, session.total):
            entry = session.entry
            self.show_hits(session.query, session.newest, max(needed, 2 * len(session.rows)))
            self.put_cursor(entry)

    def show_hits(self, query: str, newest: bool, limit: int = FIRST_HITS) -> None:
        """Run a search and make its hits the current list."""
        self._search = self._search or self.stores.open_search()
        answer = self._ask(self._search, query, newest, limit)
        total = len(answer.hits) if answer.total is None else answer.total
        self.show_rows(HitListModel(answer, self.stores.reading))
        self.session = self.session._replace(query=query, newest=newest, total=total)
