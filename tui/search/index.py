"""The index on disk: an FTS5 table of grams without text, in the database of the catalogue.

The indexer calls `create`, `feed`, `remove` and `finish` inside its own transactions. What it must hold to:

- A number stands for one article as it was read once. Numbers rise, in the order of the dates as far as that is known
  when they are given (undated articles first), and none is used twice: an article that has changed is removed and fed
  again under a new number.
- Within one call, and from call to call, rows come by rising number.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..article import Article

FORMAT = 1
"""Part of what an index is stamped with: another number means it must be made again."""


@dataclass(frozen=True, slots=True)
class Fed:
    """An article as the index takes it. Plain strings, so that it can be made in another process."""

    number: int
    date: str
    grams: str
    """Tokens, parted by spaces, each once."""
    words: tuple[str, ...]
    """Words of the word list that occur."""
    names: tuple[str, ...]
    """Authors."""


def prepare(number: int, article: Article) -> Fed:
    """What the index keeps of an article. Pure; the dear part of feeding, so let workers do it."""
    raise NotImplementedError


def create(conn: sqlite3.Connection) -> None:
    """Make the tables, unless they are there."""
    raise NotImplementedError


def feed(conn: sqlite3.Connection, rows: Iterable[Fed]) -> None:
    """Add articles, by rising number."""
    raise NotImplementedError


def remove(conn: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Forget articles. Their text is not needed; the room they took is won back when the index is made again."""
    raise NotImplementedError


def finish(conn: sqlite3.Connection) -> None:
    """All there is has been fed, for now."""
    raise NotImplementedError
