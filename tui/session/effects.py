"""What a command asks for, as data. A request is performed by the runner; a change is shown by the face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ..catalogue import Grouping
    from ..reading import Position

# Requests


class OpenArticle(NamedTuple):
    """Read an article from its file."""

    id: str
    position: Position | None = None
    """Where to open it; None for where it was left."""
    match: Literal["first", "last"] | None = None
    """Show this match of the search instead."""
    passed: int = 0
    """Further matches to pass after that one."""
    is_read: bool = True
    """Whether the article counts as read."""


class OpenList(NamedTuple):
    """Open a named list."""

    key: str
    article: str | None = None
    """The article under the cursor, where the list holds it."""
    grouping: Grouping | None = None
    """A new grouping, or None to keep it."""


class AskSearch(NamedTuple):
    """Search, and show the hits."""

    query: str
    newest: bool
    limit: int | None = None
    """Hits to load; None for the first ones."""


class FindUnread(NamedTuple):
    """Look for the next unread article after an entry, from the start again after the end."""

    after: int
    nth: int = 1


class NoteRead(NamedTuple):
    """Mark an article read, and note the visit."""

    id: str
    position: Position


class NoteJump(NamedTuple):
    """Note a jump within an article: from where, to where."""

    id: str
    start: Position
    target: Position


class KeepPosition(NamedTuple):
    """Keep where an article was read to."""

    id: str
    position: Position


class ToggleMark(NamedTuple):
    """Add or take away a mark of an article."""

    id: str
    kind: Literal["read", "star"]


class MarkAllRead(NamedTuple):
    """Mark every article of the list read."""

    articles: int


class Undo(NamedTuple):
    """Take back the last change of marks."""


class Redo(NamedTuple):
    """Make the change again that was taken back last."""


class Visit(NamedTuple):
    """Go back (negative) or forward among the places that were visited."""

    steps: int


class ToggleSaved(NamedTuple):
    """Save a search, or forget a saved one."""

    query: str


class Copy(NamedTuple):
    """Copy an article or its reference."""

    id: str
    what: Literal["article", "reference"]


# Changes


class EntryShown(NamedTuple):
    """The cursor is on another entry."""

    section: int | None = None
    """The section that was gone to, where one was."""


class ListShown(NamedTuple):
    """Another list is there, or another page of it is asked for."""

    start: int = 0
    is_new: bool = True


class ArticleShown(NamedTuple):
    """An article was opened."""

    is_resumed: bool = False


class UnitShown(NamedTuple):
    """Reading went to another unit."""


class ReadToEnd(NamedTuple):
    """The units from here to the end of the article are asked for."""


class MatchShown(NamedTuple):
    """A match is shown."""

    is_article_new: bool = False


class RowChanged(NamedTuple):
    """Marks of one entry changed, and nothing else."""

    number: int


class MarksChanged(NamedTuple):
    """Marks of any number of articles changed."""


class Said(NamedTuple):
    """A notice, in the language chosen."""

    text: str
    is_undoable: bool = False
    """Whether it says a change that can be undone."""


class Copied(NamedTuple):
    """A text is to go to the clipboard."""

    text: str
    what: str
    """Its name, in the language chosen."""


class Choose(NamedTuple):
    """Choices are asked for: an outline, links, problems, help, saved searches, places, settings."""

    what: str
    number: int | None = None


class ForScreen(NamedTuple):
    """A command that only a screen can perform."""

    command: str
    number: int | None = None


class Quit(NamedTuple):
    """The session ends."""


Request = (
    OpenArticle
    | OpenList
    | AskSearch
    | FindUnread
    | NoteRead
    | NoteJump
    | KeepPosition
    | ToggleMark
    | MarkAllRead
    | Undo
    | Redo
    | Visit
    | ToggleSaved
    | Copy
)
Change = (
    EntryShown
    | ListShown
    | ArticleShown
    | UnitShown
    | ReadToEnd
    | MatchShown
    | RowChanged
    | MarksChanged
    | Said
    | Copied
    | Choose
    | ForScreen
    | Quit
)
Effect = Request | Change
