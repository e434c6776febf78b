"""Find the words that set a group of texts apart from the others.

A keyword is a common word, the name of a place, or a unit. A unit is a sequence of words whose parts rarely occur
outside it and that rarely occurs inside a longer sequence. The score of a keyword is Dunning's log-likelihood ratio of
its counts inside and outside the group.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from math import log
from typing import NamedTuple

from ..segmentation import PARTICLES, WordTable, common_words
from ..word_tables import word_tables

MAX_UNIT_TEXT = 3_000_000
"""Code points. In longer text only common words of two characters are counted, which is faster."""
_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_MIN_COUNT = 3
"""Occurrences that a sequence of words needs to be a unit."""
_MAX_WORDS, _MAX_CHARACTERS = 8, 10
_MIN_WHOLE_SHARE = 0.7
"""Share of the occurrences of each part that must be within the unit."""
_MIN_SCORE = 2.71
"""A ratio that chance exceeds in one case in ten (chi-squared, one degree of freedom)."""


class Keyword(NamedTuple):
    """A word of a group, its number of occurrences there, and its log-likelihood ratio."""

    word: str
    times: int
    score: float


def keywords(
    texts: Mapping[str, Iterable[str]], size: int, most: int = 6, names: Iterable[str] = ()
) -> dict[str, list[Keyword]]:
    """Return at most `most` keywords of each group, highest score first.

    `texts` holds the texts of each group; each is read once. `size` is their approximate length in code points.
    `names` are additional words.
    """
    runs: Mapping[str, Iterator[str]] = {group: _runs(found) for group, found in texts.items()}
    if size <= MAX_UNIT_TEXT:
        counts = _count_words(runs, common_words().with_words(names))
    else:
        counts = {group: _count_pairs(found) for group, found in runs.items()}
    whole: Counter[str] = Counter()
    for count in counts.values():
        whole.update(count)
    return {group: _most_distinctive(count, whole, most) for group, count in counts.items()}


def _runs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _RUN.findall(text)


def _count_pairs(runs: Iterable[str]) -> Counter[str]:
    """Count the common words of two characters in `runs`."""
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


def _count_words(runs: Mapping[str, Iterable[str]], table: WordTable) -> dict[str, Counter[str]]:
    """Count the words of each group. A run that occurs several times is segmented once."""
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
    """A segmented run of text: the bounds of its words, and how often the run occurs."""

    __slots__ = ("bounds", "often", "text")

    def __init__(self, words: list[str], often: int) -> None:
        self.text = "".join(words)
        self.bounds = [0, *accumulate(map(len, words))]
        self.often = often


def _units(runs: Sequence[_Run]) -> frozenset[str]:
    """Return the units that are not part of a longer unit."""
    times: Counter[str] = Counter()
    for run in runs:
        for start, end in pairwise(run.bounds):
            times[run.text[start:end]] += run.often
    found: set[str] = set()
    pieces: set[str] = set()
    for length in range(2, _MAX_WORDS + 1):
        sequences, ends = _sequences(runs, length, times)
        times.update(sequences)
        for sequence, parts in ends.items():
            if sequences[sequence] >= _MIN_COUNT and sequences[sequence] >= _MIN_WHOLE_SHARE * max(
                times[part] for part in parts
            ):
                found.add(sequence)
                pieces.update(part for part in parts if sequences[sequence] >= _MIN_WHOLE_SHARE * times[part])
    return frozenset(sequence for sequence in found - pieces if len(sequence) <= _MAX_CHARACTERS)


def _sequences(
    runs: Iterable[_Run], length: int, times: Mapping[str, int]
) -> tuple[Counter[str], dict[str, tuple[str, str]]]:
    """Count the sequences of `length` words, and map each to itself without its last and without its first word.

    A sequence is no more frequent than its parts, so it is counted only if both parts are frequent enough. Sequences
    that begin or end with a particle are counted but not in the mapping.
    """
    sequences: Counter[str] = Counter()
    ends: dict[str, tuple[str, str]] = {}
    for run in runs:
        text, bounds = run.text, run.bounds
        for start, second, last, end in zip(bounds, bounds[1:], bounds[length - 1 :], bounds[length:], strict=False):
            first = text[start:last]
            if times[first] >= _MIN_COUNT and times[text[second:end]] >= _MIN_COUNT:
                sequence = text[start:end]
                sequences[sequence] += run.often
                if sequence not in ends and text[start:second] not in PARTICLES and text[last:end] not in PARTICLES:
                    ends[sequence] = (first, text[second:end])
    return sequences, ends


def _longest_words(cut: list[str], units: frozenset[str]) -> Iterator[str]:
    """Yield the words of a run, taking the longest unit at each position, or else the word there."""
    at = 0
    while at < len(cut):
        sequences = (("".join(cut[at:end]), end) for end in range(min(at + _MAX_WORDS, len(cut)), at + 1, -1))
        word, at = next(((sequence, end) for sequence, end in sequences if sequence in units), (cut[at], at + 1))
        if len(word) > 1:
            yield word


def _most_distinctive(count: Counter[str], whole: Counter[str], most: int) -> list[Keyword]:
    here, everywhere = count.total(), whole.total()
    found = [
        Keyword(word, times, round(score, 2))
        for word, times in count.items()
        if times > 1 and (score := _likelihood(times, here, whole[word], everywhere)) >= _MIN_SCORE
    ]
    found.sort(key=lambda one: (-one.score, one.word))
    return found[:most]


def _likelihood(here: int, size_here: int, all: int, size_all: int) -> float:
    """Return the log-likelihood ratio, or 0.0 if the word is not more frequent here than elsewhere."""
    there, size_there = all - here, size_all - size_here
    expected = size_here * all / size_all
    if here <= expected:
        return 0.0
    return 2 * (here * log(here / expected) + (there * log(there / (size_there * all / size_all)) if there else 0.0))
