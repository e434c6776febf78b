"""The app on a small library, for tests that press keys."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.events import Key
from textual.pilot import Pilot

from tests.small import stores
from tui.app import GaNewsApp
from tui.app.preferences import Preferences
from tui.screens.browse import BrowseScreen
from tui.screens.browse.finding import Phase
from tui.screens.browse.panes import Pane
from tui.screens.chooser import Chooser
from tui.session.stores import Stores

ENVIRON = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


class Room:
    """A running app, and what a person would look at."""

    def __init__(self, app: GaNewsApp, pilot: Pilot[None], folder: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.folder = folder
        """Of the settings."""

    @property
    def screen(self) -> BrowseScreen:
        return self.app.browse

    @property
    def pane(self) -> Pane:
        return self.screen.pane

    @property
    def phase(self) -> Phase:
        return self.screen.finding.phase

    @property
    def shown(self) -> str:
        """The article in the reader."""
        article = self.screen.reader.article
        return article.id if article else ""

    @property
    def under_cursor(self) -> str:
        """The article under the list's cursor."""
        entry = self.screen.sidebar.entry
        return entry.id if entry else ""

    @property
    def said(self) -> str:
        """The left of the status line."""
        return "".join(text for text, _role in self.screen.status.left)

    @property
    def hits_said(self) -> str:
        return "".join(text for text, _role in self.screen.status.right)

    @property
    def chooser(self) -> Chooser | None:
        """The list to choose from that is open."""
        return self.app.screen if isinstance(self.app.screen, Chooser) else None

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Characters as an input method commits them: one key each, all at once."""
        for character in text:
            self.app.post_message(Key(character, character))
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the app work until something is true; the test fails when it never is."""
        for _ in range(300):
            if true():
                return
            await self.pilot.pause(0.01)
        raise AssertionError("it never came true")

    async def found(self, query: str) -> None:
        """Wait for the answer to a query."""
        await self.until(lambda: (answer := self.screen.finding.answer) is not None and answer.query == query)
        await self.until(lambda: self.shown == self.under_cursor)


@asynccontextmanager
async def reading_room(given: Stores | None = None, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """The app, with its first article open."""
    with TemporaryDirectory() as folder:
        room = given or stores()
        app = GaNewsApp(room, Preferences(Path(folder), {}, ENVIRON, room.reading))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Room(app, pilot, Path(folder))
