"""The result of a search: hits as data without markup. The screen decides how they look."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # screens import this module at start-up, long before the first search
    from ..query.expansion import Interpretation
    from ..query.readings import ChosenReading
    from ..text.document import FieldSpan


class Hit(NamedTuple):
    """An article that the query matches."""

    article: str
    """The id of the article."""
    title: tuple[str, ...]
    place: str | None
    date: str | None
    score: float
    snippet: str
    """The text around the best match, cut between graphemes; `…` stands for omitted text."""
    snippet_spans: tuple[tuple[int, int], ...]
    """Start and end of the matches in the snippet, in code points; ascending, not overlapping."""
    spans: "tuple[FieldSpan, ...]"
    """All matches in the article, in reading order: title, dateline, paragraphs, byline."""
    tags: tuple[str, ...] = ()


class Answer(NamedTuple):
    """The hits, and how the query was understood."""

    query: str
    read_as: str
    """The query as it was understood, with every operator written out; empty for an empty query."""
    hits: tuple[Hit, ...]
    total: int | None
    """Number of all hits, beyond those returned too; None if it is not known exactly."""
    partial: bool = False
    """Whether there may be more hits: time ran out or the index is still growing."""
    interpretations: "tuple[Interpretation, ...]" = ()
    is_from_files: bool = False
    """Whether the files were searched because the index is missing or incomplete."""
    refusal: str = ""
    """Why the query was not carried out; empty if it was."""
    near: "tuple[ChosenReading, ...]" = ()
    """Where there is no hit and no `budget`: words near a typed one, each of which finds an article."""


def never() -> bool:
    """Return False: never cancel."""
    return False


class Search(Protocol):
    """An object that answers queries, from files or from an index."""

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """Return the best `limit` hits, best first, or with `newest` the newest first. None for `limit` returns all.

        `budget` is in seconds: when it is used up, return what was found so far, as a `partial` answer. The same call
        without a budget completes it; the hits already returned keep their order. Raises Cancelled soon after
        `cancelled` returns True.
        """
        ...


class Cancelled(Exception):
    """The caller cancelled the query before the answer was complete."""
