"""The choosers: palette, help, themes, outline, problems, links. Imported on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..i18n import _
from ..keys import Command
from ..query.readings import all_readings, with_reading
from ..screens.browse import BrowseScreen
from ..screens.chooser import Chooser
from ..screens.command_lists import help_lines
from ..screens.command_lists import palette as found
from ..session.article_text import Link
from ..session.stores import Stores
from ..theme import ColourTheme
from ..widgets.choice_list import Choice
from .preferences import Preferences

HEADS = ("headline", "subhead")
"""Kinds of block that the outline lists."""


class ChooserHooks(NamedTuple):
    """The functions of the app that the choosers call."""

    open: Callable[[Chooser], object]
    top: Callable[[], object]
    """Returns the top screen."""
    try_on: Callable[[str], None]
    """Shows the theme with this name, without saving the choice."""


class Choosers:
    """Opens choosers above the browse screen and carries out the choice."""

    def __init__(self, app: ChooserHooks, browse: BrowseScreen, preferences: Preferences, stores: Stores) -> None:
        self._app = app
        self._browse = browse
        self._preferences = preferences
        self._stores = stores

    def apply(self, look: ColourTheme) -> None:
        """Apply a theme to the open chooser, if there is one."""
        if isinstance(top := self._app.top(), Chooser):
            top.apply(look)

    def palette(self) -> None:
        """Open the palette: all commands, filtered by what the user types."""
        self._perform(_("命令"), found, _("中文、拼音、英文"))

    def help(self) -> None:
        """Open the help: all commands with their keys."""
        self._perform(_("按键"), help_lines, _("输入以查找"), wide=True)

    def _perform(
        self, title: str, lines: Callable[[str, Sequence[Command]], Sequence[Choice]], hint: str, wide: bool = False
    ) -> None:
        """Open a chooser of commands and run the chosen one. `lines` returns the choices for the typed text."""
        commands = self._preferences.display_options.commands
        chooser = Chooser(
            title,
            lambda typed: lines(typed, commands),
            self._preferences.theme,
            commands,
            _if_chosen(self._browse.perform),
            hint=hint,
            wide=wide,
        )
        self._app.open(chooser)

    def themes(self) -> None:
        """Open the list of themes. Each is previewed while the cursor is on it."""
        before = self._preferences.theme.name
        choices = [Choice(look.name, look.title) for look in self._preferences.themes]

        def chosen(key: str | None) -> None:
            if key is None:
                self._app.try_on(before)
            else:
                self._preferences.apply(key)
                self._app.try_on(key)

        self._list(_("主题"), choices, chosen, chosen=before, pointed=self._app.try_on)

    def outline(self) -> None:
        """Open the outline: the headline and the subheads of the article. Each is shown while the cursor is on it."""
        text, page = self._browse.session.text, self._browse.page
        heads = [(n, block) for n, block in enumerate(text.page.blocks if text else ()) if block.kind in HEADS]
        if len(heads) < 2:
            self._browse.notice(_("这一篇没有小标题"))
            return
        choices = [Choice(str(n), block.text, depth=max(block.level - 1, 0)) for n, block in heads]
        before = page.page_position
        here = [choice.key for choice in choices if int(choice.key) <= before[0]][-1]

        def chosen(key: str | None) -> None:
            page.go_to(*before)
            if key is not None:
                self._browse.go_to_block(int(key))

        self._list(_("目录"), choices, chosen, chosen=here, pointed=lambda key: page.go_to(int(key)))

    def problems(self) -> None:
        """Open the list of problems in settings and content."""
        problems = [*self._preferences.problems, *self._stores.catalogue.problems()]
        choices = [Choice(str(n), str(problem)) for n, problem in enumerate(problems)]
        if choices:
            self._list(_("内容的问题"), choices, lambda key: None, wide=True)
        else:
            self._browse.notice(_("没有问题"))

    def links(self) -> None:
        """Open the list of the article's links and pictures. A single one is followed at once."""
        text = self._browse.session.text
        links = text.links if text else ()
        if not links:
            self._browse.notice(_("这一篇没有链接"))
        elif len(links) == 1:
            self._browse.follow_link(links[0].target)
        else:
            choices = [Choice(link.target, _link_line(link)) for link in links]
            self._list(_("链接"), choices, _if_chosen(self._browse.follow_link))

    def readings(self) -> None:
        """Open the list of the words that the typed pinyin and figures may mean. The chosen one goes into the query."""
        query, answer = self._browse.session.query, self._browse.session.answer
        readings = [*answer.near, *all_readings(answer.interpretations)] if answer else []
        if not readings:
            self._browse.notice(_("检索词没有别的读法"))
            return
        choices = [Choice(str(number), one.word, heading=one.typed) for number, one in enumerate(readings)]

        def chosen(key: str) -> None:
            self._browse.search_for(with_reading(query, readings[int(key)]))

        self._list(_("读法"), choices, _if_chosen(chosen))

    def ask(self, title: str, label: str, function: Callable[[], None]) -> None:
        """Ask the user, and call `function` if the answer is yes. `label` describes the action."""
        choices = [Choice("yes", label), Choice("no", _("不要"))]
        self._list(title, choices, lambda key: function() if key == "yes" else None)

    def _list(
        self,
        title: str,
        choices: Iterable[Choice],
        then: Callable[[str | None], None],
        *,
        chosen: str | None = None,
        wide: bool = False,
        pointed: Callable[[str], None] | None = None,
    ) -> None:
        """Open a chooser without an input line."""
        shown = list(choices)
        look, commands = self._preferences.display_options[:2]
        self._app.open(
            Chooser(title, lambda _t: shown, look, commands, then, chosen=chosen, wide=wide, pointed=pointed)
        )


def _if_chosen(function: Callable[[str], None]) -> Callable[[str | None], None]:
    """Return a callback that calls `function` with the chosen key, and does nothing if the user left the chooser."""
    return lambda key: None if key is None else function(key)


def _link_line(link: Link) -> str:
    """Return a link's words and address, or the address alone if the words only repeat it."""
    return link.target if link.text in link.target else f"{link.text}  {link.target}"
