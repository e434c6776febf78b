"""Which words of a library something typed in pinyin may mean, the likeliest first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ..fold import dense
from ..gazetteer import Gazetteer
from ..word_tables import word_tables
from .pinyin import Segmentation, Step, kinds_of_ways, syllable

_MAX_BEGUN = 6
"""Readings looked for among words whose last syllable is only begun, accidents and initials."""

_CHARACTERS = 3
"""Characters offered for a single syllable."""
_SOUNDED = 8
"""Ways for which is looked what occurs that sounds so, where no name and no word does."""
Counter = Callable[[Sequence[str]], Mapping[str, int]]
"""How often folded words occur in the library, about; those that do not are left out."""
Sounding = Callable[[Sequence[str]], Mapping[str, int]]
"""What occurs in the library that may be read as these syllables, and how often, about."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and how each of its characters may be read."""

    text: str
    """Folded."""
    shown: str
    syllables: tuple[tuple[str, ...], ...]

    def fits(self, way: Segmentation) -> bool:
        """Whether the name, or its beginning from two characters on, may be read so."""
        if len(way) > len(self.text) or (len(way) < len(self.text) and len(way) < 2):
            return False
        steps = zip(way, self.text, self.syllables, strict=False)
        return all(any(step.fits(one, said) for said in readings) for step, one, readings in steps)


def name(text: str, syllables: Sequence[str] = ()) -> Name:
    """A name whose syllables are given, or which may be read in every way its characters can."""
    folded = dense(text)
    if len(syllables) == len(folded):
        return Name(folded, text, tuple((syllable(one),) for one in syllables))
    return Name(folded, text, tuple(word_tables().all.get(one, ("",)) for one in folded))


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
            for initial in {said[:1] for said in one.syllables[0]} if one.syllables else ():
                found.setdefault(initial, []).append(one)
        return found

    def interpretations(self, typed: str, counts: Counter, sounding: Sounding) -> tuple[str, ...]:
        """Return what may be meant, the likeliest first; only what occurs in the library.

        First all names and words that divisions into whole syllables give, the commonest first. Only if there are none,
        those whose last syllable is only begun, what merely sounds so, and initials.
        """
        ways = kinds_of_ways(typed)
        whole = [way for way in ways.whole if len(way) > 1]
        found = _Found()
        known = self._known(whole)
        found.take(known.occurring(counts), None)
        settled = bool(found.shown)
        for way in ways.whole:
            if len(way) == 1:
                found.take(self._characters(way, counts))
        if not settled:
            for kind in (ways.begun, *((way,) for way in ways.initials)):
                if len(found.shown) < _MAX_BEGUN:
                    found.take(self._known(kind).occurring(counts), _MAX_BEGUN - 2 if whole else _MAX_BEGUN)
                if kind is ways.begun:
                    found.take(self._sounding(whole, sounding))
        # Nothing of it occurs: it is still said what it was read as.
        return tuple(found.shown.values()) or tuple(chain(known.names.values(), known.words.values()))[:1]

    def _known(self, ways: Iterable[Segmentation]) -> "_Known":
        """Return the names and words that may be read in one of these ways."""
        names: dict[str, str] = {}
        found: dict[str, str] = {}
        weights: dict[str, int] = {}
        for way in ways:
            initials = "".join(self._initial(step.text, step.kind) for step in way)
            alike = self._names_by_initial.get(initials[:1], ())
            names.update((name.text, name.shown) for name in alike if name.text not in names and name.fits(way))
            fitting = self._words(way, initials)
            for folded, (word, weight) in zip(_all_folded(word for word, _ in fitting), fitting, strict=True):
                found.setdefault(folded, word)
                weights[folded] = max(weight, weights.get(folded, 0))
        return _Known(names, found, weights)

    @staticmethod
    def _words(way: Segmentation, initials: str) -> list[tuple[str, int]]:
        """Return the words of the table that may be read so, and how common they are."""
        if all(step.kind == "prefix" and len(step.text) == 1 for step in way):
            return list(word_tables().weights(initials).items())
        characters = dense if any(step.kind == "han" for step in way) else str
        every = word_tables().of_initials(initials)
        return [
            (one.word, one.weight) for one in every if all(map(Step.fits, way, characters(one.word), one.syllables))
        ]

    @staticmethod
    def _sounding(ways: Sequence[Segmentation], sounding: Sounding) -> list[tuple[str, str]]:
        """Return what occurs that may be read so without being a known word, the commonest first."""
        found: dict[str, int] = {}
        for way in ways[:_SOUNDED]:
            if all(step.kind == "syllable" for step in way):
                found |= sounding([step.text for step in way])
        return [(word, word) for word in sorted(found, key=lambda word: -found[word])]

    @staticmethod
    def _characters(way: Segmentation, counts: Counter) -> list[tuple[str, str]]:
        """Return the commonest characters that a single syllable is read as."""
        if way[0].kind != "syllable":
            return []
        few = word_tables().syllables[way[0].text][:_CHARACTERS]
        occurring = counts(few)
        return [(one, one) for one in few if one in occurring]

    @staticmethod
    def _initial(text: str, kind: str) -> str:
        return word_tables().all.get(text, (" ",))[0][:1] if kind == "han" else text[0]


def _all_folded(texts: Iterable[str]) -> list[str]:
    """Fold many short texts at once, in a tenth of the time."""
    joined = "\n".join(texts)
    return dense(joined).split("\n") if joined else []


@dataclass(frozen=True, slots=True)
class _Known:
    """Names and words, from folded to shown, and how common the words are in general."""

    names: dict[str, str]
    words: dict[str, str]
    weights: dict[str, int]

    def occurring(self, counts: Counter) -> Iterator[tuple[str, str]]:
        """Yield those that occur in the library, folded and shown: names, then words, the commonest first."""
        names = (name for name in self.names if counts([name]))
        yield from ((name, self.names[name]) for name in names)
        occurring = counts([word for word in self.words if word not in self.names])
        for word in sorted(occurring, key=lambda word: (-occurring[word], -self.weights[word])):
            yield word, self.words[word]


class _Found:
    """The readings that have been found, from folded to shown."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}

    def take(self, readings: Iterable[tuple[str, str]], most: int | None = _MAX_BEGUN) -> None:
        """Add readings while there are not `most`; 开鲁县 is found with 开鲁."""
        for folded, shown in readings:
            if most is not None and len(self.shown) >= most:
                return
            if not any(shorter in folded for shorter in self.shown):
                self.shown[folded] = shown
