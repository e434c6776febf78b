"""Lists of articles as both faces read them: sections, entries, and the read-only model of one revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

CUT = "⋯"
"""Marks where a text was cut: one cell wide in every terminal."""
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A run of entries under one header, or a line that opens another list."""

    key: str
    label: str
    """Empty: no header line."""
    start: int = 0
    """Number of its first entry."""
    count: int = 0
    shelf: bool = False
    """Whether it is a line that opens another list."""
    number: int | None = None
    """The number shown beside a line that opens a list; a section shows its count."""


class ListItem(NamedTuple):
    """An article in a list: its headline, and in a search result its snippet."""

    id: str
    title: tuple[str, ...]
    meta: str = ""
    """Date, authors, or the place of a hit."""
    snippet: str | None = None
    snippet_spans: Spans = ()
    title_spans: Spans = ()
    """Code points in the parts joined by one space."""
    unread: bool = False
    starred: bool = False
    place: str = ""
    """Label of the place, also where `meta` leaves it out."""


class ListModel(Protocol):
    """A list of articles at one revision, read a page at a time."""

    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def height(self) -> int:
        """Lines of every entry."""
        ...

    def __len__(self) -> int: ...

    def entries(self, start: int, stop: int) -> Sequence[ListItem]:
        """Return the entries with these numbers, counted from 0; fewer when articles have gone."""
        ...

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """Return the article ids with these numbers, without reading marks."""
        ...

    def find(self, article_id: str) -> int | None:
        """Return the number of an article, or None if the list does not hold it."""
        ...


class EmptyModel:
    """The list without entries."""

    sections: Sequence[Section] = ()
    height = 2

    def __len__(self) -> int:
        return 0

    def entries(self, start: int, stop: int) -> Sequence[ListItem]:
        return ()

    def ids(self, start: int, stop: int) -> Sequence[str]:
        return ()

    def find(self, article_id: str) -> int | None:
        return None
