"""What the capabilities of the browse screen share, and what they ask of the screen. Neither knows the screen."""

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
from .finding import Finding
from .marking import Marking
from .panes import Pane
from .reader_pane import ReaderPane


@dataclass
class Parts:
    """The widgets that show something, what they show, and where the keys go."""

    stores: Stores
    shelves: NamedLists
    sidebar: ArticleList
    page: ArticlePage
    search_line: SearchLine
    finding: Finding
    reader: ReaderPane = field(init=False)
    marking: Marking = field(init=False)
    pane: Pane = Pane.LIST
    shelf: str = ALL
    """Key of the named list that is open."""
    zen: bool = False
    problems: int = 0
    """How many things are wrong with the content."""
    typed_at: float = 0.0
    """When the key that acts now was typed, on Textual's clock."""

    def __post_init__(self) -> None:
        self.reader = ReaderPane(self.page, self.stores)
        self.marking = Marking(self.stores, self.sidebar)


class OpensList(Protocol):
    """Opens a named list, the cursor on an article, scrolled to a line."""

    def __call__(self, key: str, article_id: str | None = None, top: int = 0) -> None: ...


class Perform(Protocol):
    """Performs a command; `typed` is when its key was typed."""

    def __call__(self, command: str, count: int | None = None, *, typed: float | None = None) -> None: ...


@dataclass(frozen=True)
class Hooks:
    """What a capability may ask for, beside the parts it works on."""

    say: Callable[[], None]
    """Brings the lines above and below up to date."""
    notice: Callable[[str], None]
    after: Callable[[float, Callable[[], None]], Timer]
    in_thread: Callable[[Callable[[], object]], object]
    from_thread: Callable[..., object]
    """Calls something on the thread that draws, from another one."""
    to_pane: Callable[[Pane], None]
    lay_out: Callable[[], None]
    open_list: OpensList
    search_for: Callable[[str, str | None], None]
    find: Callable[[], None]
    find_place: Callable[[], None]
    ask: Callable[[str, str, Callable[[], None]], None]
    copy: Callable[[str, str], None]
    selected_text: Callable[[], str | None]
    clear_selection: Callable[[], bool]
    """Clears the selection; False if there was none."""
    settle: Callable[[], None]
    """Keeps the session after a rest."""
    is_still: Callable[[], bool]
    perform: Perform
    above: Callable[[str, int | None], None]
    after_layout: Callable[[Callable[[], None]], None]
    take_keys: Callable[[], object]
    """Lets the keys that wait have their turn."""
