"""Headlines typed in pinyin: `zhulaojindufangxian` for 筑牢禁毒防线.

The index records the sounds of each two neighbouring characters of a headline. A typed text is read as syllables in
every likely way at once; of the pairs that these ways share, a few rare places decide which headlines are examined.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from ..fold import dense
from ..text.document import About
from ..word_tables import word_tables
from .filters import UNMARKED, Filter, IndexValue, MarkSets
from .pinyin import SPELLINGS, plain

MIN_SYLLABLES = 5
"""Syllables. Shorter text is read as words only."""
_MAX_TYPED = 240
"""Characters. Longer text is not read."""
_MAX_READINGS = 3
"""Readings of a character that are recorded."""
_PLACES = 8
"""Positions in the typed text for which the index is queried."""
_DOUBTFUL = 4
"""Letters. Closer than this to a letter left over, syllables are uncertain: it may belong to a Latin word."""
_ROMAN = re.compile("[a-z0-9]")

Pair = str
"""Two syllables without a space."""


@dataclass(frozen=True, slots=True)
class SoundFilter(Filter):
    """A filter for articles whose headlines have one of these sounds. Proposes candidates; the headline decides."""

    pairs: tuple[Pair, ...]
    is_exact = False

    def written(self) -> str:
        return ""

    def passes(self, article: str, about: About, marked: MarkSets = UNMARKED) -> bool:
        return True

    def index_values(self) -> tuple[IndexValue, ...]:
        return tuple(IndexValue("sound", pair) for pair in self.pairs)


def sound_pairs(headline: str) -> set[Pair]:
    """Return the sounds of each two characters that follow each other in a folded headline, ignoring punctuation."""
    spoken = [_readings(character)[:_MAX_READINGS] for character in headline if character.isalnum()]
    return {one + other for first, second in pairwise(spoken) for one, other in product(first, second)}


def typed_letters(typed: str) -> list[str]:
    """Return the letters and figures of a typed text: all, then without figures that may be tones.

    Empty if there are other characters than Latin ones and punctuation.
    """
    normalised = unicodedata.normalize("NFKC", typed.lower())
    texts = dict.fromkeys((plain(re.sub("([1-5])", r" \1", normalised)), plain(normalised)))
    return list(dict.fromkeys("".join(_ROMAN.findall(text)) for text in texts if all(map(_is_ignored_or_roman, text))))


def _is_ignored_or_roman(character: str) -> bool:
    return not character.isalnum() or _ROMAN.match(character) is not None


def sound_filters(letters: str) -> tuple[SoundFilter, ...]:
    """Return conditions that the headlines read as `letters` meet; empty if that is no pinyin of a headline."""
    return _Lattice(letters).filters() if 2 * MIN_SYLLABLES <= len(letters) <= _MAX_TYPED else ()


def spoken_part(headline: str, letters: str) -> str | None:
    """Return the part of the printed headline that is read as `letters`; None if there is none.

    Ignores its punctuation and spaces. Letters and figures are themselves.
    """
    folded = dense(headline)
    if len(folded) != len(headline):
        return None
    spoken = [(at, _spellings(one)) for at, one in enumerate(folded) if one.isalnum()]
    for first in range(len(spoken)):
        if last := _end_of_match(spoken, first, letters):
            return headline[spoken[first][0] : spoken[last - 1][0] + 1]
    return None


def _end_of_match(spoken: Sequence[tuple[int, tuple[str, ...]]], first: int, letters: str) -> int:
    """Return how many characters of `spoken` are read up to the end of `letters`, from `first` on; 0 if none are."""
    reached = {0}
    for number in range(first, len(spoken)):
        reached = {at + len(one) for at in reached for one in spoken[number][1] if letters.startswith(one, at)}
        if not reached:
            return 0
        if len(letters) in reached:
            return number + 1
    return 0


def _readings(character: str) -> tuple[str, ...]:
    return word_tables().all.get(character, ())


@cache
def _spellings(character: str) -> tuple[str, ...]:
    """Return the letters that may be typed for a folded character."""
    readings = _readings(character)
    if not readings:
        return (character,)
    return (*readings, *(typed for typed, said in SPELLINGS.items() if said in readings))


class _Lattice:
    """All ways to read letters as syllables with the fewest letters left over, which may be Latin words."""

    def __init__(self, letters: str) -> None:
        known = word_tables().syllables
        self._size = len(letters)
        self._edges: list[list[tuple[int, str, int]]] = [[] for _ in range(self._size + 1)]
        """For each start position, the syllables and letters that begin there: end, syllable, cost."""
        for start in range(self._size):
            self._edges[start].append((start + 1, "", 1))
            for end in range(start + 1, min(start + 6, self._size) + 1):
                said = SPELLINGS.get(letters[start:end], letters[start:end])
                if said in known:
                    self._edges[start].append((end, said, 0))
        self._before = self._costs_before()
        self._after = self._costs_after()
        self._left_over = [at for at, letter in enumerate(letters) if letter.isalpha() and self._is_best(at, at + 1, 1)]

    def filters(self) -> tuple[SoundFilter, ...]:
        """Return filters for a few positions in the text, at equal distances."""
        if self._before[self._size] * 4 > self._size:
            return ()
        places: dict[tuple[str, ...], None] = {}
        for place in range(self._size):
            if pairs := self._pairs_at(place):
                places[pairs] = None
        if len(places) < MIN_SYLLABLES - 1:
            return ()
        every = list(places)
        return tuple(SoundFilter(pairs) for pairs in every[:: -(-len(every) // _PLACES)])

    def _pairs_at(self, place: int) -> tuple[Pair, ...]:
        """Return all pairs whose first syllable covers `place`; empty if a letter may be left over there."""
        found: dict[Pair, None] = {}
        for start in range(max(0, place - 5), place + 1):
            for middle, first, cost in self._edges[start]:
                if middle <= place or not self._is_best(start, middle, cost):
                    continue
                if middle == self._size:  # nothing follows the last syllable
                    return ()
                for end, second, next_cost in self._edges[middle]:
                    if self._is_best(middle, end, next_cost):
                        near = range(start - _DOUBTFUL, end + _DOUBTFUL)
                        if not first or not second or any(at in near for at in self._left_over):
                            return ()
                        found[first + second] = None
        return tuple(found)

    def _is_best(self, start: int, end: int, cost: int) -> bool:
        return self._before[start] + cost + self._after[end] == self._before[self._size]

    def _costs_before(self) -> list[int]:
        costs = [0] + [self._size + 1] * self._size
        for start, edges in enumerate(self._edges):
            for end, _said, cost in edges:
                costs[end] = min(costs[end], costs[start] + cost)
        return costs

    def _costs_after(self) -> list[int]:
        costs = [self._size + 1] * self._size + [0]
        for start in range(self._size - 1, -1, -1):
            costs[start] = min(cost + costs[end] for end, _said, cost in self._edges[start])
        return costs
