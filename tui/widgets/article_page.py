"""The reader: an article set like print, with highlights, links and a selection.

Input arrives through reactives, output leaves as messages; the widget depends on no store and no screen.
"""

from collections.abc import Mapping, Sequence

from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import var
from textual.selection import Selection
from textual.strip import Strip

from ..article import InlineSpan
from ..theme import BUILTIN, ColourTheme
from ..typeset.clause import span_at
from .page_scroll import PageScroll
from .painting import BlockMatches, Paint, layers, paint_line, paint_of

BlockSpan = tuple[int, int]
_NO_MATCHES = BlockMatches()


class ArticlePage(PageScroll, can_focus=True):
    """One article. Its screen must inherit from `SelectsWholeCharacters`, else the mouse splits wide characters."""

    look: var[ColourTheme] = var(BUILTIN[0], init=False)
    matches: var[Mapping[int, Sequence[BlockSpan]]] = var({}, init=False)
    """Matches by block index."""
    current_match: var[tuple[int, int, int] | None] = var(None, init=False)
    """The current match: block, start, end; None without one."""

    class LinkChosen(Message):
        """The user clicked a link or followed it from the keyboard."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._paint: Paint | None = None
        self._selection: Selection | None = None
        self._matches: dict[int, BlockMatches] = {}
        self._blank = Strip([])

    @property
    def links(self) -> list[tuple[int, InlineSpan]]:
        """Every link and footnote reference, with its block index."""
        blocks = self.page.blocks if self.page else ()
        return [(n, mark) for n, block in enumerate(blocks) for mark in block.spans if mark.kind in ("link", "note")]

    def watch_look(self) -> None:
        self._repaint()

    def watch_matches(self) -> None:
        self._matches = {block: BlockMatches(spans) for block, spans in self.matches.items()}
        self._repaint()

    def watch_current_match(self) -> None:
        self._repaint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._repaint()

    def selection_updated(self, selection: Selection | None) -> None:
        self._selection = selection
        self.forget_rows()
        self.refresh()

    # Painting

    def draw_row(self, row: int) -> Strip:
        width = self._set_for or self._width
        if self._paint is None:
            self._paint = paint_of(self.look, self.rich_style)
        if self._blank.cell_length != width:
            self._blank = Strip.blank(width, self._paint.base)
        return self._painted(row, self._paint, width)

    def _painted(self, y: int, paint: Paint, width: int) -> Strip:
        row = self._row_at(y)
        if row is None or row.line is None or self._setting is None or self.page is None:
            return self._blank
        prepared = self._setting.prepared(row.block)
        here = self.current_match[1:] if self.current_match and self.current_match[0] == row.block else None
        above = layers(prepared, row.line, paint, self._matches.get(row.block, _NO_MATCHES), here)
        if row.block == self.page.opened:
            above.insert(0, (0, len(self.page.dateline), paint.dateline))
        if self._selection is not None and (span := self._span(self._selection, row.block)):
            above.append((*span, paint.selection))
        strip = paint_line(prepared, row.line, paint, above, self._left, width)
        return strip if strip.cell_length == width else strip.crop(0, width)

    def _repaint(self) -> None:
        self._paint, self._blank = None, Strip([])
        self.forget_rows()
        self.refresh()

    # Mouse and selection

    def character_at(self, x: int, y: int) -> Offset | None:
        """Return the character at a cell: x is its code point, y its block. Beside a line: its nearest character."""
        row = self._row_at(y + self.first_row())
        if row is None or self._setting is None:
            return None
        if row.line is None:
            return Offset(0, row.block)
        offset = self._setting.prepared(row.block).under(row.line, x - self._left)
        return Offset(offset, row.block)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected source text: without the line breaks of the layout, punctuation as written."""
        if self.page is None:
            return None
        pieces: list[str] = []
        for n, block in enumerate(self.page.blocks):
            span = self._span(selection, n)
            if span and (block.kind != "meta" or (selection.start and selection.start.y == n)):
                pieces.append(block.text[span[0] : span[1]])
        return "\n".join(pieces), "\n"

    def _span(self, selection: Selection, block: int) -> BlockSpan | None:
        """Return the selected part of a block, extended to whole graphemes; None if nothing is selected."""
        span = selection.get_span(block)
        if span is None or self._setting is None or self.page is None:
            return None
        size = len(self.page.blocks[block].text)
        start, end = min(span[0], size), size if span[1] < 0 else min(span[1], size)
        return self._setting.prepared(block).graphemes(start, end)

    def on_click(self, event: events.Click) -> None:
        """Follow the clicked link. A double click selects the word or clause, a triple click the paragraph."""
        at = self.character_at(event.x, event.y)
        if at is None or self.page is None:
            return
        if event.chain > 1:
            event.prevent_default()  # else Textual would select the whole article
            self._select_around(at, paragraph=event.chain > 2)
            return
        for mark in self.page.blocks[at.y].spans:
            if mark.kind in ("link", "note") and mark.start <= at.x < mark.end:
                event.stop()
                self.follow(mark)
                return
        block = self.page.blocks[at.y]
        if block.kind == "caption" and block.target:
            event.stop()
            self.post_message(self.LinkChosen(block.target))

    def _select_around(self, at: Offset, *, paragraph: bool) -> None:
        text = self.page.blocks[at.y].text if self.page else ""
        start, end = (0, len(text)) if paragraph else span_at(text, at.x)
        self.screen.selections = {self: Selection(Offset(start, at.y), Offset(end, at.y))}

    def follow(self, mark: InlineSpan) -> None:
        """Follow a link. A footnote reference scrolls to its footnote."""
        if mark.kind == "link":
            self.post_message(self.LinkChosen(mark.target))
            return
        blocks = self.page.blocks if self.page else ()
        for n, block in enumerate(blocks):
            if block.kind == "footnote" and block.marker.strip("[]") == mark.target:
                self.go_to(n, 0)
