"""The texts of the title line, the reader header and the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...cells import cell_len
from ...i18n import _
from ...keys import Command, bindings, footer, shown
from ...session.named_list_keys import ALL
from ...session.named_lists import label
from ...session.state import Session
from ...session.stores import BUNDLED_TITLE
from ...theme import Role
from .key_dispatch import KeyDispatcher
from .panes import KEY_FOCUS, SMALLEST, PaneLayout
from .widgets import BrowseWidgets

if TYPE_CHECKING:
    from ...indexer.progress import Progress
    from ...keys import Focus
    from ...search import Answer
    from ...session.named_lists import NamedLists

Words = list[tuple[str, Role]]
"""Pieces of a line, each with the role that colours it."""


class EdgeLines:
    """Updates all lines whenever something may have changed. A line is repainted only if its text changed."""

    def __init__(
        self,
        title: str,
        lists: NamedLists,
        widgets: BrowseWidgets,
        keyboard: KeyDispatcher,
        look: Callable[[], tuple[Session, PaneLayout, int, int]],
    ) -> None:
        """Connect the lines. `look` returns the session, the panes shown, the columns, and the percentage read."""
        self._library, self._lists, self._widgets, self._keyboard, self._look = title, lists, widgets, keyboard, look
        self._session, self._layout = Session(), PaneLayout(0, reader=False, edges=False)
        self._width = self._percent = 0
        self.total = 0
        """Number of articles in the library, when the screen last looked for changes."""
        self.problems = 0
        """Number of problems in the content, at the same time."""
        self.notice = ""
        """A message shown until the next key; empty for none."""
        self.progress = ""
        """Progress of the indexer; empty if it is idle."""
        self._footers: dict[tuple[Focus, int], Words] = {}

    def say(self) -> None:
        """Update all lines."""
        self._session, self._layout, self._width, self._percent = self._look()
        if self._layout.too_small:
            self._widgets.small.say(
                [(_("窗口请放大到 {w} 列 {h} 行").format(w=SMALLEST[0], h=SMALLEST[1]), "text")], []
            )
            return
        self._widgets.title_line.say(*self._title())
        self._widgets.folio.say(*self._folio())
        right = self._right()
        room = self._width - 3 - sum(cell_len(text) for text, _role in right)
        self._widgets.status.say(self._left(room), right)

    def keys_changed(self) -> None:
        """Discard the cached footers after the keys or the language changed."""
        self._footers.clear()

    def indexed(self, progress: Progress) -> None:
        """Take over the progress of the indexer."""
        busy = progress.phase in ("reading", "indexing") and progress.total > 0
        share = 100 * progress.done // max(progress.total, 1)
        self.progress = _("编制索引 {n}%").format(n=share) if busy else progress.note

    def _title(self) -> tuple[Words, Words]:
        """Return the name of the library or list, and the counts if the reader header is not shown."""
        key = self._session.listing
        own = _(self._library) if self._library == BUNDLED_TITLE else self._library
        return [(own if key == ALL else label(key), "title")], [] if self._layout.reader else self._counts()

    def _folio(self) -> tuple[Words, Words]:
        """Return the reader header: the article's place if the sidebar is hidden, and the counts."""
        text = self._session.text
        hidden = not self._layout.sidebar
        return [(text.article.place or "", "quiet")] if hidden and text else [], self._counts()

    def _counts(self) -> Words:
        total = _("{n} 篇").format(n=self.total)
        unread = _("{n} 未读").format(n=self._lists.unread)
        counts: Words = [(f"{total}  {unread}" if self._lists.known else total, "quiet")]
        if self.problems:
            keys = [command.shown_keys for command in self._keyboard.commands if command.id == "problems"]
            key = "".join(keys[0][:1]) if keys else ""
            counts = [(_("{n} 处问题").format(n=self.problems), "wrong"), (f" {key}   ", "key"), *counts]
        return counts

    def _left(self, room: int) -> Words:
        """Return the first that applies: the notice, the count prefix, the query's interpretation, the footer."""
        if self.notice:
            return [(self.notice, "wrong")]
        if self._keyboard.number:
            return [(self._keyboard.number, "title")]
        answer = self._session.answer
        if self._session.pane == "search" and answer and (said := summary(answer)):
            return [(said, "text"), *self._ways_on(answer, room - cell_len(said))]
        return self._footer(KEY_FOCUS[self._session.pane], room)

    def _ways_on(self, answer: Answer, room: int) -> Words:
        """Return the keys that lead on from the search line, or nothing if they need more than `room` cells."""
        bound = {command.id: key for key, command in reversed(bindings("search", self._keyboard.commands).items())}
        words: Words = []
        to_hits = (("read", _("到正文")), ("next_match", _("下一处"))) if answer.hits else ()
        for command, word in (("readings", _("选用")),) if answer.near else to_hits:
            if command in bound:
                words += [(f"   {shown(bound[command])}", "key"), (f" {word}", "quiet")]
        return words if sum(cell_len(text) for text, _role in words) <= room else []

    def _footer(self, focus: Focus, room: int) -> Words:
        """Return the footer, cached because it is needed after every key."""
        if (focus, room) not in self._footers:
            self._footers[focus, room] = footer_words(focus, self._keyboard.commands, room)
        return self._footers[focus, room]

    def _right(self) -> Words:
        """Return the indexer's progress, the number of the current match, and the percentage read."""
        session = self._session
        words: Words = [(f"{self.progress}   ", "quiet")] if self.progress else []
        if session.matches:
            words.append((f"{session.match + 1}/{len(session.matches)}  ", "title"))
        if self._layout.reader:
            words.append((f"{self._percent}%", "quiet"))
        return words


def summary(answer: Answer) -> str:
    """Return one line with the number of articles found and the interpretation of the query."""
    if answer.refusal:
        return answer.refusal
    total = answer.total
    found = _("{n} 篇").format(n=total) if total is not None else _("{n} 篇以上").format(n=len(answer.hits))
    readings = "  ".join(f"{read.typed} › {' '.join(read.words)}" for read in answer.interpretations)
    from_files = _("搜的是文件，编目未完") if answer.is_from_files else ""
    if answer.near:  # the query is in the search line; repeated after the words, it would read as one of them
        found = _("没有找到。相近：{words}").format(words=_("、").join(one.word for one in answer.near))
        return "  ".join(filter(None, (readings, found, from_files)))
    return "  ".join(filter(None, (found, readings or answer.read_as, from_files)))


def footer_words(focus: Focus, commands: Sequence[Command], room: int) -> Words:
    """Return the footer: keys and what they do, as many whole entries as fit in `room` cells."""
    words: Words = []
    for keys, word in footer(focus, commands):
        entry: Words = [(" ".join(keys), "key"), (f" {_(word)}   ", "quiet")]
        room -= sum(cell_len(text) for text, _role in entry)
        if room < -2:
            break
        words += entry
    return words
