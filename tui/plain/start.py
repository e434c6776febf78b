"""Opening what is read from, and the two ends of the conversation."""

import shutil
import sys
from collections.abc import Iterator

from .. import paths
from ..catalogue import Catalogue
from ..config import Preferences, measure_of, style_of
from ..indexer import Indexer
from ..library import Library
from ..reading import Reading
from ..search.whole import CatalogueSearch
from ..words import _
from .desk import Desk
from .loop import converse


def run(library: Library, preferences: Preferences) -> int:
    """Read the library on standard input and output until `q` or the end of the input."""
    settings = preferences.settings
    catalogue = Catalogue(library)
    reading = Reading(paths.state_file())
    try:
        if not catalogue.complete:
            print(_("正在整理文章。"), flush=True)
        Indexer(catalogue).run()
        catalogue.refresh()
        measure = min(measure_of(settings), shutil.get_terminal_size().columns)
        desk = Desk(catalogue, CatalogueSearch(catalogue, reading), reading, measure, style_of(settings))
        for line in converse(desk, _typed(), preferences.commands):
            print(line, flush=not line)
    finally:
        reading.close()
        catalogue.close()
    return 0


def _typed() -> Iterator[str]:
    """Lines of standard input, each asked for by a prompt."""
    while True:
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return
        yield line
