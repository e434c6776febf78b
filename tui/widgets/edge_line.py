"""One line with words at both ends: the title, the folio above an article, the status line at the foot."""

from collections.abc import Sequence

from textual.strip import Strip

from ..theme import Role
from .role_styles import Ground, RoleStyles, default_styles
from .row_cache import RowCache
from .strips import between

Words = Sequence[tuple[str, Role]]
"""Texts, each with what it is."""


class EdgeLine(RowCache, can_focus=False):
    """A line that is told what to say at its left and at its right; the left gives way."""

    auto_links = False

    def __init__(self, ground: Ground, id: str | None = None) -> None:
        super().__init__(id=id)
        self._inks = default_styles(ground)
        self.left: Words = ()
        self.right: Words = ()

    def use(self, inks: RoleStyles) -> None:
        """Draw in these inks."""
        self._inks = inks
        self.forget_rows()
        self.refresh()

    def say(self, left: Words | None = None, right: Words | None = None) -> None:
        """Change either end; the line is painted again only when that changes it."""
        before = (self.left, self.right)
        self.left = self.left if left is None else tuple(left)
        self.right = self.right if right is None else tuple(right)
        if (self.left, self.right) != before:
            self.forget_rows()
            self.refresh()

    def draw_row(self, row: int) -> Strip:
        width = self.size.width
        base = self._inks.plain
        if row:
            return Strip.blank(width, base)
        ends = [[(text, self._inks[role]) for text, role in words] for words in (self.left, self.right)]
        return between([(" ", base), *ends[0]], [*ends[1], (" ", base)], width, base)
