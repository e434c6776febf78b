"""The linear mode's conversation: answers each typed line with lines to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..cells import drawn
from ..clean import clean
from ..i18n import N_, _
from ..keys import COMMANDS, Command
from ..session import effects, navigation, searching
from ..session.article_text import UNIT_KINDS, ArticleText
from ..session.hit_list import HitListModel
from ..session.line_runner import LineRunner
from ..session.named_list_keys import ALL
from ..session.page_positions import GONE, located
from ..session.persistence import restore, save_session
from ..session.stores import BUNDLED_TITLE
from . import help_lines, render
from .choices import Choices, Lines
from .input_line import TypedCommand, TypedNumber, TypedQuery, understand
from .options import Options

ASKED_ABOVE = 100
"""Articles. Marking more than this read needs confirmation."""


class Conversation:
    """Yields the lines that answer each typed line. The caller may interrupt `answer` between two lines."""

    def __init__(self, runner: LineRunner, options: Options, commands: Sequence[Command] = COMMANDS) -> None:
        self.runner = runner
        self._options = options
        self._commands = commands
        self._last: list[str] = []
        self._confirmed: Callable[[], Lines] | None = None
        self._total = 0
        self._is_listing = False
        """Whether the last answer was a list, so that Enter continues it."""
        self.is_over = False
        runner.session = runner.session._replace(unit=options.unit)
        self._choices = Choices(runner, options, self._perform)
        self._answers: dict[str, Callable[[int | None], Lines]] = {
            **self._choices.table(),
            "help": lambda n: help_lines.first(),
            "where": lambda n: render.where_lines(self.runner.session, self.runner.list_name()),
            "unit": lambda n: self._unit(""),
            "settings": lambda n: self._options.lines(),
            "import": lambda n: iter([_("输入 import 和版面文件的名字。")]),
        }

    # Input and output

    def greeting(self) -> Lines:
        """Restore the session and yield at most four lines: the mode, what is open, and how to go on."""
        restore(self.runner)
        self._total = self.runner.stores.catalogue.total
        title = self.runner.stores.title
        name = _(title) if title == BUNDLED_TITLE else title
        counts = render.joined(
            name, _("{n} 篇").format(n=self._total), _("{n} 未读").format(n=self.runner.lists.unread)
        )
        yield from self._said([_("逐行阅读。{counts}。").format(counts=counts)])
        session = self.runner.session
        if session.entry is not None or session.query or session.listing != ALL:
            there = render.entry_line(session) if session.entry is not None else ""
            yield from self._said(
                [render.stopped(render.joined(_("上次在{list}").format(list=self.runner.list_name()), there))]
            )
        yield from self._said([_("输入 l 听列表，u 读下一篇未读，输入词语搜索。？帮助，q 退出。")])

    def answer(self, line: str) -> Lines:
        """Yield the answer to one typed line."""
        meant = understand(line, self._commands)
        if meant == TypedCommand("repeat"):
            yield from self._last
            return
        self._last = []
        try:
            yield from self._said(self._obey(meant, line))
        except OSError as error:  # the files or the server cannot be read now; what was read stays
            yield from self._said([error.strerror or str(error)])

    def news(self) -> Lines:
        """Yield what changed since the last call: new articles and notices of the reading state."""
        stores = self.runner.stores
        changed = stores.catalogue.refresh()
        if stores.reading.changed() or changed:
            self.runner.lists.recount()
            self.runner.renew()
        if (new := stores.catalogue.total - self._total) > 0:
            yield from self._said([_("新到 {n} 篇。").format(n=new)])
        self._total = stores.catalogue.total
        yield from self._said([*stores.catalogue.notices(), *stores.reading.notices()])

    def interrupted(self) -> Lines:
        """Yield where an interrupted answer stopped."""
        self._choices.forget()
        session = self.runner.session
        where = render.unit_number(session, *navigation.at_unit(session)) if session.text else ""
        yield from self._said([render.stopped(render.joined(_("停下了"), where))])

    def close(self) -> None:
        """Save the session."""
        save_session(self.runner)

    def _said(self, lines: Iterable[str]) -> Lines:
        for line in lines:
            said = drawn(clean(line)).strip()
            if said:
                self._last.append(said)
                yield said

    # Typed lines

    def _obey(self, meant: TypedNumber | TypedCommand | TypedQuery | None, line: str) -> Lines:
        confirmed, self._confirmed = self._confirmed, None
        if confirmed and line.strip().casefold() in ("yes", "y", N_("是"), "ｙｅｓ", "ｙ"):
            return confirmed()
        if meant is None:
            return self._go_on()
        if isinstance(meant, TypedNumber):
            return self._number(meant.value)
        self._choices.forget()
        if isinstance(meant, TypedQuery):
            return self._perform(searching.search(self.runner.session, meant.query))
        if meant.argument:
            return self._with_argument(meant)
        if meant.id == "mark_all_read" and self.runner.session.total > ASKED_ABOVE:
            return self._ask_to_mark()
        return self._changes(self.runner.command(meant.id, meant.count))

    def _ask_to_mark(self) -> Lines:
        self._confirmed = lambda: self._changes(self.runner.command("mark_all_read"))
        total = self.runner.session.total
        yield _("把{list}里的 {n} 篇标为已读吗？输入 yes 就标。").format(list=self.runner.list_name(), n=total)

    def _number(self, number: int) -> Lines:
        if self._choices.chosen:
            return self._choices.chosen(number)
        self.runner.load_hits(number)
        return self._perform(navigation.open_number(self.runner.session, number))

    def _go_on(self) -> Lines:
        """Continue the last answer: the rest of the choices, else the article, else the list."""
        if more := self._choices.more():
            return iter(more)
        session = self.runner.session
        if session.text is not None:
            if navigation.is_at_end(session):
                return iter([_("全文完。l 回列表，] 读下一篇。")])
            return self._changes(self.runner.command("page_down"))
        if self._is_listing:
            return self._changes(self.runner.command("page_down"))
        return self._changes(self.runner.command("list" if session.entry is None else "read"))

    def _perform(self, step: navigation.Step) -> Lines:
        return self._changes(self.runner.perform(step))

    # Changes

    def _changes(self, changes: Iterator[effects.Change]) -> Lines:
        for change in changes:
            yield from self._shown(change)

    def _shown(self, change: effects.Change) -> Lines:
        session = self.runner.session
        self._is_listing = isinstance(change, effects.ListShown) or (
            self._is_listing and isinstance(change, effects.Said | effects.RowChanged)
        )
        match change:
            case effects.EntryShown(section):
                if section is not None:
                    yield render.section_line(session, section, self._choices.unread_in(section))
                yield render.entry_line(session)
            case effects.ListShown(start, is_new):
                yield from render.list_lines(
                    session,
                    start,
                    self.runner.list_name(),
                    self._sentences(start),
                    with_heading=is_new and not session.query,
                )
            case effects.ArticleShown(is_resumed):
                yield from render.article_head(session)
                if is_resumed:
                    yield render.resumed(session)
                yield from render.unit_lines(session)
            case effects.UnitShown():
                yield from render.unit_lines(session)
            case effects.ReadToEnd():
                yield from self._read_to_end()
            case effects.MatchShown(is_article_new):
                yield from render.match_lines(session, is_article_new=is_article_new)
            case effects.Said(text, is_undoable):
                yield render.stopped(text) + (_("{key} 撤销。").format(key=self._key("undo")) if is_undoable else "")
            case effects.Pointed(target):
                yield target
            case effects.Copied(text, what):
                yield from self._options.copied(text, what)
            case effects.Choose(what, number):
                yield from self._answers[what](number)
            case effects.ForScreen(command):
                yield self._for_screen(command)
            case effects.Quit():
                self.is_over = True

    def _read_to_end(self) -> Lines:
        """Yield all units after the current one. Saves the position per unit, so an interrupt loses nothing."""
        while not navigation.is_at_end(self.runner.session):
            for change in self.runner.command("page_down"):
                if isinstance(change, effects.UnitShown):
                    yield from render.unit_lines(self.runner.session, with_number=False)
        yield _("全文完。")

    def _key(self, id: str) -> str:
        """Return what the user types for a command: its one-character key, else its id."""
        shown = next(each.shown_keys for each in self._commands if each.id == id)
        return next((key for key in shown if len(key) == 1), id)

    def _for_screen(self, command: str) -> str:
        title = next((each.title for each in self._commands if each.id == command), command)
        return _("{act}只用于屏幕。").format(act=title)

    def _sentences(self, start: int) -> dict[str, str]:
        """Return the sentence with the first match in the body for each hit of a page, by article id."""
        session = self.runner.session
        rows = session.rows
        if not isinstance(rows, HitListModel):
            return {}
        found = {}
        for hit in rows.answer.hits[start : session.listed]:
            try:
                text = ArticleText(self.runner.stores.article(hit.article))
            except GONE:
                continue
            body = [match for match in located(text.page, hit.spans) if match[0] in text.readable]
            if body:
                found[hit.article] = render.sentence_of(text, *body[0][:2])
        return found

    # Arguments

    def _with_argument(self, typed: TypedCommand) -> Lines:
        argument = typed.argument
        match typed.id:
            case "find_place" | "places":
                return self._choices.place_named(argument)
            case "help":
                return help_lines.about(argument, self._commands)
            case "unit":
                return self._unit(argument)
            case "set":
                return self._set(argument)
            case "import":
                return self._import(argument)
            case "saved":
                return self._choices.saved_named(argument)
            case _:
                return self._choices.part_named(typed.id, argument)

    # Settings and import

    def _unit(self, name: str) -> Lines:
        names = {"sentence": _("句"), "paragraph": _("段"), "section": _("节")}
        chinese = {N_("句"): "sentence", N_("段"): "paragraph", N_("节"): "section"}
        kind = next((each for each in UNIT_KINDS if each == chinese.get(name, name.casefold())), None)
        if kind is None:
            now = names[self.runner.session.unit]
            yield _("现在按{unit}读。可以是 sentence，paragraph，section，即句，段，节。").format(unit=now)
            return
        self.runner.session = self.runner.session._replace(unit=kind)
        self._options.choose_unit(kind)
        yield _("按{unit}读。").format(unit=names[kind])

    def _set(self, argument: str) -> Lines:
        name, _blank, value = argument.partition(" ")
        return self._options.put(name.strip(), value.strip()) if value else self._options.about(name.strip())

    def _import(self, name: str) -> Lines:
        from .importing import Import

        prepared = Import(name, self.runner.stores)
        yield from prepared.lines()
        if prepared.is_ready:
            self._confirmed = prepared.write
            yield _("输入 yes 写进库里，别的都不写。")
