"""The browse screen: lays out the panes and passes keys to commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message

from ...driver.first_frame import FirstScreen
from ...driver.terminal_app import TerminalApp
from ...i18n import _
from ...session.named_lists import NamedLists
from ...session.search_worker import Question
from ...session.stores import Stores
from ...theme import ColourTheme
from ...widgets.article_list import ArticleList
from ...widgets.character_selection import SelectsWholeCharacters
from ...widgets.search_line import SearchLine
from ..display_options import DisplayOptions
from ..key_queue import KeysWanted, Typed
from .command_gate import MOVES, CommandGate
from .edge_lines import EdgeLines, EdgeWidgets
from .key_dispatch import KeyDispatcher, KeyTargets
from .linking import Linking
from .list_opener import ListOpener
from .move_commands import MoveCommands
from .panes import Pane, PaneLayout, layout_of
from .parts import Hooks, Parts
from .reader_sync import ReaderSync
from .screen_commands import ScreenCommands
from .screen_search import ScreenSearch
from .screen_updates import ScreenUpdates
from .session_saver import SessionSaver
from .widgets import BrowseWidgets

if TYPE_CHECKING:
    from ...search import Answer

LOOK_SECONDS = 2.0
"""Seconds between two checks for changes by other processes and the indexer."""


class BrowseScreen(FirstScreen, SelectsWholeCharacters[None]):
    """The screen with sidebar and reader. It receives all keys, in the order in which they were typed."""

    AUTO_FOCUS = ""
    BLANK = True

    class SearchAnswered(Message):
        """The search thread has an answer."""

        def __init__(self, question: Question, answer: Answer | None) -> None:
            super().__init__()
            self.question = question
            self.answer = answer

    def __init__(self, stores: Stores, options: DisplayOptions, app_command: Callable[[str, int | None], None]) -> None:
        """Create the screen and its components. `above` runs commands that this screen does not handle."""
        super().__init__()
        self.app_command = app_command
        self._options = options
        self._is_ready = self._is_taking = False
        self._laid_out: tuple[PaneLayout, bool] | None = None
        self.widgets = widgets = BrowseWidgets()
        self.title_line, self.search_line, self.sidebar = widgets.title_line, widgets.search_line, widgets.sidebar
        self.folio, self.page, self.status, self.small = widgets.folio, widgets.page, widgets.status, widgets.small
        self.side, self.paper, self.panes = widgets.side, widgets.paper, widgets.panes
        self.stores, sidebar, line, reading = stores, self.sidebar, self.search_line, stores.reading
        self.named_lists = NamedLists(stores.catalogue, reading, lambda count: self.updates.count_later(count))
        self.search = ScreenSearch(line, sidebar, reading, stores.open_search, self._deliver)
        self.parts = parts = Parts(stores, self.named_lists, sidebar, self.page, line, self.search)
        self.reader, self.marking = parts.reader, parts.marking
        hooks = self._hooks()
        targets = KeyTargets(
            lambda: self.pane, self._run, self.type, lambda text: self.opener.find(text), self.say, self.set_timer
        )
        self.keyboard = KeyDispatcher(targets, sidebar, options.commands)
        edges = EdgeWidgets(self.title_line, self.folio, self.status, self.small)
        self.edge_lines = EdgeLines(parts, edges, self.keyboard, lambda: self.layout_now, lambda: self.size.width)
        self.reader_sync = ReaderSync(parts, hooks)
        self.updates = ScreenUpdates(parts, hooks, self.reader_sync, self.edge_lines)
        self.saver = SessionSaver(parts, hooks, self.reader_sync, self.updates, self.edge_lines, self.keyboard)
        self.gate = CommandGate(parts, hooks)
        self.opener = ListOpener(parts, hooks, self.gate)
        moves = MoveCommands(parts, hooks, self.reader_sync, self.updates, self.gate)
        self.linking = Linking(parts, hooks, self.gate, moves)
        self.commands = ScreenCommands(parts, hooks, self.reader_sync, self.updates, self.gate, moves).table()

    def _hooks(self) -> Hooks:
        """Return the functions of this screen that its components may call."""
        return Hooks(
            say=self.say,
            notice=self.notice,
            after=self.set_timer,
            in_thread=lambda work: self.run_worker(work, thread=True),
            from_thread=lambda function, *given: self.app.call_from_thread(function, *given),
            to_pane=self.to_pane,
            lay_out=self.lay_out,
            open_list=lambda *given: self.opener.open_list(*given),
            search_for=lambda query, id: self.opener.search_for(query, id),
            find=lambda: self.opener.find(),
            find_place=lambda: self.opener.find_place(),
            ask=self.ask,
            copy=self.copy,
            selected_text=self.get_selected_text,
            clear_selection=self._clear_selection,
            save_soon=lambda: self.saver.save_soon(),
            is_still=lambda: self.is_still,
            perform=self.perform,
            app_command=self.app_command,
            after_layout=self._after_layout,
            take_keys=lambda: self.post_message(KeysWanted()),
        )

    def _run(self, command: str, count: int | None) -> None:
        self.perform(command, count)

    def _clear_selection(self) -> bool:
        had_one = bool(self.selections)
        self.clear_selection()
        return had_one

    def _after_layout(self, function: Callable[[], None]) -> None:
        self.refresh(layout=True)  # a layout that a pane requests itself may come only after the callback
        self.call_after_refresh(function)

    @property
    def pane(self) -> Pane:
        """The pane that receives the keys."""
        return self.parts.pane

    @property
    def list_key(self) -> str:
        """Key of the named list that is open."""
        return self.parts.list_key

    @property
    def zen(self) -> bool:
        return self.parts.zen

    def use(self, options: DisplayOptions) -> None:
        """Apply new display options."""
        self._options = options
        self.keyboard.use(options.commands)
        self.edge_lines.keys_changed()
        self.page.measure, self.page.setting_style = options.measure, options.style
        self.apply(options.look)
        self.say()

    def compose(self) -> ComposeResult:
        yield self.panes
        yield self.status
        yield self.small

    def on_mount(self) -> None:
        self.search_line.display = False
        self.page.can_focus = False  # a focused page would receive keys before the screen
        self.use(self._options)
        self.saver.restore()
        self._is_ready = True
        self.say()
        self.set_interval(LOOK_SECONDS, self.updates.show_changes)

    def on_unmount(self) -> None:
        self.search.stop()
        self.saver.save()

    def apply(self, look: ColourTheme) -> None:
        """Apply a theme."""
        self.widgets.apply(look)

    # Keys

    def on_screen_resume(self) -> None:
        """Handle the keys that were queued for a chooser that a click closed."""
        self.post_message(KeysWanted())

    @property
    def is_still(self) -> bool:
        """Whether the screen may change only after a key."""
        return self._options.still

    @property
    def waits(self) -> bool:
        return self.gate.holds or not self._is_ready

    def gives_up(self, typed: Typed) -> bool:
        command = self.keyboard.command(typed)
        quits = command == "quit"
        return (quits or command == "leave") and self.gate.cancels(typed.time, quits)

    def take(self, typed: Typed) -> None:
        self._is_taking = True
        self.edge_lines.notice = ""
        self.parts.typed_at = typed.time
        if isinstance(typed, events.Key):
            self.keyboard.press(typed)
        else:
            self._take_paste(typed.text)
        if self.is_still:
            self.updates.show_changes_now()
        self._is_taking = False
        self.say()
        self._await_layout()

    def _await_layout(self) -> None:
        """If other panes are shown than before, hold keys back until the panes have their sizes."""
        shape = self.layout_now, bool(self.search_line.display)
        if shape != self._laid_out:
            self._laid_out = shape
            self.gate.for_layout()

    def _take_paste(self, text: str) -> None:
        """Insert pasted text into the input line, or open the search line with it."""
        if self.pane.typing:
            self.type(lambda line: line.insert(text))
        elif text.strip():
            self.opener.find(text)

    def type(self, change: Callable[[SearchLine], None]) -> None:
        """Edit the input line with `change` and, if its text changed, update the search or the place."""
        before = self.search_line.text
        change(self.search_line)
        text = self.search_line.text
        if text == before:
            return
        if self.pane is Pane.PLACE:
            self.opener.place_line.changed(text)
        else:
            self.search.changed(text)

    def perform(self, command: str, count: int | None = None, *, typed: float | None = None) -> None:
        """Perform a command, or put it off until what it needs is ready. Pass unknown commands to `above`.

        `typed` is the time at which its key was typed; None for the current key.
        """
        if self.gate.postpones(command, count, self.parts.typed_at if typed is None else typed):
            return
        if self.pane is Pane.READER or command not in MOVES:
            self.reader_sync.catch_up()
        if self.pane is Pane.PLACE and command in ("read", "leave"):
            self.opener.leave_place(stay=command != "leave")
        elif function := self.commands.get(command):
            function(count)
        else:
            self.app_command(command, count)
        self.say()
        self._await_layout()

    # Panes

    def to_pane(self, pane: Pane) -> None:
        """Send the keys to a pane, and show that pane if only one fits."""
        if self.pane is Pane.PLACE and pane is not Pane.PLACE:
            self.opener.place_line.close()
        self.parts.pane = pane
        self.sidebar.is_inactive = pane is Pane.READER
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes and lines that fit on the screen."""
        layout = self.layout_now
        self.side.display, self.paper.display = layout.sidebar > 0, layout.reader
        self.side.styles.width = layout.sidebar
        for line in (self.title_line, self.folio, self.status):
            line.display = layout.edges
        self.small.display = layout.too_small
        self.panes.display = not layout.too_small
        self.say()

    @property
    def layout_now(self) -> PaneLayout:
        pane = Pane.READER if self.reader.explains and self.pane is Pane.LIST else self.pane
        return layout_of(*self.size, pane, self.zen)

    def on_resize(self) -> None:
        self.lay_out()

    # Search

    def on_search_line_clicked(self) -> None:
        self.opener.find()

    def _deliver(self, question: Question, answer: Answer | None) -> None:
        self.post_message(self.SearchAnswered(question, answer))

    def on_browse_screen_search_answered(self, event: SearchAnswered) -> None:
        if self.search.take_answer(event.question, event.answer):
            if event.answer is None:
                self.notice(_("这次没有查成，请再试"))
            self.say()
        self.gate.resume()

    # Lists and the article

    def on_article_list_cursor_moved(self, event: ArticleList.CursorMoved) -> None:
        event.stop()
        self.reader_sync.follow_soon()

    def on_article_list_entry_chosen(self) -> None:
        self.perform("read")

    def on_article_list_named_list_chosen(self, event: ArticleList.NamedListChosen) -> None:
        self.opener.open_list(event.key)

    def on_click(self, event: events.Click) -> None:
        """Go into the article when the user clicks on it."""
        if event.widget is self.page and self.pane is not Pane.READER and event.chain == 1:
            self.perform("read")

    def go_to_block(self, key: str) -> None:
        """Go to a heading that was chosen in the outline. The command `back` returns to the previous position."""
        reading, article = self.stores.reading, self.reader.article
        if article is not None:
            reading.visit(article.id, self.reader.position)
        self.reader.go_to_block(int(key))
        if article is not None:
            reading.jump(article.id, self.reader.position)
        self.to_pane(Pane.READER)

    def on_page_scroll_position_changed(self) -> None:
        self.say()
        self.saver.save_soon()

    def ask(self, title: str, label: str, function: Callable[[], None]) -> None:
        """Ask the user, and call `function` if the answer is yes. `label` describes the action."""
        from ...widgets.choice_list import Choice
        from ..chooser import Chooser

        choices = [Choice("yes", label), Choice("no", _("不要"))]
        look, commands = self._options[:2]
        self.app.push_screen(
            Chooser(title, lambda typed: choices, look, commands, lambda key: function() if key == "yes" else None)
        )

    def copy(self, text: str, what: str) -> None:
        """Copy a text and show the outcome as a notice. `what` names the text in the notice."""
        if isinstance(self.app, TerminalApp):
            self.app.copy(text, what, self.notice)

    def notice(self, text: str) -> None:
        """Show a message in the status line until the next key."""
        self.edge_lines.notice = text
        self.say()

    def say(self) -> None:
        """Update the lines above and below the panes; while a key is handled, once for all that it changes."""
        if self._is_ready and not self._is_taking:
            self.edge_lines.say()

    @property
    def caret(self) -> Offset:
        """Screen position for the terminal's cursor: the caret, the top of the page, or the list's cursor."""
        if self.pane.typing:
            return self.search_line.caret
        return self.page.content_region.offset if self.pane is Pane.READER else self.sidebar.caret
