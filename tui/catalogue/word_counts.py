"""Which words occur in an indexed library, and about how often: what puts readings of pinyin in order."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from itertools import product

from ..query.tree import Term
from ..search.fts import expression
from ..word_tables import word_tables

_ENOUGH = 50
"""Articles counted of a word that is not in the table of words."""
_LOOKED_UP = 40
"""Such words looked up at most."""
_CHARACTERS = 20
"""Characters tried for a syllable where no known word sounds so."""
_SEQUENCES = 100
"""Sequences of characters that are carried on from syllable to syllable."""
_LOOKS = 4_000
"""Looks into the index for what merely sounds so, for all words of a query: about a tenth of a second."""
_AUTHORS = 2000
_PLACES = 5000
_COUNTS = "SELECT word, count FROM search_word WHERE word IN (SELECT value FROM json_each(?))"


class PlaceLabels:
    """The places that articles name, folded; of very many those that most articles name."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def __contains__(self, folded: object) -> bool:
        return self._conn.execute("SELECT 1 FROM search_place WHERE name = ?", (folded,)).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        rows = self._conn.execute("SELECT name FROM search_place ORDER BY count DESC, name LIMIT ?", (_PLACES,))
        return (name for (name,) in rows if isinstance(name, str))


class WordCounts:
    """Asks the tables of `index`."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._looks = _LOOKS
        self.places = PlaceLabels(conn)

    def begin(self) -> None:
        """Allow a new query its looks into the index."""
        self._looks = _LOOKS

    def authors(self) -> list[str]:
        """The names that stand under most articles."""
        rows = self._conn.execute("SELECT name FROM search_name ORDER BY count DESC, name LIMIT ?", (_AUTHORS,))
        return [name for (name,) in rows if isinstance(name, str)]

    def counts(self, asked: Sequence[str]) -> dict[str, int]:
        """How often these words occur, about."""
        found: dict[str, int] = dict(self._conn.execute(_COUNTS, (json.dumps(asked),)))
        unknown = [word for word in asked if word not in found and (len(word) != 2 or word not in word_tables().pairs)]
        for word in unknown[:_LOOKED_UP]:
            if count := self._articles(word):
                found[word] = count
        return found

    def sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        """Return what occurs that may be read so, built up pair by pair; nothing more once the looks are used up."""
        lists = [word_tables().syllables[syllable][:_CHARACTERS] for syllable in syllables]
        found = list(lists[0])
        for characters in lists[1:]:
            pairs: dict[str, bool] = {}
            for pair in dict.fromkeys(one[-1] + other for one, other in product(found, characters)):
                if not self._looks:
                    return {}
                self._looks -= 1
                pairs[pair] = self.anywhere(pair)
            found = [one + other for one, other in product(found, characters) if pairs[one[-1] + other]][:_SEQUENCES]
        return {word: count for word in found if (count := self._articles(word))}

    def anywhere(self, text: str) -> bool:
        """Whether a folded text may occur at all; False is certain."""
        return self._articles(text, 1) > 0

    def _articles(self, word: str, most: int = _ENOUGH) -> int:
        found = expression(Term(word, word))
        query = "SELECT count(*) FROM (SELECT 1 FROM search_grams WHERE search_grams MATCH ? LIMIT ?)"
        return int(self._conn.execute(query, (found, most)).fetchone()[0]) if found else 0
