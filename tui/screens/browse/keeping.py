"""What is kept of the screen: where the person is, written when it comes to rest, brought back at the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.timer import Timer

from ...catalogue import GROUPINGS, NoArticle
from ...reading import Position, SavedSession
from ...session.first_grouping import first_grouping
from .finding import Phase
from .following import HitLeft
from .panes import Pane

if TYPE_CHECKING:
    from .screen import BrowseScreen

SETTLE = 0.6
"""Seconds of rest before anything is written."""


class Keeping:
    """Keeps article, list, query and pane of one library."""

    def __init__(self, screen: BrowseScreen) -> None:
        self._screen = screen
        self._timer: Timer | None = None

    def settle(self) -> None:
        """Something changed that is to be kept."""
        if self._timer:
            self._timer.stop()
        self._timer = self._screen.set_timer(SETTLE, self.keep)

    def keep(self) -> None:
        """Write it now."""
        screen = self._screen
        screen.reader.keep_place()
        entry = screen.sidebar.entry
        session = SavedSession(
            entry.id if entry else None,
            screen.shelf,
            screen.shelves.grouping,
            screen.finding.newest,
            screen.finding.query,
            "reader" if screen.pane is Pane.READER else "list",
            screen.sidebar.top_line,
        )
        screen.stores.reading.remember_session(screen.stores.root, session)
        self._keep_hit(session)

    def restore(self) -> None:
        """As it was left; the first article at the first start."""
        screen = self._screen
        session = screen.stores.reading.session(screen.stores.root) or SavedSession(
            grouping=first_grouping(screen.stores.catalogue)
        )
        for grouping in GROUPINGS:
            if grouping == session.grouping:
                screen.shelves.grouping = grouping
        screen.finding.newest = session.newest
        screen.outside.count_problems()
        screen.open_shelf(session.listing, session.article, session.top)
        screen.following.now()
        if session.query:
            screen.following.hit_left = self._hit_left(session)
            screen.search_for(session.query, session.article)
        if session.focus == "reader":
            screen.to_pane(Pane.READER)

    def _keep_hit(self, session: SavedSession) -> None:
        """Keep which hit of the article is shown, and what is at the top of the pane."""
        reader = self._screen.reader
        if session.query and reader.hits and reader.article and reader.article.id == session.article:
            value = f"{reader.hit_at} {reader.position.block} {reader.position.offset}"
            self._screen.stores.reading.choose(self._hit_name, value, _search_of(session))

    def _hit_left(self, session: SavedSession) -> HitLeft | None:
        """The hit at which this session ended, if it ended at one."""
        value = self._screen.stores.reading.choice(self._hit_name, _search_of(session)) or ""
        numbers = [int(word) for word in value.split() if word.isdecimal()]
        if session.article is None or len(numbers) != 3:
            return None
        return HitLeft(session.article, session.query, numbers[0], Position(*numbers[1:]))

    @property
    def _hit_name(self) -> str:
        """What the hit is kept under: one a library."""
        return f"hit {self._screen.stores.root}"

    def comes_back(self) -> bool:
        """Whether the next start shows this screen, marks as they are now: nothing open or said that is not kept."""
        screen = self._screen
        screen.outside.marks_changed(0)
        plain = screen.pane in (Pane.LIST, Pane.READER) and screen.finding.phase is Phase.CLOSED and not screen.zen
        article, entry = screen.reader.article, screen.sidebar.entry
        followed = article is not None and entry is not None and article.id == entry.id
        said = screen.lines.notice or screen.lines.working or screen.keyboard.number
        return plain and followed and not said and screen.sidebar.as_opened()

    def article_file(self) -> Path | None:
        """The file of the article that is shown."""
        article = self._screen.reader.article
        try:
            return None if article is None else self._screen.stores.catalogue.file_of(article.id)
        except NoArticle:
            return None


def _search_of(session: SavedSession) -> str:
    """The query and the article of a hit: it is another hit where either is another."""
    return f"{session.article}\n{session.query}"
