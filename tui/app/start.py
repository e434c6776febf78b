"""Start and end of the app: opens the stores, runs the app, closes the stores."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from ..i18n import set_language
from ..paths import config_dir
from ..rich_widths import use_ambiguous
from ..session.opening import Opening
from ..terminal.probe import ask
from ..terminal.tty import RawTerminal
from ..variables import IN_BROWSER, says_yes
from .app import GaNewsApp
from .preferences import Preferences

_SWITCH_SECONDS = 0.0005
"""Seconds until a busy thread lets another run.

SQLite lets other threads run before each row. With Python's own 5 ms, a frame that reads 20 rows would take 0.1 s
longer while a thread counts or marks articles.
"""


def run(opening: Opening, options: Mapping[str, str], taken: RawTerminal | None) -> int:
    """Run the app on a library and return the exit status.

    `options` maps names of command line options to values; `taken` is the terminal in raw mode, or None.
    """
    reading = opening.open_reading()
    environ = dict(os.environ)
    in_browser = says_yes(environ, IN_BROWSER)
    if taken and not in_browser:  # the server has already reported what the probe would ask
        ask(taken)
    width, ground = (taken.width, taken.background) if taken else (None, None)
    preferences = Preferences(config_dir(), options, environ, reading, width, ground, in_browser)
    set_language(preferences.language)
    library = opening.open(reading)
    library.read_first()
    use_ambiguous(preferences.ambiguous)
    os.environ.pop("NO_COLOR", None)  # our colourless theme handles it; Textual would paint greys
    app = GaNewsApp(library.stores, preferences, taken, library.files, in_browser)
    app.indexing = library.follow(app.tell_progress, by_another=in_browser, is_drawn=True)
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        status = app.start()
    finally:
        app.indexing.close()
        reading.close()
        library.close()
        os.environ.update(environ)
    if not in_browser:
        app.keep_screen()
    return status
