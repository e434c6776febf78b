"""Numbered choices: places, subheads, links, saved searches, problems. The user picks one by number or by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from ..i18n import N_, _
from ..query.readings import all_readings, with_reading
from ..session import navigation, searching
from ..session.line_runner import LineRunner
from ..session.named_list_keys import UNREAD
from ..session.place_prompt import best_place
from . import render
from .options import Options

Lines = Iterator[str]
PAGE = navigation.LIST_PAGE
"""Choices per page."""


class Choices:
    """Prints choices a page at a time and remembers what the numbers of the last ones mean."""

    def __init__(self, runner: LineRunner, options: Options, perform: Callable[[navigation.Step], Lines]) -> None:
        self._runner = runner
        self._options = options
        self._perform = perform
        self._rest: Lines = iter(())
        self.chosen: Callable[[int], Lines] | None = None
        """Called with the number that the user types, counted from 1; None if a number opens an entry of the list."""

    def table(self) -> dict[str, Callable[[int | None], Lines]]:
        """Return the functions that answer a `Choose` effect, by its `what`."""
        return {
            "search": lambda n: self._searches(),
            "saved": self._saved,
            "place": self._place,
            "places": lambda n: self._places(),
            "groups": lambda n: self._places(),
            "outline": self._outline,
            "readings": self._readings,
            "links": self._links,
            "problems": self._problems,
            "interpretation": lambda n: self._interpretation(),
        }

    def more(self) -> list[str]:
        """Return the next page of the last choices; an empty list if all were printed."""
        return list(islice(self._rest, PAGE))

    def forget(self) -> None:
        """Forget the last choices, so that numbers open entries of the list again."""
        self._rest, self.chosen = iter(()), None

    def _numbered(self, lines: Sequence[str], chosen: Callable[[int], Lines] | None, none: str) -> Lines:
        """Yield the first page of numbered choices, or `none` if there are none; `chosen` handles the next number."""
        if not lines:
            yield none
            return
        self.chosen = chosen
        self._rest = render.numbered(lines)
        yield from islice(self._rest, PAGE)
        if len(lines) > PAGE:
            yield _("第 {first} 到 {last} 项，共 {n} 项，回车听后面的。").format(first=1, last=PAGE, n=len(lines))

    def _one_of(self, lines: Sequence[str], number: int, function: Callable[[int], Lines]) -> Lines:
        """Call `function` with the index of choice `number`, counted from 1, or name the valid range."""
        if 1 <= number <= len(lines):
            return function(number - 1)
        return iter([navigation.out_of_range(len(lines)) if lines else _("这里没有可选的。")])

    def _offer(self, lines: Sequence[str], function: Callable[[int], Lines], number: int | None, none: str) -> Lines:
        if number is not None:
            return self._one_of(lines, number, function)
        return self._numbered(lines, lambda n: self._one_of(lines, n, function), none)

    def _searches(self) -> Lines:
        yield _("输入词语即可搜索，例如 反诈 赤峰。")
        if self._runner.stores.reading.saved_searches():
            yield _("存过的搜索用 saved 听。")

    def _saved(self, number: int | None) -> Lines:
        queries = self._runner.stores.reading.saved_searches()
        return self._offer(
            queries,
            lambda n: self._perform(searching.search(self._runner.session, queries[n])),
            number,
            _("还没有存过搜索。"),
        )

    def _place(self, number: int | None) -> Lines:
        if number is None:
            return iter([_("输入 p 和地名，或它的拼音。")])
        return self._perform(navigation.nth_section(self._runner.session, number))

    def _places(self) -> Lines:
        session = self._runner.session
        found = navigation.group_sections(session)
        unread = self._unread_counts()
        lines = [
            render.section_line(session, number, unread.get(session.rows.sections[number].key, 0)) for number in found
        ]
        return self._offer(
            lines,
            lambda n: self._perform(navigation.to_section(self._runner.session, found[n])),
            None,
            _("这里没有分组。"),
        )

    def unread_in(self, section: int) -> int:
        return self._unread_counts().get(self._runner.session.rows.sections[section].key, 0)

    def _unread_counts(self) -> dict[str, int]:
        """Return the number of unread articles in each group, by section key."""
        sections = self._runner.lists.open(UNREAD).sections
        return {section.key: section.count for section in sections if not section.is_named_list}

    def _outline(self, number: int | None) -> Lines:
        text = self._runner.session.text
        if text is None:
            return iter([_("先打开一篇文章。")])
        heads = [text.block(block).text for block in text.subheads]
        return self._offer(
            heads,
            lambda n: self._perform(navigation.to_block(self._runner.session, text.subheads[n])),
            number,
            _("这一篇没有小标题。"),
        )

    def _links(self, number: int | None) -> Lines:
        text = self._runner.session.text
        if text is None:
            return iter([_("先打开一篇文章。")])
        lines = [render.joined(link.text, link.target) for link in text.links]

        def follow(n: int) -> Lines:
            return self._perform(navigation.follow_link(self._runner.session, text.links[n].target))

        return self._offer(lines, follow, number, _("这一篇没有链接。"))

    def _readings(self, number: int | None) -> Lines:
        session, answer = self._runner.session, self._runner.session.answer
        readings = [*answer.near, *all_readings(answer.interpretations)] if answer and session.query else []
        return self._offer(
            [render.joined(one.typed, one.word) for one in readings],
            lambda n: self._perform(searching.search(session, with_reading(session.query, readings[n]))),
            number,
            _("检索词没有别的读法。"),
        )

    def _problems(self, number: int | None) -> Lines:
        found = [*self._options.problems, *self._runner.stores.catalogue.problems()]
        lines = [render.joined(problem.file, problem.message) for problem in found]
        if number is None and lines:
            yield render.stopped(_("{n} 处问题").format(n=len(lines)))
        yield from self._offer(lines, lambda n: iter([str(found[n])]), number, _("内容没有问题。"))

    def _interpretation(self) -> Lines:
        """Yield how many articles the search found and how it interpreted the query."""
        session, answer = self._runner.session, self._runner.session.answer
        if answer is None:
            return
        if answer.refusal:
            yield render.stopped(answer.refusal)
            return
        read = [f"{each.typed} {' '.join(each.words)}" for each in answer.interpretations]
        read_as = render.joined(*read) or (answer.read_as if answer.read_as != session.query else "")
        said = render.joined(self._runner.list_name(), _("{n} 篇").format(n=session.total))
        yield render.stopped(render.joined(said, _("读作 {words}").format(words=read_as) if read_as else ""))
        if answer.near:
            words = _("、").join(one.word for one in answer.near)
            yield render.stopped(_("没有找到。相近：{words}，readings 选用").format(words=words))

    def place_named(self, name: str) -> Lines:
        session = self._runner.session
        found = navigation.group_sections(session)
        labels = [session.rows.sections[number].label for number in found]
        if name.isdecimal():
            return self._perform(navigation.nth_section(session, int(name[:9])))
        number = best_place(name, labels, self._runner.stores.gazetteer)
        if number is None:
            return iter([_("没有叫{name}的地方，places 听全部。").format(name=name)])
        return self._perform(navigation.to_section(session, found[number]))

    def saved_named(self, name: str) -> Lines:
        """Run a saved search by number or query; after `delete`, delete it instead."""
        queries = self._runner.stores.reading.saved_searches()
        verb, _blank, rest = name.partition(" ")
        if verb in ("delete", N_("删除")) and rest:
            return self._forget(queries, rest.strip())
        if name.isdecimal():
            return self._saved(int(name[:9]))
        return self._perform(searching.search(self._runner.session, name))

    def _forget(self, queries: Sequence[str], name: str) -> Lines:
        number = int(name[:9]) if name.isdecimal() else queries.index(name) + 1 if name in queries else 0
        if not 1 <= number <= len(queries):
            yield navigation.out_of_range(len(queries)) if queries else _("还没有存过搜索。")
            return
        self._runner.stores.reading.forget_search(queries[number - 1])
        yield _("已删去搜索：{query}。U 撤销。").format(query=queries[number - 1])

    def part_named(self, id: str, name: str) -> Lines:
        """Go to a subhead, or follow a link, by number or by words of its text."""
        text = self._runner.session.text
        if text is None:
            return iter([_("先打开一篇文章。")])
        names = [text.block(n).text for n in text.subheads] if id == "outline" else [link.text for link in text.links]
        if name.isdecimal():
            number: int | None = int(name[:9])
        else:
            found = best_place(name, names, self._runner.stores.gazetteer)
            number = None if found is None else found + 1
        if number is None:
            return iter([_("没有找到。")])
        return self._outline(number) if id == "outline" else self._links(number)
