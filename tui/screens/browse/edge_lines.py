"""The texts of the title line, the reader header and the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...cells import cell_len
from ...i18n import _
from ...keys import Command, bindings, footer, shown
from ...session.named_list_keys import ALL
from ...session.named_lists import label
from ...session.stores import BUNDLED_TITLE
from ...theme import Role
from ...widgets.edge_line import EdgeLine
from .key_dispatch import KeyDispatcher
from .panes import SMALLEST, Pane, PaneLayout
from .parts import Parts

if TYPE_CHECKING:
    from ...indexer.progress import Progress

Words = list[tuple[str, Role]]
"""Pieces of a line, each with the role that colours it."""


class EdgeWidgets(NamedTuple):
    """The lines around the panes, and the message for a terminal that is too small."""

    title: EdgeLine
    folio: EdgeLine
    status: EdgeLine
    small: EdgeLine


class EdgeLines:
    """Updates all lines whenever something may have changed. A line is repainted only if its text changed."""

    def __init__(
        self,
        parts: Parts,
        widgets: EdgeWidgets,
        keyboard: KeyDispatcher,
        layout: Callable[[], PaneLayout],
        width: Callable[[], int],
    ) -> None:
        """Connect the lines. `layout` returns which panes are shown, `width` the columns of the screen."""
        self._parts, self._widgets, self._keyboard = parts, widgets, keyboard
        self._layout, self._width = layout, width
        self.notice = ""
        """A message shown until the next key; empty for none."""
        self.progress = ""
        """Progress of the indexer; empty if it is idle."""
        self._footers: dict[tuple[Pane, int], Words] = {}

    def say(self) -> None:
        """Update all lines."""
        self._widgets.title.say(*self._title())
        self._widgets.folio.say(*self._folio())
        right = self._right()
        room = self._width() - 3 - sum(cell_len(text) for text, _role in right)
        self._widgets.status.say(self._left(room), right)
        self._widgets.small.say([(_("窗口请放大到 {w} 列 {h} 行").format(w=SMALLEST[0], h=SMALLEST[1]), "text")], [])

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
        title = self._parts.stores.title
        name = (
            label(self._parts.list_key)
            if self._parts.list_key != ALL
            else _(title)
            if title == BUNDLED_TITLE
            else title
        )
        return [(name, "title")], [] if self._layout().reader else self._counts()

    def _folio(self) -> tuple[Words, Words]:
        """Return the reader header: the article's place if the sidebar is hidden, and the counts."""
        article = self._parts.reader.article
        hidden = not self._layout().sidebar
        return [(article.place or "", "quiet")] if hidden and article else [], self._counts()

    def _counts(self) -> Words:
        total = _("{n} 篇").format(n=self._parts.total)
        unread = _("{n} 未读").format(n=self._parts.named_lists.unread)
        counts: Words = [(f"{total}  {unread}" if self._parts.named_lists.known else total, "quiet")]
        if problems := self._parts.problems:
            keys = [command.shown_keys for command in self._keyboard.commands if command.id == "problems"]
            key = "".join(keys[0][:1]) if keys else ""
            counts = [(_("{n} 处问题").format(n=problems), "wrong"), (f" {key}   ", "key"), *counts]
        return counts

    def _left(self, room: int) -> Words:
        """Return the first that applies: the notice, the count prefix, the query's interpretation, the footer."""
        if self.notice:
            return [(self.notice, "wrong")]
        if self._keyboard.number:
            return [(self._keyboard.number, "title")]
        if self._parts.pane is Pane.SEARCH and (said := self._parts.search.summary()):
            return [(said, "text"), *self._ways_on(room - cell_len(said))]
        return self._footer(self._parts.pane, room)

    def _ways_on(self, room: int) -> Words:
        """Return the keys that lead on from the search line, or nothing if they need more than `room` cells."""
        bound = {command.id: key for key, command in reversed(bindings("search", self._keyboard.commands).items())}
        words: Words = []
        answer = self._parts.search.answer
        has_hits = (("read", _("到正文")), ("next_match", _("下一处")))
        for command, word in (("readings", _("选用")),) if answer and answer.near else has_hits:
            if command in bound:
                words += [(f"   {shown(bound[command])}", "key"), (f" {word}", "quiet")]
        return words if sum(cell_len(text) for text, _role in words) <= room else []

    def _footer(self, pane: Pane, room: int) -> Words:
        """Return the footer, cached because it is needed after every key."""
        if (pane, room) not in self._footers:
            self._footers[pane, room] = footer_words(pane, self._keyboard.commands, room)
        return self._footers[pane, room]

    def _right(self) -> Words:
        """Return the indexer's progress, the number of the current match, and the percentage read."""
        reader = self._parts.reader
        words: Words = [(f"{self.progress}   ", "quiet")] if self.progress else []
        if reader.matches:
            words.append((f"{reader.match_number + 1}/{len(reader.matches)}  ", "title"))
        if self._layout().reader:
            words.append((f"{self._parts.page.percent}%", "quiet"))
        return words


def footer_words(pane: Pane, commands: Sequence[Command], room: int) -> Words:
    """Return the footer: keys and what they do, as many whole entries as fit in `room` cells."""
    words: Words = []
    for keys, word in footer(pane.where, commands):
        entry: Words = [(" ".join(keys), "key"), (f" {_(word)}   ", "quiet")]
        room -= sum(cell_len(text) for text, _role in entry)
        if room < -2:
            break
        words += entry
    return words
