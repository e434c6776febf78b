"""Painting of article list rows: a sign for each state, a cursor background, a count at the right."""

from typing import Literal

from rich.style import Style
from textual.strip import Strip

from ..session.list_model import ListItem, Section
from .list_items import ItemLine, fit, lines_of
from .role_styles import RoleStyles
from .strips import Piece, between, marked, strip

Cursor = Literal["cursor", "cursor_away"] | None
UNREAD, STARRED = "▪", "✦"
OPEN, FOLDED, NAMED_LIST = "▾", "▸", "›"
MARGIN = 3
"""Cells before an entry's text: a blank, its sign, a blank."""


class ListPaint:
    """A painter of strips for headers and entries."""

    def __init__(self, styles: RoleStyles) -> None:
        self._styles = styles

    def blank(self, width: int) -> Strip:
        return Strip.blank(width, self._styles.plain)

    def header(self, section: Section, folded: bool, cursor: Cursor, width: int) -> Strip:
        """Return the row of a section or named list: collapse sign, name, count."""
        quiet = self._styles.under(cursor, "quiet")
        sign = NAMED_LIST if section.is_named_list else FOLDED if folded else OPEN
        number = section.number if section.is_named_list else section.count
        count = "" if number is None else f" {number} "
        label = fit(section.label, width - MARGIN - len(count))
        return between([(f" {sign} ", quiet), (label, quiet)], [(count, quiet)], width, self._rest(cursor))

    def entry(self, entry: ListItem, part: int, cursor: Cursor, width: int) -> Strip:
        """Return line `part` of an entry."""
        lines = lines_of(entry, max(width - MARGIN - 1, 1))
        if part >= len(lines):
            return Strip.blank(width, self._rest(cursor))
        sign = (f" {_sign(entry, part)} ", self._styles.under(cursor, "accent"))
        return strip([sign, *self._text(entry, lines[part], cursor)], width, self._rest(cursor))

    def _text(self, entry: ListItem, line: ItemLine, cursor: Cursor) -> list[Piece]:
        if line.role == "title":
            plain = self._styles.under(cursor, "unread" if entry.unread else "text")
        else:
            plain = self._styles.under(cursor, "quiet")
        return marked(line.text, line.spans, plain, self._styles["hit"])

    def _rest(self, cursor: Cursor) -> Style:
        return self._styles.under(cursor, "text")


def _sign(entry: ListItem, part: int) -> str:
    """Return the sign of line `part`: unread first, then starred on the next free line."""
    signs = [UNREAD] * entry.unread + [STARRED] * entry.starred
    return signs[part] if part < len(signs) else " "
