"""A line with text at both ends: the title, the reader header and the status line."""

from collections.abc import Sequence

from textual.strip import Strip

from ..theme import Role
from .role_styles import Ground, RoleStyles, default_styles
from .row_cache import RowCache
from .strips import between

Words = Sequence[tuple[str, Role]]
"""Pieces of text with their roles."""


class EdgeLine(RowCache, can_focus=False):
    """A line with text at the left and right ends. If space is short, the left text is cut."""

    auto_links = False

    def __init__(self, ground: Ground, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles = default_styles(ground)
        self.left: Words = ()
        self.right: Words = ()

    def use(self, styles: RoleStyles) -> None:
        """Set the styles and repaint."""
        self._styles = styles
        self.forget_rows()
        self.refresh()

    def say(self, left: Words, right: Words = ()) -> None:
        """Set the text of both ends. Repaint only if it changed."""
        before = (self.left, self.right)
        self.left, self.right = tuple(left), tuple(right)
        if (self.left, self.right) != before:
            self.forget_rows()
            self.refresh()

    def draw_row(self, row: int) -> Strip:
        width = self.size.width
        base = self._styles.plain
        if row:
            return Strip.blank(width, base)
        ends = [[(text, self._styles[role]) for text, role in words] for words in (self.left, self.right)]
        gap = [(" ", base)] if ends[1] else []
        return between([(" ", base), *ends[0]], [*gap, *ends[1], (" ", base)], width, base)
