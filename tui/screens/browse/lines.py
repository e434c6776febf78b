"""What the title, the folio and the status line say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...cells import cell_len
from ...i18n import _
from ...keys import Command, bindings, footer, shown
from ...session.named_list_keys import ALL
from ...session.named_lists import label
from ...session.stores import BUNDLED_TITLE
from ...theme import Role
from .panes import SMALLEST, Pane

if TYPE_CHECKING:
    from ...indexer.progress import Progress
    from .screen import BrowseScreen

Words = list[tuple[str, Role]]


class Lines:
    """Says everything again whenever something may have changed; a line is painted only when its words did."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen
        self.notice = ""
        """One line, until the next key."""
        self.working = ""
        """How far the indexer is."""
        self._footers: dict[tuple[Pane, int], Words] = {}

    def say(self) -> None:
        """Bring all lines up to date."""
        screen = self._screen
        screen.title_line.say(*self._title())
        screen.folio.say(*self._folio())
        right = self._right()
        room = screen.size.width - 3 - sum(cell_len(text) for text, _role in right)
        screen.status.say(self._left(room), right)
        screen.small.say([(_("窗口请放大到 {w} 列 {h} 行").format(w=SMALLEST[0], h=SMALLEST[1]), "text")], [])

    def keys_changed(self) -> None:
        """The keys are others, or the language they are said in."""
        self._footers.clear()

    def indexed(self, progress: Progress) -> None:
        """The indexer has come further."""
        busy = progress.phase in ("reading", "indexing") and progress.total > 0
        share = 100 * progress.done // max(progress.total, 1)
        self.working = _("编制索引 {n}%").format(n=share) if busy else ""

    def _title(self) -> tuple[Words, Words]:
        """The library's name or the list's; the counts when there is no folio beside it."""
        screen = self._screen
        title = screen.stores.title
        name = label(screen.shelf) if screen.shelf != ALL else _(title) if title == BUNDLED_TITLE else title
        return [(name, "title")], [] if screen.layout_now.reader else self._counts()

    def _folio(self) -> tuple[Words, Words]:
        """Above the article: counts at the right; where the sidebar is hidden, the place at the left."""
        article = self._screen.reader.article
        hidden = not self._screen.layout_now.sidebar
        return [(article.place or "", "quiet")] if hidden and article else [], self._counts()

    def _counts(self) -> Words:
        total = _("{n} 篇").format(n=self._screen.stores.catalogue.total)
        unread = _("{n} 未读").format(n=self._screen.shelves.unread)
        counts: Words = [(f"{total}  {unread}" if self._screen.shelves.known else total, "quiet")]
        if problems := self._screen.outside.problems:
            keys = [command.shown_keys for command in self._screen.keyboard.commands if command.id == "problems"]
            key = "".join(keys[0][:1]) if keys else ""
            counts = [(_("{n} 处问题").format(n=problems), "wrong"), (f" {key}   ", "key"), *counts]
        return counts

    def _left(self, room: int) -> Words:
        """What is most to be said: a notice, the count being typed, how the query was read, or the keys."""
        screen = self._screen
        if self.notice:
            return [(self.notice, "wrong")]
        if screen.keyboard.number:
            return [(screen.keyboard.number, "title")]
        if screen.pane is Pane.SEARCH and (said := screen.finding.said()):
            return [(said, "text"), *self._ways_on(room - cell_len(said))]
        return self._footer(screen.pane, room)

    def _ways_on(self, room: int) -> Words:
        """How to go on from the search line, where letters are text: keys that are none, as far as they fit."""
        bound = {
            command.id: key for key, command in reversed(bindings("search", self._screen.keyboard.commands).items())
        }
        words: Words = []
        for command, word in (("read", _("到正文")), ("next_match", _("下一处"))):
            if command in bound:
                words += [(f"   {shown(bound[command])}", "key"), (f" {word}", "quiet")]
        return words if sum(cell_len(text) for text, _role in words) <= room else []

    def _footer(self, pane: Pane, room: int) -> Words:
        """Made once: it is said after every key."""
        if (pane, room) not in self._footers:
            self._footers[pane, room] = footer_words(pane, self._screen.keyboard.commands, room)
        return self._footers[pane, room]

    def _right(self) -> Words:
        """Which hit of the article, and how much of it is read."""
        reader = self._screen.reader
        words: Words = [(f"{self.working}   ", "quiet")] if self.working else []
        if reader.hits:
            words.append((f"{reader.hit_at + 1}/{len(reader.hits)}  ", "title"))
        if self._screen.layout_now.reader:
            words.append((f"{self._screen.page.percent}%", "quiet"))
        return words


def footer_words(pane: Pane, commands: Sequence[Command], room: int) -> Words:
    """The footer from the table of commands: keys, and what they do, as many as fit whole in so many cells."""
    words: Words = []
    for keys, word in footer(pane.where, commands):
        entry: Words = [(" ".join(keys), "key"), (f" {_(word)}   ", "quiet")]
        room -= sum(cell_len(text) for text, _role in entry)
        if room < -2:
            break
        words += entry
    return words
