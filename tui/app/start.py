"""Start and end of the app: opens the stores, runs the app, closes the stores."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalogue import Catalogue
from ..i18n import set_language
from ..library import Library
from ..paths import config_dir, content_dir, state_file
from ..reading import Reading
from ..rich_widths import use_ambiguous
from ..session.indexing import Indexing
from ..session.stores import BUNDLED_TITLE, Stores
from ..terminal.probe import ask
from ..terminal.tty import RawTerminal
from ..variables import IN_BROWSER, says_yes
from .app import GaNewsApp
from .preferences import Preferences

if TYPE_CHECKING:
    from ..search import Search


_AT_START = 2_000
"""Articles. Limit for transferring old marks before the first screen; the indexing thread transfers the rest."""


def run(library: Library, options: Mapping[str, str], taken: RawTerminal | None) -> int:
    """Run the app on a library and return the exit status.

    `options` maps names of command line options to values; `taken` is the terminal in raw mode, or None.
    """
    reading = Reading(state_file(), library.root)
    environ = dict(os.environ)
    in_browser = says_yes(environ, IN_BROWSER)
    if taken and not in_browser:  # the server has already reported what the probe would ask
        ask(taken)
    width, ground = (taken.width, taken.background) if taken else (None, None)
    preferences = Preferences(config_dir(), options, environ, reading, width, ground, in_browser)
    set_language(preferences.language)
    catalogue = Catalogue(library)
    if not catalogue.total:
        _read_first(catalogue)
    if catalogue.total:
        reading.note_content(catalogue, _AT_START)
    stores = Stores(
        title=BUNDLED_TITLE if library.root == content_dir().resolve() else library.root.name,
        root=str(library.root),
        catalogue=catalogue,
        reading=reading,
        gazetteer=library.gazetteer(),
        open_search=lambda: _search_of(catalogue, reading),
    )
    use_ambiguous(preferences.ambiguous)
    os.environ.pop("NO_COLOR", None)  # our colourless theme handles it; Textual would paint greys
    app = GaNewsApp(stores, preferences, taken, _files(library, catalogue), in_browser)
    app.indexing = Indexing(catalogue, app.tell_progress, reading.note_content, by_another=in_browser)
    try:
        status = app.start()
    finally:
        app.indexing.close()
        reading.close()
        catalogue.close()
        os.environ.update(environ)
    if not in_browser:
        app.keep_screen()
    return status


def _read_first(catalogue: Catalogue) -> None:
    """Index enough articles for a first screen. Imports the indexer here, because most starts do not need it."""
    from ..indexer import Indexer

    Indexer(catalogue).first()


def _search_of(catalogue: Catalogue, reading: Reading) -> Search:
    """Open a search in the search thread. The engine is imported here because the first screen does not need it."""
    from ..search.engine import SearchEngine

    return SearchEngine(catalogue.again(), reading)


def _files(library: Library, catalogue: Catalogue) -> list[str]:
    """Return the paths of the files that the first screen depends on."""
    index = Path(catalogue.home.path)
    return [str(path) for path in (state_file(), index, index.parent / "current", library.root / "gazetteer.yaml")]
