"""The state of one reading session. Immutable: every command returns a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..reading import Position
from ..reading.jump_list import START
from .list_cursor import ListCursor
from .list_geometry import ListPosition
from .list_model import ListItem, ListModel

if TYPE_CHECKING:
    from ..catalogue import Grouping
    from ..compose import ComposedArticle
    from ..search import Answer
    from ..text.document import FieldSpan
    from .article_text import ArticleText, UnitKind
    from .page_positions import Match, PagePosition

PaneName = Literal["list", "reader", "search", "place"]
"""What has the keys: the list, the open article, or on a screen the line for a query or for the name of a place."""
Face = Literal["lines", "screen"]


class Session(NamedTuple):
    """The user's location: the list, the entry, the open article and the position in it."""

    cursor: ListCursor = ListCursor()
    """The list at one revision, its collapsed groups and its cursor; replaced, never modified."""
    listing: str = "all"
    """Key of the named list."""
    grouping: Grouping = "place"
    query: str = ""
    """The query of the search; empty if there is none. On a screen, its hits may still be missing in `rows`."""
    newest: bool = False
    """Whether hits are sorted newest first."""
    total: int = 0
    """Number of articles in the list, including hits that are not loaded."""
    pane: PaneName = "list"
    text: ArticleText | None = None
    """The open article; None if none is open."""
    page_position: PagePosition = (0, 0)
    """The place in the open article that was shown last."""
    position: Position = START
    """The reading position in the open article. Showing a match does not change it."""
    is_heard: bool = False
    """Whether the whole unit at `place` was shown."""
    is_reading: bool = False
    """Whether the user reads at the place that is shown; False while only search matches are shown."""
    spans: tuple[FieldSpan, ...] = ()
    """The matches of the search in the fields of the open article."""
    matches: tuple[Match, ...] = ()
    """The matches of the search in the blocks of the open article."""
    match: int = -1
    """Index of the match that was shown last; -1 for none."""
    unit: UnitKind = "paragraph"
    listed: int = 0
    """Index after the last entry that was listed."""
    face: Face = "lines"
    """Whether commands answer with lines, or with panes side by side in which the article follows the cursor."""

    # Only on a screen

    seen: ListCursor | None = None
    """The list when its cursor was on an article last."""
    before: Session | None = None
    """The session before the search, to return to its list; None if no search is open."""
    has_failed: bool = False
    """Whether the last search failed, so that `rows` does not show its hits."""
    place_from: ListPosition | None = None
    """The position of the cursor before the user typed the name of a place."""
    explanation: ComposedArticle | None = None
    """Why the library has no article; shown in the place of one."""
    zen: bool = False
    """Whether only the article is shown while it has the keys."""
    list_rows: int = 0
    """Rows of the list's pane."""
    top: int = 0
    """First line of the list in its pane."""

    @property
    def rows(self) -> ListModel:
        """The entries of the list."""
        return self.cursor.rows

    @property
    def entry(self) -> int | None:
        """Index of the entry under the cursor; None on a header, and before the first move."""
        return self.cursor.at.entry

    @property
    def under_cursor(self) -> str | None:
        """Id of the article under the cursor, or None."""
        ids = () if self.entry is None else self.rows.ids(self.entry, self.entry + 1)
        return ids[0] if ids else None

    @property
    def wanted(self) -> str | None:
        """Id of the article that the reader of a screen shows or is to show: the last one that was under the cursor."""
        return self._replace(cursor=self.seen).under_cursor if self.seen else None

    @property
    def answer(self) -> Answer | None:
        """The answer whose hits are in the list; None if the list is a named list."""
        return getattr(self.rows, "answer", None)

    @property
    def unloaded(self) -> int:
        """Number of hits that were found but are not loaded."""
        answer = self.answer
        return max((answer.total or 0) - len(answer.hits), 0) if answer else 0

    @property
    def is_typing(self) -> bool:
        """Whether keys are text."""
        return self.pane in ("search", "place")

    @property
    def item(self) -> ListItem | None:
        """The entry under the cursor, or None."""
        if self.entry is None:
            return None
        return next(iter(self.rows.entries(self.entry, self.entry + 1)), None)

    @property
    def article(self) -> str | None:
        """Id of the article that commands act on: the one under the cursor, else the one being read, else None."""
        if (id := self.under_cursor) is not None:
            return id
        return self.text.article.id if self.text and self.pane == "reader" else None
