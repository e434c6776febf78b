"""Opening the app on a library, and ending it."""

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
"""Articles with old marks that are taken over before the first screen; more are left to the thread that indexes."""


def run(library: Library, options: Mapping[str, str], taken: RawTerminal | None) -> int:
    """Open the app on the library; returns the exit status.

    `options` are those of the command line, by name; `taken` is the terminal.
    """
    reading = Reading(state_file(), library.root)
    environ = dict(os.environ)
    in_browser = says_yes(environ, IN_BROWSER)
    if taken and not in_browser:  # the server has said all that would be asked
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
    os.environ.pop("NO_COLOR", None)  # our look without colours answers it; the screen library would paint greys
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
    """So much that there is something to show. Imported here, as most starts have no need of it."""
    from ..indexer import Indexer

    Indexer(catalogue).first()


def _search_of(catalogue: Catalogue, reading: Reading) -> Search:
    """Called in the thread that searches, and imported there: the first screen needs no search."""
    from ..search.engine import SearchEngine

    return SearchEngine(catalogue.again(), reading)


def _files(library: Library, catalogue: Catalogue) -> list[str]:
    """What the first screen is drawn from."""
    index = Path(catalogue.home.path)
    return [str(path) for path in (state_file(), index, index.parent / "current", library.root / "gazetteer.yaml")]
