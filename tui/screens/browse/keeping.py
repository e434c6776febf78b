"""What is kept of the screen: where the person is, written when it comes to rest, brought back at the start."""

from __future__ import annotations

from pathlib import Path

from textual.timer import Timer

from ...catalogue import GROUPINGS, NoArticle
from ...reading import Position, SavedSession
from ...session.first_grouping import first_grouping
from .finding import Phase
from .following import Following, HitLeft
from .key_dispatch import KeyDispatcher
from .lines import Lines
from .outside import Outside
from .panes import Pane
from .parts import Hooks, Parts

SETTLE = 0.6
"""Seconds of rest before anything is written."""


class Keeping:
    """Keeps article, list, query and pane of one library."""

    def __init__(
        self, parts: Parts, hooks: Hooks, following: Following, outside: Outside, lines: Lines, keyboard: KeyDispatcher
    ) -> None:
        self._parts, self._hooks = parts, hooks
        self._following, self._outside, self._lines, self._keyboard = following, outside, lines, keyboard
        self._timer: Timer | None = None

    def settle(self) -> None:
        """Something changed that is to be kept."""
        if self._timer:
            self._timer.stop()
        self._timer = self._hooks.after(SETTLE, self.keep)

    def keep(self) -> None:
        """Write it now."""
        self._parts.reader.keep_place()
        entry = self._parts.sidebar.entry
        session = SavedSession(
            entry.id if entry else None,
            self._parts.shelf,
            self._parts.shelves.grouping,
            self._parts.finding.newest,
            self._parts.finding.query,
            "reader" if self._parts.pane is Pane.READER else "list",
            self._parts.sidebar.top_line,
        )
        self._parts.stores.reading.remember_session(self._parts.stores.root, session)
        self._keep_hit(session)

    def restore(self) -> None:
        """As it was left; the first article at the first start."""
        session = self._parts.stores.reading.session(self._parts.stores.root) or SavedSession(
            grouping=first_grouping(self._parts.stores.catalogue)
        )
        for grouping in GROUPINGS:
            if grouping == session.grouping:
                self._parts.shelves.grouping = grouping
        self._parts.finding.newest = session.newest
        self._outside.count_problems()
        self._hooks.open_list(session.listing, session.article, session.top)
        self._following.now()
        if session.query:
            self._following.hit_left = self._hit_left(session)
            self._hooks.search_for(session.query, session.article)
        if session.focus == "reader":
            self._hooks.to_pane(Pane.READER)

    def _keep_hit(self, session: SavedSession) -> None:
        """Keep which hit of the article is shown, and what is at the top of the pane."""
        reader = self._parts.reader
        if session.query and reader.hits and reader.article and reader.article.id == session.article:
            value = f"{reader.hit_at} {reader.position.block} {reader.position.offset}"
            self._parts.stores.reading.choose(self._hit_name, value, _search_of(session))

    def _hit_left(self, session: SavedSession) -> HitLeft | None:
        """The hit at which this session ended, if it ended at one."""
        value = self._parts.stores.reading.choice(self._hit_name, _search_of(session)) or ""
        numbers = [int(word) for word in value.split() if word.isdecimal()]
        if session.article is None or len(numbers) != 3:
            return None
        return HitLeft(session.article, session.query, numbers[0], Position(*numbers[1:]))

    @property
    def _hit_name(self) -> str:
        """What the hit is kept under: one a library."""
        return f"hit {self._parts.stores.root}"

    def comes_back(self) -> bool:
        """Whether the next start shows this screen, marks as they are now: nothing open or said that is not kept."""
        self._outside.marks_changed(0)
        plain = (
            self._parts.pane in (Pane.LIST, Pane.READER)
            and self._parts.finding.phase is Phase.CLOSED
            and not self._parts.zen
        )
        article, entry = self._parts.reader.article, self._parts.sidebar.entry
        followed = article is not None and entry is not None and article.id == entry.id
        said = self._lines.notice or self._lines.working or self._keyboard.number
        return plain and followed and not said and self._parts.sidebar.as_opened()

    def article_file(self) -> Path | None:
        """The file of the article that is shown."""
        article = self._parts.reader.article
        try:
            return None if article is None else self._parts.stores.catalogue.file_of(article.id)
        except NoArticle:
            return None


def _search_of(session: SavedSession) -> str:
    """The query and the article of a hit: it is another hit where either is another."""
    return f"{session.article}\n{session.query}"
