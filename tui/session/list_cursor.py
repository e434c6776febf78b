"""The cursor of a list: where it goes, and which sections are collapsed. Pure; knows no widget and no screen."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from .list_geometry import ListGeometry, ListPosition
from .list_model import EmptyModel, ListModel, Section


class ListCursor(NamedTuple):
    """A list with its collapsed sections and its cursor. Every move returns a new one."""

    rows: ListModel = EmptyModel()
    geometry: ListGeometry = ListGeometry((), 2)
    at: ListPosition = ListPosition(0)

    @property
    def section(self) -> Section | None:
        """The section that contains the cursor; None in an empty list."""
        return self.geometry.sections[self.at.section] if self.geometry.sections else None

    @property
    def stop(self) -> int:
        """Number of the cursor's stop, counted from 0."""
        return self.geometry.stop_of(self.at) if self.geometry.stops else 0


def opened(rows: ListModel, folded: Collection[str], entry: int | None) -> ListCursor:
    """Return a new list with the cursor on `entry`, or on the first header if it is None."""
    geometry = ListGeometry(rows.sections, rows.height, folded)
    return ListCursor(rows, geometry, _first_stop(rows, geometry, entry))


def renewed(cursor: ListCursor, rows: ListModel, article_id: str | None) -> ListCursor:
    """Return a new version of the list. The cursor stays on its article, or on the nearest stop."""
    geometry = ListGeometry(rows.sections, rows.height, cursor.geometry.folded)
    number = rows.find(article_id) if article_id else None
    if number is not None:
        return ListCursor(rows, geometry, geometry.of_entry(number))
    return ListCursor(rows, geometry, geometry.at_stop(cursor.stop) if geometry.stops else ListPosition(0))


def recounted(cursor: ListCursor, rows: ListModel) -> ListCursor | None:
    """Return the same list with other counts in its headers; None if its entries are not the same."""
    if [_outline(section) for section in cursor.geometry.sections] != [_outline(section) for section in rows.sections]:
        return None
    return cursor._replace(rows=rows, geometry=ListGeometry(rows.sections, rows.height, cursor.geometry.folded))


def move(cursor: ListCursor, distance: int) -> ListCursor:
    """Move by `distance` stops; negative moves up."""
    if not cursor.geometry.stops:
        return cursor
    return cursor._replace(at=cursor.geometry.at_stop(cursor.stop + distance))


def to_position(cursor: ListCursor, at: ListPosition) -> ListCursor:
    """Move to `at`, if the list has that position."""
    return cursor._replace(at=at) if cursor.geometry.has(at) else cursor


def to_top(cursor: ListCursor) -> ListCursor:
    """Move to the first article."""
    return cursor._replace(at=_first_stop(cursor.rows, cursor.geometry, 0))


def to_end(cursor: ListCursor) -> ListCursor:
    """Move to the last stop."""
    return move(cursor, cursor.geometry.stops)


def to_entry(cursor: ListCursor, entry: int) -> ListCursor:
    """Move to entry number `entry` and expand its section."""
    if not 0 <= entry < len(cursor.rows):
        return cursor
    section = cursor.geometry.section_of(entry)
    key = {cursor.geometry.sections[section].key}
    unfolded = _with_folded(cursor, cursor.geometry.folded - key) if cursor.geometry.is_folded(section) else cursor
    return unfolded._replace(at=ListPosition(section, entry))


def to_section(cursor: ListCursor, section: int) -> ListCursor:
    """Move to a section's first article, or to its header if it is collapsed."""
    first = cursor.geometry.sections[section].start
    return cursor._replace(
        at=ListPosition(section) if cursor.geometry.is_folded(section) else ListPosition(section, first)
    )


def move_section(cursor: ListCursor, distance: int) -> ListCursor:
    """Move to the first article of the section `distance` sections away, skipping named lists."""
    groups = _groups(cursor)
    if not groups:
        return cursor
    here = next((n for n, group in enumerate(groups) if group >= cursor.at.section), len(groups))
    if here < len(groups) and groups[here] != cursor.at.section and distance > 0:
        here -= 1
    return to_section(cursor, groups[min(max(here + distance, 0), len(groups) - 1)])


def to_nth_section(cursor: ListCursor, number: int) -> ListCursor:
    """Move to the first article of section `number`, counted from 1 without named lists."""
    groups = _groups(cursor)
    return to_section(cursor, groups[min(number, len(groups)) - 1]) if groups else cursor


def toggle_fold(cursor: ListCursor, number: int | None = None) -> ListCursor:
    """Collapse section `number`, by default the cursor's, or expand it. Does nothing on a named list."""
    number = cursor.at.section if number is None else number
    section = cursor.geometry.sections[number] if cursor.geometry.sections else None
    if section is None or section.is_named_list or not section.label:
        return cursor
    was_folded = section.key in cursor.geometry.folded
    folded = _with_folded(cursor, cursor.geometry.folded ^ {section.key})
    return folded._replace(at=ListPosition(number, section.start if was_folded and section.count else None))


def _with_folded(cursor: ListCursor, folded: frozenset[str]) -> ListCursor:
    geometry = ListGeometry(cursor.rows.sections, cursor.rows.height, folded)
    return cursor._replace(geometry=geometry)


def _first_stop(rows: ListModel, geometry: ListGeometry, entry: int | None) -> ListPosition:
    if entry is not None and len(rows):
        return geometry.of_entry(min(entry, len(rows) - 1))
    return ListPosition(0)


def _groups(cursor: ListCursor) -> list[int]:
    return [n for n, section in enumerate(cursor.geometry.sections) if not section.is_named_list]


def _outline(section: Section) -> tuple[str, int, int, bool]:
    """Return the properties of a section that determine the rows of its entries."""
    return section.key, section.start, section.count, section.is_named_list
