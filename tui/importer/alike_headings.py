"""Headings of one form on a page, which have the same label: all are headlines, or all are subheads."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from .features import LineFeatures
from .text_cues import NUMBERED

_ALIKE = 1.0
"""Em. Maximum difference in width between headings of one form."""
_LEAST = 3
_MOST = 4.0
"""Points. Most that one heading counts in its group, and what the label of the majority gains."""


def agreed(facts: Sequence[LineFeatures], preferences: Mapping[int, float]) -> dict[int, float]:
    """Return points for the headings that differ from others of the same form: for headline, or negative for subhead.

    `preferences` are the points by which each heading is rather a headline than a subhead. Only forms with a mark of
    their own count, such as a comma and a quotation, because plain headings are alike by chance.
    """
    points: dict[int, float] = {}
    for group in _alike(facts, preferences):
        sure = [max(-_MOST, min(_MOST, preferences[at])) for at in group]
        if len(group) >= _LEAST and min(sure) < 0 < max(sure):
            points.update(dict.fromkeys(group, _MOST if sum(sure) > 0 else -_MOST))
    return points


def _alike(facts: Sequence[LineFeatures], headings: Mapping[int, float]) -> Iterator[list[int]]:
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
