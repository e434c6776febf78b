"""Widgets that draw every cell of their lines themselves."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_KEPT = 4096
"""Rows kept."""
_Conditions = tuple[int, Sequence[LineFilter], Color]


class RowCache(Widget):
    """Rows go to the screen as they are drawn, and are kept: no border, padding, tint or opacity lies over them.

    The screen asks for far more lines than have changed: what two changes enclose. Textual's own way through its style
    sheet, for each line anew after a scroll, is half of what a repainted page costs. Mix in before the widget's base.
    """

    _rows: dict[int, Strip] | None = None
    _drawn_in: _Conditions | None = None

    @abstractmethod
    def draw_row(self, row: int) -> Strip:
        """A row of the content. It is drawn again only once it was forgotten."""

    def first_row(self) -> int:
        """The row at the widget's top."""
        return int(self.scroll_offset.y)

    def forget_rows(self, rows: Iterable[int] | None = None) -> None:
        """Called when these rows may look otherwise than before; all of them by default."""
        if rows is None:
            self._rows = None
        elif self._rows:
            for row in rows:
                self._rows.pop(row, None)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.forget_rows()

    def render_line(self, y: int) -> Strip:
        return self.draw_row(self.first_row() + y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """What the screen asks for."""
        width, filters, ground = drawn_in = self.size.width, self.get_line_filters(), self.background_colors[1]
        top = self.first_row()
        if self._rows is None or drawn_in != self._drawn_in or len(self._rows) > _KEPT:
            self._rows, self._drawn_in = {}, drawn_in
        kept = self._rows
        rows = range(top + crop.y, top + crop.bottom)
        for row in rows:
            if row not in kept:
                strip = self.draw_row(row).adjust_cell_length(width)
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, ground)
                kept[row] = strip
        strips = [kept[row] for row in rows]
        left, right = crop.column_span
        return strips if (left, right) == (0, width) else [strip.crop(left, right) for strip in strips]
