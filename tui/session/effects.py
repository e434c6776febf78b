"""The effects of commands, as data.

The runner performs requests. The user interface (the screen or the linear mode) shows changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ..catalogue import Grouping
    from ..reading import Position

# Requests


class OpenArticle(NamedTuple):
    """Open an article from its file."""

    id: str
    position: Position | None = None
    """The position to open it at; None for where the user left it."""
    match: Literal["first", "last"] | None = None
    """The search match to open it at, instead of a position."""
    passed: int = 0
    """Number of matches to skip after that one."""
    is_read: bool = True
    """Whether opening marks the article read."""


class FollowLink(NamedTuple):
    """Open the article that a link of an article leads to, or say where else it leads."""

    id: str
    address: str


class OpenList(NamedTuple):
    """Open a named list."""

    key: str
    article: str | None = None
    """The article to put the cursor on, if the list contains it."""
    grouping: Grouping | None = None
    """A new grouping, or None to keep it."""


class AskSearch(NamedTuple):
    """Run a search and show the hits."""

    query: str
    newest: bool
    article: str | None = None
    """The article to put the cursor on, if it is among the hits."""


class FindUnread(NamedTuple):
    """Open the `nth` unread article after entry `after`; the search wraps around at the end of the list."""

    after: int
    nth: int = 1


class NoteRead(NamedTuple):
    """Mark an article read and record the visit."""

    id: str
    position: Position


class NoteVisit(NamedTuple):
    """Record that the user leaves an article for an earlier one."""

    id: str
    position: Position


class NoteJump(NamedTuple):
    """Record a jump within an article from `start` to `target`."""

    id: str
    start: Position
    target: Position


class KeepPosition(NamedTuple):
    """Save the reading position of an article."""

    id: str
    position: Position


class ToggleMark(NamedTuple):
    """Add or remove a mark of an article."""

    id: str
    kind: Literal["read", "star"]


class MarkAllRead(NamedTuple):
    """Mark every article of the list read."""

    articles: int


class Undo(NamedTuple):
    """Undo the last change of marks."""


class Redo(NamedTuple):
    """Redo the change that was undone last."""


class Jump(NamedTuple):
    """Go back (negative `steps`) or forward in the visited positions."""

    steps: int


class ToggleSaved(NamedTuple):
    """Save a search, or delete it if it is saved."""

    query: str


class Copy(NamedTuple):
    """Copy an article or its reference."""

    id: str
    what: Literal["article", "reference"]


# Changes


class EntryShown(NamedTuple):
    """The cursor moved to another entry."""

    section: int | None = None
    """Index of the section, if the user went to a section; else None."""
    is_shown: bool = False
    """Whether the article is shown at once, on a screen; else when the cursor rests."""


class ListShown(NamedTuple):
    """A list was opened (`is_new`), or the user asked for another page of it."""

    start: int = 0
    is_new: bool = True


class ArticleShown(NamedTuple):
    """An article was opened."""

    is_resumed: bool = False


class UnitShown(NamedTuple):
    """The reading position moved to another unit."""


class ReadToEnd(NamedTuple):
    """The user asked for all units from here to the end of the article."""


class MatchShown(NamedTuple):
    """The session moved to a match."""

    is_article_new: bool = False


class Scrolled(NamedTuple):
    """The user asked for other rows of the open article. Only a screen has rows."""

    by: Literal["line", "page", "half_page", "top", "end"]
    times: int = 1


class TopShown(NamedTuple):
    """The user asked for the beginning of the list, with what is above its first entry."""


class RowChanged(NamedTuple):
    """Only the marks of one entry changed."""

    number: int
    starred: int = 0
    """By how much the number of starred articles grew."""


class MarksChanged(NamedTuple):
    """Marks of any number of articles changed."""


class Said(NamedTuple):
    """A notice in the user's language."""

    text: str
    is_undoable: bool = False
    """Whether the notice reports a change that can be undone."""


class Pointed(NamedTuple):
    """A link leads to this address outside the library, or to this picture."""

    target: str
    is_picture: bool = False


class Copied(NamedTuple):
    """A text for the clipboard."""

    text: str
    what: str
    """Name of the text in the user's language."""


class Choose(NamedTuple):
    """The user asked for a chooser: outline, links, problems, help, saved searches, places, settings."""

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
    | FollowLink
    | OpenList
    | AskSearch
    | FindUnread
    | NoteRead
    | NoteVisit
    | NoteJump
    | KeepPosition
    | ToggleMark
    | MarkAllRead
    | Undo
    | Redo
    | Jump
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
    | Scrolled
    | TopShown
    | RowChanged
    | MarksChanged
    | Said
    | Pointed
    | Copied
    | Choose
    | ForScreen
    | Quit
)
Effect = Request | Change
