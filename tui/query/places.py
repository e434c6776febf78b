"""Resolution of `place:` values by name, label, short form, seat, pinyin or initials."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from ..fold import dense
from ..gazetteer import Gazetteer, Place
from .filters import PlaceFilter

if TYPE_CHECKING:
    from .lexicon import Name


class Labels(Protocol):
    """The folded place labels of a library's articles; the gazetteer may lack some of them."""

    def __contains__(self, folded: object, /) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...


class PlaceResolver:
    """A resolver of `place:` values with a gazetteer. The filter for a place includes all places within it."""

    def __init__(self, gazetteer: Gazetteer, labels: Labels = frozenset()) -> None:
        self._gazetteer = gazetteer
        self._labels = labels

    def __call__(self, typed: str) -> PlaceFilter | None:
        """Return a filter for the places that `typed` names; None if there is no such place.

        A label that articles have is accepted even if the gazetteer lacks it. Without a gazetteer every value is
        accepted as a label.
        """
        folded = dense(typed)
        if not folded:
            return None
        if not self._every and folded not in self._labels:
            return self._in([], self._labels_like(typed, folded) or [folded], typed)
        named, label = self._named(folded), [folded] if folded in self._labels else []
        if named or label:
            return self._in(named, label, typed)
        found, labels = self._said(typed) or self._begun(folded), self._labels_like(typed, folded)
        return self._in(found, labels, typed) if found or labels else None

    def _in(self, found: Iterable[Place], labels: Iterable[str], typed: str) -> PlaceFilter:
        """Return a filter for articles in these places or with one of these labels."""
        inside = list(dict.fromkeys(inner for place in found for inner in self._gazetteer.below(place)))
        codes = frozenset(place.id for place in inside)
        return PlaceFilter(typed, codes, frozenset([*labels, *(dense(place.label) for place in inside)]))

    def _labels_like(self, typed: str, folded: str) -> list[str]:
        """Return the labels missing in the gazetteer that start with `folded` or are pronounced as typed."""
        from .pinyin import segmentations

        labels = [label for label in self._labels if label not in self._by_form]
        spoken = segmentations(typed)
        if not spoken:
            return [label for label in labels if label.startswith(folded)]
        from .lexicon import name

        names = [name(label) for label in labels]
        return [one.text for one in names if one.text.startswith(folded) or any(one.fits(way) for way in spoken)]

    @cached_property
    def _every(self) -> list[Place]:
        region = self._gazetteer.region
        return [*([region] if region else []), *self._gazetteer.places]

    @cached_property
    def _forms(self) -> list[tuple[str, Place]]:
        return [(dense(form), place) for place in self._every for form in (place.label, place.name, *place.short)] + [
            (dense(place.seat), place) for place in self._every if place.seat
        ]

    @cached_property
    def _by_form(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for form, place in self._forms:
            found.setdefault(form, []).append(place)
        return found

    @cached_property
    def _sounds(self) -> "list[tuple[Name, Place]]":
        from .lexicon import name

        labels = [(name(place.label, place.label_pinyin), place) for place in self._every]
        others = [(name(form), place) for place in self._every for form in place.short]
        return labels + others + [(name(place.name, place.pinyin.split()), place) for place in self._every]

    def _named(self, folded: str) -> list[Place]:
        exact = self._by_form.get(folded, [])
        # 城关 is the seat of several places: a place with that label or name takes precedence
        own = [place for place in exact if place.seat is None or dense(place.seat) != folded]
        return own or exact

    def _begun(self, folded: str) -> list[Place]:
        return [place for form, place in self._forms if form.startswith(folded)]

    def _said(self, typed: str) -> list[Place]:
        from .pinyin import kinds_of_ways  # loaded late: only pinyin needs its tables

        kinds = kinds_of_ways(typed)
        for ways in (kinds.whole, *((way,) for way in (*kinds.begun, *kinds.initials))):
            if found := [place for sound, place in self._sounds if any(sound.fits(way) for way in ways)]:
                return found
        return []
