"""Groupings that suit a library: the first one, and the one after another."""

from __future__ import annotations

from ..catalogue import GROUPINGS, Grouping
from .stores import CatalogueLike


def first_grouping(catalogue: CatalogueLike) -> Grouping:
    """Return the first grouping that the articles have data for: place, then bulletin, then month.

    Bulletin counts only if there is more than one, and is also the fallback.
    """
    groups = catalogue.listing("place").groups
    if not groups or any(group.key for group in groups):
        return "place"
    if len(catalogue.listing("bulletin").groups) > 1:
        return "bulletin"
    return "month" if any(group.key for group in catalogue.listing("month").groups) else "bulletin"


def usable_grouping(catalogue: CatalogueLike, grouping: Grouping) -> Grouping:
    """Return the grouping, or the first one instead of tags that no article has."""
    if grouping == "tag" and not any(group.key for group in catalogue.listing("tag").groups):
        return GROUPINGS[0]
    return grouping
