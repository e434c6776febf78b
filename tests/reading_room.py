"""The app on a small library, for tests that press keys."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.events import Key
from textual.pilot import Pilot

from tests.program import PATIENCE
from tests.small import stores
from tui.app import GaNewsApp
from tui.app.preferences import Preferences
from tui.reading import Position
from tui.screens.browse import BrowseScreen
from tui.screens.chooser import Chooser
from tui.session.state import Session
from tui.session.stores import Stores
from tui.widgets.article_page import ArticlePage

ENVIRON = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def source_text(page: ArticlePage) -> str:
    """Return the article's text as written, one block per line, without the line of place and date."""
    blocks = page.page.blocks if page.page else ()
    return "\n".join(block.text for block in blocks if block.kind != "meta")


class Room:
    """A running app, and what its user sees."""

    def __init__(self, app: GaNewsApp, pilot: Pilot[None], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder
        """The folder of the settings."""

    @property
    def screen(self) -> BrowseScreen:
        return self.app.browse

    @property
    def session(self) -> Session:
        return self.screen.session

    @property
    def pane(self) -> str:
        return self.session.pane

    @property
    def phase(self) -> str:
        """Whether no search is open, a query is being typed, or its hits have the keys."""
        return "closed" if self.session.before is None else "typing" if self.pane == "search" else "result"

    @property
    def shown(self) -> str:
        """The id of the article in the reader, or an empty string."""
        text = self.session.text
        return text.article.id if text else ""

    @property
    def position(self) -> Position:
        """The position at the top of the reader."""
        text = self.session.text
        return text.position(self.screen.page.page_position) if text else Position(0, 0)

    @property
    def under_cursor(self) -> str:
        """The id of the article under the cursor of the list, or an empty string."""
        entry = self.screen.sidebar.entry
        return entry.id if entry else ""

    @property
    def said(self) -> str:
        """The left part of the status line."""
        return "".join(text for text, _role in self.screen.status.left)

    @property
    def hits_said(self) -> str:
        return "".join(text for text, _role in self.screen.status.right)

    @property
    def chooser(self) -> Chooser | None:
        """The open chooser, or None."""
        return self.app.screen if isinstance(self.app.screen, Chooser) else None

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type characters as an input method commits them: one key each, without pauses."""
        for character in text:
            self.app.post_message(Key(character, character))
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the app work until the condition holds. Raises AssertionError after `PATIENCE` seconds."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, "it never came true"
            await self.pilot.pause(0.01)

    async def found(self, query: str) -> None:
        """Wait for the answer to a query, and for its article in the reader."""
        await self.until(lambda: (answer := self.session.answer) is not None and answer.query == query)
        await self.until(lambda: self.shown == self.under_cursor)


@asynccontextmanager
async def reading_room(given: Stores | None = None, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """Run the app with its first article open."""
    with TemporaryDirectory() as folder:
        room = given or stores()
        app = GaNewsApp(room, Preferences(Path(folder), {}, ENVIRON, room.reading))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Room(app, pilot, Path(folder))
