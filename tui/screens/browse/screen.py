"""The browse screen: draws the session, and passes keys to commands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import var

from ...driver.first_frame import FirstScreen
from ...driver.terminal_app import TerminalApp
from ...i18n import _
from ...session import commands, effects, navigation, pane_commands, searching
from ...session.effects import Change
from ...session.list_geometry import ListPosition
from ...session.search_worker import Question
from ...session.state import Session
from ...session.stores import Stores
from ...theme import ColourTheme
from ...widgets.article_list import ArticleList
from ...widgets.article_page import ArticlePage
from ...widgets.character_selection import SelectsWholeCharacters
from ..display_options import DisplayOptions
from ..key_queue import KeysWanted, TakesKeys, Typed
from .command_gate import MOVES
from .edge_lines import EdgeLines
from .hooks import Above, Hooks
from .key_dispatch import CommandKey, CountKey, EditKey, KeyDispatcher, QueryKey
from .panes import PaneLayout, layout_of
from .reader_sync import ReaderSync
from .screen_runner import ScreenRunner
from .screen_updates import ScreenUpdates
from .session_saver import SessionSaver
from .typed_line import TypedLine
from .widgets import BrowseWidgets

if TYPE_CHECKING:
    from ...search import Answer

LOOK_SECONDS = 2.0
"""Seconds between two checks for changes by other processes and the indexer."""


class BrowseScreen(FirstScreen, SelectsWholeCharacters[None], TakesKeys):
    """The screen with sidebar and reader. It receives all keys, in the order in which they were typed."""

    AUTO_FOCUS = ""
    BLANK = True

    session: var[Session] = var(Session(face="screen"), init=False)
    """The session as the widgets show it. Only `draw` sets it, once for each key, click, answer or timer."""

    class SearchAnswered(Message):
        """The search thread has an answer."""

        def __init__(self, question: Question, answer: Answer | None) -> None:
            super().__init__()
            self.question = question
            self.answer = answer

    def __init__(self, stores: Stores, options: DisplayOptions, above: Above) -> None:
        super().__init__()
        self._above = above
        self._options = options
        self._is_ready = self._is_taking = False
        self._laid_out: tuple[PaneLayout, bool] | None = None
        self._count_from: ListPosition | None = None
        """The position of the cursor before the digits of a count prefix."""
        self.widgets = widgets = BrowseWidgets()
        self.title_line, self.search_line, self.sidebar = widgets.title_line, widgets.search_line, widgets.sidebar
        self.folio, self.page, self.status, self.small = widgets.folio, widgets.page, widgets.status, widgets.small
        self.side, self.paper, self.panes = widgets.side, widgets.paper, widgets.panes
        self.stores = stores
        hooks = self._hooks()
        self.runner = runner = ScreenRunner(stores, hooks, self._deliver)
        self.gate = runner.gate
        self.keyboard = KeyDispatcher(options.commands, self.set_timer, self.say)
        self.edge_lines = EdgeLines(stores.title, runner.lists, widgets, self.keyboard, self._look)
        self.reader_sync = ReaderSync(runner, hooks)
        self.updates = ScreenUpdates(runner, hooks, self.edge_lines, lambda: self.is_still)
        self.typed_line = TypedLine(self.search_line, stores.gazetteer, lambda: runner.session, self.obey)
        self.saver = SessionSaver(runner, hooks, self.reader_sync, self.take_in)

    def _hooks(self) -> Hooks:
        """Return the functions of this screen that its components may call."""
        return Hooks(
            show=self.show,
            notice=self.notice,
            perform=self.perform,
            after=self.set_timer,
            in_thread=lambda work: self.run_worker(work, thread=True),
            from_thread=lambda function, *given: self.app.call_from_thread(function, *given),
            after_layout=lambda function: self.call_next(self._call_after_layout, function),
            quit=lambda: self.app.exit(),
            painted_article=self._painted_article,
            take_keys=lambda: self.post_message(KeysWanted()),
        )

    def _painted_article(self) -> str | None:
        entry = self.sidebar.entry if self.session.cursor is self.runner.session.cursor else None
        return entry.id if entry else None

    async def _call_after_layout(self, function: Callable[[], None]) -> None:
        await asyncio.sleep(0)  # meanwhile the panes request the layout, which then comes before the call
        self.call_after_refresh(function)

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
        self.updates.count_content()
        self.lay_out()
        self.saver.restore()
        self._is_ready = True
        self.say()
        self.set_interval(LOOK_SECONDS, self.updates.show_changes)

    def on_unmount(self) -> None:
        self.runner.search.stop()
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
        command = self.keyboard.command(typed, self.session.pane)
        quits = command == "quit"
        return (quits or command == "leave") and self.gate.cancels(typed.time, quits)

    def take(self, typed: Typed) -> None:
        self._is_taking = True
        self.edge_lines.notice = ""
        self.gate.typed_at = typed.time
        self.take_in()
        if isinstance(typed, events.Key):
            self._take_key(typed)
        elif self.session.is_typing:
            self.typed_line.edit(lambda line: line.insert(typed.text))
        elif typed.text.strip():
            self.typed_line.find(typed.text)
        if self.is_still:
            self.updates.show_changes_now()
        self._is_taking = False
        self.say()
        self._await_layout()

    def _take_key(self, key: events.Key) -> None:
        match self.keyboard.meaning(key, self.session.pane):
            case CommandKey(command, count, is_counted):
                if is_counted and self._count_from:
                    self.obey(pane_commands.to_position(self.runner.session, self._count_from))
                self.perform(command, count)
            case CountKey(number, is_first):
                if is_first:
                    self._count_from = self.session.cursor.at
                self.obey(pane_commands.nth_section(self.runner.session, number))
            case EditKey(name, character):
                self.typed_line.edit(lambda line: line.take(name, character))
            case QueryKey(character):
                self.typed_line.find(character)

    def _await_layout(self) -> None:
        """If other panes are shown than before, hold keys back until the panes have their sizes."""
        shape = self.layout_now, bool(self.search_line.display)
        if shape != self._laid_out:
            self._laid_out = shape
            self.gate.for_layout()

    # Commands and their changes

    def perform(self, command: str, count: int | None = None, *, typed: float | None = None) -> None:
        """Perform a command, or put it off until what it needs is ready.

        `typed` is the time at which its key was typed; None for the current key.
        """
        if self.gate.postpones(command, count, self.gate.typed_at if typed is None else typed):
            return
        if not self._is_taking:
            self.take_in()
        if self.session.pane == "reader" or command not in MOVES:
            self.reader_sync.catch_up()
        if not self._uses_selection(command):
            step = commands.run(command, self.runner.session, count)
            if command == "mark_all_read" and self._asks_to_mark:
                title, what = _("全部标为已读"), _("{n} 篇标为已读").format(n=self.session.total)
                self._above.ask(title, what, lambda: self.obey(commands.run(command, self.runner.session, count)))
            else:
                self.obey(step)
        if not self._is_taking:
            self._await_layout()

    @property
    def _asks_to_mark(self) -> bool:
        return self.session.answer is not None and self.session.total > searching.FIRST_HITS

    def _uses_selection(self, command: str) -> bool:
        """Copy or clear the selection, if there is one and the command does so; return whether it did."""
        if command == "copy_article" and (selected := self.get_selected_text()):
            self.copy(selected, _("所选 {n} 字").format(n=len(selected)))
            return True
        if command == "leave" and self.selections:
            self.clear_selection()
            return True
        return False

    def obey(self, step: navigation.Step) -> None:
        """Take over the result of a command, carry out its effects, and draw what changed."""
        self.show(self.runner.perform(step))

    def show(self, changes: Iterator[Change]) -> None:
        """Show the changes of the session as they come."""
        for change in changes:
            self._show(change)
        self.draw()

    def _show(self, change: Change) -> None:
        match change:
            case effects.EntryShown(is_shown=True):
                self.reader_sync.follow()
            case effects.Scrolled(by, times):
                self.draw()
                self.widgets.scroll(by, times)
                self.take_in()
            case effects.TopShown():
                self.draw()
                self.sidebar.to_line(0)
            case effects.RowChanged(number, starred):
                self.draw()
                if self.runner.count_again(starred):
                    self.sidebar.show_marks(self.runner.session.cursor, number)
            case effects.MarksChanged():
                rows = self.session.rows
                self.runner.show_marks()
                self.draw()
                if self.session.rows is rows:
                    self.sidebar.show_all_marks()
            case effects.Said(text, is_undoable):
                self.notice(_("{said}，可撤销").format(said=text) if is_undoable else text)
            case effects.Copied(text, what):
                self.copy(text, what if "\n" in text else text)
            case effects.Pointed(target, is_picture):
                self._above.open_elsewhere(target, is_picture=is_picture)
            case effects.Choose(what, number):
                self._above.obey({"links": "open_link"}.get(what, what), number)
            case effects.ForScreen(command, number):
                self._above.obey(command, number)
            case effects.Quit():
                self.app.exit()

    # Drawing

    def take_in(self) -> None:
        """Bring the session up to date with what the user scrolled to with the mouse or the last key."""
        if self._is_ready and self.is_active:
            self.runner.session = self.widgets.seen(self.runner.session)

    def draw(self) -> None:
        """Let the widgets show the session."""
        self.saver.return_to_match()
        self.session = self.runner.session

    def watch_session(self, before: Session, now: Session) -> None:
        """Give each widget what it draws."""
        place = self.widgets.show(before, now)
        if place != now.page_position:
            self.runner.session = self.runner.session._replace(page_position=place)
        if (before.pane, before.zen, before.explanation) != (now.pane, now.zen, now.explanation):
            self.lay_out()
        if (before.cursor, before.seen) != (now.cursor, now.seen):
            self.reader_sync.follow_soon()
        self.saver.save_soon()
        self.say()

    def lay_out(self) -> None:
        """Show the panes and lines that fit on the screen."""
        self.widgets.lay_out(self.layout_now)
        self.say()

    @property
    def layout_now(self) -> PaneLayout:
        session = self.session
        pane = "reader" if session.explanation and session.pane == "list" else session.pane
        return layout_of(*self.size, pane, session.zen)

    def on_resize(self) -> None:
        self.lay_out()

    def notice(self, text: str) -> None:
        """Show a message in the status line until the next key."""
        self.edge_lines.notice = text
        self.say()

    def say(self) -> None:
        """Update the lines above and below the panes; while a key is handled, once for all that it changes."""
        if self._is_ready and not self._is_taking:
            self.edge_lines.say()

    def _look(self) -> tuple[Session, PaneLayout, int, int]:
        return self.session, self.layout_now, self.size.width, self.page.percent

    @property
    def caret(self) -> Offset:
        """Screen position for the terminal's cursor: the caret, the top of the page, or the list's cursor."""
        if self.session.is_typing:
            return self.search_line.caret
        return self.page.content_region.offset if self.session.pane == "reader" else self.sidebar.caret

    # Messages

    def _deliver(self, question: Question, answer: Answer | None) -> None:
        self.post_message(self.SearchAnswered(question, answer))

    def on_browse_screen_search_answered(self, event: SearchAnswered) -> None:
        self.take_in()
        self.show(self.runner.take_answer(event.question, event.answer))
        self.gate.resume()

    def on_search_line_clicked(self) -> None:
        self.perform("search")

    def on_article_list_row_clicked(self, event: ArticleList.RowClicked) -> None:
        self.take_in()
        self.obey(pane_commands.click(self.runner.session, event.at))
        self._await_layout()

    def on_click(self, event: events.Click) -> None:
        """Go into the article when the user clicks on it."""
        if event.widget is self.page and self.session.pane != "reader" and event.chain == 1:
            self.perform("reader_pane")

    def on_page_scroll_position_changed(self, event: ArticlePage.PositionChanged) -> None:
        event.stop()
        self.take_in()
        self.say()
        self.saver.save_soon()

    # What choosers ask for

    def go_to_block(self, block: int) -> None:
        """Go to a heading that was chosen in the outline. The command `back` returns to the previous position."""
        self.obey(navigation.to_block(self.runner.session, block))

    def follow_link(self, address: str) -> None:
        """Follow a link of the open article."""
        self.take_in()
        self.obey(navigation.follow_link(self.runner.session, address))

    def search_for(self, query: str) -> None:
        """Show the hits of a query."""
        self.obey(searching.show_search(self.runner.session, query))

    def copy(self, text: str, what: str) -> None:
        """Copy a text and show the outcome as a notice. `what` names the text in the notice."""
        if isinstance(self.app, TerminalApp):
            self.app.copy(text, what, self.notice)

    def is_restorable(self) -> bool:
        """Return whether the next start would show exactly this screen.

        False if anything is open or displayed that is not saved. Updates the marks on the screen first.
        """
        self.runner.show_marks()
        self.draw()
        said = self.edge_lines.notice or self.edge_lines.progress or self.keyboard.number
        is_slow = self.runner.lists.is_slow(self.session.listing)
        return self.saver.is_plain() and not said and not is_slow and self.sidebar.shows_as_opened()
