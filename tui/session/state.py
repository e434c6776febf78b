"""The state of one reading session. Immutable: every command returns a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..reading import Position
from ..reading.jump_list import START
from .list_model import EmptyModel, ListItem, ListModel

if TYPE_CHECKING:
    from ..catalogue import Grouping
    from .article_text import ArticleText, UnitKind
    from .page_positions import Match, PagePosition

PaneName = Literal["list", "reader"]


class Session(NamedTuple):
    """The user's location: the list, the entry, the open article and the position in it."""

    rows: ListModel = EmptyModel()
    """The list at one revision; replaced, never modified."""
    entry: int | None = None
    """Index of the entry under the cursor; None before the first move."""
    listing: str = "all"
    """Key of the named list."""
    grouping: Grouping = "place"
    query: str = ""
    """The query whose hits are in `rows`; empty if `rows` is the named list."""
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
    """Whether the open article counts as read; False while only search matches are shown."""
    matches: tuple[Match, ...] = ()
    """The matches of the search in the open article."""
    match: int = -1
    """Index of the match that was shown last; -1 for none."""
    unit: UnitKind = "paragraph"
    listed: int = 0
    """Index after the last entry that was listed."""

    @property
    def item(self) -> ListItem | None:
        """The entry under the cursor, or None."""
        if self.entry is None:
            return None
        return next(iter(self.rows.entries(self.entry, self.entry + 1)), None)

    @property
    def article(self) -> str | None:
        """Id of the article that commands act on: the one under the cursor, else the open one, else None."""
        if self.entry is not None and (ids := self.rows.ids(self.entry, self.entry + 1)):
            return ids[0]
        return self.text.article.id if self.text else None
