"""The widgets of the browse screen and their colours."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical

from ...theme import ColourTheme
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.edge_line import EdgeLine
from ...widgets.role_styles import RoleStyles
from ...widgets.search_line import SearchLine


class _Column(Vertical):
    """A column of widgets on a blank background, which Textual need not redraw line by line with each widget."""

    BLANK = True


class _Columns(Horizontal):
    """Like `_Column`, with the widgets side by side."""

    BLANK = True


class BrowseWidgets:
    """Creates the widgets. The screen composes them and holds a reference to each."""

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
        """Apply a theme to all widgets."""
        side, page, bar = RoleStyles(look, "side"), RoleStyles(look, "page"), RoleStyles(look, "bar")
        for in_side in (self.title_line, self.search_line, self.sidebar):
            in_side.use(side)
        for line in (self.folio, self.small):
            line.use(page)
        self.status.use(bar)
        self.page.look = look
