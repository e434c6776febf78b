"""Going to a place by what is typed of its name: characters, pinyin, initials."""

from collections.abc import Iterable

from ...place import Gazetteer


def best_place(typed: str, labels: Iterable[str], gazetteer: Gazetteer) -> int | None:
    """Which of the labels is meant, the first of the best fitting; None when none fits."""
    wanted = "".join(typed.casefold().split()).replace("'", "")
    ranked = [(rank, number) for number, label in enumerate(labels) if (rank := _rank(wanted, label, gazetteer))]
    return min(ranked)[1] if wanted and ranked else None


def _rank(wanted: str, label: str, gazetteer: Gazetteer) -> int:
    """1 for the best fit, 0 for none."""
    place = gazetteer.by_label(label)
    names = (label, place.name, *place.short) if place else (label,)
    syllables = place.label_pinyin if place else ()
    whole, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables)
    if wanted in (*names, whole, initials):
        return 1
    if any(text.startswith(wanted) for text in (*names, whole, initials, place.roman.casefold() if place else "")):
        return 2
    return 3 if any(wanted in text for text in names) else 0
