"""The search in a library's files, while its index is missing or incomplete."""

import re
from collections.abc import Callable, Iterator, Sequence
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
from ..text.match import ReadingMarks
from ..text.regex_match import refusal
from .answer import Answer, Cancelled, never
from .index_search import IndexSearch
from .memory_index import MAX_ARTICLES, MemoryIndex

MAX_FILE_BYTES = 1 << 29
"""Bytes. Larger libraries are not held in memory: their search waits for the index."""
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
        return self.answer(query, limit=limit, newest=newest, cancelled=cancelled)

    def answer(
        self, query: str, *, limit: int | None = None, newest: bool = False, cancelled: Callable[[], bool] = never
    ) -> Answer:
        """Answer from what has been read so far."""
        if self._search is None:
            index = _FileIndex(self._articles, self._library.bulletins(), is_growing=not self.is_complete)
            self._search = IndexSearch(index, self._library.gazetteer(), self._marks, numbers=self._numbers)
        answer = self._search.search(query, limit=limit, newest=newest, cancelled=cancelled)
        return answer._replace(is_from_files=True)

    def _read(self, budget: float | None, cancelled: Callable[[], bool]) -> None:
        until = None if budget is None else perf_counter() + budget
        while not self.is_complete and (until is None or perf_counter() < until):
            if cancelled():
                raise Cancelled
            found = list(islice(self._unread, _BATCH))
            self._articles += (one for one in found if not isinstance(one, Problem))
            self._search = None
            self.is_complete = len(found) < _BATCH


class _FileIndex(MemoryIndex):
    """An index in memory that searches the raw texts first and parses only candidates."""

    def __init__(self, articles: Sequence[Article], bulletins: Sequence[Bulletin], *, is_growing: bool) -> None:
        super().__init__(articles, bulletins)
        self.is_growing = is_growing
        self.is_small = len(articles) <= MAX_ARTICLES
        self._parsed: dict[int, Document] = {}

    def newest(self, node: Node) -> Iterator[int]:
        """See Index."""
        raw = self._raw
        return (number for number in range(len(raw) - 1, -1, -1) if _may_match(node, raw[number]))

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
        return [_raw_document(article) for article in self._ordered]

    @cached_property
    def _everything(self) -> str:
        return "\n".join(raw.folded for raw in self._raw)


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
