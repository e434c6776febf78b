"""What the components of the browse screen share (`Parts`), and what they may ask of the screen (`Hooks`).

Neither depends on the screen's class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from textual.timer import Timer

from ...session.named_list_keys import ALL
from ...session.named_lists import NamedLists
from ...session.stores import Stores
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.search_line import SearchLine
from .panes import Pane
from .postponed_marks import PostponedMarks
from .reader_pane import ReaderPane
from .screen_search import ScreenSearch


@dataclass
class Parts:
    """The shared widgets and state of the browse screen."""

    stores: Stores
    named_lists: NamedLists
    sidebar: ArticleList
    page: ArticlePage
    search_line: SearchLine
    search: ScreenSearch
    reader: ReaderPane = field(init=False)
    marking: PostponedMarks = field(init=False)
    pane: Pane = Pane.LIST
    list_key: str = ALL
    """Key of the named list that is open."""
    zen: bool = False
    total: int = 0
    """Number of articles in the library, when the screen last looked for changes."""
    problems: int = 0
    """Number of problems in the content, at the same time."""
    typed_at: float = 0.0
    """Time on Textual's clock at which the current key was typed."""

    def __post_init__(self) -> None:
        self.reader = ReaderPane(self.page, self.stores)
        self.marking = PostponedMarks(self.stores.reading)


class OpensList(Protocol):
    """Opens a named list, puts the cursor on an article and scrolls to line `top`."""

    def __call__(self, key: str, article_id: str | None = None, top: int = 0) -> None: ...


class Perform(Protocol):
    """Performs a command; `typed` is the time at which its key was typed."""

    def __call__(self, command: str, count: int | None = None, *, typed: float | None = None) -> None: ...


@dataclass(frozen=True)
class Hooks:
    """The functions of the screen that its components may call."""

    say: Callable[[], None]
    """Updates the lines above and below the panes."""
    notice: Callable[[str], None]
    """Shows a message until the next key."""
    after: Callable[[float, Callable[[], None]], Timer]
    """Calls a function after a number of seconds."""
    in_thread: Callable[[Callable[[], object]], object]
    """Runs a function in another thread."""
    from_thread: Callable[..., object]
    """Calls a function in the app's thread, from another thread."""
    to_pane: Callable[[Pane], None]
    """Sends the keys to a pane."""
    lay_out: Callable[[], None]
    """Shows the panes and lines that fit on the screen."""
    open_list: OpensList
    search_for: Callable[[str, str | None], None]
    """Shows the hits of a query with the cursor on an article."""
    find: Callable[[], None]
    """Opens the search line."""
    find_place: Callable[[], None]
    """Opens the input line for the name of a place."""
    ask: Callable[[str, str, Callable[[], None]], None]
    """Asks the user to confirm: title, description of the action, action."""
    copy: Callable[[str, str], None]
    """Copies a text; the second argument names it in the notice."""
    selected_text: Callable[[], str | None]
    clear_selection: Callable[[], bool]
    """Clears the selection; False if there was none."""
    save_soon: Callable[[], None]
    """Saves the session after a pause."""
    is_still: Callable[[], bool]
    perform: Perform
    app_command: Callable[[str, int | None], None]
    """Runs a command of the app."""
    after_layout: Callable[[Callable[[], None]], None]
    """Calls a function after the next layout."""
    take_keys: Callable[[], object]
    """Resumes the handling of queued keys."""
