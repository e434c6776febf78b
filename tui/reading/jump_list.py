"""Where I was: back and forward, as in a browser."""

from collections.abc import Iterable
from typing import NamedTuple

KEPT = 100


class Position(NamedTuple):
    """A place in an article: the block's number and the code point in its text, never a screen line."""

    block: int
    offset: int


START = Position(0, 0)


class Visit(NamedTuple):
    """An article that was visited, and where in it the person was on leaving."""

    id: str
    position: Position = START


class JumpList(NamedTuple):
    """The stops in order, and the one the person is at."""

    stops: tuple[Visit, ...] = ()
    at: int = -1

    @classmethod
    def at_end(cls, stops: Iterable[Visit]) -> "JumpList":
        """The stops, the person at the last."""
        kept = tuple(stops)[-KEPT:]
        return cls(kept, len(kept) - 1)

    def visit(self, stop: Visit) -> "JumpList":
        """Go to a new stop; what lay ahead is forgotten. Going to where one is changes nothing but the position."""
        if self.here and self.here.id == stop.id:
            return self.leave(stop.position)
        stops = (*self.stops[: self.at + 1], stop)[-KEPT:]
        return JumpList(stops, len(stops) - 1)

    def leave(self, position: Position) -> "JumpList":
        """Note where in the present article the person is."""
        if not self.here:
            return self
        moved = self.here._replace(position=position)
        return JumpList((*self.stops[: self.at], moved, *self.stops[self.at + 1 :]), self.at)

    def without(self, id: str, at: int) -> "JumpList":
        """The stops but those at this article, the user at what was number `at` or the last one before it."""
        kept = [n for n, stop in enumerate(self.stops) if stop.id != id]
        at = sum(n <= at for n in kept) - 1
        return JumpList(tuple(self.stops[n] for n in kept), max(at, 0) if kept else -1)

    def step(self, by: int) -> "JumpList":
        """So many stops back (negative) or forward; the same at the ends."""
        return JumpList(self.stops, min(max(self.at + by, 0), len(self.stops) - 1))

    @property
    def here(self) -> Visit | None:
        """The stop the person is at; None before the first."""
        return self.stops[self.at] if self.stops else None
