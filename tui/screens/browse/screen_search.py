"""Search in the browse screen: the search line, its hits, and the return to the previous list."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from ...i18n import _
from ...reading import Reading
from ...session import list_cursor
from ...session.list_geometry import ListPosition
from ...session.list_model import ListItem, ListModel
from ...session.search_worker import Deliver, Question, SearchWorker, is_complete
from ...widgets.article_list import ArticleList
from ...widgets.search_line import SearchLine

if TYPE_CHECKING:
    from ...search import Answer, Hit, Search

FIRST_HITS = 500
"""Hits. Limit of a new question; a higher one follows when the cursor comes near the last hit."""
_LOAD_DISTANCE = 50
"""Hits. Closer to the last loaded hit than this, more are loaded."""


class Phase(Enum):
    """The phase of a search."""

    CLOSED = "closed"
    TYPING = "typing"
    RESULT = "result"


class _ListBefore(NamedTuple):
    """The state of the list before the search."""

    source: ListModel
    folded: frozenset[str]
    entry: int | None
    cursor: ListPosition
    top: int
    last: ListItem | None


def _may_still_come(answer: Answer | None) -> bool:
    """Return whether the answer has no hits only because the index is still growing; `ask_again` follows then."""
    return answer is not None and answer.partial and not answer.hits


class ScreenSearch:
    """The search line and its hits. The screen passes answers to `take` in its own thread."""

    def __init__(
        self,
        line: SearchLine,
        sidebar: ArticleList,
        reading: Reading,
        open_search: Callable[[], Search],
        deliver: Deliver,
    ) -> None:
        self._line = line
        self._list = sidebar
        self._reading = reading
        self._open_search = open_search
        self._worker = SearchWorker(open_search, deliver)
        self._list_before: _ListBefore | None = None
        self._wanted: str | None = None
        self._asked: Question | None = None
        self._shown: Question | None = None
        self._begun: Question | None = None
        self._awaited: Question | None = None
        self._from_top = False
        self.failed = False
        """Whether the last question failed, so that the list does not show its hits."""
        self.phase = Phase.CLOSED
        self.answer: Answer | None = None
        self.newest = False

    @property
    def query(self) -> str:
        return self._line.text if self.phase is not Phase.CLOSED else ""

    def open(self, text: str | None = None, article_id: str | None = None) -> None:
        """Open the search line for typing.

        With `text`, search for it at once and put the cursor on `article_id`. Without it, the user continues to type
        the query of an open search.
        """
        self._wanted = article_id
        if self.phase is Phase.CLOSED:
            self._save_list()
            self._line.display = True
            self._line.open("/", text or "", _("字、词、拼音"))
        elif text:
            self._line.open("/", text, _("字、词、拼音"))
        self.phase = Phase.TYPING
        self._line.typing = True
        if text:
            self.changed(self._line.text)

    def changed(self, text: str) -> None:
        """Handle a changed query: ask the new question, or show the previous list if the query is empty."""
        if self.phase is Phase.CLOSED:
            return
        self._from_top, self.failed = True, False
        if text.strip():
            if self.answer is None:
                self._save_list()
            self._asked = self._awaited = self._worker.ask(text, newest=self.newest, limit=FIRST_HITS)
        else:
            self._asked = self._awaited = self._shown = self.answer = None
            self._restore_list()

    def ask_again(self) -> None:
        """Repeat the latest question after the articles changed."""
        if self._asked is not None:
            was = self._asked
            self._asked = self._worker.ask(was.query, newest=was.newest, limit=was.limit)
            self._awaited = self._awaited and self._asked

    def take_answer(self, question: Question, answer: Answer | None) -> bool:
        """Show an answer. Return False, and ignore it, if it belongs to an older question."""
        if question is not self._asked or self.phase is Phase.CLOSED:
            return False
        is_last = answer is None or self._begun is question or is_complete(question, answer)
        self._begun = question
        if is_last and not _may_still_come(answer):
            self._awaited = None
        self.failed = answer is None
        if answer is None:
            return True
        same = self._shown is not None and not self._from_top and self._shown.query == question.query
        before = self.answer.hits if same and self.answer else ()
        is_cut = answer.partial or answer.total is None or answer.total > len(answer.hits)
        if is_cut and len(answer.hits) < min(len(before), question.limit):
            return True  # more hits are shown already: wait for the complete answer
        unchanged = same and self.answer is not None and before == answer.hits
        self.answer, self._shown, self._from_top = answer, question, False
        if unchanged:
            return True
        from ...session.hit_list import HitListModel

        source = HitListModel(answer, self._reading)
        entry = source.find(self._wanted) if self._wanted else None
        if same and entry is None:
            self._list.update(source)
        else:
            self._list.show(source, entry=entry or 0)
        if entry is not None or not is_cut:
            self._wanted = None
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether the complete answer to the typed query, or to `load`, is still missing."""
        return self._awaited is not None

    @property
    def article_before(self) -> str | None:
        """Id of the article under the cursor when the search began, or None."""
        return self._list_before.last.id if self._list_before and self._list_before.last else None

    @property
    def has_first_hits(self) -> bool:
        """Whether the shown hits are the first ones of the final answer. More may follow them."""
        answer = self.answer
        return answer is not None and self._shown is self._asked and not answer.partial and bool(answer.hits)

    @property
    def unloaded(self) -> int:
        """Number of hits that were found but are not loaded."""
        return max((self.answer.total or 0) - len(self.answer.hits), 0) if self.answer else 0

    def load(self, hits: int) -> None:
        """Ask for up to `hits` hits; `awaits` is True until they arrive."""
        if (asked := self._asked) is not None:
            self._asked = self._awaited = self._worker.ask(asked.query, newest=asked.newest, limit=hits)

    def all_ids_finder(self) -> Callable[[], list[str]]:
        """Return a function that finds the ids of all articles of the answer, for use in another thread."""
        query, newest = (self._asked.query, self._asked.newest) if self._asked else ("", False)
        return lambda: [hit.article for hit in self._open_search().search(query, newest=newest).hits]

    def try_again(self) -> None:
        """Repeat the question that failed."""
        self.changed(self._line.text)

    def accept(self) -> None:
        """Accept the query: from now on keys go to the hits."""
        self.phase = Phase.RESULT
        self._line.typing = False

    def close(self) -> None:
        """Close the search and show the previous list."""
        self.phase = Phase.CLOSED
        self._line.typing = False
        self._line.display = False
        self._asked = self._awaited = self._shown = self.answer = None
        self.failed = False
        self._restore_list()
        self._list_before = None

    def stop(self) -> None:
        """Stop the search thread."""
        self._worker.close()

    def toggle_order(self) -> str:
        """Switch between newest first and best first, repeat an open search, and return the notice to show."""
        self.newest = not self.newest
        if self.phase is not Phase.CLOSED:
            self.changed(self._line.text)
        return _("按日期排，新的在前") if self.newest else _("按相关程度排")

    def hit(self, article_id: str) -> Hit | None:
        """Return the hit for an article, or None."""
        if self.answer is None:
            return None
        from ...session.hit_list import HitListModel

        source = self._list.source
        return source.hit(article_id) if isinstance(source, HitListModel) else None

    def look_ahead(self) -> None:
        """Ask for more hits if the cursor is near the last one."""
        answer, number, asked = self.answer, self._list.number, self._asked
        if answer is None or number is None or asked is None or asked is not self._shown:
            return
        is_cut = answer.total is not None and answer.total > len(answer.hits) >= asked.limit
        if is_cut and number > len(answer.hits) - _LOAD_DISTANCE:
            self._asked = self._worker.ask(asked.query, newest=asked.newest, limit=asked.limit * 4)

    def summary(self) -> str:
        """Return one line with the number of articles found and the interpretation of the query."""
        if self.answer is None:
            return ""
        if self.answer.refusal:
            return self.answer.refusal
        total = self.answer.total
        found = _("{n} 篇").format(n=total) if total is not None else _("{n} 篇以上").format(n=len(self.answer.hits))
        readings = [f"{read.typed} › {' '.join(read.words)}" for read in self.answer.interpretations]
        read_as = "  ".join(readings) or self.answer.read_as
        if self.answer.near:
            found = _("没有找到。相近：{words}").format(words=" ".join(one.word for one in self.answer.near))
        from_files = _("搜的是文件，编目未完") if self.answer.is_from_files else ""
        return "  ".join(filter(None, (found, read_as, from_files)))

    def _save_list(self) -> None:
        """Remember the list to return to, and its cursor."""
        here = self._list
        self._list_before = _ListBefore(
            here.source, here.folded, here.number, here.cursor_position, here.top_line, here.last_entry
        )

    def _restore_list(self) -> None:
        if self._list_before and self._list.source is not self._list_before.source:
            left = self._list_before
            self._list.show(left.source, folded=left.folded, entry=left.entry, top=left.top, last=left.last)
            if left.entry is None:
                self._list.go(list_cursor.to_position, left.cursor)
