"""Searches in one thread of its own: the latest question wins, an older one is given up.

However fast the keys come there is at most one search at work, and an answer is delivered with its question, so that
whoever asked can drop one that is no longer wanted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from threading import Condition, Thread
from typing import TYPE_CHECKING, NamedTuple

from ..catalogue.damage import is_passing

if TYPE_CHECKING:
    from ..search import Answer, Search

SOON = 0.02
"""Seconds after which a first, partial answer is given."""
SCREENFUL = 30
"""Hits of a first answer."""
PAUSE = 0.04
"""Seconds between a first answer and the work on the whole one: the first is painted, and the next key may come."""


class Question(NamedTuple):
    """What is asked. The number rises: a lower one is an older question."""

    number: int
    query: str
    newest: bool
    limit: int


def is_whole(question: Question, answer: Answer) -> bool:
    """Return whether nothing more follows this answer; the second answer to a question is always the last."""
    known = not answer.partial and answer.total is not None
    return known and len(answer.hits) >= min(answer.total or 0, question.limit)


Deliver = Callable[[Question, "Answer | None"], None]
"""Takes an answer in the searching thread; None when files or the index could not be read."""


class SearchWorker:
    """Ask, and be told. The thread starts with the first question; an error nobody expected ends it."""

    def __init__(self, open_search: Callable[[], Search], deliver: Deliver) -> None:
        self._open_search = open_search
        self._deliver = deliver
        self._changed = Condition()
        self._latest: Question | None = None
        self._taken = 0
        self._closed = False
        self._thread: Thread | None = None

    def ask(self, query: str, *, newest: bool = False, limit: int = 500) -> Question:
        """Put a question; it takes the place of any that is not answered yet."""
        with self._changed:
            number = self._latest.number + 1 if self._latest else 1
            question = self._latest = Question(number, query, newest, limit)
            self._changed.notify()
        if self._thread is None:
            self._thread = Thread(target=self._work, name="search", daemon=True)
            self._thread.start()
        return question

    def close(self) -> None:
        """No answer is delivered after this."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        from ..search.answer import Cancelled  # here, where the first screen does not wait for it

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
                search = None  # the next question opens it anew
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
        """A first answer soon, and the whole one when that was not all."""
        for limit, budget in ((min(SCREENFUL, question.limit), SOON), (question.limit, None)):
            if budget is None and self._outdated(PAUSE):
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
            self._deliver(question, answer)
            if is_whole(question, answer):
                return

    def _outdated(self, seconds: float) -> bool:
        """Whether another question comes, or the end, within so long."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._closed or (self._latest is not None and self._latest.number > self._taken), seconds
            )

    def _stale(self, question: Question) -> bool:
        return self._closed or self._latest is not question
