"""The parts of an archive that this program keeps in memory, for all its threads. Only they can be read offline."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..article import Bulletin
from ..catalogue import Grouping
from ..gazetteer import Gazetteer
from ..problem import Problem
from .received_rows import Held, Listed

MAX_HELD_CHARACTERS = 8_000_000
"""Code points of the bodies that are kept."""
MAX_LISTED = 50_000
"""Summaries that are kept."""


MAX_PAGES = 200
"""Pages of lists that are kept."""
PageKey = tuple[Grouping, str, bool, str, int]
"""Grouping, name of the group, whether the newest come first, condition of what is hidden, number of the page."""


class GroupRow(NamedTuple):
    """A group of the sidebar: its name, articles and characters, and the highest position in it."""

    name: str
    articles: int
    newest: int
    characters: int


class ArchiveFacts(NamedTuple):
    """What rarely changes in an archive."""

    uid: str
    """The id that names the archive in the reading state."""
    name: str
    gazetteer: Gazetteer
    bulletins: tuple[Bulletin, ...]
    feed: tuple[int, ...]
    """The last feed number of each node that answered."""

    @property
    def titles(self) -> dict[str, str]:
        """The titles of the bulletins by id."""
        return {one.id: one.title for one in self.bulletins}


class ArchiveMemory:
    """A cache of articles, summaries and groups. Any thread may use it."""

    def __init__(self, facts: ArchiveFacts) -> None:
        self.facts = facts
        self.version = 0
        """Rises whenever the archive has changed, or a node came or went."""
        self.arrivals = 0
        """Rises whenever an answer came after the screen had stopped waiting for it."""
        self.is_strict = False
        """Whether a question without an answer raises Away, instead of being answered from memory."""
        self.unread = 0
        """The last known number of unread articles."""
        self.titles = facts.titles
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._characters = 0
        self._listed: OrderedDict[str, Listed] = OrderedDict()
        self._pages: OrderedDict[PageKey, tuple[int, list[Listed]]] = OrderedDict()
        self._groups: dict[Grouping, tuple[GroupRow, ...]] = {}
        self._grouped_at: dict[Grouping, int] = {}
        self._problems: tuple[int, Sequence[Problem]] | None = None
        self.notices: list[str] = []
        """Lines for the user that have not been shown."""

    def renew(self, facts: ArchiveFacts, changed: Iterable[str] | None) -> None:
        """Take new facts, and forget the articles with the ids `changed`; None forgets all."""
        with self._lock:
            self.facts, self.titles = facts, facts.titles
            self.version += 1
            ids = [*self._held, *self._listed] if changed is None else list(changed)
            for id in ids:
                if (held := self._held.pop(id, None)) is not None:
                    self._characters -= len(held.article.body)
                self._listed.pop(id, None)

    def held(self, id: str) -> Held | None:
        """Return the article if it is kept."""
        with self._lock:
            if (found := self._held.get(id)) is not None:
                self._held.move_to_end(id)
            return found

    def hold(self, articles: Iterable[Held]) -> None:
        """Keep the articles, and drop the least recently used ones beyond `MAX_HELD_CHARACTERS`."""
        with self._lock:
            for one in articles:
                before = self._held.pop(one.article.id, None)
                self._characters += len(one.article.body) - (len(before.article.body) if before else 0)
                self._held[one.article.id] = one
            while self._characters > MAX_HELD_CHARACTERS and len(self._held) > 1:
                self._characters -= len(self._held.popitem(last=False)[1].article.body)

    def listed(self, id: str) -> Listed | None:
        """Return the summary if it is kept."""
        with self._lock:
            return self._listed.get(id)

    def keep_listed(self, found: Iterable[Listed]) -> None:
        """Keep the summaries, and drop the oldest beyond `MAX_LISTED`."""
        with self._lock:
            for one in found:
                self._listed.pop(one.summary.id, None)
                self._listed[one.summary.id] = one
            while len(self._listed) > MAX_LISTED:
                self._listed.popitem(last=False)

    def all_listed(self) -> list[Listed]:
        """Return all summaries that are kept."""
        with self._lock:
            return list(self._listed.values())

    def page(self, key: PageKey, *, however_old: bool = False) -> list[Listed] | None:
        """Return a page of a list as of this version, None if it is not kept; with `however_old`, as last known."""
        with self._lock:
            version, found = self._pages.get(key, (-1, None))
            return found if however_old or version == self.version else None

    def keep_page(self, key: PageKey, rows: list[Listed]) -> None:
        """Keep a page of a list, and drop the oldest beyond `MAX_PAGES`."""
        with self._lock:
            self._pages.pop(key, None)
            self._pages[key] = self.version, rows
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)

    def groups(self, by: Grouping, *, however_old: bool = False) -> tuple[GroupRow, ...] | None:
        """Return the groups as of this version, None if they are not known; with `however_old`, the last known ones."""
        if however_old or self._grouped_at.get(by) == self.version:
            return self._groups.get(by)
        return None

    def keep_groups(self, by: Grouping, groups: tuple[GroupRow, ...], version: int) -> None:
        """Keep the groups that were asked for at `version`."""
        self._groups[by], self._grouped_at[by] = groups, version

    def problems(self, *, however_old: bool = False) -> Sequence[Problem] | None:
        """Return the problems as of this version, None if they are not known; with `however_old`, as last known."""
        version, found = self._problems or (-1, None)
        return found if however_old or version == self.version else None

    def keep_problems(self, problems: Sequence[Problem], version: int) -> None:
        """Keep the problems that were asked for at `version`."""
        self._problems = version, problems
