"""The state of one reading session. Immutable: every command returns another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..reading import Position
from ..reading.jump_list import START
from .list_model import EmptyModel, ListItem, ListModel

if TYPE_CHECKING:
    from ..catalogue import Grouping
    from .article_text import ArticleText, UnitKind
    from .positions import Match, PagePosition

PaneName = Literal["list", "reader"]


class Session(NamedTuple):
    """Where the user is: in which list, on which entry, in which article, and where in it."""

    rows: ListModel = EmptyModel()
    """The list at one revision; it is replaced, never changed."""
    entry: int | None = None
    """Index of the entry under the cursor; None before the first move."""
    listing: str = "all"
    """Key of the named list."""
    grouping: Grouping = "place"
    query: str = ""
    """The search whose hits `rows` holds; empty where `rows` is the named list."""
    newest: bool = False
    """Whether hits come newest first."""
    total: int = 0
    """Articles in the list, also those whose hits are not loaded."""
    pane: PaneName = "list"
    text: ArticleText | None = None
    """The article that is open."""
    place: PagePosition = (0, 0)
    """What was shown last in the open article."""
    position: Position = START
    """Where the user reads in the open article. A match that is only shown does not move it."""
    is_heard: bool = False
    """Whether the unit at `place` was shown whole."""
    is_reading: bool = False
    """Whether the open article counts as read; not while a search only shows its matches."""
    matches: tuple[Match, ...] = ()
    """What the search found in the open article."""
    match: int = -1
    """Index of the match that was shown last."""
    unit: UnitKind = "paragraph"
    listed: int = 0
    """Index after the last entry that was listed."""

    @property
    def item(self) -> ListItem | None:
        """The entry under the cursor."""
        if self.entry is None:
            return None
        return next(iter(self.rows.entries(self.entry, self.entry + 1)), None)

    @property
    def article(self) -> str | None:
        """Id of the article that commands concern: the one under the cursor, else the one that is open."""
        if self.entry is not None and (ids := self.rows.ids(self.entry, self.entry + 1)):
            return ids[0]
        return self.text.article.id if self.text else None
