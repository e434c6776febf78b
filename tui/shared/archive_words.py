"""Approximate counts of the words in an archive, used to order the readings of pinyin."""

from collections.abc import Callable, Sequence
from itertools import product

from ..fold import dense
from ..query.tree import Term
from ..word_tables import word_tables
from .archive_catalogue import ArchiveCatalogue
from .node_link import Statement
from .node_links import Answers
from .sql_condition import tsquery

_MAX_COUNT = 50
"""Articles. Counting stops here for a word that is not in the table of words."""
_MAX_UNKNOWN = 60
"""Words without a stored count that are looked up in the index."""
_MAX_CHARACTERS, _MAX_SEQUENCES, _MAX_LOOKUPS = 20, 100, 4_000
"""Characters tried for each syllable, sequences kept, and pairs looked up for a query: as in a library of files."""
_MAX_AUTHORS, _MAX_PLACES = 2_000, 5_000
_MAX_KEPT = 20_000
"""Words whose counts are kept."""
_BY_GRAMS = Statement("select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
_STORED = "select word, count from word_count where word = any(%s)"
_COUNTED = (
    "select word, (select count(*) from"
    " (select from article where grams_v1(folded, headline, tokens) @@ query limit %s) found)"
    " from unnest(%s::text[], %s::text[]::tsquery[]) as asked (word, query)"
)

Ask = Callable[[Sequence[Statement]], list[Answers]]


class ArchiveWords:
    """The words, authors and places of an archive; see Index."""

    def __init__(self, catalogue: ArchiveCatalogue, ask: Ask) -> None:
        self._catalogue, self._ask = catalogue, ask
        self._lookups = _MAX_LOOKUPS
        self._stored: dict[str, int] = {}
        self.places = frozenset(dense(name) for name, _count in catalogue.frequent("place", _MAX_PLACES))

    def begin(self) -> None:
        """Reset the lookups for a new query."""
        self._lookups = _MAX_LOOKUPS

    def authors(self) -> list[str]:
        """Return the names of the authors, the most frequent first."""
        return [name for name, _count in self._catalogue.frequent("author", _MAX_AUTHORS)]

    def counts(self, asked: Sequence[str]) -> dict[str, int]:
        """See Index."""
        if missing := [word for word in asked if word not in self._stored]:
            answers = self._ask([Statement(_STORED, (missing,))])
            self._stored |= dict.fromkeys(missing, 0)
            for word, count in (row for answer in answers for row in answer[0]):
                self._stored[word] = self._stored.get(word, 0) + int(count)
        found = {word: count for word in asked if (count := self._stored[word])}
        pairs = frozenset[str]() if len(asked) <= _MAX_UNKNOWN else word_tables().pairs
        unknown = [word for word in asked if word not in found and word not in pairs][:_MAX_UNKNOWN]
        found |= self._count(unknown)
        if len(self._stored) > _MAX_KEPT:
            self._stored.clear()
        return found

    def sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        """See Index. Builds the texts pair by pair; returns nothing once the lookups are used up."""
        lists = [word_tables().syllables[syllable][:_MAX_CHARACTERS] for syllable in syllables]
        found = list(lists[0])
        for characters in lists[1:]:
            pairs = list(dict.fromkeys(one[-1] + other for one, other in product(found, characters)))
            if len(pairs) > self._lookups:
                return {}
            self._lookups -= len(pairs)
            occurring = self._count(pairs, 1)
            longer = [one + other for one, other in product(found, characters) if one[-1] + other in occurring]
            found = longer[:_MAX_SEQUENCES]
        return self._count(found)

    def may_occur(self, text: str) -> bool:
        """See Index."""
        return bool(self._count([text], 1))

    def _count(self, words: Sequence[str], most: int = _MAX_COUNT) -> dict[str, int]:
        """Return in how many articles the index has the words, at most `most`, without those that do not occur."""
        asked = {word: query for word in words if (query := tsquery(Term(word, word)))}
        if not asked:
            return {}
        values = (most, list(asked), list(asked.values()))
        answers = self._ask([_BY_GRAMS, Statement(_COUNTED, values)])
        found: dict[str, int] = {}
        for word, count in (row for answer in answers for row in answer[1]):
            found[word] = min(found.get(word, 0) + int(count), most)
        return {word: count for word in words if (count := found.get(word, 0))}
