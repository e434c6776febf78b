"""Search without an index: every article is looked at. For up to about a thousand articles nothing is quicker."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..article import Article
from ..gazetteer import EMPTY, Gazetteer
from ..query.dates import day_of
from ..query.expansion import Expanded, expand
from ..query.parser import parse
from ..query.places import PlaceResolver
from ..text.document import Document, document
from ..text.fold import dense
from ..text.match import MarkSets, NoMarks, ReadingMarks, marking, matches_query
from .answer import Answer, Cancelled, never
from .hits import hit, hit_order

if TYPE_CHECKING:
    from ..query.lexicon import Lexicon

LARGEST = 300
"""Articles."""


class MemoryIndex:
    """Searches articles held in memory. They are given in the library's order."""

    def __init__(
        self,
        articles: Iterable[Article],
        gazetteer: Gazetteer = EMPTY,
        marks: ReadingMarks | None = None,
        *,
        numbers: bool = True,
        issued: Mapping[str, str | None] = MappingProxyType({}),
    ) -> None:
        """`issued` has the bulletins' dates, by their ids."""
        self._articles = list(articles)
        self._where = PlaceResolver(gazetteer, frozenset(dense(one.place) for one in self._articles if one.place))
        self._marks = marks or NoMarks()
        self._gazetteer = gazetteer
        self._numbers = numbers
        self._issued = issued

    def search(
        self,
        query: str,
        *,
        limit: int | None = None,
        newest: bool = False,
        budget: float | None = None,
        cancelled: Callable[[], bool] = never,
    ) -> Answer:
        """See Search."""
        parsed = parse(query, self._where)
        if parsed.empty:
            return Answer(query, "", (), 0)
        read = expand(parsed, self._read, self._numbers, self._occurs)
        until = perf_counter() + budget if budget is not None else None
        marked = marking(read.combined, self._marks, [text.article for text in self._texts])
        found, partial = self._found(read, marked, until, cancelled)
        found.sort(key=hit_order(read.variants, newest, marked))
        hits = tuple(hit(read.combined, text, marked=marked) for text in found[:limit])
        return Answer(query, read.read_as, hits, None if partial else len(found), partial, read.interpretations)

    def _found(
        self, read: Expanded, marked: MarkSets, until: float | None, cancelled: Callable[[], bool]
    ) -> tuple[list[Document], bool]:
        found: list[Document] = []
        for at, text in enumerate(self._texts):
            if at % 64 == 0:
                if cancelled():
                    raise Cancelled
                if until is not None and perf_counter() > until:
                    return found, True
            if matches_query(read.combined, text, marked):
                found.append(text)
        return found, False

    @cached_property
    def _texts(self) -> list[Document]:
        """Numbered so that a higher number is newer; of one day, the library's order."""
        order = list(reversed(self._articles))
        order.sort(key=lambda article: day_of(self._when(article)))
        return [document(number, article, self._when(article)) for number, article in enumerate(order)]

    def _when(self, article: Article) -> str | None:
        return article.date or self._issued.get(article.bulletin)

    @cached_property
    def _everything(self) -> str:
        return "\n".join(text.folded for text in self._texts)

    def _authors(self) -> Iterable[str]:
        return dict.fromkeys(author for article in self._articles for author in article.authors)

    @cached_property
    def _lexicon(self) -> "Lexicon":
        from ..query.lexicon import Lexicon  # it and its tables are learnt when pinyin is typed

        return Lexicon(self._gazetteer, self._authors)

    def _read(self, typed: str) -> tuple[str, ...]:
        if all("\u4e00" <= character <= "\u9fff" for character in typed):
            return ()
        return self._lexicon.interpretations(typed, self._counts, self._sounding)

    def _occurs(self, text: str) -> bool:
        return text in self._everything

    def _counts(self, asked: Sequence[str]) -> dict[str, int]:
        counts = {word: self._everything.count(word) for word in asked}
        return {word: count for word, count in counts.items() if count}

    def _sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        from ..word_tables import word_tables

        sounds = "".join(f"[{re.escape(word_tables().syllables[syllable])}]" for syllable in syllables)
        return Counter(re.findall(sounds, self._everything))
