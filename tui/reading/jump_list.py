"""The list of visited articles for going back and forward, as in a browser."""

from collections.abc import Iterable
from typing import NamedTuple

MAX_VISITS = 100


class Position(NamedTuple):
    """A position in an article: the number of a block and a code point in its text. Never a screen line."""

    block: int
    offset: int


START = Position(0, 0)


class Visit(NamedTuple):
    """A visited article, and the position at which the user left it."""

    id: str
    position: Position = START


class JumpList(NamedTuple):
    """The visits in order, and the index of the present one."""

    visits: tuple[Visit, ...] = ()
    at: int = -1

    @classmethod
    def at_end(cls, visits: Iterable[Visit]) -> "JumpList":
        """Return a list of the last `MAX_VISITS` of `visits`, at its end."""
        kept = tuple(visits)[-MAX_VISITS:]
        return cls(kept, len(kept) - 1)

    def visit(self, new: Visit) -> "JumpList":
        """Return the list with a new visit after the present one. Visiting the same article only moves the position."""
        if self.here and self.here.id == new.id:
            return self.leave(new.position)
        return self.jump(new)

    def jump(self, new: Visit) -> "JumpList":
        """Return the list with a new visit after the present one, also within the same article."""
        if self.here == new:
            return self
        visits = (*self.visits[: self.at + 1], new)[-MAX_VISITS:]
        return JumpList(visits, len(visits) - 1)

    def leave(self, position: Position) -> "JumpList":
        """Return the list with the position of the present visit changed."""
        if not self.here:
            return self
        moved = self.here._replace(position=position)
        return JumpList((*self.visits[: self.at], moved, *self.visits[self.at + 1 :]), self.at)

    def without(self, id: str, at: int) -> "JumpList":
        """Return the list without an article, at index `at` of the old list or the last remaining visit before it."""
        kept = [n for n, visit in enumerate(self.visits) if visit.id != id]
        at = sum(n <= at for n in kept) - 1
        return JumpList(tuple(self.visits[n] for n in kept), max(at, 0) if kept else -1)

    def step(self, by: int) -> "JumpList":
        """Return the list moved by `by` visits, backward if negative, but not beyond its ends."""
        return JumpList(self.visits, min(max(self.at + by, 0), len(self.visits) - 1))

    @property
    def here(self) -> Visit | None:
        """The present visit; None if the list is empty."""
        return self.visits[self.at] if self.visits else None
