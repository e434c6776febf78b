"""The files of a library as rows for an archive: which files changed, their numbers, their articles."""

import json
import socket
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..library import ArticleFile, BadFile, Library, LocatedArticle, duplicate
from ..library.safe_open import read_text
from ..library.walk import LARGEST
from ..problem import Problem
from .article_row import SHARDS, ArticleRow, TooLarge, row, shard_of, storable, storable_text
from .problems import too_large


class LoadedFile(NamedTuple):
    """A row of the table `file`."""

    key: int
    path: str
    size: int
    mtime_ns: int


class NumberedFile(NamedTuple):
    """A file to load, and the number that an article at its byte 0 would get; numbers fall along the library."""

    file: ArticleFile
    number: int
    issued: str | None
    """The date of its bulletin."""
    known: LoadedFile | None = None


class FileRows:
    """The rows, drafts and problems of a file or a part of it, as they are read."""

    def __init__(self, one: NumberedFile, key: int, shards: Container[int] = range(SHARDS)) -> None:
        """Leave out articles that are in none of the `shards`: they are on another node."""
        self._one, self.key, self._shards = one, key, shards
        self.seen: set[str] = set()
        """Ids of the published articles."""
        self.drafts: dict[str, str] = {}
        """Drafts as JSON, by id."""
        self.problems: list[Problem] = []

    @property
    def path(self) -> str:
        """The path of the file."""
        return self._one.file.path

    def read(self, library: Library, start: int = 0, stop: int | None = None, line: int = 1) -> Iterator[ArticleRow]:
        """Yield the rows of the published articles; see `Library.read`."""
        for found in library.read(self._one.file, start, stop, line):
            if isinstance(found, Problem):
                self.problems.append(found)
            elif shard_of(found.article.id) not in self._shards:
                continue
            elif found.article.draft:
                article = storable(found.article)
                self.drafts[article.id] = json.dumps(article._asdict(), ensure_ascii=False)
            elif (made := self._row(found)) is not None:
                yield made

    def _row(self, found: LocatedArticle) -> ArticleRow | None:
        path = self.path
        try:
            made = row(found.article, self._one.issued, self._one.number - found.offset, 0, self.key)
        except TooLarge:
            self.problems.append(too_large(found.article.id, path, found.line))
            return None
        if made.id in self.seen:
            self.problems.append(duplicate(found.article.id, path, found.line))
            return None
        self.seen.add(made.id)
        return made


def numbered(
    library: Library, files: Sequence[tuple[ArticleFile, LoadedFile | None]], first: int
) -> Iterator[NumberedFile]:
    """Yield the files with numbers from `first` to `first` + `needed_numbers(files)` - 1, the highest first."""
    issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
    number = first + needed_numbers(files) - 1
    for file, known in files:
        yield NumberedFile(file, number, issued.get(file.bulletin), known)
        number -= file.size + 1


def needed_numbers(files: Sequence[tuple[ArticleFile, LoadedFile | None]]) -> int:
    """Return how many numbers the files need: one for each byte, and one more for each file."""
    return sum(file.size + 1 for file, _known in files)


def changed(
    files: Sequence[ArticleFile], known: Mapping[str, LoadedFile]
) -> list[tuple[ArticleFile, LoadedFile | None]]:
    """Return the files that are new or differ from the loaded ones in size or time, with what was loaded."""
    pairs = [(file, known.get(storable_text(file.path))) for file in files]
    return [
        (file, before)
        for file, before in pairs
        if before is None or (before.size, before.mtime_ns) != (file.size, file.mtime_ns)
    ]


def origin_of(library: Library) -> str:
    """Return the name of a folder among those that are loaded into the archive."""
    return storable_text(f"{socket.gethostname()}:{library.root}")


def own_gazetteer(library: Library) -> str | None:
    """Return the text of the library's own gazetteer, None if it has none or it has problems."""
    if library.gazetteer_problems():
        return None
    try:
        return storable_text(read_text(library.root, "gazetteer.yaml", LARGEST))
    except (BadFile, OSError):
        return None
