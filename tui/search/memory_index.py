"""An index of articles held in memory: every article is a candidate. Fastest up to about a thousand articles."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property

from ..article import Article, Bulletin
from ..fold import dense
from ..query.dates import day_of
from ..query.tree import Node, Order, Regex
from ..text.document import Document, document, lengths

MAX_ARTICLES = 300
"""Articles. Smaller libraries are searched in memory."""


class MemoryIndex:
    """An index over articles in memory, given in the library's order; see Index."""

    is_small = True
    is_growing = False

    def __init__(self, articles: Iterable[Article], bulletins: Sequence[Bulletin] = ()) -> None:
        self._articles = list(articles)
        self._issued = {one.id: one.issued for one in bulletins}
        self.bulletins = dict.fromkeys((one.bulletin for one in self._articles), "")
        self.bulletins |= {one.id: one.title for one in bulletins}
        self.places = frozenset(dense(one.place) for one in self._articles if one.place)
        self.last_ordered = len(self._articles)

    def begin(self) -> None:
        """See Index."""

    def expect(self, nodes: Sequence[Node], order: Order) -> bool:
        """See Index."""
        return True

    def authors(self) -> Iterable[str]:
        """See Index."""
        return dict.fromkeys(author for article in self._articles for author in article.authors)

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """See Index."""
        return {word: count for word in words if (count := self._everything.count(word))}

    def sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        """See Index."""
        from ..word_tables import word_tables  # loaded late: only pinyin needs them

        sounds = "".join(f"[{re.escape(word_tables().syllables[syllable])}]" for syllable in syllables)
        return Counter(re.findall(sounds, self._everything))

    def may_occur(self, text: str) -> bool:
        """See Index."""
        return text in self._everything

    def newest(self, node: Node) -> Iterator[int]:
        """See Index."""
        return iter(range(len(self._articles) - 1, -1, -1))

    def oldest(self, node: Node) -> Iterator[int]:
        """See Index."""
        return reversed(list(self.newest(node)))

    def titled(self, node: Node) -> Iterator[int]:
        """See Index."""
        return iter(())

    def lengths(self, numbers: Sequence[int]) -> dict[int, tuple[int, int]]:
        """See Index."""
        return {number: lengths(self._ordered[number]) for number in numbers}

    def matching(self, numbers: Sequence[int], regex: Regex) -> Sequence[int]:
        """See Index."""
        return numbers

    def remainder(self, node: Node) -> Node:
        """See Index."""
        return node

    def count(self, node: Node) -> None:
        """See Index."""

    def documents(self, numbers: Sequence[int], *, with_text: bool = True) -> list[Document]:
        """See Index."""
        return [self._documents[number] for number in numbers]

    def stopping(self, is_over: Callable[[], bool], *, soon: bool = False) -> AbstractContextManager[None]:
        """See Index. Does nothing: the search itself checks the time often enough."""
        return nullcontext()

    @cached_property
    def _ordered(self) -> list[Article]:
        """The articles, oldest first; those of one day in reverse library order."""
        order = self._articles[::-1]
        order.sort(key=lambda article: day_of(self._when(article)))
        return order

    @cached_property
    def _documents(self) -> list[Document]:
        return [document(number, article, self._when(article)) for number, article in enumerate(self._ordered)]

    def _when(self, article: Article) -> str | None:
        return article.date or self._issued.get(article.bulletin)

    @cached_property
    def _everything(self) -> str:
        return "\n".join(text.folded for text in self._documents)
