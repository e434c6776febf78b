"""Approximate counts of the words in an archive, used to order the readings of pinyin.

While a query is interpreted, unknown counts are guessed and noted. The next question to the server asks for them, with
the hits that the guesses lead to; then the query is interpreted again. A good guess thus costs no round trip.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..fold import dense
from ..query.tree import Term
from ..word_tables import word_tables
from .archive_catalogue import ArchiveCatalogue
from .node_link import Row, Statement
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
"""Words whose last counts are kept as guesses."""
_TABLE_SECONDS, _EMPTY_SECONDS = 600.0, 10.0
"""Seconds after which the table of words is fetched again, and an empty one."""
_MAX_GUESSES = 4
"""Times that a query is interpreted with guesses."""
_BY_GRAMS = Statement("select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
_TABLE = Statement("select word, count from word_count")
_COUNTED = (
    "select word, (select count(*) from"
    " (select from article where grams_v1(folded, headline, tokens) @@ query limit %s) found)"
    " from unnest(%s::text[], %s::text[]::tsquery[]) as asked (word, query)"
)
_SOUNDING = "select word, count from sounding(%s, %s, %s, %s)"

Ask = Callable[[Sequence[Statement]], list[Answers]]


class _Counted(NamedTuple):
    """A word, and where counting its articles stops."""

    word: str
    most: int


class WordMemory:
    """What the searches of an archive know about its words, whatever has been loaded since."""

    def __init__(self) -> None:
        self.table: dict[str, int] = {}
        """The common words, and in how many of some articles they occur."""
        self.authors: dict[str, int] = {}
        """The authors and their articles, the most frequent first."""
        self.counts: dict[_Counted, int] = {}
        """The counts that were last asked for."""
        self._fetched_at: float | None = None

    @property
    def is_due(self) -> bool:
        """Whether the table of words is missing or old."""
        seconds = _TABLE_SECONDS if self.table else _EMPTY_SECONDS
        return self._fetched_at is None or time.monotonic() - self._fetched_at > seconds

    def keep_table(self, rows: Iterable[Row]) -> None:
        """Take the table of words, as the nodes have it."""
        self.table = {}
        for word, count in rows:
            self.table[str(word)] = self.table.get(str(word), 0) + int(count)
        self._fetched_at = time.monotonic()

    def keep_counts(self, counts: dict[_Counted, int]) -> None:
        """Keep the counts as guesses for later searches."""
        if len(self.counts) > _MAX_KEPT:
            self.counts.clear()
        self.counts |= counts


class ArchiveWords:
    """The words, authors and places of an archive; see Index."""

    def __init__(self, catalogue: ArchiveCatalogue, ask: Ask, memory: WordMemory) -> None:
        self._catalogue, self._ask, self._word_memory = catalogue, ask, memory
        self._counted: dict[_Counted, int] = {}
        self._sounding: dict[tuple[str, ...], dict[str, int]] = {}
        self._open: dict[_Counted, None] = {}
        self._open_sounds: dict[tuple[str, ...], None] = {}
        self._wants_table = False
        self._guesses_left = 0
        self.places = frozenset(dense(name) for name, _count in catalogue.frequent("place", _MAX_PLACES))

    def begin(self) -> None:
        """See Index. From now on, guess."""
        self._forget_open()
        self._guesses_left = _MAX_GUESSES

    @property
    def is_guessing(self) -> bool:
        """Whether unknown counts are guessed."""
        return self._guesses_left > 0

    def end_guessing(self) -> None:
        """Ask for unknown counts from now on."""
        self._guesses_left = 0

    def authors(self) -> list[str]:
        """Return the names of the authors, the most frequent first, as of the last minutes."""
        memory = self._word_memory
        if memory.is_due or not memory.authors:
            memory.authors = dict(self._catalogue.frequent("author", _MAX_AUTHORS))
        return list(memory.authors)

    def counts(self, asked: Sequence[str]) -> dict[str, int]:
        """See Index."""
        if self._word_memory.is_due:
            self._wants_table = True
            if not self.is_guessing:
                self.take(self._ask(self.open_questions()))
        table = self._word_memory.table
        pairs = word_tables().pairs
        found = {word: count for word in asked if (count := table.get(word, int(not table and word in pairs)))}
        known = pairs if len(asked) > _MAX_UNKNOWN else frozenset[str]()
        return found | self._count([word for word in asked if word not in found and word not in known][:_MAX_UNKNOWN])

    def sounding(self, syllables: Sequence[str]) -> dict[str, int]:
        """See Index. Returns nothing if too many pairs would have to be looked up."""
        lists = tuple(word_tables().syllables[syllable][:_MAX_CHARACTERS] for syllable in syllables)
        if lists not in self._sounding:
            self._open_sounds[lists] = None
            if self.is_guessing:
                return {}
            self.take(self._ask(self.open_questions()))
        return self._sounding[lists]

    def may_occur(self, text: str) -> bool:
        """See Index."""
        return bool(self._count([text], 1))

    def open_questions(self) -> list[Statement]:
        """Return the statements that ask for what was guessed."""
        found = [_TABLE] if self._wants_table else []
        if self._open or self._open_sounds:
            found.append(_BY_GRAMS)
        for most in sorted({one.most for one in self._open}):
            asked = {word: tsquery(Term(word, word)) for word, limit in self._open if limit == most}
            found.append(Statement(_COUNTED, (most, list(asked), list(asked.values()))))
        for lists in self._open_sounds:
            found.append(Statement(_SOUNDING, (list(lists), _MAX_COUNT, _MAX_SEQUENCES, _MAX_LOOKUPS)))
        return found

    def take(self, answers: Sequence[Sequence[Sequence[Row]]]) -> None:
        """Take the nodes' answers to the open questions. After `_MAX_GUESSES` times, guess no longer."""
        if not self._wants_table and not self._open and not self._open_sounds:
            return
        parts = iter(zip(*answers, strict=True))
        if self._wants_table:
            self._word_memory.keep_table(row for rows in next(parts) for row in rows)
        if self._open or self._open_sounds:
            next(parts)
        counted = dict.fromkeys(self._open, 0)
        for most in sorted({one.most for one in self._open}):
            for word, count in (row for rows in next(parts) for row in rows):
                one = _Counted(word, most)
                counted[one] = min(counted.get(one, 0) + int(count), most)
        for lists in self._open_sounds:
            found: dict[str, int] = {}
            for word, count in (row for rows in next(parts) for row in rows):
                if count:
                    found[word] = min(found.get(word, 0) + int(count), _MAX_COUNT)
            self._sounding[lists] = found
        self._counted |= counted
        self._word_memory.keep_counts(counted)
        self._guesses_left = max(self._guesses_left - 1, 0)
        self._forget_open()

    def _forget_open(self) -> None:
        self._open.clear()
        self._open_sounds.clear()
        self._wants_table = False

    def _count(self, words: Sequence[str], most: int = _MAX_COUNT) -> dict[str, int]:
        """Return in how many articles the index has the words, at most `most`, without those that do not occur."""
        asked = [_Counted(word, most) for word in words if tsquery(Term(word, word))]
        if missing := [one for one in asked if one not in self._counted]:
            self._open |= dict.fromkeys(missing)
            if not self.is_guessing:
                self.take(self._ask(self.open_questions()))
        return {one.word: count for one in asked if (count := self._counted.get(one) or self._guess(one))}

    def _guess(self, one: _Counted) -> int:
        """Return the last known count of a word, else whether it probably occurs; 0 if it is known not to."""
        if one in self._counted:
            return 0
        memory, begun = self._word_memory, one.word[:2]
        is_likely = len(one.word) == 1 or begun in memory.table or one.most == 1  # a needless stream costs little
        is_name = one.word in memory.authors or one.word in self.places or begun in self.places
        return memory.counts.get(one, int(is_likely or is_name))
