"""The panes, and the way of a key to the command that answers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.timer import Timer

from ...cells import cell_len
from ...indexer.progress import Progress
from ...keys import bindings
from ...look import Look
from ...reading import Session
from ...search import Answer
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.edge_line import EdgeLine, Words
from ...widgets.inks import Inked, Inks
from ...widgets.list_shape import At
from ...widgets.search_line import SearchLine
from ...widgets.whole_characters import SelectsWholeCharacters
from ...words import _
from ..manner import Manner
from .acts import Acts
from .counts import Count
from .finder import Question
from .finding import Finding, Phase
from .layout import SMALLEST, Layout, Pane, layout_of
from .marking import Marking
from .place_line import PlaceLine
from .reader import GONE, Reader
from .shelves import ALL, SAVED, Shelves
from .status import folio, footer_words, title_words
from .stores import Stores

FOLLOW, SETTLE, LOOK = 0.04, 0.6, 2.0
"""Seconds: the reader follows a moving cursor after the first, what is kept is written after the second, and changes
from outside are looked for every third."""


class BrowseScreen(SelectsWholeCharacters[None]):
    """The sidebar and the reader. Keys come here first, all of them, in the order they were typed."""

    AUTO_FOCUS = ""

    @dataclass
    class Wanted(Message):
        """A command that is not this screen's own."""

        command: str

    @dataclass
    class Found(Message):
        """The searching thread has an answer."""

        question: Question
        answer: Answer | None

    def __init__(self, stores: Stores, manner: Manner) -> None:
        super().__init__()
        self.stores = stores
        self.pane = Pane.LIST
        self.zen = False
        self.shelf = ALL
        self.shelves = Shelves(stores.catalogue, stores.reading)
        self._count = Count()
        self._notice = ""
        self._follow: Timer | None = None
        self._settle: Timer | None = None
        self._before_count: At | None = None
        self._working = ""
        self._manner = manner
        self._keys = {pane: bindings(pane.where, manner.commands) for pane in Pane}

    def use(self, manner: Manner) -> None:
        """Show everything so from now on."""
        self._manner = manner
        self._keys = {pane: bindings(pane.where, manner.commands) for pane in Pane}
        self.page.measure, self.page.setting_style = manner.measure, manner.style
        self.wear(manner.look)
        self._say()

    def compose(self) -> ComposeResult:
        self.title_line = EdgeLine("side", id="title")
        self.search_line = SearchLine(id="search")
        self.sidebar = ArticleList(id="list")
        self.folio = EdgeLine("page", id="folio")
        self.page = ArticlePage(id="page")
        self.status = EdgeLine("bar", id="status")
        self.small = EdgeLine("page", id="small")
        self.side = Vertical(self.title_line, self.search_line, self.sidebar, id="side")
        self.paper = Vertical(self.folio, self.page, id="paper")
        self.panes = Horizontal(self.side, self.paper, id="panes")
        yield self.panes
        yield self.status
        yield self.small

    def on_mount(self) -> None:
        self.search_line.display = False
        self.page.can_focus = False  # keys go to the screen, in order
        stores = self.stores
        self.reader = Reader(self.page, stores)
        self.marking = Marking(stores, self.sidebar)
        self.finding = Finding(self.search_line, self.sidebar, stores.reading, stores.open_search, self._deliver)
        self.place_line = PlaceLine(self.search_line, self.sidebar, stores.gazetteer)
        self.acts: dict[str, Callable[[int | None], None]] = Acts(self).table()
        self.use(self._manner)
        self._restore()
        self.set_interval(LOOK, self._look)

    def on_unmount(self) -> None:
        self.finding.end()
        self._keep()

    def wear(self, look: Look) -> None:
        """Draw everything in this look."""
        side, page, bar = Inks(look, "side"), Inks(look, "page"), Inks(look, "bar")
        worn: list[tuple[Inked, Inks]] = [(self.title_line, side), (self.search_line, side), (self.sidebar, side)]
        worn += [(self.folio, page), (self.small, page), (self.status, bar)]
        for widget, inks in worn:
            widget.use(inks)
        self.page.look = look

    # Keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._notice = ""
        typing = self.pane.typing
        command = self._keys[self.pane].get(event.key)
        if typing and not command:
            if not self.search_line.edit(event.key) and event.is_printable and event.character:
                self.search_line.insert(event.character)
        elif not typing and self._count.digit(event.character):
            self._nth_place()
        elif command:
            count = self._count.take()
            if count and command.counts and self._before_count:
                self.sidebar.stand(self._before_count)
            self._before_count = None
            self.perform(command.id, count)
        elif event.is_printable and event.character and not event.character.isascii():
            self.find(event.character)
        self._say()

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is one text: it goes into the search line, which it opens."""
        event.stop()
        if self.pane.typing:
            self.search_line.insert(event.text)
        elif event.text.strip():
            self.find(event.text)

    def perform(self, command: str, count: int | None = None) -> None:
        """Do what a command says; what is not this screen's own goes up."""
        if self.pane is Pane.PLACE and command in ("read", "leave", "search"):
            self.leave_place(stay=command != "leave")
        elif act := self.acts.get(command):
            act(count)
        else:
            self.post_message(self.Wanted(command))
        self._say()

    def _nth_place(self) -> None:
        """A number alone goes to a place at once; a command that takes it as its count starts from where one was."""
        self._before_count = self._before_count or self.sidebar.standing
        self.sidebar.nth_section(int(self._count.shown))

    # Panes

    def to_pane(self, pane: Pane) -> None:
        """Let the keys go to a pane, and show it where only one fits."""
        self.pane = pane
        self.sidebar.away = pane is Pane.READER
        if not pane.typing:
            self.app.cursor_position = Offset(0, 0)
        self.lay_out()

    def lay_out(self) -> None:
        """Show what fits."""
        layout = self.layout_now
        self.side.display, self.paper.display = layout.sidebar > 0, layout.reader
        self.side.styles.width = layout.sidebar
        for line in (self.title_line, self.folio, self.status):
            line.display = layout.edges
        self.small.display = layout.too_small
        self.panes.display = not layout.too_small
        self._say()

    @property
    def layout_now(self) -> Layout:
        return layout_of(*self.size, self.pane, self.zen)

    def on_resize(self) -> None:
        self.lay_out()

    # Search

    def find(self, text: str | None = None) -> None:
        """Begin a search, with what was typed or pasted."""
        self.finding.open(text)
        self.to_pane(Pane.SEARCH)

    def search_for(self, query: str) -> None:
        """Show what is found by a query, the keys to the list."""
        self.finding.open(query)
        self.finding.accept()
        self.to_pane(Pane.LIST)

    def find_place(self) -> None:
        """Begin to type the name of a place."""
        if self.finding.phase is not Phase.CLOSED:
            self.finding.close()
        self.place_line.open()
        self.to_pane(Pane.PLACE)

    def leave_place(self, *, stay: bool) -> None:
        """The place is found, or not wanted."""
        self.place_line.close(stay=stay)
        self.to_pane(Pane.LIST)

    def on_search_line_changed(self, event: SearchLine.Changed) -> None:
        if self.pane is Pane.PLACE:
            self.place_line.changed(event.text)
        else:
            self.finding.changed(event.text)
        self._say()

    def on_search_line_clicked(self) -> None:
        self.find()

    def _deliver(self, question: Question, answer: Answer | None) -> None:
        self.post_message(self.Found(question, answer))

    def on_browse_screen_found(self, event: Found) -> None:
        if self.finding.take(event.question, event.answer):
            if event.answer is None:
                self.notice(_("这次没有查成，请再试"))
            self._say()

    # Browsing is reading

    def on_article_list_moved(self, event: ArticleList.Moved) -> None:
        self._stop(self._follow)
        self._follow = self.set_timer(FOLLOW, self.follow)

    def follow(self) -> None:
        """Bring the article under the cursor into the reader."""
        self._stop(self._follow)
        entry = self.sidebar.entry
        if entry is None:
            return
        self.finding.look_ahead()
        hit = self.finding.hit(entry.id)
        if self.reader.article is None or self.reader.article.id != entry.id:
            self._open(entry.id, hit.spans if hit else ())
        elif hit or self.reader.hits:
            self.reader.mark(hit.spans if hit else ())
        self._say()
        self.settle()

    def _open(self, article_id: str, spans: Sequence[tuple[str | int, int, int]]) -> None:
        try:
            self.reader.open(article_id, spans)
        except GONE:
            self.notice(_("这篇文章打不开了"))

    def on_article_list_chosen(self) -> None:
        self.perform("read")

    def on_article_list_shelf_chosen(self, event: ArticleList.ShelfChosen) -> None:
        self.open_shelf(event.key)

    def go_to_block(self, key: str) -> None:
        """To a heading of the article, chosen in the outline."""
        self.reader.go_to_block(int(key))
        self.to_pane(Pane.READER)

    def open_shelf(self, key: str, article_id: str | None = None) -> None:
        """Show another list; the cursor on an article of it when there is one. A saved search is searched."""
        if key.startswith(SAVED):
            self.search_for(key.removeprefix(SAVED))
            return
        if self.finding.phase is not Phase.CLOSED:
            self.finding.close()
        self.shelf = key
        source = self.shelves.open(key)
        number = source.find(article_id) if article_id else None
        self.sidebar.show(source, entry=number or 0)
        self._say()

    def on_page_scroll_place_changed(self) -> None:
        self._say()
        self.settle()

    # What is said

    def notice(self, text: str) -> None:
        """One line, until the next key."""
        self._notice = text
        self._say()

    def _say(self) -> None:
        if not self.is_mounted or not hasattr(self, "finding"):
            return
        self.title_line.say(*title_words(self))
        self.folio.say(*folio(self))
        right: Words = [(self._working, "quiet"), (f"{self.page.percent}%", "quiet")]
        if self.reader.hits:
            right = [(f"{self.reader.hit_at + 1}/{len(self.reader.hits)}  ", "title"), *right]
        self.status.say(self._left_words(self.size.width - 3 - sum(cell_len(text) for text, _role in right)), right)
        self.small.say([(_("窗口请放大到 {w}×{h}").format(w=SMALLEST[0], h=SMALLEST[1]), "text")], [])
        if self.pane.typing:
            self.app.cursor_position = self.search_line.caret

    def _left_words(self, room: int) -> Words:
        """What is most to be said: a notice, the count being typed, how the query was read, or the keys."""
        if self._notice:
            return [(self._notice, "wrong")]
        if self._count.shown:
            return [(self._count.shown, "title")]
        if self.pane is Pane.SEARCH and self.finding.said():
            return [(self.finding.said(), "text")]
        return footer_words(self.pane, self._manner.commands, room)

    def indexed(self, progress: Progress) -> None:
        """The indexer has come further: show how far, and what is new."""
        busy = progress.phase in ("reading", "indexing") and progress.total > 0
        share = 100 * progress.done // max(progress.total, 1)
        self._working = _("编制索引 {n}%").format(n=share) + "   " if busy else ""
        self._look()
        self._say()

    # What is kept

    def settle(self) -> None:
        """Something changed that is to be kept: write it when it has come to rest."""
        self._stop(self._settle)
        self._settle = self.set_timer(SETTLE, self._keep)

    def _keep(self) -> None:
        self.reader.keep_place()
        entry = self.sidebar.entry
        article = entry.id if entry else None
        query = self.finding.query
        focus = "reader" if self.pane is Pane.READER else "list"
        session = Session(article, self.shelf, self.shelves.grouping, self.finding.newest, query, focus)
        self.stores.reading.remember_session(self.stores.root, session)

    def comes_back(self) -> bool:
        """Whether the next start shows this screen, marks as they are now: nothing open or said that is not kept."""
        self.marks_changed()
        plain = self.pane in (Pane.LIST, Pane.READER) and self.finding.phase is Phase.CLOSED and not self.zen
        said = self._notice or self._count.shown or self._working
        article, entry = self.reader.article, self.sidebar.entry
        followed = article is not None and entry is not None and article.id == entry.id
        return plain and followed and not said and self.sidebar.as_opened()

    def article_file(self) -> Path | None:
        """The file of the article that is shown."""
        article = self.reader.article
        try:
            return None if article is None else self.stores.catalogue.file_of(article.id)
        except KeyError:
            return None

    def _restore(self) -> None:
        """As it was left; the first article at the first start."""
        session = self.stores.reading.session(self.stores.root) or Session()
        self.open_shelf(session.listing, session.article)
        self.follow()
        if session.focus == "reader":
            self.to_pane(Pane.READER)
        if session.query:
            self.search_for(session.query)

    def _look(self) -> None:
        """See what other windows and the indexer did."""
        if self.stores.catalogue.refresh():
            self._content_changed()
        if self.stores.reading.changed():
            self.marks_changed()
        for line in self.stores.reading.notices():
            self.notice(line)

    def _content_changed(self) -> None:
        """Articles came, changed or went: take the list and the article again, and ask again what is searched."""
        if self.finding.answer is None:
            self.sidebar.update(self.shelves.open(self.shelf))
        else:
            self.finding.ask_again()
        self.reader.refresh()
        self.follow()

    def marks_changed(self) -> None:
        """Show marks as they are now. Only the list of all is made anew: from a shelf nothing goes under the cursor."""
        if self.finding.answer is None and self.shelf == ALL:
            self.sidebar.update(self.shelves.open(ALL))
        else:
            self.shelves.count()
            self.sidebar.entries_changed()
        self._say()

    @staticmethod
    def _stop(timer: Timer | None) -> None:
        if timer:
            timer.stop()
