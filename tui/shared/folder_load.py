"""Loading of a library of files into an archive: what changed since it was last loaded."""

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ..library import ArticleFile, BadFile, Library, LocatedArticle, duplicate
from ..library.safe_open import read_text
from ..library.walk import LARGEST
from ..problem import Problem
from .article_row import ArticleRow, TooLarge, row, storable, storable_text
from .live_load import Importer, Loaded, LoadedFile
from .problems import too_large

BATCH_ARTICLES = 200


class NumberedFile(NamedTuple):
    """A file to load, and the number that an article at its byte 0 would get; numbers fall along the library."""

    file: ArticleFile
    number: int
    known: LoadedFile | None


class Report(NamedTuple):
    """How far a load has come."""

    loaded: Loaded
    bytes_read: int
    bytes_total: int


def origin_of(library: Library) -> str:
    """Return the name of a folder among those that are loaded into the archive."""
    return storable_text(f"{socket.gethostname()}:{library.root}")


class FolderLoad:
    """One run over a library, by one importer."""

    def __init__(self, importer: Importer, library: Library, tell: Callable[[Report], None] = lambda _report: None):
        self._importer, self._library, self._tell = importer, library, tell
        self._origin = origin_of(library)
        self._issued = {bulletin.id: bulletin.issued for bulletin in library.bulletins()}
        self._total = self._read = 0
        self._loaded = Loaded()

    def run(self) -> Loaded:
        """Load new and changed files, and remove the articles of files that are gone."""
        self._importer.set_bulletins((one.id, one.title, one.issued) for one in self._library.bulletins())
        if (gazetteer := own_gazetteer(self._library)) is not None:
            self._importer.set_gazetteer(gazetteer)
        self._walk()
        if self._loaded.removed and self._importer.read_again_duplicates(self._origin):
            self._walk()
        self._importer.tidy()
        return self._loaded

    def _walk(self) -> None:
        known = self._importer.files(self._origin)
        files = [file for file in self._library.files() if file.kind != "fault"]
        present = {storable_text(file.path) for file in files}
        gone = [file for path, file in known.items() if path not in present]
        self._importer.mark_gone([file.key for file in gone])
        for one in self._numbered(changed(files, known)):
            self._load_file(one)
        for file in gone:
            self._store(None, (), sorted(self._importer.ids_of(file.key)), [])
            self._importer.forget_file(file.key)

    def _numbered(self, files: Sequence[tuple[ArticleFile, LoadedFile | None]]) -> Iterator[NumberedFile]:
        total = sum(file.size + 1 for file, _known in files)
        self._total += total
        if not files:
            return
        number = self._importer.take_numbers(total) + total - 1
        for file, known in files:
            yield NumberedFile(file, number, known)
            number -= file.size + 1

    def _load_file(self, one: NumberedFile) -> None:
        key = self._importer.begin_file(self._origin, one.file.path)
        found = FileRows(one, key, self._issued.get(one.file.bulletin))
        old = self._importer.ids_of(key) if one.known else set()
        for rows in found.batches(self._library):
            self._store(one.file, rows, (), found.problems)
        self._store(one.file, (), sorted(old - found.seen), [])
        self._importer.store_drafts(key, found.drafts)
        self._importer.end_file(key, one.file.size, one.file.mtime_ns, found.problems)
        self._read += one.file.size
        self._report()

    def _store(
        self, file: ArticleFile | None, rows: Sequence[ArticleRow], removed_ids: Sequence[str], problems: list[Problem]
    ) -> None:
        if not rows and not removed_ids:
            return
        loaded = self._importer.load(rows, removed_ids)
        self._loaded += loaded
        if file is not None:
            problems += [duplicate(id, file.path, 0) for id in loaded.left_out]
        self._report()

    def _report(self) -> None:
        self._tell(Report(self._loaded, self._read, self._total))


class FileRows:
    """The rows, drafts and problems of one file, as they are read."""

    def __init__(self, one: NumberedFile, key: int, issued: str | None) -> None:
        self._one, self._key, self._issued = one, key, issued
        self.seen: set[str] = set()
        """Ids of the published articles."""
        self.drafts: dict[str, str] = {}
        """Drafts as JSON, by id."""
        self.problems: list[Problem] = []

    def batches(self, library: Library) -> Iterator[list[ArticleRow]]:
        """Yield the rows of the published articles, at most `BATCH_ARTICLES` at a time."""
        rows: list[ArticleRow] = []
        for found in library.read(self._one.file):
            if isinstance(found, Problem):
                self.problems.append(found)
            elif found.article.draft:
                article = storable(found.article)
                self.drafts[article.id] = json.dumps(article._asdict(), ensure_ascii=False)
            elif (made := self._row(found)) is not None:
                rows.append(made)
            if len(rows) >= BATCH_ARTICLES:
                yield rows
                rows = []
        yield rows

    def _row(self, found: LocatedArticle) -> ArticleRow | None:
        path = self._one.file.path
        try:
            made = row(found.article, self._issued, self._one.number - found.offset, 0, self._key)
        except TooLarge:
            self.problems.append(too_large(found.article.id, path, found.line))
            return None
        if made.id in self.seen:
            self.problems.append(duplicate(found.article.id, path, found.line))
            return None
        self.seen.add(made.id)
        return made


def own_gazetteer(library: Library) -> str | None:
    """Return the text of the library's own gazetteer, None if it has none or it has problems."""
    if library.gazetteer_problems():
        return None
    try:
        return storable_text(read_text(library.root, "gazetteer.yaml", LARGEST))
    except (BadFile, OSError):
        return None


def changed(files: Sequence[ArticleFile], known: dict[str, LoadedFile]) -> list[tuple[ArticleFile, LoadedFile | None]]:
    """Return the files that are new or differ from the loaded ones in size or time, with what was loaded."""
    pairs = [(file, known.get(storable_text(file.path))) for file in files]
    return [
        (file, before)
        for file, before in pairs
        if before is None or (before.size, before.mtime_ns) != (file.size, file.mtime_ns)
    ]
