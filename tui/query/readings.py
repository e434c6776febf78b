"""The readings of a query that the user may choose, and the query with one chosen."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .expansion import Interpretation
from .filters import quoted

_PLAIN = re.compile(r'[^\s"|()]+')


class ChosenReading(NamedTuple):
    """A typed word and a word that it may mean."""

    typed: str
    word: str


def all_readings(interpretations: Iterable[Interpretation]) -> list[ChosenReading]:
    """Return every reading of every typed word, the likeliest first, then the word as typed."""
    return [ChosenReading(one.typed, word) for one in interpretations for word in (*one.words, *one.others, one.typed)]


def with_reading(query: str, reading: ChosenReading) -> str:
    """Return the query with the typed word replaced by `=词`, which no longer has other readings."""
    word = reading.word
    chosen = f"={word}" if _PLAIN.fullmatch(word) else quoted(word)
    return re.sub(rf"(?<![^\s(|:：－-]){re.escape(reading.typed)}(?![^\s|)])", lambda _found: chosen, query)
