"""The interface of listings: articles in groups, and the groupings that a catalogue offers."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from ..article import ArticleSummary

Grouping = Literal["place", "month", "bulletin", "author", "tag"]
GROUPINGS: tuple[Grouping, ...] = ("place", "month", "bulletin", "author", "tag")


class Group(NamedTuple):
    """Consecutive articles of a listing with the same place, month, bulletin, author or tag."""

    key: str
    """The place's label, `2023-06`, the bulletin's id, the author's name or the tag; empty for articles without one."""
    label: str
    """The name on the screen; empty for articles without a place, month, author or tag."""
    start: int
    """Position of the group's first article in the listing."""
    count: int  # type: ignore[assignment]  # a tuple has a method of this name


class Listing(Protocol):
    """Articles in order and in groups. Holds only counts and fetches rows when they are needed.

    A listing shows the catalogue as it was when the listing was created; after `Catalogue.refresh` returned True,
    create a new one. Grouped by author or tag, an article is listed under each of its authors or tags.
    """

    @property
    def groups(self) -> Sequence[Group]:
        """The groups in order, none of them empty."""
        ...

    def __len__(self) -> int: ...

    def summaries(self, start: int, stop: int) -> Sequence[ArticleSummary]:
        """Return the articles at these positions; fewer if some were removed after the listing was created."""
        ...

    def ids(self, start: int, stop: int) -> Sequence[str]:
        """Return the ids of the articles at these positions. Faster than `summaries`."""
        ...

    def load(self) -> None:
        """Read in advance what would be slow to read later. Call it in another thread, before `adopt`."""
        ...

    def find(self, article_id: str) -> int | None:
        """Return the first position of an article, None if the listing does not have it."""
        ...


class NoArticle(KeyError):
    """The catalogue has no article with this id or number, or the article has changed since."""


def parts(joined: str) -> tuple[str, ...]:
    """Return the parts of a database value, such as authors, that line feeds separate."""
    return tuple(joined.split("\n")) if joined else ()
