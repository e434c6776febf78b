"""Listings: the groups of a list, and the groupings that a catalogue offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ..article import ArticleSummary

Grouping = Literal["place", "month", "bulletin", "author"]
GROUPINGS: tuple[Grouping, ...] = ("place", "month", "bulletin", "author")


@dataclass(frozen=True, slots=True)
class Group:
    """A run of a listing: one place, one month, one bulletin, one author."""

    key: str
    """The place's label, `2023-06`, the bulletin's id, the author's name; empty for articles without."""
    label: str
    """What the screen calls it; empty for articles without."""
    start: int
    """Position in the listing of its first article."""
    count: int


class Listing(Protocol):
    """Articles in an order, in groups. Holds counts; rows are fetched a page at a time.

    It shows the catalogue as it was when the listing was taken; when `Catalogue.refresh` has said True, take a new
    one. Grouped by author, an article is listed under each of its authors.
    """

    @property
    def groups(self) -> Sequence[Group]:
        """In order, none empty."""
        ...

    def __len__(self) -> int: ...

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        """The rows at these positions; fewer when the articles have gone since the listing was taken."""
        ...

    def find(self, article_id: str) -> int | None:
        """The position of an article (its first one), None when the listing does not hold it."""
        ...


class NoArticle(KeyError):
    """The catalogue holds no article of this id or number, or holds another one by now."""


def parts(joined: str) -> tuple[str, ...]:
    """Authors as the database keeps them."""
    return tuple(joined.split("\n")) if joined else ()
