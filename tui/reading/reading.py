"""The reading state of one library."""

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from . import exchange, libraries, marks, positions
from .exchange import KINDS, Mark
from .id_sorter import in_order
from .identity import MAX_SAMPLES, FilePart, LibraryFolder, Sample
from .jump_list import START, JumpList, Position, Visit
from .libraries import Holdings, Owner
from .marks import Change, Kind, MarkContext, storable
from .state_file import StateFile
from .undo_history import UndoHistory

T = TypeVar("T")

BATCH_ARTICLES = 5000
"""Articles read, adopted or merged at once. More would make other windows wait."""


class SavedSession(NamedTuple):
    """The state of the screen when a library was closed. The screen defines listing, grouping and focus."""

    article: str | None = None
    listing: str = "all"
    grouping: str = "place"
    newest: bool = False
    query: str = ""
    focus: str = "list"
    top: int = 0
    """The first visible line of the list."""


class Reading:
    """The reading state of one library, shared by all open windows.

    Any thread may call its methods. An unknown id is no error. A bad file raises nothing: `notices` reports it.
    """

    def __init__(self, path: Path | str, library: Path | Owner | None = None) -> None:
        """Open the state file, or `:memory:`, for the library in a folder, or for the library that the owner finds.

        Without a library, open the state from before libraries were distinguished.
        """
        self._store = StateFile(None if str(path) == ":memory:" else Path(path))
        self._owner = library if isinstance(library, Owner) else Owner(library)
        self._window = os.urandom(6).hex()
        self._device, self._host = os.urandom(8).hex(), storable(os.uname().nodename)
        self._adopted = False
        settled = self._read(
            lambda conn, key: self._owner.is_registered(conn) and marks.newest_expired(conn, key) is None
        )
        if not settled and self.writes_to_file:
            self._owner.forget()
            self._write(marks.delete_expired)
        self._opened = self._last = self._store.read(marks.newest_number)
        self._undo = UndoHistory(self._read, self._write, self._context, (self._window, self._opened))
        self._jumps = JumpList.at_end(self._read(positions.last_visits))
        self._stepped_from = self._jumps.at
        self._visit = self._read(positions.newest_visit)

    def close(self) -> None:
        """Write everything and close the file."""
        self._store.close()

    @property
    def writes_to_file(self) -> bool:
        """Whether writes reach the file. Otherwise they stay in memory and are retried."""
        return self._store.writes_to_file

    def notices(self) -> list[str]:
        """Return notices for the user, translated, and remove them from the list."""
        notices, self._store.notices = self._store.notices, []
        return notices

    def changed(self) -> bool:
        """Return whether another window changed the state since the last call. Cheap enough to call every second."""
        changed = self._store.changed()
        if changed:
            self._owner.forget()
        changed, self._adopted = changed or self._adopted, False
        return changed

    # The library

    @property
    def library_id(self) -> str:
        """The id of the library, which other machines know too; empty without a library."""
        return self._store.read(self._owner.uid)

    def ids(self) -> list[str]:
        """Return all ids of the library."""
        return self._read(libraries.known_ids)

    def samples(self) -> tuple[Sample, ...]:
        """Return the stored samples of the library."""
        return self._read(libraries.samples_of)

    def add_id(self, uid: str) -> None:
        """Add an id that another machine has for the library."""
        self._write(lambda conn, key: libraries.add_id(conn, key, uid))

    def is_other(self, uid: str) -> bool:
        """Return whether this is the id of another library."""
        found = self._store.read(lambda conn: libraries.by_name(conn, uid))
        return found is not None and found != self._store.read(self._owner.key)

    def has_unclaimed(self) -> bool:
        """Return whether there is state from before libraries were distinguished."""
        return self._owner.root is not None and self._store.read(libraries.has_unclaimed)

    def note_content(self, holdings: Holdings, max_unclaimed: int | None = None) -> None:
        """Store samples of the library and adopt the old marks of its articles, if its content has changed.

        Cheap if it has not. Does nothing if more than `max_unclaimed` ids have old marks, since adopting them is slow.
        """
        content = holdings.content
        if self._owner.root is None or self._read(libraries.seen_content) == content:
            return
        if self.has_unclaimed():
            if max_unclaimed is not None and len(self._unclaimed("read", "", max_unclaimed + 1)) > max_unclaimed:
                return
            self._adopt_all(holdings.held)
        self.learn(holdings.pieces(MAX_SAMPLES), content)

    def learn(self, pieces: Iterable[tuple[str, int, int]], content: str = "") -> None:
        """Store samples of the library, given as (file, first byte, length in bytes)."""
        if self._owner.root is None:
            return
        samples = LibraryFolder(self._owner.root).sample(FilePart(*piece) for piece in pieces)
        self._write(lambda conn, key: libraries.save_samples(conn, key, samples, content))

    def adopt(self, ids: Iterable[str]) -> None:
        """Adopt the old marks, positions and visits of articles of the library."""
        if self.has_unclaimed():
            for part in marks.chunks(ids, BATCH_ARTICLES):
                self._adopt(part)

    def _adopt_all(self, held: Callable[[Sequence[str]], Collection[str]]) -> None:
        for source in libraries.SOURCES:
            after = ""
            while batch := self._unclaimed(source, after, BATCH_ARTICLES):
                after = batch[-1]
                if held_ids := sorted(held(batch)):
                    self._adopt(held_ids)
        self._write(libraries.adopt_changes)
        self._jumps = JumpList.at_end(self._read(positions.last_visits))
        self._visit = self._read(positions.newest_visit)
        self._adopted = True

    def _adopt(self, ids: list[str]) -> None:
        self._write(lambda conn, key: libraries.adopt(conn, key, ids))

    def _unclaimed(self, source: str, after: str, limit: int) -> list[str]:
        return self._read(lambda conn, key: libraries.unclaimed_ids(conn, key, source, after, limit))

    # Marks

    def is_read(self, id: str) -> bool:
        """Return whether the article is read."""
        return bool(self.read_among([id]))

    def is_starred(self, id: str) -> bool:
        """Return whether the article is starred."""
        return bool(self.starred_among([id]))

    def read_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return those of a few ids that are read."""
        return self._read(lambda conn, key: marks.marked_among(conn, key, "read", ids))

    def starred_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return those of a few ids that are starred."""
        return self._read(lambda conn, key: marks.marked_among(conn, key, "star", ids))

    def mark_read(self, id: str) -> bool:
        """Mark the article as read, and return whether that changed anything."""
        return self._mark("read", True, [id]) > 0

    def star(self, id: str) -> bool:
        """Star the article, and return whether that changed anything."""
        return self._mark("star", True, [id]) > 0

    def toggle_read(self, id: str) -> bool:
        """Toggle the mark, and return whether the article is read now."""
        is_on = not self.is_read(id)
        self._mark("read", is_on, [id])
        return is_on

    def toggle_star(self, id: str) -> bool:
        """Toggle the star, and return whether the article is starred now."""
        is_on = not self.is_starred(id)
        self._mark("star", is_on, [id])
        return is_on

    def mark_all_read(self, ids: Iterable[str]) -> int:
        """Mark all ids as read in one change, which one undo reverts, and return how many were unread."""
        return self._mark("read", True, ids)

    def all_read(self) -> Iterator[list[str]]:
        """Yield all read ids in order, in lists of at most `BATCH_ARTICLES`."""
        return self._batches("read")

    def starred(self) -> list[str]:
        """Return all starred ids, the most recently starred first."""
        return self._read(lambda conn, key: positions.newest_marked(conn, key, "star"))

    # Saved searches are marks on queries

    def save_search(self, query: str) -> bool:
        """Save the query, and return whether it was new."""
        return self._mark("search", True, [query]) > 0

    def forget_search(self, query: str) -> bool:
        """Delete the saved query, and return whether there was one."""
        return self._mark("search", False, [query]) > 0

    def saved_searches(self) -> list[str]:
        """Return the saved queries, the most recent first."""
        return self._read(lambda conn, key: positions.newest_marked(conn, key, "search"))

    # Exchange with another machine

    def every_mark(self) -> Iterator[Mark]:
        """Yield every mark of the library and every saved search, including removed ones."""
        now = _now()
        for kind in KINDS:
            article = ""
            while batch := self._marks_after(kind, article, now):
                yield from batch
                article = batch[-1].article

    def merge(self, marks: Iterable[Mark]) -> int:
        """Store the marks that are later than those in the file, and return their number."""
        now = _now()
        return sum(self._merge_batch(batch, now) for batch in exchange.batches(marks, BATCH_ARTICLES))

    def _marks_after(self, kind: str, article: str, now: int) -> list[Mark]:
        return self._read(lambda conn, key: exchange.marks_after(conn, key, kind, article, BATCH_ARTICLES, now))

    def _merge_batch(self, batch: list[Mark], now: int) -> int:
        return self._write(lambda conn, key: exchange.merge(conn, key, batch, now))

    # Undo

    def undo(self) -> Change | None:
        """Undo the last change made in this window or before it was opened, and return it; None if there is none."""
        return self._undo.undo()

    def redo(self) -> Change | None:
        """Redo the last undone change and return it; None if there is none, or marks were made since."""
        return self._undo.redo()

    def is_undo_long(self) -> bool:
        """Return whether `undo` has many marks to look through, so that it should run in another thread."""
        return self._undo.is_undo_long()

    def is_redo_long(self) -> bool:
        """Return whether `redo` has many marks to look through, so that it should run in another thread."""
        return self._undo.is_redo_long()

    # Positions, history, sessions

    def position(self, id: str) -> Position | None:
        """Return the last position in the article, or None."""
        return self._read(lambda conn, key: positions.position(conn, key, storable(id)))

    def remember_position(self, id: str, position: Position) -> None:
        """Store the position. Cheap enough to call at every pause in scrolling."""
        if self._jumps.here and self._jumps.here.id == id:
            self._jumps = self._jumps.leave(position)
        self._write(lambda conn, key: positions.save_position(conn, key, storable(id), position))

    def visit(self, id: str, position: Position = START) -> None:
        """Add a visit to the history and the jump list."""
        id, here = storable(id), self._jumps.here
        self._jumps = self._jumps.visit(Visit(id, position))
        if here is None or here.id != id:
            number = self._visit = _next_number(max(self._visit, self._read(positions.newest_visit)))
            self._write(lambda conn, key: positions.add_visit(conn, key, number, Visit(id, position)))

    def jump(self, id: str, position: Position) -> None:
        """Add a jump within the article that was visited last to the jump list."""
        self._jumps = self._jumps.jump(Visit(storable(id), position))

    def back(self, steps: int = 1) -> Visit | None:
        """Go back in the jump list and return the visit; None at its beginning."""
        return self._step(-steps)

    def forward(self, steps: int = 1) -> Visit | None:
        """Go forward in the jump list and return the visit; None at its end."""
        return self._step(steps)

    def forget_visit(self, id: str) -> None:
        """Undo the last step in the jump list and remove the article, which no longer exists."""
        self._jumps = self._jumps.without(id, self._stepped_from)

    def history(self, limit: int = 200, offset: int = 0) -> list[str]:
        """Return visited ids without duplicates, the most recent first."""
        return self._read(lambda conn, key: positions.history(conn, key, limit, offset))

    def session(self, library: str) -> SavedSession | None:
        """Return the session stored for a library, given by its path; None if there is none.

        A library that has moved keeps its session.
        """
        key = self._session_key(library)
        row = self._store.read(lambda conn: positions.session(conn, key) or positions.session(conn, storable(library)))
        return SavedSession(*row) if row else None

    def remember_session(self, library: str, session: SavedSession) -> None:
        """Store the session for the next start."""
        row = (
            session.article and storable(session.article),
            session.listing,
            session.grouping,
            session.newest,
            storable(session.query),
            session.focus,
            session.top,
        )
        key = self._session_key(library)
        self._store.write(lambda conn: positions.save_session(conn, key, row))

    # Choices made with keys, such as theme and measure

    def choice(self, name: str, settled: str) -> str | None:
        """Return the value chosen while the setting was `settled`; None if there is none."""
        return self._store.read(lambda conn: positions.choice(conn, name, settled))

    def choose(self, name: str, value: str, settled: str) -> None:
        """Store a choice that overrides the setting for as long as the setting remains `settled`."""
        self._store.write(lambda conn: positions.save_choice(conn, name, value, settled))

    def _session_key(self, library: str) -> str:
        return self.library_id or storable(library)

    def _mark(self, kind: Kind, is_on: bool, ids: Iterable[str]) -> int:
        number = self._last = _next_number(max(self._last, self._store.read(marks.newest_number)))
        context = self._context(number)
        altered = 0
        for part in marks.chunks(in_order(ids), marks.SLICE_MARKS):
            altered += self._set_part(context, kind, is_on, part)
        if altered:
            self._undo.forget_undone()
        return altered

    def _context(self, number: int) -> MarkContext:
        return MarkContext(number, self._window, _now(), self._device, self._host)

    def _set_part(self, context: MarkContext, kind: Kind, is_on: bool, part: list[str]) -> int:
        return self._write(lambda conn, key: marks.set_marks(conn, key, context, kind, is_on, part))

    def _read(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.read(lambda conn: step(conn, self._owner.key(conn)))

    def _write(self, step: Callable[[sqlite3.Connection, int], T]) -> T:
        return self._store.write(lambda conn: step(conn, self._owner.register(conn)))

    def _batches(self, kind: Kind) -> Iterator[list[str]]:
        after = ""
        while batch := self._batch(kind, after):
            yield batch
            after = batch[-1]

    def _batch(self, kind: Kind, after: str) -> list[str]:
        return self._read(lambda conn, key: positions.marked_after(conn, key, kind, after, BATCH_ARTICLES))

    def _step(self, by: int) -> Visit | None:
        moved = self._jumps.step(by)
        if moved.at == self._jumps.at:
            return None
        self._stepped_from, self._jumps = self._jumps.at, moved
        return moved.here


def _now() -> int:
    """Return the time in microseconds since 1970."""
    return max(0, time.time_ns() // 1000)


def _next_number(newest: int) -> int:
    """Return a number above `newest`, even if the clock was set back. Two windows are unlikely to get the same."""
    now = time.time_ns()
    return now if now > newest else newest + 1 + int.from_bytes(os.urandom(2))
