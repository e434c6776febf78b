"""Which places are meant by what stands behind `place:`, by name, label, short form, seat, pinyin or initials."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ..place import Gazetteer, Place
from .fold import fold
from .query import InPlace

if TYPE_CHECKING:
    from .lexicon import Name


class Where:
    """Reads values of `place:` with a gazetteer. A place takes in all that lies within it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __call__(self, typed: str) -> InPlace | None:
        """The places; None when nothing is called so. Without a gazetteer the value is a label as articles have it."""
        folded = fold(typed)
        if not folded:
            return None
        if not self._every:
            return InPlace(typed, frozenset(), frozenset({folded}))
        found = self._named(folded) or self._said(typed) or self._begun(folded)
        if not found:
            return None
        inside = list(dict.fromkeys(inner for place in found for inner in self._within(place)))
        return InPlace(typed, frozenset(place.id for place in inside), frozenset(fold(place.label) for place in inside))

    @cached_property
    def _every(self) -> list[Place]:
        region = self._gazetteer.region
        return [*([region] if region else []), *self._gazetteer.places]

    @cached_property
    def _forms(self) -> list[tuple[str, Place]]:
        return [(fold(form), place) for place in self._every for form in (place.label, place.name, *place.short)] + [
            (fold(place.seat), place) for place in self._every if place.seat
        ]

    @cached_property
    def _sounds(self) -> "list[tuple[Name, Place]]":
        from .lexicon import name

        labels = [(name(place.label, place.label_pinyin), place) for place in self._every]
        others = [(name(form), place) for place in self._every for form in place.short]
        return labels + others + [(name(place.name, place.pinyin.split()), place) for place in self._every]

    def _named(self, folded: str) -> list[Place]:
        exact = [place for form, place in self._forms if form == folded]
        # 城关 is the seat of several; a label or name comes before that.
        own = [place for place in exact if place.seat is None or fold(place.seat) != folded]
        return own or exact

    def _begun(self, folded: str) -> list[Place]:
        return [place for form, place in self._forms if form.startswith(folded)]

    def _said(self, typed: str) -> list[Place]:
        from .pinyin import ways  # what sounds are is learnt when one is typed

        for way in ways(typed):
            if found := [place for sound, place in self._sounds if sound.fits(way)]:
                return found
        return []

    def _within(self, place: Place) -> Iterator[Place]:
        yield place
        for inner in self._gazetteer.within(place):
            yield from self._within(inner)
