"""Finding a place by part of its name: characters, pinyin or initials."""

from collections.abc import Iterable

from ..gazetteer import Gazetteer


def best_place(typed: str, labels: Iterable[str], gazetteer: Gazetteer) -> int | None:
    """Return the index of the label that fits `typed` best, the first of equals, or None if none fits."""
    ranked = [(rank, number) for number, label in enumerate(labels) if (rank := _rank(typed, label, gazetteer))]
    return min(ranked)[1] if ranked else None


def _rank(typed: str, label: str, gazetteer: Gazetteer) -> int:
    """Return how well `label` fits: 1 for best, higher for worse, 0 for not at all."""
    from ..query.label_match import BEGINS, match

    typed = "".join(typed.split())
    place = gazetteer.by_label(label)
    if place is None:
        return match(label, typed)
    ranks = [match(label, typed, place.label_pinyin), *(match(other, typed) for other in (place.name, *place.short))]
    if typed and place.roman.casefold().startswith(typed.casefold()):
        ranks.append(BEGINS)
    return min((rank for rank in ranks if rank), default=0)
