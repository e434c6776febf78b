"""What a search gives back: hits as data, never markup; the screen decides how they look."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # screens need answers before they need a search
    from ..query.expansion import Interpretation
    from ..text.document import FieldSpan


class Hit(NamedTuple):
    """An article that is found."""

    article: str
    """Its id."""
    title: tuple[str, ...]
    place: str | None
    date: str | None
    score: float
    snippet: str
    """The text around the best hit, cut between graphemes; `…` marks what was left out."""
    snippet_spans: tuple[tuple[int, int], ...]
    """What matched in the snippet: code points, in order, not overlapping."""
    spans: "tuple[FieldSpan, ...]"
    """Everything that matched in the article, in reading order: title, dateline, paragraphs, byline."""


class Answer(NamedTuple):
    """What was found, and how the query was understood."""

    query: str
    read_as: str
    """The query as it was read, written out in full, each operator visible; empty for an empty query."""
    hits: tuple[Hit, ...]
    total: int | None
    """How many articles are found in all; None as long as it is not known exactly."""
    partial: bool = False
    """More may be found: time ran out or the index is still growing."""
    interpretations: "tuple[Interpretation, ...]" = ()
    is_from_files: bool = False
    """Whether the files were searched, because the index is missing or incomplete."""


def never() -> bool:
    """Never cancel."""
    return False


class Search(Protocol):
    """Something that answers queries: a scan, an index on disk, later a server."""

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """The best `limit` hits (all without one), best first, or the newest first.

        With a `budget` (seconds) the answer comes about then, `partial` if more is to be found; the same call without
        one finishes it, and the hits already given keep their order. Raises Cancelled soon after `cancelled` says so.
        """
        ...


class Cancelled(Exception):
    """The question was withdrawn before the answer was ready."""
