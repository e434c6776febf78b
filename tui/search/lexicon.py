"""Which words of a library something typed in pinyin may mean, the likeliest first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ..place import Gazetteer
from .fold import fold
from .pinyin import Step, Way, ways
from .words import words

MOST = 6
"""Readings that are offered."""

Counter = Callable[[Sequence[str]], Mapping[str, int]]
"""How often words occur in the library, about; those that do not are left out."""
Sounding = Callable[[Sequence[str]], Mapping[str, int]]
"""What occurs in the library that may be read as these syllables, and how often, about."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and how each of its characters may be read."""

    text: str
    syllables: tuple[tuple[str, ...], ...]

    def fits(self, way: Way) -> bool:
        """Whether the name, or its beginning from two characters on, may be read so."""
        if len(way) > len(self.text) or (len(way) < len(self.text) and len(way) < 2):
            return False
        steps = zip(way, self.text, self.syllables, strict=False)
        return all(any(step.fits(one, said) for said in readings) for step, one, readings in steps)


def name(text: str, syllables: Sequence[str] = ()) -> Name:
    """A name whose syllables are given, or which may be read in every way its characters can."""
    folded = fold(text)
    if len(syllables) == len(folded):
        return Name(folded, tuple((one,) for one in syllables))
    return Name(folded, tuple(words().all.get(one, ("",)) for one in folded))


def place_names(gazetteer: Gazetteer) -> list[Name]:
    """All names of all places: labels first, then short forms, seats and official names."""
    every = [*([gazetteer.region] if gazetteer.region else []), *gazetteer.places]
    found = [name(place.label, place.label_pinyin) for place in every]
    found += [name(short) for place in every for short in place.short]
    found += [name(place.seat) for place in every if place.seat]
    found += [name(place.name, place.pinyin.split()) for place in every]
    return list(dict.fromkeys(found))


@dataclass
class Lexicon:
    """The names of a library and the common words."""

    gazetteer: Gazetteer
    authors: Callable[[], Iterable[str]] = tuple
    """Asked once, when pinyin is first met."""

    @cached_property
    def names(self) -> list[Name]:
        return [*place_names(self.gazetteer), *(name(author) for author in self.authors() if 1 < len(author) <= 12)]

    @cached_property
    def _names_by_initial(self) -> dict[str, list[Name]]:
        found: dict[str, list[Name]] = {}
        for one in self.names:
            for initial in {said[:1] for said in one.syllables[0]}:
                found.setdefault(initial, []).append(one)
        return found

    def readings(self, typed: str, counts: Counter, sounding: Sounding) -> tuple[str, ...]:
        """What may be meant: names before words, common before rare; only what occurs in the library."""
        found: dict[str, None] = {}
        understood: list[str] = []
        for way in ways(typed):
            names, weights = self._known(way)
            if way[0].kind == "whole" and len(way) > 1:
                understood += [*names, *weights]
            for word in self._of(way, names, weights, counts, sounding):
                # 开鲁县 is found where 开鲁 is.
                if not any(shorter in word for shorter in found):
                    found[word] = None
                    if len(found) >= MOST:
                        return tuple(found)
            if found and way[0].kind == "whole" and len(way) > 1:
                break
        # Nothing of it occurs: it is still said what it was read as.
        return tuple(found or understood[:1])[:MOST]

    def _known(self, way: Way) -> tuple[list[str], dict[str, int]]:
        """Names and words that may be read so, and how common the words are."""
        initials = "".join(self._initial(step.text, step.kind) for step in way)
        alike = self._names_by_initial.get(initials[:1], ())
        only_initials = all(step.kind == "begun" and len(step.text) == 1 for step in way)
        names = list(dict.fromkeys(name.text for name in alike if name.fits(way)))
        if only_initials:
            return names, words().weights(initials)
        readings = words().of_initials(initials)
        weights = {one.word: one.weight for one in readings if all(map(Step.fits, way, one.word, one.syllables))}
        return names, weights

    def _of(
        self, way: Way, names: list[str], weights: dict[str, int], counts: Counter, sounding: Sounding
    ) -> list[str]:
        """Those that occur in the library, the likeliest first."""
        if len(way) == 1:
            return self._characters(way, counts)
        occurring = counts([word for word in weights if word not in names])
        common = sorted(occurring, key=lambda word: (-occurring[word], -weights[word]))
        found = [*islice((name for name in names if counts([name])), MOST), *common]
        if not found and all(step.kind == "whole" for step in way):
            sounds = sounding([step.text for step in way])
            found = sorted(sounds, key=lambda word: -sounds[word])
        return found

    @staticmethod
    def _characters(way: Way, counts: Counter) -> list[str]:
        """A single syllable is read as the three commonest characters."""
        if way[0].kind != "whole":
            return []
        few = words().syllables[way[0].text][:3]
        occurring = counts(few)
        return [one for one in few if one in occurring]

    @staticmethod
    def _initial(text: str, kind: str) -> str:
        return words().usual.get(text, " ")[:1] if kind == "han" else text[0]
