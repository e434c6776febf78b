"""The application: holds the stores, wears a look, opens the screens."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual.theme import Theme

from .driver import TerminalApp
from .look import Look, choose, depth
from .screens.browse import BrowseScreen, Stores
from .terminal.tty import Taken
from .words import _

if TYPE_CHECKING:
    from .library import Library


class GaNewsApp(TerminalApp):
    """One library, opened for reading."""

    CSS_PATH = "app.tcss"

    def __init__(self, stores: Stores, look: Look, taken: Taken | None = None) -> None:
        super().__init__(taken=taken)
        self._stores = stores
        self._look = look
        self._add_theme(look)

    def on_mount(self) -> None:
        self.browse = BrowseScreen(self._stores)
        self.push_screen(self.browse)
        self.call_after_refresh(self.wear, self._look)

    def wear(self, look: Look) -> None:
        """Put on a look."""
        self._look = look
        self._add_theme(look)
        self.browse.wear(look)

    def _add_theme(self, look: Look) -> None:
        colours = look.colours
        self.register_theme(
            Theme(
                name=look.name,
                primary=colours.accent,
                background=colours.page,
                surface=colours.side,
                panel=colours.bar,
                foreground=colours.text,
                dark=look.dark,
                variables=look.variables(),
            )
        )
        self.theme = look.name

    def on_browse_screen_wanted(self, event: BrowseScreen.Wanted) -> None:
        if event.command == "quit":
            self.exit()


def run(library: "Library", options: Mapping[str, object]) -> int:
    """Open the app on a library; returns the exit status."""
    from .catalogue import Catalogue
    from .paths import state_dir
    from .reading import Reading

    reading = Reading(Path(state_dir()) / "reading.db")
    look = choose("auto", depth(os.environ))
    catalogue = Catalogue(library)
    stores = Stores(_("公安新闻"), str(library.root), catalogue, reading, library.gazetteer(), open_search=NotImplemented)
    app = GaNewsApp(stores, look)
    app.run()
    reading.close()
    return app.return_code or 0
