"""The widgets of the browse screen: their colours, and what each draws of the session."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical

from ...compose import ComposedArticle
from ...i18n import _
from ...session.page_positions import PagePosition, by_block
from ...session.pane_commands import scrolled
from ...session.state import Session
from ...theme import ColourTheme
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.edge_line import EdgeLine
from ...widgets.role_styles import RoleStyles
from ...widgets.search_line import SearchLine
from .panes import PaneLayout


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

    def lay_out(self, layout: PaneLayout) -> None:
        """Show the panes and lines of a layout."""
        self.side.display, self.paper.display = layout.sidebar > 0, layout.reader
        self.side.styles.width = layout.sidebar
        for line in (self.title_line, self.folio, self.status):
            line.display = layout.edges
        self.small.display = layout.too_small
        self.panes.display = not layout.too_small

    def show(self, before: Session, now: Session) -> PagePosition:
        """Show the list, the typed line and the article; return the place that is now at the top of the reader.

        Only what differs is painted.
        """
        self.sidebar.show(now.cursor, now.top)
        self.sidebar.is_inactive = now.pane == "reader"
        self._show_line(before, now)
        return self._show_page(before, now, now.text.page if now.text else now.explanation)

    def seen(self, session: Session) -> Session:
        """Return the session with what the user has scrolled to."""
        return scrolled(session, self.page.page_position, self.sidebar.top_line, self.sidebar.size.height)

    def scroll(self, by: str, times: int) -> None:
        """Scroll the article."""
        match by:
            case "line":
                self.page.line_down(times)
            case "page":
                self.page.page_down(times)
            case "half_page":
                self.page.half_page_down(times)
            case "top":
                self.page.to_top()
            case "end":
                self.page.to_end()

    def _show_line(self, before: Session, now: Session) -> None:
        line, is_place = self.search_line, now.pane == "place"
        is_shown = is_place or now.before is not None
        if line.display != is_shown:
            line.display = is_shown
        if is_place and before.pane != "place":
            line.open("›", hint=_("地名，可用拼音"))
        elif not is_place and line.display and (line.text != now.query or before.pane == "place" or not before.before):
            line.open("/", now.query, _("字、词、拼音"))
        if line.typing != now.is_typing:
            line.typing = now.is_typing

    def _show_page(self, before: Session, now: Session, composed: ComposedArticle | None) -> PagePosition:
        """Show the article with its matches at the place that the session names, or at least that place."""
        page = self.page
        is_new = page.page is not composed
        if is_new:
            page.page = composed
        if is_new or now.matches is not before.matches:
            page.matches = by_block(now.matches)
        match = now.matches[now.match] if 0 <= now.match < len(now.matches) else None
        page.current_match = match
        if is_new or now.page_position != page.page_position:
            if match and match[:2] == now.page_position:
                page.bring_into_view(*now.page_position)
            else:
                page.go_to(*now.page_position)
        return page.page_position
