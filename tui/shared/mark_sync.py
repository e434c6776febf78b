"""The exchange of marks with an archive: what was marked here goes there, what was marked elsewhere comes here.

The state file has every mark and is all that reading needs. Of two marks of one kind on one article the later counts,
by (time, device), here and on the server, so the order of the exchange does not matter.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from ..clean import clean_line
from ..reading import Mark
from ..reading.exchange import KINDS
from ..reading.outbox import BATCH_MARKS, MAX_ID_BYTES, Outbox, Pulled
from .article_row import storable_text
from .node_link import NodeLink, Statement

MANY_MARKS = 2_000
"""Marks. If more are to be sent, the user may have marked everything read, which one watermark says."""
_BUSY_SHARE = 20
"""A look through all marks is followed by a pause this many times as long."""
_DEVICE = re.compile(r"[\w.-]{0,64}")
_PULL = (
    "select kind, article, is_on, at, device, change from mark"
    " where person = current_user and library = %s and change > %s order by change"
)
"""Names the user, since a superuser would see the marks of all."""
_WATERMARK = "select feed, at, device from watermark where person = current_user and library = %s"
_COVERED = "select a.id from article a join load l on l.load = a.load where l.feed <= %s"
_REPLACED = (
    "select g.id, l.feed from gone g join load l on l.load = g.load where l.feed > greatest(%s, (select feed from"
    " watermark where person = current_user and library = %s)) order by l.feed fetch first 2000 rows with ties"
)
"""Articles that were corrected after the watermark, some at a time."""


class MarkSync:
    """The exchange of the marks of one user with an archive's first node, where they are kept."""

    def __init__(
        self, link: NodeLink, uid: str, outbox: Outbox, is_only_node: Callable[[], bool] = lambda: True
    ) -> None:
        """`is_only_node` returns whether the node has all articles now: only then its feed numbers say which of them a
        watermark means.
        """
        self._link, self._uid, self._outbox, self._is_only_node = link, uid, outbox, is_only_node
        self._kept_to = 0
        """Feed number up to which the marks of corrected articles have been sent by name."""
        self._may_have_unsent = True
        self._next_look = 0.0

    def run(self) -> bool:
        """Exchange marks; return whether marks came from elsewhere. Raises Away or Stopped."""
        self._may_have_unsent |= self._outbox.changed()
        if self._may_have_unsent and time.monotonic() >= self._next_look:
            self._push()
        return self._pull()

    def close(self) -> None:
        self._outbox.close()

    def _push(self) -> None:
        began = time.monotonic()
        marks = self._outbox.unsent(MANY_MARKS + 1)
        self._next_look = time.monotonic() + _BUSY_SHARE * (time.monotonic() - began)
        if len(marks) > MANY_MARKS and self._is_only_node() and self._push_watermark(marks):
            return
        self._push_marks(marks)
        self._may_have_unsent = len(marks) > MANY_MARKS

    def _push_marks(self, marks: list[Mark]) -> None:
        for device, part in _by_device(marks):
            values = [
                {"kind": mark.kind, "article": storable_text(mark.article), "is_on": mark.is_on, "at": mark.at}
                for mark in part
            ]
            self._link.ask([Statement("select push(%s, %s::jsonb, %s)", (self._uid, _json(values), device))])
            self._outbox.note_sent(part)

    def _push_watermark(self, marks: list[Mark]) -> bool:
        """Send "all read" if every article is read here and nothing else was marked then; return whether it was."""
        first = marks[0]
        if any(mark.kind != "read" or not mark.is_on or mark.device != first.device for mark in marks):
            return False
        answers = self._link.ask(
            [Statement("select last from feed"), Statement("select id from ident where day is not null")]
        )
        ids = [id for (id,) in answers[1]]
        if sum(mark.is_on for mark in self._outbox.read_marks(ids)) < len(ids):
            return False
        every = self._outbox.unsent(1 << 30)
        if any(mark.kind != "read" or not mark.is_on for mark in every):
            return False
        values = (self._uid, answers[0][0][0], max(mark.at for mark in every), first.device)
        self._link.ask([Statement("select push_watermark(%s, %s, %s, %s)", values)])
        self._outbox.note_sent(every)
        return True

    def _pull(self) -> bool:
        before = self._outbox.pulled()
        asked = (
            Statement(_PULL, (self._uid, before.change)),
            Statement(_WATERMARK, (self._uid,)),
            Statement(_REPLACED, (self._kept_to, self._uid)),
        )
        rows, watermarks, replaced = self._link.ask(asked)
        came = 0
        change, watermark = before
        for feed, at, device in watermarks:
            if at > before.watermark:
                covered = self._link.ask([Statement(_COVERED, (feed,))], seconds=60.0)[0]
                came += self._outbox.take([Mark("read", id, True, at, device) for (id,) in covered])
                watermark = at
        if rows:
            came += self._outbox.take([mark for row in rows if (mark := mark_of(row)) is not None])
            change = max(int(row[-1]) for row in rows)
        if Pulled(change, watermark) != before:
            self._outbox.note_pulled(Pulled(change, watermark))
        if watermarks and replaced:
            self._keep_marks([str(id) for id, _feed in replaced], int(watermarks[0][1]))
            self._kept_to = int(replaced[-1][1])
        return came > 0

    def _keep_marks(self, ids: list[str], at: int) -> None:
        """Send by name what only the watermark of time `at` said about articles that it no longer covers.

        A corrected article has a new load. It stays read here, and so it must for the server.
        """
        marks = [mark for mark in self._outbox.read_marks(ids) if mark.is_on and mark.at <= at]
        self._push_marks(marks)


def _by_device(marks: list[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    """Yield the marks of each device, at most `BATCH_MARKS` together."""
    for device, of_device in groupby(sorted(marks, key=lambda mark: mark.device), lambda mark: mark.device):
        every = list(of_device)
        for start in range(0, len(every), BATCH_MARKS):
            yield device, every[start : start + BATCH_MARKS]


def mark_of(row: tuple[Any, ...]) -> Mark | None:
    """Return the mark in a row of the server, which is as hostile as an article; None if it is not one."""
    kind, article, is_on, at, device, _change = row
    is_text = isinstance(article, str) and 0 < len(article) <= MAX_ID_BYTES and clean_line(article) == article
    is_known = kind in KINDS and isinstance(is_on, bool) and isinstance(at, int) and abs(at) < 1 << 62
    if not (is_text and is_known and isinstance(device, str) and _DEVICE.fullmatch(device)):
        return None
    return Mark(kind, article, is_on, at, device)


def _json(values: list[dict[str, object]]) -> str:
    return json.dumps(values, ensure_ascii=False)
