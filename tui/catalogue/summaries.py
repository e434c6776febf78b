"""What a list shows: rows, the groups they stand in, and the orders a catalogue can give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

Grouping = Literal["place", "month", "bulletin", "author"]
GROUPINGS: tuple[Grouping, ...] = ("place", "month", "bulletin", "author")


class ArticleSummary(NamedTuple):
    """An article as lists show it. Nothing of its body is held."""

    number: int
    """Stands for the article as it was read once: a changed article gets a new one, none is used twice. Positive
    numbers rise with the date; a negative one is given while a library is read for the first time."""
    id: str
    title: tuple[str, ...]
    place: str | None
    date: str | None
    """As the article has it."""
    characters: int
    """Code points of the body without white space."""
    authors: tuple[str, ...] = ()
    place_id: int | None = None
    bulletin: str = ""
    """Title of the bulletin."""


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
    """Articles in an order, in groups. Holds counts, not rows: a page of rows is fetched when it is looked at.

    It shows the catalogue as it was when the listing was taken; when `Catalogue.refresh` has said True, take a new
    one. In the order by author an article stands once under each of its authors.
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
