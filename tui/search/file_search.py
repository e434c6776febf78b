"""The search in a library's files, while its index is missing or incomplete."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from time import perf_counter
from typing import assert_never

from ..article import Article, Bulletin
from ..library import Library
from ..problem import Problem
from ..query.filters import Filter
from ..query.headline_sounds import SoundFilter, sound_pairs
from ..query.parser import parse
from ..query.regex_literals import required_literals
from ..query.tree import And, Near, Node, Not, Or, Regex, Term
from ..text.document import About, Document, document, fields
from ..text.index import OutOfTime
from ..text.match import ReadingMarks
from ..text.regex_match import refusal
from .answer import Answer, Cancelled, never
from .index_search import IndexSearch
from .memory_index import MAX_ARTICLES, MemoryIndex

MAX_FILE_BYTES = 1 << 29
"""Bytes. Larger libraries are not held in memory: their search waits for the index."""
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
        self._articles: list[Article] = []
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

    def _opened(self) -> IndexSearch:
        """Return the search in what has been read so far."""
        self._search = self._search or self._over(len(self._articles))
        return self._search

    def _over(self, counted: int) -> IndexSearch:
        index = _FileIndex(self._articles, self._raw, self._library.bulletins(), not self.is_complete, counted)
        return IndexSearch(index, self._library.gazetteer(), self._marks, numbers=self._numbers)

    def _read(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        until = None if budget is None else perf_counter() + budget
        while not self.is_complete and (until is None or perf_counter() < until):
            if cancelled():
                raise Cancelled
            found = list(islice(self._unread, _BATCH))
            articles = [one for one in found if not isinstance(one, Problem)]
            self._raw.update((one.id, _raw_document(one)) for one in articles)
            self._articles += articles
            self._search = None
            self.is_complete = len(found) < _BATCH


class _FileIndex(MemoryIndex):
    """An index in memory that searches the raw texts first and parses only candidates."""

    def __init__(
        self,
        articles: Sequence[Article],
        raw: Mapping[str, Document],
        bulletins: Sequence[Bulletin],
        is_growing: bool,
        counted: int,
    ) -> None:
        """Create the index. `raw` are the raw documents of the articles by id.

        Words are counted, to interpret pinyin, in the newest `counted` articles.
        """
        super().__init__(articles, bulletins)
        self._counted = counted
        self._raw_by_id = raw
        self._is_over = never
        self.is_growing = is_growing
        self.is_small = len(articles) <= MAX_ARTICLES
        self._parsed: dict[int, Document] = {}

    def newest(self, node: Node) -> Iterator[int]:
        """See Index."""
        raw = self._raw
        for number in range(len(raw) - 1, -1, -1):
            if number % _BATCH == 0 and self._is_over():
                raise OutOfTime
            if _may_match(node, raw[number]):
                yield number

    @contextmanager
    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> Iterator[None]:
        """See Index. The time is checked once in `_BATCH` articles."""
        before, self._is_over = self._is_over, is_over
        try:
            yield
        finally:
            self._is_over = before

    def titled(self, node: Node) -> Iterator[int]:
        """See Index."""
        return iter(()) if self.is_small else self.newest(node)

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> list[Document]:
        """See Index."""
        for number in numbers:
            if number not in self._parsed:
                article = self._ordered[number]
                self._parsed[number] = document(number, article, self._when(article))
        return [self._parsed[number] for number in numbers]

    @cached_property
    def _raw(self) -> list[Document]:
        return [self._raw_by_id[article.id] for article in self._ordered]

    @cached_property
    def _everything(self) -> str:
        return "\n".join(raw.folded for raw in self._raw[-self._counted :])


def _raw_document(article: Article) -> Document:
    """Return a document of the article's text without white space; its body is parsed only if it has markup."""
    if _MARKUP.search(article.body):
        texts = [text for _, text in fields(article)]
    else:
        texts = [*article.title, article.dateline or "", article.body, article.signature]
    return Document(0, article.id, article.title, "".join("".join(texts).split()), _UNUSED)


def _may_match(node: Node, raw: Document) -> bool:
    """Return False only if the article with this raw text cannot be a hit."""
    match node:
        case Term():
            word = "".join(node.text.split())
            return word in raw.folded_for(word) if word else True
        case Regex():
            return _may_match(required_literals(node.source), raw)
        case And(parts) | Near(parts):
            return all(_may_match(part, raw) for part in parts)
        case Or(parts):
            return any(_may_match(part, raw) for part in parts)
        case SoundFilter():
            return not sound_pairs("".join(raw.title)).isdisjoint(node.pairs)
        case Filter() | Not():
            return True
        case _:
            assert_never(node)
