"""The application: holds the stores, wears a look, opens the screens."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from textual.theme import Theme

from .catalogue import Catalogue
from .driver import TerminalApp
from .indexer import Indexer
from .library import Library
from .look import Look, choose, depth
from .paths import config_file, content_dir, state_file
from .reading import Reading
from .screens.browse import BrowseScreen, Stores
from .search import Search
from .terminal.tty import Taken
from .words import _


class GaNewsApp(TerminalApp):
    """One library, opened for reading."""

    CSS_PATH = "app.tcss"

    def __init__(self, stores: Stores, look: Look, taken: Taken | None = None, files: Sequence[str] = ()) -> None:
        """`files` are those that the first screen is drawn from, besides the article's own."""
        super().__init__(taken=taken)
        self._stores = stores
        self._files = files
        self._look = look
        self._add_theme(look)

    def on_mount(self) -> None:
        self.browse = BrowseScreen(self._stores, self._look)
        self.push_screen(self.browse)

    def rests_on(self) -> Iterable[str] | None:
        """The last screen is kept when the next start would show the same."""
        file = self.browse.article_file() if self.screen is self.browse and self.browse.comes_back() else None
        return None if file is None else (*self._files, str(file))

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


def run(library: Library, options: Mapping[str, str], taken: Taken | None) -> int:
    """Open the app on the library; returns the exit status.

    `options` are those of the command line, by name; `taken` is the terminal.
    """
    reading = Reading(state_file())
    catalogue = Catalogue(library)
    if not catalogue.total:
        Indexer(catalogue).first()
    Indexer(catalogue, processes=0).run()
    title = _("公安新闻") if library.root == content_dir().resolve() else library.root.name
    stores = Stores(title, str(library.root), catalogue, reading, library.gazetteer(), _search_of(catalogue, reading))
    app = GaNewsApp(stores, choose("auto", depth(os.environ)), taken, _files(library, catalogue))
    try:
        status = app.start()
    finally:
        reading.close()
        catalogue.close()
    app.keep_screen()
    return status


def _files(library: Library, catalogue: Catalogue) -> list[str]:
    """What the first screen is drawn from."""
    index = Path(catalogue.home.path)
    gazetteer = library.root / "gazetteer.yaml"
    return [str(path) for path in (config_file(), state_file(), index, index.parent / "current", gazetteer)]


def _search_of(catalogue: Catalogue, reading: Reading) -> Callable[[], Search]:
    from .search.whole import CatalogueSearch

    return lambda: CatalogueSearch(catalogue.again(), reading)
