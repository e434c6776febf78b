"""Browsing is reading: the article under the list's cursor is the one in the reader."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.timer import Timer

from ...i18n import _
from ...reading import Position
from ...session.positions import GONE
from .parts import Hooks, Parts

if TYPE_CHECKING:
    from ...text.document import FieldSpan

PAUSE = 0.075
"""Seconds the cursor rests before the reader follows: a key in the list costs the list's bytes alone, a cursor that
runs is not held up by articles nobody looks at, and what comes within a tenth of a second comes at once."""


class HitLeft(NamedTuple):
    """A hit at which the last session ended."""

    article: str
    query: str
    number: int
    top: Position
    """The place at the top of the pane."""


RUN = 0.05
"""Seconds between keys that are held down, at most."""


class Following:
    """Brings articles into the reader."""

    def __init__(self, parts: Parts, hooks: Hooks) -> None:
        self._parts, self._hooks = parts, hooks
        self._timer: Timer | None = None
        self._came = 0.0
        self.hit_left: HitLeft | None = None
        """Where to go in that article when the hits of that query are there again; once."""

    def come(self) -> None:
        """An article was asked for, not a row: it comes in the same frame, unless such keys run."""
        now = time.monotonic()
        running, self._came = now - self._came < RUN, now
        if running:
            self.soon()
        else:
            self.now()

    def soon(self) -> None:
        """The cursor moved, or what was found: follow when it rests."""
        self._stop()
        if not self.is_behind:
            return
        self._timer = self._hooks.after(PAUSE, self.now)

    def now(self) -> None:
        """Bring the article under the cursor into the reader, with the hits in it."""
        self._stop()
        article_id = self._wanted
        self._parts.finding.look_ahead()
        spans = self._spans(article_id)
        if article_id and not self.shows(article_id):
            try:
                self._parts.reader.open(article_id, spans)
            except GONE:
                self._hooks.notice(_("这篇文章打不开了"))
        elif spans != self._parts.reader.spans:
            self._parts.reader.mark(spans)
        if spans:
            self._return_to_hit(article_id)
        self._hooks.say()
        self._hooks.settle()

    def _return_to_hit(self, article_id: str | None) -> None:
        """To the hit at which the last session ended, when that article shows the hits of that query again."""
        left = self.hit_left
        if left is not None and (left.article, left.query) == (article_id, self._parts.finding.query):
            self._parts.reader.return_to_hit(left.number, left.top)
            self.hit_left = None

    def catch_up(self) -> None:
        """Follow at once, for a command that concerns the article in the reader."""
        if self.is_behind:
            self.now()

    def shows(self, article_id: str) -> bool:
        """Whether the reader shows this article."""
        article = self._parts.reader.article
        return article is not None and article.id == article_id

    @property
    def is_behind(self) -> bool:
        """Whether the reader does not show yet what it should, with the hits in it."""
        wanted, spans = self._wanted, self._parts.reader.spans
        return spans != self._spans(wanted) or (wanted is not None and not self.shows(wanted))

    @property
    def _wanted(self) -> str | None:
        """The article under the cursor, or the last one that was; the one from before a search that finds nothing.

        It does not depend on how long the cursor rested anywhere.
        """
        if self._parts.finding.answer is not None and not len(self._parts.sidebar.source):
            return self._parts.finding.left_article
        entry = self._parts.sidebar.last_entry
        return entry.id if entry else None

    def _spans(self, article_id: str | None) -> Sequence[FieldSpan]:
        if article_id is None or self._parts.sidebar.entry is None:
            return ()
        hit = self._parts.finding.hit(article_id)
        return hit.spans if hit else ()

    def _stop(self) -> None:
        if self._timer:
            self._timer.stop()
