"""Places, authorities, and the gazetteer that contains them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ..problem import Problem

Level = Literal["region", "league", "county"]


class Place(NamedTuple):
    """A region, league or county."""

    id: int
    """GB/T 2260 code."""
    name: str
    label: str
    short: tuple[str, ...]
    level: Level
    parent: int | None
    seat: str | None
    pinyin: str
    """Syllables of `name`, separated by spaces."""
    roman: str
    """Romanised name on maps (Hohhot); empty if there is no established form."""
    lat: float | None
    """Degrees north."""
    lon: float | None
    """Degrees east."""

    @property
    def label_pinyin(self) -> tuple[str, ...]:
        """Syllables of the label, one per character; empty if they cannot be derived from those of the name."""
        return aligned(self.label, self.name, tuple(self.pinyin.split()))


class Authority(NamedTuple):
    """An authority whose name does not contain its county (forest police), with the county codes of its branches."""

    name: str
    aliases: tuple[str, ...]
    place: int | None
    branches: Mapping[str, int]


class BadGazetteer(Exception):
    """Raised for an unusable gazetteer; `problems` gives the reasons line by line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Gazetteer:
    """All places of a library, in the order of the file."""

    places: tuple[Place, ...]
    """Leagues and counties, without the region."""
    region: Place | None = None
    authorities: tuple[Authority, ...] = ()

    @cached_property
    def _by_id(self) -> dict[int, Place]:
        return {place.id: place for place in self._all}

    @cached_property
    def _by_label(self) -> dict[str, Place]:
        return {place.label: place for place in reversed(self._all)}

    @cached_property
    def _by_form(self) -> dict[str, tuple[Place, ...]]:
        forms: dict[str, dict[Place, None]] = {}
        for place in self._all:
            for form in (place.name, place.label, *place.short):
                forms.setdefault(form, {})[place] = None
        for place in self._all:
            if place.seat:
                forms.setdefault(place.seat, {})[place] = None
        return {form: tuple(places) for form, places in forms.items()}

    @cached_property
    def _all(self) -> tuple[Place, ...]:
        return (*([self.region] if self.region else []), *self.places)

    def by_id(self, code: int | None) -> Place | None:
        """Return the place with this GB/T 2260 code, or None."""
        return None if code is None else self._by_id.get(code)

    def by_label(self, label: str) -> Place | None:
        """Return the place with this label, or None."""
        return self._by_label.get(label)

    def resolve(self, name: str) -> tuple[Place, ...]:
        """Return the places with this name, label or short form, then those with this seat; several for 城关."""
        return self._by_form.get(name, ())

    def above(self, place: Place) -> tuple[Place, ...]:
        """Return the places that contain this one, innermost first, without the region."""
        chain: dict[int, Place] = {}
        parent = self.by_id(place.parent)
        while parent and parent.level != "region" and parent.id not in chain and parent.id != place.id:
            chain[parent.id] = parent
            parent = self.by_id(parent.parent)
        return tuple(chain.values())

    def within(self, place: Place) -> tuple[Place, ...]:
        """Return the places directly in this one, in the order of the file."""
        return self._inner.get(place.id, ())

    def below(self, place: Place) -> tuple[Place, ...]:
        """Return the place and all places in it at any depth, each before the places it contains."""
        found: dict[int, Place] = {}
        left = [place]
        while left:
            one = left.pop()
            if one.id not in found:
                found[one.id] = one
                left += reversed(self.within(one))
        return tuple(found.values())

    @cached_property
    def _inner(self) -> dict[int, tuple[Place, ...]]:
        inner: dict[int, list[Place]] = {}
        for place in self.places:
            if place.parent is not None:
                inner.setdefault(place.parent, []).append(place)
        return {code: tuple(places) for code, places in inner.items()}


EMPTY = Gazetteer(places=())
"""The gazetteer of a library without one."""


def aligned(label: str, name: str, syllables: tuple[str, ...]) -> tuple[str, ...]:
    """Return the syllables of `label`, given those of `name`.

    Empty unless all characters of the label occur in the name in the same order.
    """
    if len(syllables) != len(name):
        return ()
    found: list[str] = []
    at = 0
    for character in label:
        at = name.find(character, at)
        if at < 0:
            return ()
        found.append(syllables[at])
        at += 1
    return tuple(found)
