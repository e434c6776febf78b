"""Row positions in a long list of sections with headers and entries of equal height. Paints nothing.

Memory does not grow with the number of entries: a section stores its first entry and its count.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from .list_model import Section


class ListPosition(NamedTuple):
    """A position of the cursor: an entry number, or None for the header of the section."""

    section: int
    entry: int | None = None


class ListGeometry:
    """The lines of a list and the stops of its cursor.

    A stop is a row that the cursor can be on: an entry, the header of a collapsed section, or a named list. The header
    of an expanded section is not a stop, so that moving down goes from article to article.
    """

    def __init__(self, sections: Sequence[Section], height: int, folded: Collection[str] = ()) -> None:
        self.sections = sections
        self.height = height
        self.folded = frozenset(folded)
        sizes = [self._lines_of(section) for section in sections]
        if named_lists := sum(section.is_named_list for section in sections):
            sizes[named_lists - 1] += 1
        self._tops = [0, *accumulate(sizes)]
        self._stops = [0, *accumulate(self._stops_of(section) for section in sections)]
        self._starts = [section.start for section in sections]

    @property
    def lines(self) -> int:
        """Height of the whole list in lines."""
        return self._tops[-1]

    @property
    def stops(self) -> int:
        """Number of stops."""
        return self._stops[-1]

    def is_folded(self, section: int) -> bool:
        return self.sections[section].key in self.folded

    def section_of(self, entry: int) -> int:
        """Return the index of the section that contains `entry`."""
        section = bisect_right(self._starts, entry) - 1
        while section > 0 and not self.sections[section].count:
            section -= 1
        return max(section, 0)

    def of_entry(self, entry: int) -> ListPosition:
        """Return the cursor position for `entry`: the entry, or the header of its collapsed section."""
        section = self.section_of(entry)
        return ListPosition(section) if self.is_folded(section) else ListPosition(section, entry)

    def has(self, at: ListPosition) -> bool:
        """Return whether `at` is a stop of this list."""
        if at.section >= len(self.sections):
            return False
        section = self.sections[at.section]
        if section.is_named_list or self.is_folded(at.section):
            return at.entry is None
        return at.entry is not None and section.start <= at.entry < section.start + section.count

    def stop_of(self, at: ListPosition) -> int:
        """Return the number of the stop at `at`, counted from 0."""
        first = self._stops[at.section]
        return first if at.entry is None else first + at.entry - self.sections[at.section].start

    def at_stop(self, stop: int) -> ListPosition:
        """Return the position of stop number `stop`, limited to the stops of the list."""
        stop = min(max(stop, 0), self.stops - 1)
        number = bisect_right(self._stops, stop) - 1
        section = self.sections[number]
        if section.is_named_list or self.is_folded(number):
            return ListPosition(number)
        return ListPosition(number, section.start + stop - self._stops[number])

    def line_of(self, at: ListPosition) -> int:
        """Return the first line of `at`."""
        top = self._tops[at.section]
        section = self.sections[at.section]
        if at.entry is None:
            return top
        return top + bool(section.label) + (at.entry - section.start) * self.height

    def height_of(self, at: ListPosition) -> int:
        return 1 if at.entry is None else self.height

    def spot(self, line: int) -> tuple[ListPosition, int] | None:
        """Return the position at `line` and the line within it; None after the named lists and past the end."""
        if not 0 <= line < self.lines:
            return None
        number = bisect_right(self._tops, line) - 1
        section = self.sections[number]
        inside = line - self._tops[number]
        if section.label:
            if inside == 0:
                return ListPosition(number), 0
            inside -= 1
        entry, part = divmod(inside, self.height)
        if section.is_named_list or entry >= section.count:
            return None
        return ListPosition(number, section.start + entry), part

    def _lines_of(self, section: Section) -> int:
        if section.is_named_list:
            return 1
        return bool(section.label) + (0 if section.key in self.folded else section.count * self.height)

    def _stops_of(self, section: Section) -> int:
        return 1 if section.is_named_list or section.key in self.folded else section.count
