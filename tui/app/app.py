"""The application: holds stores and preferences, opens the screens, answers the commands that are no screen's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.events import Key
from textual.message import Message
from textual.theme import Theme

from ..driver import TerminalApp, TerminalDriver
from ..look import Look
from ..screens.browse import BrowseScreen, Stores
from ..screens.chooser import Chooser
from ..screens.commands import help_lines, palette
from ..terminal.tty import Taken
from ..widgets.article_page import ArticlePage
from ..widgets.choice_list import Choice
from ..words import _, choose
from .indexing import Indexing
from .links import open_link
from .preferences import Preferences

if TYPE_CHECKING:
    from ..indexer.progress import Progress

_LOOK = 2.0
"""Seconds between two looks at the settings files."""
_ANSI = {"ansi-background": "ansi_black", "ansi-foreground": "ansi_white", "border-blurred": "ansi_black"}
"""What Textual's own style sheet wants of a theme in the terminal's colours."""


class GaNewsApp(TerminalApp):
    """One library, opened for reading."""

    CSS_PATH = "../app.tcss"

    @dataclass
    class Indexed(Message):
        """The indexing thread has come further."""

        progress: Progress

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, GaNewsApp.Indexed)

    def __init__(
        self, stores: Stores, preferences: Preferences, taken: Taken | None = None, files: Sequence[str] = ()
    ) -> None:
        """`files` are those that the first screen is drawn from, besides settings and the article's own."""
        super().__init__(taken=taken)
        self._files = files
        self._stores = stores
        self._preferences = preferences
        self.indexing: Indexing | None = None
        self._mouse = preferences.settings.mouse
        self._put_on(preferences.look)
        self.browse = BrowseScreen(stores, preferences.manner)
        self._own: dict[str, Callable[[], None]] = {
            "quit": self.exit,
            "help": self._help,
            "palette": self._palette,
            "theme": self._themes,
            "outline": self._outline,
            "problems": self._problems,
            "open_link": self._links,
            "mouse": self._turn_mouse,
            "redraw": self._redraw,
            "suspend": self.action_suspend_process,
            "wider": lambda: self._widen(1),
            "narrower": lambda: self._widen(-1),
        }

    def get_default_screen(self) -> BrowseScreen:
        """The first screen there is: an empty one below it would be styled and laid out for nobody."""
        return self.browse

    def on_mount(self) -> None:
        self.set_interval(_LOOK, self._look_at_settings)

    def on_ready(self) -> None:
        if self._preferences.problems:
            self.browse.notice(str(self._preferences.problems[0]))

    def begun(self) -> None:
        """What the first screen need not wait for."""
        if not self._mouse:
            self._set_mouse(False)
        if self.indexing:
            self.indexing.start()

    def rests_on(self) -> Iterable[str] | None:
        """The last screen is kept when the next start would show the same."""
        keeping = self.browse.keeping
        file = keeping.article_file() if self.screen is self.browse and keeping.comes_back() else None
        return None if file is None else (*self._files, *map(str, self._preferences.files), str(file))

    def tell_progress(self, progress: Progress) -> None:
        """Called by the thread that indexes."""
        self.post_message(self.Indexed(progress))

    def on_ga_news_app_indexed(self, event: Indexed) -> None:
        self.browse.outside.indexed(event.progress)

    def on_browse_screen_wanted(self, event: BrowseScreen.Wanted) -> None:
        if act := self._own.get(event.command):
            act()
        for key in self.browse.take_held():
            self.screen.post_message(Key(key.key, key.character))

    def on_article_page_link_chosen(self, event: ArticlePage.LinkChosen) -> None:
        self._follow_link(event.target)

    # Looks and settings

    def _put_on(self, look: Look) -> None:
        """Colour the style sheet; widgets get their inks through their screen.

        Before anything is styled its colours are just put in: nothing has to be read again.
        """
        colours = look.colours
        self.register_theme(
            Theme(
                name=look.name,
                primary=colours.accent,
                background=colours.page,
                surface=colours.side,
                panel=colours.bar,
                foreground=colours.text,
                dark=look.dark,
                ansi=colours.page.startswith("ansi"),
                variables={**_ANSI, **look.variables()},
            )
        )
        if self.begins_later and not self.is_running:
            self.set_reactive(GaNewsApp.theme, look.name)
            self.stylesheet.set_variables(self.get_css_variables())
        elif self.theme == look.name:
            self.refresh_css(animate=False)
        else:
            self.theme = look.name

    def get_theme(self, theme_name: str) -> Theme | None:
        """Asked for with every line painted, so without gathering all there are first."""
        return self._registered_themes.get(theme_name) or super().get_theme(theme_name)

    def refresh_css(self, animate: bool = True) -> None:
        """Before the first screen stands, the style sheet has its colours already."""
        if self.begins_later:
            self.screen._css_update_count = self._css_update_count
        else:
            super().refresh_css(animate)

    def _wear(self, name: str) -> None:
        """Try a look on."""
        look = self._preferences.look_named(name)
        self._put_on(look)
        self.browse.wear(look)
        if isinstance(self.screen, Chooser):
            self.screen.wear(look)

    def _look_at_settings(self) -> None:
        before = self._preferences.language
        if self._preferences.changed():
            if self._preferences.language != before:
                choose(self._preferences.language)
            self._put_on(self._preferences.look)
            self.browse.use(self._preferences.manner)
            problems = self._preferences.problems
            self.browse.notice(str(problems[0]) if problems else _("设置已更新"))

    def _widen(self, by: int) -> None:
        self._preferences.widen(by)
        self.browse.use(self._preferences.manner)
        self.browse.notice(_("每行 {n} 字").format(n=self._preferences.measure))

    def _redraw(self) -> None:
        self.refresh(layout=True)

    def _turn_mouse(self) -> None:
        self._mouse = not self._mouse
        self._set_mouse(self._mouse)
        self.browse.notice(_("鼠标由阅读器使用") if self._mouse else _("鼠标交给终端，可以直接选字"))

    def _set_mouse(self, on: bool) -> None:
        if isinstance(self._driver, TerminalDriver):
            self._driver.turn_mouse(on)

    # Screens

    def _choose(self, chooser: Chooser, then: Callable[[str], None]) -> None:
        self.push_screen(chooser, lambda key: then(key) if key is not None else None)

    def _palette(self) -> None:
        commands = self._preferences.manner.commands
        chooser = Chooser(
            _("命令"),
            lambda typed: palette(typed, commands),
            self._preferences.look,
            commands,
            hint=_("中文、拼音、英文"),
        )
        self._choose(chooser, self.browse.perform)

    def _help(self) -> None:
        commands = self._preferences.manner.commands
        chooser = Chooser(
            _("按键"),
            lambda typed: help_lines(typed, commands),
            self._preferences.look,
            commands,
            hint=_("输入以查找"),
            wide=True,
        )
        self._choose(chooser, self.browse.perform)

    def _themes(self) -> None:
        before = self._preferences.look.name
        choices = [Choice(look.name, look.title) for look in self._preferences.looks]
        chooser = self._list(_("主题"), choices, chosen=before, pointed=self._wear)

        def chosen(key: str | None) -> None:
            if key is None:
                self._wear(before)
            else:
                self._preferences.wear(key)
                self._wear(key)

        self.push_screen(chooser, chosen)

    def _outline(self) -> None:
        headings = self.browse.reader.headings()
        choices = [Choice(str(block), text, depth=max(level - 1, 0)) for text, level, block in headings]
        if len(choices) < 2:
            self.browse.notice(_("这一篇没有小标题"))
            return
        reader, before = self.browse.reader, self.browse.page.place
        here = [choice.key for choice in choices if int(choice.key) <= before[0]][-1]

        def chosen(key: str | None) -> None:
            if key is None:
                self.browse.page.go_to(*before)
            else:
                self.browse.go_to_block(key)

        def pointed(key: str) -> None:
            reader.go_to_block(int(key))

        self.push_screen(self._list(_("目录"), choices, chosen=here, pointed=pointed), chosen)

    def _problems(self) -> None:
        problems = [*self._preferences.problems, *self._stores.catalogue.problems()]
        choices = [Choice(str(n), str(problem)) for n, problem in enumerate(problems)]
        if choices:
            self._choose(self._list(_("内容的问题"), choices, wide=True), lambda key: None)
        else:
            self.browse.notice(_("没有问题"))

    def _links(self) -> None:
        links = list(dict.fromkeys(self.browse.reader.links()))
        if not links:
            self.browse.notice(_("这一篇没有链接"))
        elif len(links) == 1:
            self._follow_link(links[0])
        else:
            self._choose(self._list(_("链接"), [Choice(link, link) for link in links]), self._follow_link)

    def _follow_link(self, target: str) -> None:
        if open_link(target):
            self.browse.notice(_("已在浏览器打开"))
        else:
            self.copy_to_clipboard(target)
            self.browse.notice(_("这里没有浏览器，地址已复制"))

    def _list(
        self,
        title: str,
        choices: Iterable[Choice],
        *,
        chosen: str | None = None,
        wide: bool = False,
        pointed: Callable[[str], None] | None = None,
    ) -> Chooser:
        shown = list(choices)
        manner = self._preferences.manner
        return Chooser(title, lambda _t: shown, manner.look, manner.commands, chosen=chosen, wide=wide, pointed=pointed)
