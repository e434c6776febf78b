"""The index over articles read from files: searches their raw texts first, and parses only candidates."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import assert_never

from ..article import Article, Bulletin
from ..fold import fold_variants
from ..query.filters import Filter
from ..query.headline_sounds import SoundFilter, sound_pairs
from ..query.regex_literals import required_literals
from ..query.tree import And, Near, Node, Not, Or, Regex, Term
from ..text.document import Document, document
from ..text.index import OutOfTime
from .answer import never
from .memory_index import MAX_ARTICLES, MemoryIndex

_CHUNK = 2_048
"""Articles searched together. The time is checked in between."""
_FEW_WORDS = 20
"""Words. Up to here, each is counted by itself."""


class FileIndex(MemoryIndex):
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
        self._folded: list[str] | None = None
        """The folded texts of all articles, once they have been needed."""
        self._containing: dict[tuple[str, int], set[int]] = {}

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """See Index. Many words take one search for all their first two characters together, one is not counted."""
        if len(words) == 1:
            return {words[0]: 1} if words[0] in self._everything else {}
        longer = [word for word in words if len(word) > 1]
        if len(longer) <= _FEW_WORDS:
            return super().counts(words)
        first, second = ("".join(re.escape(one) for one in {word[at] for word in longer}) for at in (0, 1))
        pairs = Counter(map("".join, re.findall(f"([{first}])(?=([{second}]))", self._everything)))
        found = {word: pairs[word] for word in longer if len(word) == 2 and word in pairs}
        return found | super().counts(
            [word for word in words if len(word) == 1 or (len(word) > 2 and word[:2] in pairs)]
        )

    def newest(self, node: Node) -> Iterator[int]:
        """See Index."""
        for stop in range(len(self._raw), 0, -_CHUNK):
            chunk = range(max(stop - _CHUNK, 0), stop)
            found = self._candidates(node, chunk)
            yield from reversed(chunk) if found is None else sorted(found, reverse=True)

    @contextmanager
    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> Iterator[None]:
        """See Index."""
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

    def _candidates(self, node: Node, chunk: range) -> set[int] | None:
        """Return the articles of a chunk that may be hits, None for all of them. Raises OutOfTime."""
        if self._is_over():
            raise OutOfTime
        match node:
            case Term():
                return self._with_word("".join(node.text.split()), chunk)
            case Regex():
                return self._candidates(required_literals(node.source), chunk)
            case And(parts) | Near(parts):
                found = [some for part in parts if (some := self._candidates(part, chunk)) is not None]
                return set.intersection(*found) if found else None
            case Or(parts):
                either = [self._candidates(part, chunk) for part in parts]
                return None if None in either else set[int]().union(*filter(None, either))
            case SoundFilter():
                titles = ((number, "".join(self._raw[number].title)) for number in chunk)
                return {number for number, title in titles if not sound_pairs(title).isdisjoint(node.pairs)}
            case Filter() | Not():
                return None
            case _:
                assert_never(node)

    def _with_word(self, word: str, chunk: range) -> set[int] | None:
        if not word:
            return None
        key = word, chunk.start
        found = self._containing.get(key)
        if found is None:
            if self._folded is not None:
                texts = enumerate(self._folded[chunk.start : chunk.stop], chunk.start)
                found = {number for number, text in texts if word in text}
            else:
                found = _containing(word, self._raw[chunk.start : chunk.stop], chunk.start)
            self._containing[key] = found
        return found

    @cached_property
    def _raw(self) -> list[Document]:
        return [self._raw_by_id[article.id] for article in self._ordered]

    @cached_property
    def _everything(self) -> str:
        folded = [raw.folded for raw in self._raw[-self._counted :]]
        if len(folded) == len(self._raw):
            self._folded = folded
        return "\n".join(folded)


def _containing(word: str, texts: Sequence[Document], first: int) -> set[int]:
    """Return which texts contain a folded word; the first one has number `first`."""
    others = fold_variants(word)
    if others is None:
        return {number for number, text in enumerate(texts, first) if word in text.folded}
    found = {number for number, text in enumerate(texts, first) if word in text.text}
    doubtful = {number for number, text in enumerate(texts, first) if text.unseen}
    for other in others:
        doubtful.update([number for number, text in enumerate(texts, first) if other in text.text])
    found.update(number for number in doubtful - found if word in texts[number - first].folded)
    return found
