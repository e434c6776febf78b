"""What this person has read, starred, reached and searched."""

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from . import exchange, libraries, marks, positions
from .exchange import KINDS, Mark
from .identity import SAMPLES, LibraryFolder, Piece, Sample
from .jump_list import START, JumpList, Position, Visit
from .libraries import Holdings, Owner
from .marks import Act, Change, Kind, storable
from .state_file import StateFile

T = TypeVar("T")

_AT_ONCE = 5000
"""Articles marked in one transaction, so that no other window waits long."""


class SavedSession(NamedTuple):
    """How a library was left. Listing, grouping and focus are the screen's words; here they are only kept."""

    article: str | None = None
    listing: str = "all"
    grouping: str = "place"
    newest: bool = False
    query: str = ""
    focus: str = "list"
    top: int = 0
    """The first line of the list that was in sight."""


class Reading:
    """The reading state of one library, shared by all open windows. An unknown id is no error.

    May be used from any thread. Never raises for a bad file: `notices` says in a line each what happened.
    """

    def __init__(self, path: Path | str, library: Path | None = None) -> None:
        """Open the state file, or `:memory:`, for the library in a folder.

        Without one, for what was kept before libraries were told apart.
        """
        self._store = StateFile(None if str(path) == ":memory:" else Path(path))
        self._owner = Owner(library)
        self._window = os.urandom(6).hex()
        self._device, self._host = os.urandom(8).hex(), storable(os.uname().nodename)
        self._taken_over = False
        settled = self._read(lambda conn, key: self._owner.settled(conn) and marks.to_trim(conn, key) is None)
        if not settled and self.kept:
            self._owner.forget()
            self._write(marks.trim)
        self._opened = self._last = self._store.read(marks.newest_number)
        self._undone: list[int] = []
        self._jumps = JumpList.at_end(self._read(positions.last_visits))
        self._stepped_from = self._jumps.at
        self._visit = self._read(positions.newest_visit)

    def close(self) -> None:
        """Keep everything, and let go of the file."""
        self._store.close()

    @property
    def kept(self) -> bool:
        """Whether marks made now reach the file; where not, they are kept in memory and tried again."""
        return self._store.kept

    def notices(self) -> list[str]:
        """Lines to show once, in the language chosen; asking empties the list."""
        said, self._store.notices = self._store.notices, []
        return said

    def changed(self) -> bool:
        """Whether another window has marked something since this was last asked. Cheap enough for every second."""
        changed = self._store.changed()
        if changed:
            self._owner.forget()
        changed, self._taken_over = changed or self._taken_over, False
        return changed

    # The library

    @property
    def library_id(self) -> str:
        """The id by which the library is known here and elsewhere; an empty text without a library."""
        return self._store.read(self._owner.uid)

    def ids(self) -> list[str]:
        """Every id by which the library is known."""
        return self._read(libraries.names)

    def samples(self) -> tuple[Sample, ...]:
        """What is remembered of what the library holds."""
        return self._read(libraries.samples_of)

    def call_too(self, uid: str) -> None:
        """Know the library by this id as well, as another machine does."""
        self._write(lambda conn, key: libraries.call(conn, key, uid))

    def is_other(self, uid: str) -> bool:
        """Whether this is the id of another library."""
        found = self._store.read(lambda conn: libraries.by_name(conn, uid))
        return found is not None and found != self._store.read(self._owner.key)

    def has_old(self) -> bool:
        """Whether anything is left from before libraries were told apart."""
        return self._owner.root is not None and self._store.read(libraries.any_unclaimed)

    def meet(self, holdings: Holdings, at_most: int | None = None) -> None:
        """Remember what the library holds, and take over the old marks of its articles, if it holds others than before.

        Cheap if it does not. With `at_most`, done only if no more ids than that have old marks: the rest takes a while.
        """
        content = holdings.content
        if self._owner.root is None or self._read(libraries.seen) == content:
            return
        if self.has_old():
            if at_most is not None and len(self._unclaimed("read", "", at_most + 1)) > at_most:
                return
            self._take_over(holdings.held)
        self.learn(holdings.pieces(SAMPLES), content)

    def learn(self, pieces: Iterable[tuple[str, int, int]], content: str = "") -> None:
        """Remember what the library holds, by some of its articles: file, first byte, length in bytes."""
        if self._owner.root is None:
            return
        samples = LibraryFolder(self._owner.root).sample(Piece(*piece) for piece in pieces)
        self._write(lambda conn, key: libraries.learn(conn, key, samples, content))

    def adopt(self, ids: Iterable[str]) -> None:
        """Take over the old marks, positions and visits of these articles, which the library holds."""
        if self.has_old():
            for part in marks.chunks(ids, _AT_ONCE):
                self._adopt(part)

    def _take_over(self, held: Callable[[Sequence[str]], Collection[str]]) -> None:
        for source in libraries.SOURCES:
            after = ""
            while page := self._unclaimed(source, after, _AT_ONCE):
                after = page[-1]
                if ours := sorted(held(page)):
                    self._adopt(ours)
        self._write(libraries.adopt_changes)
        self._jumps = JumpList.at_end(self._read(positions.last_visits))
        self._visit = self._read(positions.newest_visit)
        self._taken_over = True

    def _adopt(self, ids: list[str]) -> None:
        self._write(lambda conn, key: libraries.adopt(conn, key, ids))

    def _unclaimed(self, source: str, after: str, limit: int) -> list[str]:
        return self._read(lambda conn, key: libraries.unclaimed(conn, key, source, after, limit))

    # Marks

    def is_read(self, id: str) -> bool:
        return bool(self.read_among([id]))

    def is_starred(self, id: str) -> bool:
        return bool(self.starred_among([id]))

    def read_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these (a page of rows, not a library) are read."""
        return self._read(lambda conn, key: marks.marked_among(conn, key, "read", ids))

    def starred_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these are starred."""
        return self._read(lambda conn, key: marks.marked_among(conn, key, "star", ids))

    def mark_read(self, id: str) -> bool:
        """Returns whether that changed anything; so do the next two."""
        return self._mark("read", True, [id]) > 0

    def mark_unread(self, id: str) -> bool:
        return self._mark("read", False, [id]) > 0

    def star(self, id: str) -> bool:
        return self._mark("star", True, [id]) > 0

    def toggle_read(self, id: str) -> bool:
        """Returns whether the article is read now."""
        is_on = not self.is_read(id)
        self._mark("read", is_on, [id])
        return is_on

    def toggle_star(self, id: str) -> bool:
        """Returns whether the article is starred now."""
        is_on = not self.is_starred(id)
        self._mark("star", is_on, [id])
        return is_on

    def mark_all_read(self, ids: Iterable[str]) -> int:
        """Mark as many as are given, in one change that one undo takes back; returns how many were unread."""
        return self._mark("read", True, ids)

    def all_read(self) -> Iterator[list[str]]:
        """Every read id, a few thousand at a time, in order of id: to count or list against a catalogue."""
        return self._pages("read")

    def starred(self) -> list[str]:
        """Every starred id, last starred first."""
        return self._read(lambda conn, key: positions.newest_marked(conn, key, "star"))

    # Saved searches: a mark on a query

    def save_search(self, query: str) -> bool:
        """Returns whether it was not saved before."""
        return self._mark("search", True, [query]) > 0

    def forget_search(self, query: str) -> bool:
        """Returns whether there was such a search."""
        return self._mark("search", False, [query]) > 0

    def saved_searches(self) -> list[str]:
        """Queries, last saved first."""
        return self._read(lambda conn, key: positions.newest_marked(conn, key, "search"))

    # For another machine

    def every_mark(self) -> Iterator[Mark]:
        """Every mark of the library, and every saved search, with those that were taken away."""
        now = _now()
        for kind in KINDS:
            article = ""
            while page := self._marks_after(kind, article, now):
                yield from page
                article = page[-1].article

    def merge(self, marks: Iterable[Mark]) -> int:
        """Keep those marks that were made later than the ones here; returns how many."""
        now = _now()
        return sum(self._merge_page(page, now) for page in exchange.pages(marks, _AT_ONCE))

    def _marks_after(self, kind: str, article: str, now: int) -> list[Mark]:
        return self._read(lambda conn, key: exchange.after(conn, key, kind, article, _AT_ONCE, now))

    def _merge_page(self, page: list[Mark], now: int) -> int:
        return self._write(lambda conn, key: exchange.merge(conn, key, page, now))

    # Undo

    def undo(self) -> Change | None:
        """Take back the last mark made in this window, or before it was opened; None when there is none."""
        change = self._read(lambda conn, key: marks.last_change(conn, key, self._window, self._opened))
        if change:
            act = self._act(change.number)
            self._write(lambda conn, key: marks.put_back(conn, key, act))
            self._undone.append(change.number)
        return change

    def redo(self) -> Change | None:
        """Do again what was last undone here; None when there is nothing, or something else was marked since."""
        if not self._undone:
            return None
        number = self._undone.pop()
        change = self._read(lambda conn, key: marks.change(conn, key, number))
        if change:
            act = self._act(number)
            self._write(lambda conn, key: marks.do_again(conn, key, act))
        return change

    # Positions, history, sessions

    def position(self, id: str) -> Position | None:
        """Where in the article the person was last."""
        return self._read(lambda conn, key: positions.position(conn, key, storable(id)))

    def remember_position(self, id: str, position: Position) -> None:
        """Keep it; cheap enough for every pause in scrolling."""
        if self._jumps.here and self._jumps.here.id == id:
            self._jumps = self._jumps.leave(position)
        self._write(lambda conn, key: positions.remember(conn, key, storable(id), position))

    def visit(self, id: str, position: Position = START) -> None:
        """Note in history and jump list that the person has gone to an article."""
        id, here = storable(id), self._jumps.here
        self._jumps = self._jumps.visit(Visit(id, position))
        if here is None or here.id != id:
            number = self._visit = _after(max(self._visit, self._read(positions.newest_visit)))
            self._write(lambda conn, key: positions.note_visit(conn, key, number, Visit(id, position)))

    def back(self, steps: int = 1) -> Visit | None:
        """Where the person was before, so many stops back; None at the first."""
        return self._step(-steps)

    def forward(self, steps: int = 1) -> Visit | None:
        """The other way; None at the last."""
        return self._step(steps)

    def forget_stop(self, id: str) -> None:
        """Take back the last step to a stop, since the article is gone, and step there no more."""
        self._jumps = self._jumps.without(id, self._stepped_from)

    def history(self, limit: int = 200, offset: int = 0) -> list[str]:
        """Articles visited, last first, each once."""
        return self._read(lambda conn, key: positions.history(conn, key, limit, offset))

    def session(self, library: str) -> SavedSession | None:
        """How this library (its folder's path) was left; None at the first start.

        A library that has moved since is still left as it was.
        """
        own = self._session_key(library)
        row = self._store.read(lambda conn: positions.session(conn, own) or positions.session(conn, storable(library)))
        return SavedSession(*row) if row else None

    def remember_session(self, library: str, session: SavedSession) -> None:
        """Keep it for the next start."""
        row = (
            session.article and storable(session.article),
            session.listing,
            session.grouping,
            session.newest,
            storable(session.query),
            session.focus,
            session.top,
        )
        own = self._session_key(library)
        self._store.write(lambda conn: positions.remember_session(conn, own, row))

    # What is changed by a key and stays: theme, measure

    def choice(self, name: str, settled: str) -> str | None:
        """What was chosen by a key; None when nothing was, or the settings (`settled`) have been changed since."""
        return self._store.read(lambda conn: positions.choice(conn, name, settled))

    def choose(self, name: str, value: str, settled: str) -> None:
        """Keep a choice that goes before the settings as they are now."""
        self._store.write(lambda conn: positions.choose(conn, name, value, settled))

    def _session_key(self, library: str) -> str:
        return self.library_id or storable(library)

    def _mark(self, kind: Kind, is_on: bool, ids: Iterable[str]) -> int:
        number = self._last = _after(max(self._last, self._store.read(marks.newest_number)))
        act = self._act(number)
        altered = 0
        for part in marks.chunks(ids, _AT_ONCE):
            altered += self._set_part(act, kind, is_on, part)
        if altered:
            self._undone.clear()
        return altered

    def _act(self, number: int) -> Act:
        return Act(number, self._window, _now(), self._device, self._host)

    def _set_part(self, act: Act, kind: Kind, is_on: bool, part: list[str]) -> int:
        return self._write(lambda conn, key: marks.set_marks(conn, key, act, kind, is_on, part))

    def _read(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.read(lambda conn: step(conn, self._owner.key(conn)))

    def _write(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.write(lambda conn: step(conn, self._owner.registered(conn)))

    def _pages(self, kind: Kind) -> Iterator[list[str]]:
        after = ""
        while page := self._page(kind, after):
            yield page
            after = page[-1]

    def _page(self, kind: Kind, after: str) -> list[str]:
        return self._read(lambda conn, key: positions.marked_after(conn, key, kind, after, _AT_ONCE))

    def _step(self, by: int) -> Visit | None:
        moved = self._jumps.step(by)
        if moved.at == self._jumps.at:
            return None
        self._stepped_from, self._jumps = self._jumps.at, moved
        return moved.here


def _now() -> int:
    """Microseconds since 1970."""
    return max(0, time.time_ns() // 1000)


def _after(newest: int) -> int:
    """A number above all there are, though the clock was set back; two windows at once do not draw the same one."""
    now = time.time_ns()
    return now if now > newest else newest + 1 + int.from_bytes(os.urandom(2))
