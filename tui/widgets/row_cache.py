"""A cache of painted rows, for widgets that paint every cell themselves."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence

from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_KEPT = 4096
"""Rows. A fuller cache is emptied."""
_Conditions = tuple[int, Sequence[LineFilter], Color]


class RowCache(Widget):
    """A widget that caches its painted rows and bypasses Textual's borders, padding, tint and opacity.

    Textual requests many unchanged lines: all those between two changes. Applying its style sheet to each line again
    after a scroll takes half the time of a page repaint. Put this mix-in before the widget's base class.
    """

    _rows: dict[int, Strip] | None = None
    _drawn_in: _Conditions | None = None

    @abstractmethod
    def draw_row(self, row: int) -> Strip:
        """Return a row of the content. The result is cached until `forget_rows`."""

    def first_row(self) -> int:
        """Return the content row at the widget's top."""
        return int(self.scroll_offset.y)

    def forget_rows(self, rows: Iterable[int] | None = None) -> None:
        """Drop `rows` from the cache because their look may have changed; None drops all."""
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
        """Return the strips of `crop`, from the cache where possible."""
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
