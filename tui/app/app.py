"""The application: holds stores and preferences, opens the screens, runs the commands that belong to no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual.app import ScreenStackError
from textual.events import Callback, Event, Key, MouseDown, MouseEvent, MouseUp, Paste
from textual.message import Message
from textual.screen import Screen
from textual.theme import Theme

from ..driver.terminal_app import TerminalApp
from ..i18n import _, set_language
from ..rich_widths import use_ambiguous
from ..screens.browse import BrowseScreen
from ..screens.key_queue import KeyQueue
from ..screens.mouse_turn import when_handled
from ..session.opening import Follower
from ..session.stores import Stores
from ..terminal.tty import RawTerminal
from ..theme import ColourTheme
from ..widgets.article_page import ArticlePage
from .preferences import Preferences

if TYPE_CHECKING:
    from ..indexer.progress import Progress
    from .choosers import Choosers

_LOOK_SECONDS = 2.0
"""Seconds between two checks of the settings files."""
_ANSI = {"ansi-background": "ansi_black", "ansi-foreground": "ansi_white", "border-blurred": "ansi_black"}
"""Theme variables that Textual's own style sheet requires when a theme uses the terminal's colours."""


class GaNewsApp(TerminalApp):
    """The Textual app for one library."""

    CSS_PATH = "../app.tcss"

    class Indexed(Message):
        """The indexing thread made progress."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, GaNewsApp.Indexed)

    def __init__(
        self,
        stores: Stores,
        preferences: Preferences,
        terminal: RawTerminal | None = None,
        files: Sequence[str] = (),
        in_browser: bool = False,
    ) -> None:
        """Create the app and its browse screen.

        `files`: the files that the first screen depends on, besides the settings and the article's file.
        `in_browser`: the terminal is a page of `ganews-tui serve`, which opens links.
        """
        super().__init__(terminal)
        self._files = files
        self._in_browser = in_browser
        self._stores = stores
        self._preferences = preferences
        self.indexing: Follower | None = None
        self._mouse = preferences.settings.mouse
        self.browse = BrowseScreen(stores, preferences.display_options, self)
        self._keys = KeyQueue(self._top_screen, self._say_too_many, self._handle_keys_later, self._forward_later)

    def get_default_screen(self) -> BrowseScreen:
        """Return the browse screen, so that Textual lays out no empty default screen."""
        return self.browse

    def on_load(self) -> None:
        self._use_colours(self._preferences.theme)

    def on_mount(self) -> None:
        self.set_interval(_LOOK_SECONDS, self._look_at_settings)

    def on_ready(self) -> None:
        if self._preferences.problems:
            self.browse.notice(str(self._preferences.problems[0]))

    def first_frame_shown(self) -> None:
        """Do what can wait until the first screen is painted."""
        if not self._mouse:
            self.turn_mouse(False)
        if self.indexing:
            self.indexing.start()

    def screen_files(self) -> Iterable[str] | None:
        """Return the files that the current screen depends on, or None if the next start would show another screen."""
        browse = self.browse
        file = browse.saver.article_file() if self.screen is browse and browse.is_restorable() else None
        return None if file is None else (*self._files, *map(str, self._preferences.files), str(file))

    def on_terminal_answered(self) -> None:
        """Redraw everything after the terminal answered late about its width or background."""
        if self.terminal is not None:
            self._preferences.terminal_answered(self.terminal.width, self.terminal.background)
            use_ambiguous(self._preferences.ambiguous)
            self._use_preferences()
            self.refresh(layout=True)

    def tell_progress(self, progress: Progress) -> None:
        """Report indexing progress. Called in the indexing thread."""
        self.post_message(self.Indexed(progress))

    def on_ga_news_app_indexed(self, event: Indexed) -> None:
        self.browse.updates.indexed(event.progress)

    async def on_event(self, event: Event) -> None:
        """Queue keys, pastes and mouse events; leave all other events to Textual.

        Drags and the wheel choose nothing: they need to wait only behind events that were queued before them.
        """
        is_in_order = isinstance(event, Key | Paste | MouseDown | MouseUp)
        if (
            isinstance(event, Key | Paste | MouseEvent)
            and not event.is_forwarded
            and (is_in_order or self._keys.queued)
        ):
            self._keys.put(event)
        else:
            await super().on_event(event)

    def _forward_later(self, event: MouseEvent) -> None:
        """Give a mouse event to Textual in the app's own message loop."""
        self.call_later(self._forward, event)

    async def _forward(self, event: MouseEvent) -> None:
        """Give a mouse event to Textual, and let the keys behind it wait for its effect."""
        await super().on_event(event)
        if (screen := self._top_screen()) is not None:
            when_handled(screen, event.x, event.y, self._keys.forwarded)

    def on_keys_wanted(self) -> None:
        self._keys.go_on()

    def _handle_keys_later(self) -> None:
        """Handle queued keys in the message loop of the top screen, so that it paints their changes as one frame."""
        if (screen := self._top_screen()) is not None:
            screen.post_message(Callback(callback=self._keys.work))  # `call_later` is slower than the rest of a key

    def _top_screen(self) -> Screen[Any] | None:
        """Return the top screen, or None if the program is ending and no screen is left."""
        try:
            return self.screen
        except ScreenStackError:
            return None

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Exit the app. Keys typed after the one that quits are left to the shell."""
        self._keys.close()
        super().exit(result, return_code, message)

    def obey(self, command: str, count: int | None) -> None:
        """Run a command that belongs to no screen: the action of its name. Ignores unknown commands."""
        if action := getattr(self, f"action_{command}", None):
            action(count)

    def _say_too_many(self) -> None:
        self.browse.notice(_("按键太多，后面的没有收下"))

    def on_article_page_link_chosen(self, event: ArticlePage.LinkChosen) -> None:
        self.browse.follow_link(event.target)

    @cached_property
    def _choosers(self) -> Choosers:
        """The choosers, imported on first use."""
        from .choosers import ChooserHooks, Choosers

        above = ChooserHooks(self.push_screen, self._top_screen, self.apply)
        return Choosers(above, self.browse, self._preferences, self._stores)

    # Themes and settings

    def _use_colours(self, theme: ColourTheme) -> None:
        """Set the colours of the style sheet. Widgets get theirs from their screen."""
        colours = theme.colours
        self.use_theme(
            Theme(
                name=theme.name,
                primary=colours.accent,
                background=colours.page,
                surface=colours.side,
                panel=colours.bar,
                foreground=colours.text,
                dark=theme.dark,
                ansi=colours.page.startswith("ansi"),
                variables={**_ANSI, **theme.variables()},
            )
        )

    def apply(self, name: str) -> None:
        """Show the theme with this name, without saving the choice."""
        look = self._preferences.theme_named(name)
        self._use_colours(look)
        self.browse.apply(look)
        if "_choosers" in self.__dict__:
            self._choosers.apply(look)

    def _look_at_settings(self) -> None:
        before = self._preferences.language
        if self._preferences.changed():
            if self._preferences.language != before:
                set_language(self._preferences.language)
                self.browse.updates.language_changed()
            self._use_preferences()
            problems = self._preferences.problems
            self.browse.notice(str(problems[0]) if problems else _("设置已更新"))

    def _use_preferences(self) -> None:
        """Apply the current settings to every screen, including an open chooser."""
        self._use_colours(self._preferences.theme)
        self.browse.use(self._preferences.display_options)
        if "_choosers" in self.__dict__:
            self._choosers.apply(self._preferences.theme)

    # Commands, by their ids in the command table

    def action_help(self, _count: int | None = None) -> None:
        self._choosers.help()

    def action_palette(self, _count: int | None = None) -> None:
        self._choosers.palette()

    def action_theme(self, _count: int | None = None) -> None:
        self._choosers.themes()

    def action_outline(self, _count: int | None = None) -> None:
        self._choosers.outline()

    def action_problems(self, _count: int | None = None) -> None:
        self._choosers.problems()

    def action_readings(self, _count: int | None = None) -> None:
        self._choosers.readings()

    def action_open_link(self, _count: int | None = None) -> None:
        self._choosers.links()

    def action_mouse(self, _count: int | None = None) -> None:
        """Give the mouse to the terminal, or take it back."""
        self._mouse = not self._mouse
        self.turn_mouse(self._mouse)
        self.browse.notice(_("鼠标由阅读器使用") if self._mouse else _("鼠标交给终端，可以直接选字"))

    def action_redraw(self, _count: int | None = None) -> None:
        self.refresh(layout=True)

    def action_suspend(self, _count: int | None = None) -> None:
        self.action_suspend_process()

    def action_wider(self, count: int | None = None) -> None:
        self._widen(count or 1)

    def action_narrower(self, count: int | None = None) -> None:
        self._widen(-(count or 1))

    def _widen(self, by: int) -> None:
        self._preferences.widen(by)
        self.browse.use(self._preferences.display_options)
        self.browse.notice(_("每行 {n} 字").format(n=self._preferences.measure))

    def ask(self, title: str, label: str, function: Callable[[], None]) -> None:
        """Ask the user, and call `function` if the answer is yes. `label` describes the action."""
        self._choosers.ask(title, label, function)

    def open_elsewhere(self, target: str, *, is_picture: bool) -> None:
        """Open a picture or a web address outside the program. Without a program for it, copy path or address."""
        from .links import is_safe, open_link, open_picture, page_link

        if is_picture:
            if not self._in_browser and open_picture(Path(target)):
                self.browse.notice(_("已打开图片"))
            else:
                why = _("图片在服务器上，路径") if self._in_browser else _("这里没有桌面来开图片，路径")
                self.browse.copy(target, why)
        elif self._in_browser and is_safe(target):
            self.write_to_terminal(page_link(target))
            self.browse.notice(_("已在浏览器打开"))
        elif not self._in_browser and open_link(target):
            self.browse.notice(_("已在浏览器打开"))
        else:
            self.browse.copy(target, _("这里没有浏览器，地址"))
