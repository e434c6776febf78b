"""Words that set a group of texts apart from the others.

A word is a common word of two characters, or a stretch of three to ten that occurs as a whole (its parts hardly occur
outside it). How far it sets a group apart is Dunning's log-likelihood ratio of its count there and elsewhere.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from ..search.words import words

UNITS_UP_TO = 3_000_000
"""Code points of text in which longer words are looked for too; beyond, only common ones are counted."""
_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_LEAST, _LONGEST = 3, 10
_WHOLE = 0.7
_TELLING = 2.71
"""A ratio that chance alone reaches once in ten (chi-squared, one degree of freedom)."""


class Distinctive(NamedTuple):
    """A word of a group: how often it occurs there, and how far it sets the group apart."""

    word: str
    times: int
    score: float


def distinctive(texts: Mapping[str, Iterable[str]], size: int, most: int = 6) -> dict[str, list[Distinctive]]:
    """The words that set each group apart, the most telling first.

    `texts` are the texts of each group, read once, `size` about how many code points they have together.
    """
    groups: Mapping[str, Iterable[str]] = {group: _runs(found) for group, found in texts.items()}
    units: frozenset[str] = frozenset()
    if size <= UNITS_UP_TO:
        groups = {group: list(runs) for group, runs in groups.items()}
        units = _units(run for runs in groups.values() for run in runs)
    counts = {group: _counted(runs, units) for group, runs in groups.items()}
    whole: Counter[str] = Counter()
    for count in counts.values():
        whole.update(count)
    return {group: _telling(count, whole, most) for group, count in counts.items()}


def _runs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _RUN.findall(text)


def _units(runs: Iterable[str]) -> frozenset[str]:
    """Stretches of three to ten characters that occur as a whole."""
    runs = list(runs)
    grams: Counter[str] = Counter()
    for length in range(2, _LONGEST + 1):
        grams.update(run[at : at + length] for run in runs for at in range(len(run) - length + 1))
    return frozenset(
        gram
        for gram, count in grams.items()
        if len(gram) > 2 and count >= _LEAST and count >= _WHOLE * max(grams[gram[1:]], grams[gram[:-1]])
    )


def _counted(runs: Iterable[str], units: frozenset[str]) -> Counter[str]:
    """The words of these runs, the longest at each place."""
    pairs = words().pairs
    lengths = sorted({len(unit) for unit in units}, reverse=True)
    count: Counter[str] = Counter()
    for run in runs:
        at = 0
        while at < len(run) - 1:
            longest = next((n for n in lengths if run[at : at + n] in units), 0)
            if not longest and run[at : at + 2] in pairs:
                longest = 2
            if longest:
                count[run[at : at + longest]] += 1
            at += longest or 1
    return count


def _telling(count: Counter[str], whole: Counter[str], most: int) -> list[Distinctive]:
    here, everywhere = count.total(), whole.total()
    found = [
        Distinctive(word, times, round(score, 2))
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
