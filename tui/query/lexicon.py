"""The interpretation of typed pinyin as words of a library, the likeliest first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product

from ..fold import dense
from ..gazetteer import Gazetteer
from ..word_tables import word_tables
from .pinyin import Segmentation, Step, kinds_of_ways, syllable

_MAX_BEGUN = 6
"""Readings at most, if there are none of whole syllables: from partial syllables, sounds and rare words' initials."""
_MAX_INITIALS, _COMMON_WEIGHT = 200, 7
"""Readings at most, if initials are among them; the weight of words that are all found by initials: the 6,200
commonest."""
_CHARACTERS = 3
"""Characters offered for one syllable."""
_SOUNDED = 8
"""Segmentations whose sound is looked up in the library's texts, if no name or word fits."""
_MAX_JUDGED = 20
"""Texts with the sound of a known word that are judged whether they are words."""
Counter = Callable[[Sequence[str]], Mapping[str, int]]
"""Returns approximate counts of folded words in the library; words that do not occur are left out."""
Sounding = Callable[[Sequence[str]], Mapping[str, int]]
"""Returns the texts of the library that may be pronounced as these syllables, with approximate counts."""
Judge = Callable[[str], bool]
"""Returns whether characters that occur in the library may be a word there."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the possible readings of each character."""

    text: str
    """The folded name."""
    shown: str
    syllables: tuple[tuple[str, ...], ...]

    def fits(self, way: Segmentation) -> bool:
        """Return whether the name, or its first two or more characters, may be read as `way`."""
        if len(way) > len(self.text) or (len(way) < len(self.text) and len(way) < 2):
            return False
        steps = zip(way, self.text, self.syllables, strict=False)
        return all(any(step.fits(one, said) for said in readings) for step, one, readings in steps)


def name(text: str, syllables: Sequence[str] = ()) -> Name:
    """Return a name with one syllable per character if `syllables` has them, else with every reading."""
    folded = dense(text)
    if len(syllables) == len(folded):
        return Name(folded, text, tuple((syllable(one),) for one in syllables))
    return Name(folded, text, tuple(word_tables().all.get(one, ("",)) for one in folded))


def place_names(gazetteer: Gazetteer) -> list[Name]:
    """Return all names of all places: labels first, then short forms, seats and official names."""
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
    """Returns the authors' names. Called once, when pinyin is first interpreted."""

    @cached_property
    def names(self) -> list[Name]:
        return [*place_names(self.gazetteer), *(name(author) for author in self.authors() if 1 < len(author) <= 12)]

    @cached_property
    def _names_by_initials(self) -> dict[str, list[Name]]:
        """The names by the initial of their first character, and by those of their first two."""
        found: dict[str, list[Name]] = {}
        for one in self.names:
            initials = [{said[:1] for said in readings} for readings in one.syllables[:2]]
            for characters in (1, 2)[: len(initials)]:
                for letters in product(*initials[:characters]):
                    found.setdefault("".join(letters), []).append(one)
        return found

    def interpretations(
        self, typed: str, counts: Counter, sounding: Sounding, is_word: Judge = bool
    ) -> tuple[str, ...]:
        """Return the words of the library that may be meant, the likeliest first.

        Whole syllables come first: all names and words that fit, the commonest first. Only if there are none, words
        with a partial last syllable, unknown words that sound so, and initials: all names and common words that fit.
        Characters that sound like a known word must be able to be a word themselves. If nothing occurs in the library,
        return the likeliest known word.
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
            most = _MAX_BEGUN - 2 if whole else _MAX_BEGUN
            found.take(self._known(ways.begun).occurring(counts), most)
            sounded = self._sounding(whole, sounding)
            if known.names or known.words:
                sounded = [one for one in sounded[:_MAX_JUDGED] if is_word(one[0])]
            found.take(sounded)
            for way in ways.initials:
                initialled = self._known((way,))
                occurring = list(initialled.occurring(counts))
                found.take(occurring, most)
                found.take((one for one in occurring if initialled.is_common(one[0])), _MAX_INITIALS)
        # nothing occurs: still tell the user how the pinyin was read
        return tuple(found.shown.values()) or tuple(chain(known.names.values(), known.words.values()))[:1]

    def words(self, typed: str, counts: Counter) -> tuple[str, ...]:
        """Return the names and words of the library that are read as the whole of `typed`, the commonest first."""
        whole = [way for way in kinds_of_ways(typed).whole if len(way) > 1]
        return tuple(shown for _folded, shown in self._known(whole).occurring(counts))

    def _known(self, ways: Iterable[Segmentation]) -> "_Known":
        """Return the known names and words that fit one of these segmentations."""
        names: dict[str, str] = {}
        found: dict[str, str] = {}
        weights: dict[str, int] = {}
        for way in ways:
            initials = "".join(self._initial(step.text, step.kind) for step in way)
            alike = self._names_by_initials.get(initials[:2], ())
            names.update((name.text, name.shown) for name in alike if name.text not in names and name.fits(way))
            fitting = self._words(way, initials)
            for folded, (word, weight) in zip(_all_folded(word for word, _ in fitting), fitting, strict=True):
                found.setdefault(folded, word)
                weights[folded] = max(weight, weights.get(folded, 0))
        return _Known(names, found, weights)

    @staticmethod
    def _words(way: Segmentation, initials: str) -> list[tuple[str, int]]:
        """Return the words of the table that fit the segmentation, with their weights."""
        if all(step.kind == "prefix" and len(step.text) == 1 for step in way):
            return list(word_tables().weights(initials).items())
        characters = dense if any(step.kind == "han" for step in way) else str
        every = word_tables().of_initials(initials)
        return [
            (one.word, one.weight) for one in every if all(map(Step.fits, way, characters(one.word), one.syllables))
        ]

    @staticmethod
    def _sounding(ways: Sequence[Segmentation], sounding: Sounding) -> list[tuple[str, str]]:
        """Return texts of the library with this sound that need not be known words, the commonest first."""
        found: dict[str, int] = {}
        for way in ways[:_SOUNDED]:
            if all(step.kind == "syllable" for step in way):
                found |= sounding([step.text for step in way])
        return [(word, word) for word in sorted(found, key=lambda word: -found[word])]

    @staticmethod
    def _characters(way: Segmentation, counts: Counter) -> list[tuple[str, str]]:
        """Return the commonest characters with this syllable that occur in the library."""
        if way[0].kind != "syllable":
            return []
        few = word_tables().syllables[way[0].text][:_CHARACTERS]
        occurring = counts(few)
        return [(one, one) for one in few if one in occurring]

    @staticmethod
    def _initial(text: str, kind: str) -> str:
        return word_tables().all.get(text, (" ",))[0][:1] if kind == "han" else text[0]


def _all_folded(texts: Iterable[str]) -> list[str]:
    """Return the folded texts. Joining them first takes a tenth of the time."""
    joined = "\n".join(texts)
    return dense(joined).split("\n") if joined else []


@dataclass(frozen=True, slots=True)
class _Known:
    """Names and words, from folded to printed form, and the words' weights in general use."""

    names: dict[str, str]
    words: dict[str, str]
    weights: dict[str, int]

    def occurring(self, counts: Counter) -> Iterator[tuple[str, str]]:
        """Yield folded and printed form of those that occur in the library: names, then words, the commonest first."""
        names = (name for name in self.names if counts([name]))
        yield from ((name, self.names[name]) for name in names)
        occurring = counts([word for word in self.words if word not in self.names])
        for word in sorted(occurring, key=lambda word: (-occurring[word], -self.weights[word])):
            yield word, self.words[word]

    def is_common(self, folded: str) -> bool:
        """Return whether this is a name, or a word among the commonest in general use."""
        return folded in self.names or self.weights[folded] >= _COMMON_WEIGHT


class _Found:
    """The readings found so far, from folded to printed form."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}

    def take(self, readings: Iterable[tuple[str, str]], most: int | None = _MAX_BEGUN) -> None:
        """Add readings up to `most` in all, None for no limit. Skip 开鲁县 if 开鲁 is there: it finds both."""
        for folded, shown in readings:
            if most is not None and len(self.shown) >= most:
                return
            if not any(shorter in folded for shorter in self.shown):
                self.shown[folded] = shown
