"""Tables of common words and of the pronunciations of characters, loaded when pinyin is first needed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from .fold import DATA, dense

_ENTRY = re.compile(r" ([\u4e00-\u9fff]+)([A-Z])([a-z']*)")
_PAIR = re.compile(r" ([\u4e00-\u9fff]{2})[A-Z]")


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """A word and its syllables; `weight` grows with the logarithm of its frequency."""

    word: str
    syllables: tuple[str, ...]
    weight: int


class WordTables:
    """The tables in `data/`, each loaded at its first use."""

    @cached_property
    def syllables(self) -> dict[str, str]:
        """The folded characters of each syllable, common ones first; last those that are rarely read so."""
        return {one: "".join(dict.fromkeys(dense(usual + rare))) for one, (usual, rare) in self._syllables.items()}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """Every proper prefix of a syllable."""
        return frozenset(one[:end] for one in self._syllables for end in range(1, len(one)))

    @cached_property
    def usual(self) -> dict[str, str]:
        """The usual reading of each character."""
        return {character: syllable for syllable, (usual, _) in self._syllables.items() for character in usual}

    @cached_property
    def all(self) -> dict[str, tuple[str, ...]]:
        """All readings of each folded character, the usual one first."""
        found: dict[str, dict[str, None]] = {}
        for character, syllable in self.usual.items():
            if character == dense(character):
                found[character] = {syllable: None}
        for syllable, both in self._syllables.items():
            for character in dense("".join(both)):
                found.setdefault(character, {})[syllable] = None
        return {character: tuple(syllables) for character, syllables in found.items()}

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The common two-character words, folded."""
        return frozenset(dense("\n".join(_PAIR.findall(self._words))).split("\n"))

    def weights(self, initials: str | None = None) -> dict[str, int]:
        """Return the words whose syllables have these initials, common ones first, with their weights; None: all."""
        return {word: ord(weight) - ord("A") for word, weight, _ in self._entries(initials)}

    def of_initials(self, initials: str) -> Iterator[Pronunciation]:
        """Yield the words whose syllables have these initials, with their syllables."""
        for word, weight, said in self._entries(initials):
            syllables = tuple(said.split("'")) if said else tuple(self.usual.get(one, "") for one in word)
            yield Pronunciation(word, syllables, ord(weight) - ord("A"))

    def _entries(self, initials: str | None) -> list[tuple[str, str, str]]:
        if initials is None:
            return _ENTRY.findall(self._words)
        start = self._words.find(f"\n{initials} ")
        if start < 0:
            return []
        start += len(initials) + 1
        return _ENTRY.findall(self._words, start, self._words.find("\n", start))

    @cached_property
    def _words(self) -> str:
        return "\n" + (DATA / "words.txt").read_text("utf-8")

    @cached_property
    def _syllables(self) -> dict[str, tuple[str, str]]:
        found = {}
        for line in (DATA / "readings.txt").read_text("utf-8").splitlines():
            syllable, usual, *rare = line.split(" ")
            found[syllable] = (usual, rare[0] if rare else "")
        return found


@cache
def word_tables() -> WordTables:
    """Return the shared tables. Loads nothing yet."""
    return WordTables()
