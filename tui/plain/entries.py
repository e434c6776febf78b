"""Lists in words: a number, the headline, and in words what a screen shows by shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ..catalogue import ArticleSummary, Listing
from ..i18n import _
from ..reading import Reading
from ..search import Answer

PAGE = 20
"""Entries said in one go."""


class Entries(Protocol):
    """A numbered list."""

    title: str

    def __len__(self) -> int: ...

    @property
    def total(self) -> int:
        """How many there are, listed or not."""
        ...

    def ids(self, start: int, stop: int) -> list[str]:
        """The articles at these places, counted from 0; fewer at the end."""
        ...

    def lines(self, start: int, stop: int) -> Iterator[str]:
        """The entries at these places as they are said."""
        ...


@dataclass
class Listed:
    """Articles of a catalogue's listing, under the headings of its groups."""

    title: str
    listing: Listing
    reading: Reading

    def __len__(self) -> int:
        return len(self.listing)

    @property
    def total(self) -> int:
        return len(self)

    def ids(self, start: int, stop: int) -> list[str]:
        return [row.id for row in self.listing.summaries(start, min(stop, len(self)))]

    def lines(self, start: int, stop: int) -> Iterator[str]:
        rows = self.listing.summaries(start, min(stop, len(self)))
        heads = {group.start: group for group in self.listing.groups}
        marked = _marks(self.reading, [row.id for row in rows])
        for index, row in enumerate(rows, start):
            group = heads.get(index)
            if group:
                yield _("{label}，{n} 篇").format(label=group.label or _("未注明"), n=group.count)
            yield f"{index + 1}. {_entry(row, marked[row.id])}"


@dataclass
class Found:
    """What a search found, with the text around the best hit."""

    title: str
    answer: Answer
    reading: Reading

    def __len__(self) -> int:
        return len(self.answer.hits)

    @property
    def total(self) -> int:
        return self.answer.total or len(self)

    def ids(self, start: int, stop: int) -> list[str]:
        return [hit.article for hit in self.answer.hits[start:stop]]

    def lines(self, start: int, stop: int) -> Iterator[str]:
        hits = self.answer.hits[start:stop]
        marked = _marks(self.reading, [hit.article for hit in hits])
        for index, hit in enumerate(hits, start):
            place = _("，{place}").format(place=hit.place) if hit.place else ""
            yield f"{index + 1}. {' '.join(hit.title)}{place}{marked[hit.article]}"
            yield f"   {hit.snippet}"


def _entry(row: ArticleSummary, marks: str) -> str:
    return " ".join(row.title) + marks


def _marks(reading: Reading, ids: Sequence[str]) -> dict[str, str]:
    read, starred = reading.read_among(ids), reading.starred_among(ids)
    return {id: ("" if id in read else _("，未读")) + (_("，已收藏") if id in starred else "") for id in ids}
