"""What the user opens as a library, for the app and the linear mode; and the opening of a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..catalogue import Catalogue
from ..library import Library
from ..paths import content_dir, state_file
from ..reading import Reading
from .indexing import Indexing
from .stores import BUNDLED_TITLE, Stores

if TYPE_CHECKING:
    from ..article import Article
    from ..indexer.progress import Progress
    from ..search import Search
    from ..search.engine import SearchEngine

_AT_START = 2_000
"""Articles. Limit for transferring old marks before the first screen; the indexing thread transfers the rest."""


class Follower(Protocol):
    """A thread that keeps an open library up to date. It runs from `start` to `close`."""

    def start(self) -> None: ...
    def close(self) -> None: ...


class OpenedLibrary(Protocol):
    """The stores of an open library, and what keeps them up to date."""

    @property
    def stores(self) -> Stores: ...

    @property
    def files(self) -> Sequence[str]:
        """The files that the first screen depends on, besides the settings and the article's file."""
        ...

    def read_first(self) -> None:
        """Read enough for a first screen if nothing is known yet. Takes a few milliseconds."""
        ...

    def read_all(self, tell: Callable[[Progress], None]) -> None:
        """Bring the stores up to date, and call `tell` with the progress."""
        ...

    def follow(self, tell: Callable[[Progress], None], *, by_another: bool = False, is_drawn: bool = False) -> Follower:
        """Return a thread that keeps the stores up to date and calls `tell`.

        `by_another`: another process of this machine reads the library; the thread only waits for its results.
        `is_drawn`: the calling thread draws a screen, so it waits only a moment for what is not here.
        """
        ...

    def close(self) -> None:
        """Close everything but the reading state."""
        ...


class Opening(Protocol):
    """A library that can be opened."""

    def open_reading(self) -> Reading:
        """Open the reading state of the library."""
        ...

    def open(self, reading: Reading) -> OpenedLibrary:
        """Open the library. The caller closes it, and the reading state."""
        ...


class FolderOpening:
    """A library of files; see Opening."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def open_reading(self) -> Reading:
        """See Opening."""
        return Reading(state_file(), self._library.root)

    def open(self, reading: Reading) -> OpenedFolder:
        """See Opening."""
        return OpenedFolder(self._library, reading)


class OpenedFolder:
    """An open library of files, with its catalogue; see OpenedLibrary."""

    def __init__(self, library: Library, reading: Reading) -> None:
        self._library, self._reading = library, reading
        self._catalogue = Catalogue(library)
        self._engine: SearchEngine | None = None
        self.stores = Stores(
            title=BUNDLED_TITLE if library.root == content_dir().resolve() else library.root.name,
            root=str(library.root),
            catalogue=self._catalogue,
            reading=reading,
            gazetteer=library.gazetteer(),
            open_search=self._open_search,
            found_in_files=self._found_in_files,
        )

    @property
    def files(self) -> Sequence[str]:
        """See OpenedLibrary."""
        index = Path(self._catalogue.home.path)
        own = self._library.root / "gazetteer.yaml"
        return [str(path) for path in (state_file(), index, index.parent / "current", own)]

    def read_first(self) -> None:
        """See OpenedLibrary. Imports the indexer only if it is needed, because most starts do not need it."""
        if not self._catalogue.total:
            from ..indexer import Indexer

            Indexer(self._catalogue).first()
        if self._catalogue.total:
            self._reading.note_content(self._catalogue, _AT_START)

    def read_all(self, tell: Callable[[Progress], None]) -> None:
        """See OpenedLibrary."""
        from ..indexer import Indexer

        Indexer(self._catalogue).run(tell)
        self._catalogue.refresh()
        self._reading.note_content(self._catalogue)

    def follow(self, tell: Callable[[Progress], None], *, by_another: bool = False, is_drawn: bool = False) -> Indexing:
        """See OpenedLibrary. All is here."""
        return Indexing(self._catalogue, tell, self._reading.note_content, by_another=by_another)

    def close(self) -> None:
        """See OpenedLibrary."""
        self._catalogue.close()

    def _open_search(self) -> Search:
        """Open a search for the calling thread. The engine is imported here: the first screen does not need it."""
        from ..search.engine import SearchEngine

        self._engine = SearchEngine(self._catalogue.again(), self._reading)
        return self._engine

    def _found_in_files(self, id: str) -> Article | None:
        return self._engine.read_article(id) if self._engine else None
