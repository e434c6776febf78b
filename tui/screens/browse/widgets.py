"""The widgets of the browse screen, and the colours they are drawn in."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical

from ...theme import ColourTheme
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.edge_line import EdgeLine
from ...widgets.role_styles import RoleStyles
from ...widgets.search_line import SearchLine


class _Column(Vertical):
    """A plain background under its widgets, so that it is not redrawn line by line with each of them."""

    BLANK = True


class _Columns(Horizontal):
    """The same, side by side."""

    BLANK = True


class BrowseWidgets:
    """Creates the widgets; the screen yields them and keeps their names."""

    def __init__(self) -> None:
        self.title_line = EdgeLine("side", id="title")
        self.search_line = SearchLine(id="search")
        self.sidebar = ArticleList(id="list")
        self.folio = EdgeLine("page", id="folio")
        self.page = ArticlePage(id="page")
        self.status = EdgeLine("bar", id="status")
        self.small = EdgeLine("page", id="small")
        self.side = _Column(self.title_line, self.search_line, self.sidebar, id="side")
        self.paper = _Column(self.folio, self.page, id="paper")
        self.panes = _Columns(self.side, self.paper, id="panes")

    def apply(self, look: ColourTheme) -> None:
        """Draw everything in a theme."""
        side, page, bar = RoleStyles(look, "side"), RoleStyles(look, "page"), RoleStyles(look, "bar")
        for in_side in (self.title_line, self.search_line, self.sidebar):
            in_side.use(side)
        for line in (self.folio, self.small):
            line.use(page)
        self.status.use(bar)
        self.page.look = look
