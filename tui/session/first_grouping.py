"""The grouping in which a library is shown when it is opened for the first time."""

from __future__ import annotations

from typing import Protocol

from ..catalogue import Grouping, Listing


class Grouped(Protocol):
    """A catalogue, as far as its groups are concerned."""

    def listing(self, by: Grouping = "place", /) -> Listing:
        """Return the articles in groups."""
        ...


def first_grouping(catalogue: Grouped) -> Grouping:
    """Return what a library that is opened for the first time is grouped by: what its articles have."""
    groups = catalogue.listing("place").groups
    if not groups or any(group.key for group in groups):
        return "place"
    if len(catalogue.listing("bulletin").groups) > 1:
        return "bulletin"
    return "month" if any(group.key for group in catalogue.listing("month").groups) else "bulletin"
