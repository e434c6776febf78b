"""The filters of the query language: conditions on anything but the text.

One class defines everything about a kind of filter: its written form, the articles that pass, and the values that the
index records for them. Its names in a query are in `parser._FIELDS`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..fold import dense
from ..text.document import About
from .dates import within

OPERATORS = frozenset({"OR", "AND", "NOT", "或", "且", "非", "｜"})
Mark = Literal["unread", "read", "starred"]


@dataclass(frozen=True, slots=True)
class MarkSets:
    """The ids of the read and the starred articles among those examined."""

    read: Collection[str] = ()
    starred: Collection[str] = ()


UNMARKED = MarkSets()


class IndexValue(NamedTuple):
    """A complete folded value, such as an author, that the index records for an article."""

    kind: Literal["place", "author", "tag", "bulletin", "sound"]
    value: str
    is_prefix: bool = False
    """Whether every value that starts with this one counts."""


class Filter(ABC):
    """A condition on anything but the text."""

    __slots__ = ()
    asks_marks = False
    is_exact = True
    """Whether every article with one of `index_values` passes."""

    @abstractmethod
    def written(self) -> str:
        """Return the filter in the query language."""

    @abstractmethod
    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        """Return whether the article with this id passes."""

    def index_values(self) -> tuple[IndexValue, ...]:
        """Return index values such that every passing article has at least one; empty if the index records none."""
        return ()

    def days(self) -> tuple[str, str]:
        """Return the first and the last day of passing articles, as ISO dates; an empty string is open."""
        return "", ""


@dataclass(frozen=True, slots=True)
class PlaceFilter(Filter):
    """A filter for articles from one of these places."""

    typed: str
    codes: frozenset[int]
    labels: frozenset[str]
    """Folded labels."""

    def written(self) -> str:
        return f"place:{spaced(self.typed)}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return about.place_id in self.codes or (about.place is not None and dense(about.place) in self.labels)

    def index_values(self) -> tuple[IndexValue, ...]:
        values = (*map(str, sorted(self.codes)), *self.labels)
        return tuple(IndexValue("place", value) for value in values)


@dataclass(frozen=True, slots=True)
class AuthorFilter(Filter):
    """A filter for articles with an author whose folded name starts with `name`."""

    typed: str
    name: str

    def written(self) -> str:
        return f"author:{spaced(self.typed)}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return any(dense(name).startswith(self.name) for name in about.authors)

    def index_values(self) -> tuple[IndexValue, ...]:
        return (IndexValue("author", self.name, is_prefix=True),)


@dataclass(frozen=True, slots=True)
class TagFilter(Filter):
    """A filter for articles with a tag that folds to `name`."""

    typed: str
    name: str

    def written(self) -> str:
        return f"tag:{spaced(self.typed)}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return any(dense(tag) == self.name for tag in about.tags)

    def index_values(self) -> tuple[IndexValue, ...]:
        return (IndexValue("tag", self.name),)


@dataclass(frozen=True, slots=True)
class BulletinFilter(Filter):
    """A filter for articles of these bulletins."""

    typed: str
    ids: frozenset[str]
    is_exact = False  # ids that differ only in case are one value of the index

    def written(self) -> str:
        return f"bulletin:{spaced(self.typed)}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return article.rpartition("/")[0] in self.ids

    def index_values(self) -> tuple[IndexValue, ...]:
        return tuple(IndexValue("bulletin", dense(id)) for id in sorted(self.ids))


@dataclass(frozen=True, slots=True)
class DateFilter(Filter):
    """A filter for articles dated `2023-06-01` to `2023-06-30`, both days included; an empty day is open."""

    typed: str
    first: str
    last: str

    def written(self) -> str:
        return f"date:{quoted(self.typed) if ' ' in self.typed else self.typed}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return within(about.when, self.first, self.last)

    def days(self) -> tuple[str, str]:
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class MarkFilter(Filter):
    """A filter for articles that are read, unread or starred."""

    mark: Mark
    asks_marks = True

    def written(self) -> str:
        return f"is:{self.mark}"

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        if self.mark == "starred":
            return article in marked.starred
        return (article in marked.read) == (self.mark == "read")


def quoted(text: str) -> str:
    """Return the text in quotes. A quote inside becomes its full-width form, which folds to the same character."""
    return '"' + text.replace('"', "＂") + '"'


def spaced(text: str) -> str:
    """Return the text, quoted unless it is a plain name that cannot be mistaken for an operator."""
    text = text.replace('"', "＂")
    return text if text.replace("·", "").isalnum() and text not in OPERATORS else quoted(text)
