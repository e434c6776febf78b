"""Find the words that set a group of texts apart from the others.

A word is one of the table of common words, a name of a place, or several words in a row that occur as a whole: their
parts hardly occur outside them, and they hardly occur inside something longer. How far a word sets a group apart is
Dunning's log-likelihood ratio of its count there and elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import log
from typing import NamedTuple

from ..segmentation import PARTICLES, WordTable, common_words
from ..word_tables import word_tables

UNITS_UP_TO = 3_000_000
"""Code points of text that is cut into words; of more text only common words of two characters are counted."""
_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_LEAST_TIMES = 3
"""Times that several words in a row occur at least, to be one word."""
_MOST_WORDS, _MOST_CHARACTERS = 8, 10
_WHOLE = 0.7
"""Share of the times of its parts that something occurs as a whole."""
_TELLING = 2.71
"""A ratio that chance alone reaches once in ten (chi-squared, one degree of freedom)."""


class Keyword(NamedTuple):
    """A word of a group: how often it occurs there, and how far it sets the group apart."""

    word: str
    times: int
    score: float


def keywords(
    texts: Mapping[str, Iterable[str]], size: int, most: int = 6, names: Iterable[str] = ()
) -> dict[str, list[Keyword]]:
    """Return the words that set each group apart, the most telling first.

    `texts` are the texts of each group, read once, `size` about how many code points they have together, `names` words
    that the table of common words may lack.
    """
    runs: Mapping[str, Iterator[str]] = {group: _runs(found) for group, found in texts.items()}
    if size <= UNITS_UP_TO:
        counts = _counts_of_words(runs, common_words().with_words(names))
    else:
        counts = {group: _count_of_pairs(found) for group, found in runs.items()}
    whole: Counter[str] = Counter()
    for count in counts.values():
        whole.update(count)
    return {group: _telling(count, whole, most) for group, count in counts.items()}


def _runs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _RUN.findall(text)


def _count_of_pairs(runs: Iterable[str]) -> Counter[str]:
    """Count the common words of two characters in these runs."""
    pairs = word_tables().pairs
    count: Counter[str] = Counter()
    for run in runs:
        at = 0
        while at < len(run) - 1:
            if run[at : at + 2] in pairs:
                count[run[at : at + 2]] += 1
                at += 1
            at += 1
    return count


def _counts_of_words(runs: Mapping[str, Iterable[str]], table: WordTable) -> dict[str, Counter[str]]:
    """Count the words of each group. A run that occurs several times is cut once."""
    groups = {group: Counter(found) for group, found in runs.items()}
    times: Counter[str] = Counter()
    for found in groups.values():
        times.update(found)
    cut = {run: table.segment(run) for run in times}
    units = _units([_Run(words, times[run]) for run, words in cut.items() if len(words) > 1])
    words_of = {run: list(_longest_words(words, units)) for run, words in cut.items()}
    counts: dict[str, Counter[str]] = {group: Counter() for group in groups}
    for group, found in groups.items():
        for run, often in found.items():
            for word in words_of[run]:
                counts[group][word] += often
    return counts


class _Run:
    """A run of text cut into words: where they start and end, and how often the run occurs."""

    __slots__ = ("bounds", "often", "text")

    def __init__(self, words: list[str], often: int) -> None:
        self.text = "".join(words)
        self.bounds = [0, *accumulate(map(len, words))]
        self.often = often


def _units(runs: Sequence[_Run]) -> frozenset[str]:
    """Return the rows of words that occur as a whole and are not part of a longer row that does."""
    times: Counter[str] = Counter()
    for run in runs:
        for start, end in pairwise(run.bounds):
            times[run.text[start:end]] += run.often
    found: set[str] = set()
    pieces: set[str] = set()
    for length in range(2, _MOST_WORDS + 1):
        rows, ends = _rows(runs, length, times)
        times.update(rows)
        for row, parts in ends.items():
            if rows[row] >= _LEAST_TIMES and rows[row] >= _WHOLE * max(times[part] for part in parts):
                found.add(row)
                pieces.update(part for part in parts if rows[row] >= _WHOLE * times[part])
    return frozenset(row for row in found - pieces if len(row) <= _MOST_CHARACTERS)


def _rows(
    runs: Iterable[_Run], length: int, times: Mapping[str, int]
) -> tuple[Counter[str], dict[str, tuple[str, str]]]:
    """Count the rows of `length` words, and return of each what it is without its last and without its first word.

    A row cannot occur more often than its parts, so only rows of parts that are often enough are counted. Those with a
    particle at an end are counted and have no parts.
    """
    rows: Counter[str] = Counter()
    ends: dict[str, tuple[str, str]] = {}
    for run in runs:
        text, bounds = run.text, run.bounds
        for start, second, last, end in zip(bounds, bounds[1:], bounds[length - 1 :], bounds[length:], strict=False):
            first = text[start:last]
            if times[first] >= _LEAST_TIMES and times[text[second:end]] >= _LEAST_TIMES:
                row = text[start:end]
                rows[row] += run.often
                if row not in ends and text[start:second] not in PARTICLES and text[last:end] not in PARTICLES:
                    ends[row] = (first, text[second:end])
    return rows, ends


def _longest_words(cut: list[str], units: frozenset[str]) -> Iterator[str]:
    """Yield the words of a run: at each place the longest row that is a unit, else the word there."""
    at = 0
    while at < len(cut):
        rows = (("".join(cut[at:end]), end) for end in range(min(at + _MOST_WORDS, len(cut)), at + 1, -1))
        word, at = next(((row, end) for row, end in rows if row in units), (cut[at], at + 1))
        if len(word) > 1:
            yield word


def _telling(count: Counter[str], whole: Counter[str], most: int) -> list[Keyword]:
    here, everywhere = count.total(), whole.total()
    found = [
        Keyword(word, times, round(score, 2))
        for word, times in count.items()
        if times > 1 and (score := _likelihood(times, here, whole[word], everywhere)) >= _TELLING
    ]
    found.sort(key=lambda one: (-one.score, one.word))
    return found[:most]


def _likelihood(here: int, size_here: int, all: int, size_all: int) -> float:
    """The log-likelihood ratio of a count, positive where the word is more frequent here than elsewhere."""
    there, size_there = all - here, size_all - size_here
    expected = size_here * all / size_all
    if here <= expected:
        return 0.0
    return 2 * (here * log(here / expected) + (there * log(there / (size_there * all / size_all)) if there else 0.0))
