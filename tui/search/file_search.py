"""The search in a library's files, while its index is missing or incomplete."""

import re
from collections.abc import Callable
from itertools import islice
from time import perf_counter

from ..article import Article
from ..library import Library
from ..problem import Problem
from ..query.parser import parse
from ..text.document import About, Document, fields
from ..text.match import ReadingMarks
from ..text.regex_match import refusal
from .answer import Answer, Cancelled, never
from .file_index import FileIndex
from .index_search import IndexSearch

MAX_FILE_BYTES = 1 << 29
"""Bytes. Larger libraries are not held in memory: their search waits for the index.

An answer from the files needs all texts at once, 2.6 bytes of memory for a byte of file: the readings of pinyin are
ordered by counts over the library, and hits by comparison with others. Reading a larger library takes half a minute and
more for each query, and indexing it four times as long, but once.
"""
INTERRUPTED_SECONDS = 0.2
"""Seconds. Time to find hits in what was read after the user interrupts the reading."""
_INTERRUPTED_COUNTED = 2_000
"""Articles in which words are counted after an interrupt."""
_BATCH = 64
"""Articles read between two time checks."""
_MARKUP = re.compile(r"[*_`~\\<>\[\]&$|{}%^]")
"""Characters of Markdown or HTML syntax. A text without them is displayed exactly as written."""

_UNUSED = About(None, None, None, None, ())


def fits_in_memory(library: Library) -> bool:
    """Return whether the files are small enough to be searched without an index."""
    size = 0
    for file in library.files():
        size += file.size
        if size > MAX_FILE_BYTES:
            return False
    return True


class FileSearch:
    """A search in a library's files; see Search. Reads each file once and keeps the articles in memory."""

    def __init__(self, library: Library, marks: ReadingMarks | None = None, *, numbers: bool = True) -> None:
        self._library, self._marks, self._numbers = library, marks, numbers
        self._unread = library.everything()
        self._articles: dict[str, Article] = {}
        self._raw: dict[str, Document] = {}
        self._search: IndexSearch | None = None
        self.is_complete = False
        """Whether every file has been read."""

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """See Search. The `budget` limits only the reading of files."""
        if refused := refusal(parse(query).root):
            return Answer(query, query, (), 0, refusal=refused)
        self._read(budget, cancelled)
        answer = self._opened().search(query, limit=limit, newest=newest, cancelled=cancelled)
        return answer._replace(is_from_files=True)

    def interrupted(self, query: str, limit: int | None = None) -> Answer:
        """Return the newest hits among what has been read that are found within `INTERRUPTED_SECONDS`."""
        search = self._over(_INTERRUPTED_COUNTED)
        answer = search.search(query, limit=limit, newest=True, budget=INTERRUPTED_SECONDS)
        return answer._replace(is_from_files=True, partial=True, total=None)

    def article(self, article_id: str) -> Article | None:
        """Return an article that was read already, or None. May be called in any thread."""
        return self._articles.get(article_id)

    def _opened(self) -> IndexSearch:
        """Return the search in what has been read so far."""
        self._search = self._search or self._over(len(self._articles))
        return self._search

    def _over(self, counted: int) -> IndexSearch:
        index = FileIndex(
            list(self._articles.values()), self._raw, self._library.bulletins(), not self.is_complete, counted
        )
        return IndexSearch(index, self._library.gazetteer(), self._marks, numbers=self._numbers)

    def _read(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        until = None if budget is None else perf_counter() + budget
        while not self.is_complete and (until is None or perf_counter() < until):
            if cancelled():
                raise Cancelled
            found = list(islice(self._unread, _BATCH))
            articles = [one for one in found if not isinstance(one, Problem)]
            self._raw.update((one.id, _raw_document(one)) for one in articles)
            self._articles.update((one.id, one) for one in articles)
            self._search = None
            self.is_complete = len(found) < _BATCH


def _raw_document(article: Article) -> Document:
    """Return a document of the article's text without white space; its body is parsed only if it has markup."""
    if _MARKUP.search(article.body):
        texts = [text for _, text in fields(article)]
    else:
        texts = [*article.title, article.dateline or "", article.body, article.signature]
    return Document(0, article.id, article.title, "".join("".join(texts).split()), _UNUSED)
