"""The search thread: it answers the latest question and cancels older ones.

At most one search runs at a time, however fast the user types. Each answer is delivered with its question, so that
the caller can drop an answer to an outdated question.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Condition, Thread
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.damage import is_passing
from .searching import FIRST_HITS

if TYPE_CHECKING:
    from ..search import Answer, Search

SOON_SECONDS = 0.02
"""Seconds. Deadline of the first, possibly partial answer."""
FIRST_SCREEN_HITS = 30
"""Hits. Limit of the first answer."""
PAUSE_SECONDS = 0.04
"""Seconds between the first answer and work on the complete one, to paint the first and to wait for another key."""


class Question(NamedTuple):
    """A search request. A higher `number` means a newer question."""

    number: int
    query: str
    newest: bool
    limit: int


def is_complete(question: Question, answer: Answer) -> bool:
    """Return whether this answer is complete, so that no second one follows. A second answer is always the last."""
    known = not answer.partial and answer.total is not None
    return known and len(answer.hits) >= min(answer.total or 0, question.limit)


Deliver = Callable[[Question, "Answer | None"], None]
"""Called in the search thread with an answer, or with None if files or the index could not be read."""


class SearchWorker:
    """Answers questions in a thread, which starts with the first question. An unexpected error ends the thread."""

    def __init__(self, open_search: Callable[[], Search], deliver: Deliver) -> None:
        self._open_search = open_search
        self._deliver = deliver
        self._changed = Condition()
        self._latest: Question | None = None
        self._taken = 0
        self._closed = False
        self._thread: Thread | None = None

    def ask(self, query: str, *, newest: bool = False, limit: int = FIRST_HITS) -> Question:
        """Queue a question and return it. It replaces any question that is not answered yet."""
        with self._changed:
            number = self._latest.number + 1 if self._latest else 1
            question = self._latest = Question(number, query, newest, limit)
            self._changed.notify()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="search", daemon=True)
            self._thread.start()
        return question

    def close(self) -> None:
        """Stop the thread. No search that is still running delivers an answer."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        from ..search.answer import Cancelled  # imported in the thread, so that the first screen does not wait for it

        search: Search | None = None
        while question := self._next():
            try:
                search = search or self._open_search()
                self._answer(search, question)
            except Cancelled:
                continue
            except (OSError, sqlite3.Error) as error:
                if not is_passing(error):
                    raise
                search = None  # reopened for the next question
                if not self._stale(question):
                    self._deliver(question, None)

    def _next(self) -> Question | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._latest and self._latest.number > self._taken))
            if self._closed or self._latest is None:
                return None
            self._taken = self._latest.number
            return self._latest

    def _answer(self, search: Search, question: Question) -> None:
        """Deliver a first answer within `SOON`, then the complete one if the first was incomplete.

        If the first is complete without a hit, the second follows only if it has near words.
        """
        was_empty = False
        for limit, budget in ((min(FIRST_SCREEN_HITS, question.limit), SOON_SECONDS), (question.limit, None)):
            if budget is None and self._outdated(PAUSE_SECONDS):
                return
            answer = search.search(
                question.query,
                limit=limit,
                newest=question.newest,
                budget=budget,
                cancelled=lambda: self._stale(question),
            )
            if self._stale(question):
                return
            if budget is not None or not was_empty or answer.hits or answer.near:
                self._deliver(question, answer)
            was_empty = answer.total == 0 and not answer.refusal
            if is_complete(question, answer) and not was_empty:
                return

    def _outdated(self, seconds: float) -> bool:
        """Wait up to `seconds`; return whether a new question or `close` came meanwhile."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._closed or (self._latest is not None and self._latest.number > self._taken), seconds
            )

    def _stale(self, question: Question) -> bool:
        return self._closed or self._latest is not question
