"""Places, the authorities seated there, and the gazetteer that holds them all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from ..problem import Problem

Level = Literal["region", "league", "county"]


class Place(NamedTuple):
    """One region, league or county of the gazetteer."""

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
    """The name as it is romanised on maps (Hohhot); empty where it has no form of its own."""
    lat: float | None
    """Degrees north."""
    lon: float | None
    """Degrees east."""

    @property
    def label_pinyin(self) -> tuple[str, ...]:
        """Syllables of the label, one a character; empty where they cannot be told from the name's."""
        return aligned(self.label, self.name, tuple(self.pinyin.split()))


class Authority(NamedTuple):
    """An authority whose name tells no county, and the counties its branches work in: the forest police."""

    name: str
    aliases: tuple[str, ...]
    place: int | None
    branches: Mapping[str, int]


class BadGazetteer(Exception):
    """The gazetteer cannot be used; `problems` says line by line why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Gazetteer:
    """All places of a library, in the order of the file: a league, then the places in it."""

    places: tuple[Place, ...]
    """Leagues and counties; the region is not among them."""
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
        """The place with this GB/T 2260 code."""
        return None if code is None else self._by_id.get(code)

    def by_label(self, label: str) -> Place | None:
        """The place that is shown by this label."""
        return self._by_label.get(label)

    def resolve(self, name: str) -> tuple[Place, ...]:
        """The places of this name, label or short form, then those whose seat town is called so; several for 城关."""
        return self._by_form.get(name, ())

    def above(self, place: Place) -> tuple[Place, ...]:
        """Return the places above this one, nearest first, without the region."""
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
        """Return the place and all places in it at any depth, each before those in it."""
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
"""For a library that has no gazetteer."""


def aligned(label: str, name: str, syllables: tuple[str, ...]) -> tuple[str, ...]:
    """The syllables of `label`, whose characters are found in `name` in this order; empty when they are not."""
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
