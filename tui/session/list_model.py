"""Lists of articles for the screen and the linear mode: sections, entries, and a read-only model of one revision."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

CUT = "⋯"
"""The character that shows where a text was cut: one cell wide in every terminal."""
Spans = tuple[tuple[int, int], ...]
"""Code point ranges: first, end (exclusive)."""


class Section(NamedTuple):
    """A run of entries under one header, or a line that opens another list."""

    key: str
    label: str
    """Text of the header line; empty for none."""
    start: int = 0
    """Index of the first entry."""
    count: int = 0  # type: ignore[assignment]  # a tuple has a method of this name
    is_named_list: bool = False
    """Whether this is a line that opens another list."""
    number: int | None = None
    """The number shown beside a line that opens a list; other sections show `count`."""


class ListItem(NamedTuple):
    """An article in a list: its headline and, for a hit, its snippet."""

    id: str
    title: tuple[str, ...]
    meta: str = ""
    """Date, authors, or the place of a hit."""
    snippet: str | None = None
    snippet_spans: Spans = ()
    title_spans: Spans = ()
    """Code point ranges in `title` joined with single spaces."""
    unread: bool = False
    starred: bool = False
    place: str = ""
    """Label of the place, even if `meta` omits it."""


class ListModel(Protocol):
    """A list of articles at one revision; entries are fetched in ranges."""

    @property
    def sections(self) -> Sequence[Section]: ...
    @property
    def height(self) -> int:
        """Lines per entry."""
        ...

    def __len__(self) -> int: ...

    def entries(self, start: int, stop: int) -> Sequence[ListItem]:
        """Return the entries in `range(start, stop)`; fewer if articles were removed meanwhile."""
        ...

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """Return the article ids in `range(start, stop)`, without reading any marks."""
        ...

    def find(self, article_id: str) -> int | None:
        """Return the index of an article, or None if it is not in the list."""
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


_BATCH_IDS = 5_000
"""Ids read per batch."""


def all_ids(rows: ListModel) -> Iterator[str]:
    """Yield the ids of a whole list."""
    for start in range(0, len(rows), _BATCH_IDS):
        yield from rows.ids(start, start + _BATCH_IDS)
