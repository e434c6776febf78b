"""Approximate counts of the words in an indexed library, used to order the readings of pinyin."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import product

from ..query.tree import Term
from ..word_tables import word_tables
from .fts import expression
from .gram_table import COUNTED_TO

_MAX_COUNT = 50
"""Articles. Counting stops here for a word that is not in the table `search_word`."""
_MAX_UNKNOWN = 60
"""Words without a stored count that are looked up in the index."""
_MAX_CHARACTERS = 20
"""Characters tried for each syllable if no known word has the sound."""
_MAX_SEQUENCES = 100
"""Character sequences kept from one syllable to the next."""
_MAX_LOOKUPS = 4_000
"""Lookups of character pairs for all terms of a query together: about 0.1 s."""
_MAX_AUTHORS = 2000
_MAX_PLACES = 5000
_OCCURS = "SELECT 1 FROM search_grams WHERE search_grams MATCH ? LIMIT 1"
_ARTICLES = (
    "SELECT key, (SELECT count(*) FROM (SELECT 1 FROM search_grams WHERE search_grams MATCH asked.value LIMIT ?)) "
    "FROM json_each(?) asked"
)
"""One statement for many words takes half the time of one for each."""
_COUNTS = "SELECT word, count FROM search_word WHERE word IN (SELECT value FROM json_each(?))"


class PlaceLabels:
    """The folded place labels of the articles. Iteration yields the most frequent `_MAX_PLACES`."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def __contains__(self, folded: object) -> bool:
        return self._conn.execute("SELECT 1 FROM search_place WHERE name = ?", (folded,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        rows = self._conn.execute("SELECT name FROM search_place ORDER BY count DESC, name LIMIT ?", (_MAX_PLACES,))
        return (name for (name,) in rows if isinstance(name, str))


class WordCounts:
    """The words, authors and places in the index tables."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._lookups = _MAX_LOOKUPS
        self._last_number: int | None = None
        self.places = PlaceLabels(conn)

    @property
    def bulletins(self) -> dict[str, str]:
        """See Index."""
        return dict(self._conn.execute("SELECT id, title FROM bulletin"))

    def begin(self) -> None:
        """Reset the lookups for a new query."""
        self._lookups = _MAX_LOOKUPS
        self._last_number = None

    def authors(self) -> list[str]:
        """Return the names of the authors, the most frequent first."""
        rows = self._conn.execute("SELECT name FROM search_name ORDER BY count DESC, name LIMIT ?", (_MAX_AUTHORS,))
        return [name for (name,) in rows if isinstance(name, str)]

    def counts(self, asked: Sequence[str]) -> dict[str, int]:
        """See Index. One word is not counted."""
        if len(asked) == 1:
            return {asked[0]: 1} if self.may_occur(asked[0]) else {}
        found: dict[str, int] = dict(self._conn.execute(_COUNTS, (json.dumps(asked),)))
        # beyond `COUNTED_TO` only a sample is counted, so a word without a count may still occur
        is_sampled = len(asked) <= _MAX_UNKNOWN and self._is_large()
        pairs = frozenset[str]() if is_sampled else word_tables().pairs
        unknown = [word for word in asked if word not in found and word not in pairs]
        return found | self._articles(unknown[:_MAX_UNKNOWN])

    def _is_large(self) -> bool:
        """Return whether words are counted in a sample of the articles only."""
        if self._last_number is None:
            self._last_number = self._conn.execute("SELECT coalesce(max(number), 0) FROM search_doc").fetchone()[0]
        return self._last_number > COUNTED_TO

    def sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        """See Index. Builds the texts pair by pair; returns nothing once the lookups are used up."""
        lists = [word_tables().syllables[syllable][:_MAX_CHARACTERS] for syllable in syllables]
        found = list(lists[0])
        for characters in lists[1:]:
            pairs = list(dict.fromkeys(one[-1] + other for one, other in product(found, characters)))
            self._lookups -= len(pairs)
            if self._lookups < 0:
                return {}
            occurring = self._articles(pairs, 1)
            longer = [one + other for one, other in product(found, characters) if one[-1] + other in occurring]
            found = longer[:_MAX_SEQUENCES]
        return self._articles(found)

    def may_occur(self, text: str) -> bool:
        """See Index."""
        found = _wanted(text)
        return found is not None and self._conn.execute(_OCCURS, (found,)).fetchone() is not None

    def _articles(self, asked: Sequence[str], most: int = _MAX_COUNT) -> dict[str, int]:
        """Return the numbers of articles, up to `most`, that contain the words; words without any are left out."""
        wanted = {word: found for word in asked if (found := _wanted(word))}
        counts = dict(self._conn.execute(_ARTICLES, (most, json.dumps(list(wanted.values())))))
        return {word: count for place, word in enumerate(wanted) if (count := counts[place])}


def _wanted(word: str) -> str | None:
    """Return the expression that finds the articles with a folded word, None if the index cannot help."""
    return f'"{word}"' if len(word) == 2 and word.isalpha() else expression(Term(word, word))
