"""The questions that the browse screen asks the search thread, and which answers it still waits for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from ...session.search_worker import Deliver, Question, SearchWorker, is_complete

if TYPE_CHECKING:
    from ...search import Answer, Search

_LOAD_DISTANCE = 50
"""Hits. Closer to the last loaded hit than this, more are loaded."""


def _may_still_come(answer: Answer | None) -> bool:
    """Return whether the answer has no hits only because the index is still growing; `ask_again` follows then."""
    return answer is not None and answer.partial and not answer.hits


class ScreenSearch:
    """Asks questions, and decides what their answers mean for the list."""

    def __init__(self, open_search: Callable[[], Search], deliver: Deliver) -> None:
        self._worker = SearchWorker(open_search, deliver)
        self._asked: Question | None = None
        self._shown: Question | None = None
        self._begun: Question | None = None
        self._awaited: Question | None = None
        self._from_top = False
        self._is_unanswered = False
        """Whether the last answer came from a growing index and had no hits."""
        self.wanted: str | None = None
        """The article to put the cursor on when its hit has come; None for none."""

    def ask(self, query: str, newest: bool, article: str | None = None) -> None:
        """Ask a new question. Its hits are shown from the first, or with the cursor on `article`."""
        self._from_top, self._is_unanswered, self.wanted = True, False, article
        self._asked = self._awaited = self._worker.ask(query, newest=newest)

    def ask_again(self, *, only_unanswered: bool = False) -> None:
        """Repeat the latest question after the articles changed.

        `only_unanswered`: only if the index had no hits for it yet. The end of indexing may have been noticed before
        that answer arrived, and nothing else would repeat the question.
        """
        was = self._asked
        if was is not None and (self._is_unanswered or not only_unanswered):
            self._is_unanswered = False
            self._asked = self._worker.ask(was.query, newest=was.newest, limit=was.limit)
            self._awaited = self._awaited and self._asked

    def load(self, hits: int) -> None:
        """Ask for up to `hits` hits; `is_waiting` is True until they arrive."""
        if (asked := self._asked) is not None:
            self._asked = self._awaited = self._worker.ask(asked.query, newest=asked.newest, limit=hits)

    def look_ahead(self, answer: Answer, number: int) -> None:
        """Ask for more hits if the cursor is near the last one."""
        asked = self._asked
        if asked is None or asked is not self._shown:
            return
        is_cut = answer.total is not None and answer.total > len(answer.hits) >= asked.limit
        if is_cut and number > len(answer.hits) - _LOAD_DISTANCE:
            self._asked = self._worker.ask(asked.query, newest=asked.newest, limit=asked.limit * 4)

    def forget(self) -> None:
        """Expect no answer any more, because the search was closed or its query deleted."""
        self._asked = self._awaited = self._shown = None
        self._is_unanswered = False

    def take(
        self, question: Question, answer: Answer | None, shown: Answer | None
    ) -> Literal["outdated", "failed", "fewer", "more", "new"]:
        """Take note of an answer while `shown` is in the list; return how its hits relate to those in the list."""
        if question is not self._asked:
            return "outdated"
        is_last = answer is None or self._begun is question or is_complete(question, answer)
        self._begun = question
        self._is_unanswered = is_last and _may_still_come(answer)
        if is_last and not self._is_unanswered:
            self._awaited = None
        if answer is None:
            return "failed"
        is_same = self._shown is not None and not self._from_top and self._shown.query == question.query
        count = len(shown.hits) if is_same and shown else 0
        if is_cut(answer) and len(answer.hits) < min(count, question.limit):
            return "fewer"  # more hits are shown already: wait for the complete answer
        self._shown, self._from_top = question, False
        return "more" if is_same else "new"

    @property
    def is_waiting(self) -> bool:
        """Whether the complete answer to the typed query, or to `load`, is still missing."""
        return self._awaited is not None

    def has_first_hits(self, shown: Answer | None) -> bool:
        """Whether the hits in the list are the first ones of the final answer. More may follow them."""
        return shown is not None and self._shown is self._asked and not shown.partial and bool(shown.hits)

    def stop(self) -> None:
        """Stop the search thread."""
        self._worker.close()


def is_cut(answer: Answer) -> bool:
    """Return whether there may be more hits than those of the answer."""
    return answer.partial or answer.total is None or answer.total > len(answer.hits)
