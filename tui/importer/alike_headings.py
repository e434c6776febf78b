"""Headings of one form on a page, which have the same label: all are headlines, or all are subheads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from .features import LineFeatures
from .scores import Label
from .text_cues import NUMBERED

_ALIKE = 1.0
"""Em. Maximum difference in width between headings of one form."""
_LEAST = 3
MOST = 4.0
"""Points. Most that one heading counts in its group, and what the label of the group gains."""
_LOST = 2.5
"""Points. Lines of a group are headings if the page would lose less than this with each as a heading, on average."""
_APART = 3
"""Lines. Headings closer to each other are rows of a table or a list."""


@dataclass(frozen=True, slots=True)
class Preference:
    """What the page's best sequences of labels say of one line that may be a heading, in points."""

    headline: float
    """By how much the line is rather a headline than a subhead; negative for a subhead."""
    lost: float
    """What the page would lose with the line as the better of both; 0 if it is that."""


def agreed(facts: Sequence[LineFeatures], preferences: Mapping[int, Preference]) -> dict[int, Label]:
    """Return the label of the headings that differ from others of the same form, by line index.

    Only forms with a mark of their own count, such as a comma and a quotation: plain headings are alike by chance.
    """
    labels: dict[int, Label] = {}
    for group in _alike(facts, preferences):
        sure = [max(-MOST, min(MOST, preferences[at].headline)) for at in group]
        lost = [preferences[at].lost for at in group]
        together = len(group) >= _LEAST and all(below - at >= _APART for at, below in pairwise(sorted(group)))
        if not together or sum(lost) > _LOST * len(group) or not (min(sure) < 0 < max(sure) or max(lost) > 0):
            continue
        labels.update(dict.fromkeys(group, "headline" if sum(sure) > 0 else "subhead"))
    return labels


def _alike(facts: Sequence[LineFeatures], headings: Mapping[int, Preference]) -> Iterator[list[int]]:
    """Yield the headings in groups of one form with a mark and of about the same width."""
    by_form = sorted(headings, key=lambda at: (_form(facts[at].text), facts[at].width))
    for form, found in groupby(by_form, key=lambda at: _form(facts[at].text)):
        group: list[int] = []
        for at in found if any(form) else ():
            if group and facts[at].width - facts[group[0]].width > _ALIKE:
                yield group
                group = []
            group.append(at)
        if group:
            yield group


def _form(text: str) -> tuple[int | bool, ...]:
    marks = "“" in text, ":" in text, text.endswith(("?", "!")), bool(NUMBERED.match(text))
    return text.count(" "), text.count(","), *marks
