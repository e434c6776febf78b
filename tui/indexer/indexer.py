"""Brings catalogue and search index in step with a library's folder."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..catalogue.source import Source


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come."""

    phase: Literal["waiting", "looking", "reading", "indexing", "done"]
    """`waiting` for another program that is indexing the same library; `looking` for changes; `reading` the articles into
    the lists; `indexing` their text for search."""
    done: int
    total: int
    """Bytes, of the phase."""
    seconds_left: float | None = None
    """Of the whole, None as long as that is not known."""
    articles: int = 0
    """In the catalogue by now."""


def silent(progress: Progress) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody cancels."""
    return False


class Indexer:
    """Reads what changed in a library. Run it in a thread of its own; catalogues see what it did by `refresh()`.

    Rows, grams and the mark of how far it came are written in one transaction: it can be cancelled or killed at any
    moment and goes on where it was. Of several programs one works, the others wait for it.
    """

    def __init__(self, library: Source, processes: int | None = None) -> None:
        """`processes` may parse beside this one (0: none); chosen by the amount of work when None."""
        raise NotImplementedError

    def first(self, rows: int = 60) -> None:
        """So much at once that a first screen can be shown, if the catalogue is empty: some milliseconds."""
        raise NotImplementedError

    def run(self, progress: Callable[[Progress], None] = silent, cancelled: Callable[[], bool] = never) -> bool:
        """Bring everything in step; False when cancelled before the end."""
        raise NotImplementedError
