"""A short list of choices: labels with a right-aligned note, grouped under headings."""

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ..cells import cell_len
from ..theme import Role
from .caret import row_in
from .list_items import fit
from .role_styles import RoleStyles, default_styles
from .strips import Piece, between, strip


class Choice(NamedTuple):
    """One row that the user can choose."""

    key: str
    label: str
    note: str = ""
    """Right-aligned text, such as the keys of a command."""
    heading: str = ""
    """Name of its group, shown above the first choice of the group."""
    depth: int = 0
    """Indent, in steps of two cells."""


class ChoiceList(ScrollView, can_focus=False):
    """A list of choices with a cursor."""

    auto_links = False

    class Chosen(Message):
        """The choice was clicked."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Choice | str] = []
        self._cursor = 0
        self._styles = default_styles("side")

    def use(self, styles: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._styles = styles
        self.refresh()

    def show(self, choices: Sequence[Choice], key: str | None = None) -> None:
        """Show `choices` with the cursor on the one with `key`, else on the first."""
        self._rows = _rows(choices)
        wanted = [n for n, row in enumerate(self._rows) if isinstance(row, Choice) and row.key == key]
        self._cursor = wanted[0] if wanted else self._nearest(0, 1)
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._into_sight()
        self.refresh()

    @property
    def choice(self) -> Choice | None:
        """The choice under the cursor; None in an empty list."""
        row = self._rows[self._cursor] if self._rows else None
        return row if isinstance(row, Choice) else None

    @property
    def caret(self) -> Offset:
        """The screen position of the start of the cursor's row."""
        return row_in(self.content_region, self._cursor - int(self.scroll_offset.y))

    def move(self, distance: int) -> None:
        """Move the cursor by `distance` choices, skipping headings."""
        step = 1 if distance > 0 else -1
        at = self._cursor
        for _ in range(abs(distance)):
            next_one = self._nearest(at + step, step)
            if (next_one - at) * step <= 0:  # no choice is left in this direction
                break
            at = next_one
        self._to(at)

    def move_to_end(self, step: int) -> None:
        """Move to the first choice (-1) or the last (1)."""
        self.move(step * max(len(self._rows), 1))

    def move_page(self, pages: int) -> None:
        self.move(pages * max(self.size.height - 1, 1))

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        number = y + int(self.scroll_offset.y)
        if number >= len(self._rows):
            return Strip.blank(width, self._styles.plain)
        row = self._rows[number]
        if isinstance(row, str):
            return strip([(f" {row}", self._styles["quiet"])], width, self._styles.plain)
        return self._painted(row, number == self._cursor, width)

    def on_click(self, event: events.Click) -> None:
        number = int(event.y + self.scroll_offset.y)
        if number < len(self._rows) and isinstance(row := self._rows[number], Choice):
            self._to(number)
            self.post_message(self.Chosen(row))

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._into_sight()

    def _painted(self, row: Choice, here: bool, width: int) -> Strip:
        cursor: Role | None = "cursor" if here else None
        rest = self._styles.under(cursor, "text")
        note = fit(row.note, width // 2)
        label = "  " * row.depth + row.label
        left: list[Piece] = [(f"   {fit(label, width - cell_len(note) - 5)}", rest)]
        return between(left, [(f" {note} ", self._styles.under(cursor, "key"))], width, rest)

    def _to(self, number: int) -> None:
        if number != self._cursor:
            self._cursor = number
            self._into_sight()
            self.refresh()

    def _nearest(self, number: int, step: int) -> int:
        """Return the first choice from row `number` in direction `step`; the cursor's row if there is none."""
        while 0 <= number < len(self._rows):
            if isinstance(self._rows[number], Choice):
                return number
            number += step
        return min(self._cursor, max(len(self._rows) - 1, 0))

    def _into_sight(self) -> None:
        height, top = self.size.height, int(self.scroll_offset.y)
        above = self._cursor - (self._cursor > 0 and isinstance(self._rows[self._cursor - 1], str))
        if not height or top <= above <= self._cursor < top + height:
            return
        y = above if above < top else self._cursor - height + 1
        self.scroll_to(y=y, animate=False, force=True, immediate=True)


def _rows(choices: Sequence[Choice]) -> list[Choice | str]:
    """Return the choices with their headings, and an empty row before each heading but the first."""
    rows: list[Choice | str] = []
    heading = ""
    for choice in choices:
        if choice.heading != heading:
            heading = choice.heading
            rows += [""] * bool(rows) + [heading]
        rows.append(choice)
    return rows
