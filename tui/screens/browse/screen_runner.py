"""The runner of a screen: what it does with the requests of commands that the linear mode does otherwise.

Long work runs in threads, hits come later from the search thread, and the reader follows the cursor of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, TypeVar

from ...article import Article, Block
from ...compose import ComposedArticle
from ...i18n import _
from ...reading import Position
from ...session import effects, list_cursor, searching
from ...session.article_text import ArticleText
from ...session.list_model import ListModel
from ...session.mark_changes import MarkChange
from ...session.named_list_keys import ALL
from ...session.named_lists import ListingModel, LoadedList
from ...session.navigation import with_cursor
from ...session.page_positions import GONE, located
from ...session.runner import Runner
from ...session.search_worker import Deliver, Question
from ...session.state import Session
from .command_gate import CommandGate
from .hooks import Hooks
from .screen_search import ScreenSearch, is_cut

if TYPE_CHECKING:
    from ...search import Answer
    from ...session.effects import Change
    from ...session.stores import Stores
    from ...text.document import FieldSpan

Found = TypeVar("Found")


class ScreenRunner(Runner):
    """The session of a screen, and its stores."""

    def __init__(self, stores: Stores, hooks: Hooks, deliver: Deliver) -> None:
        """Start an empty session. `deliver` is called in the search thread with each answer."""
        super().__init__(stores, Session(face="screen"))
        self._painted_article = hooks.painted_article
        self.search = ScreenSearch(stores.open_search, deliver)
        self.gate = CommandGate(hooks, self.search, lambda: self.session)
        self._opened_meanwhile: list[str] | None = None
        """Ids of articles opened while a thread changes the marks of a long list; None if no thread does."""
        self._loading: str | None = None
        """Key of the list that a thread reloads; None if none does."""
        self._loads_again = False
        self._is_outdated = False
        """Whether articles changed during the search that is open, so that the list from before it is outdated."""

    # Work in threads

    def later(self, find: Callable[[], Found], then: Callable[[Found], Iterator[Change]]) -> Iterator[Change]:
        """Call `find` in a thread. Keys wait until the changes are shown."""
        self.gate.work(find, then)
        return iter(())

    def mark_later(
        self, mark: Callable[[], Found], then: Callable[[Found], Iterator[Change]], articles: int = 0
    ) -> Iterator[Change]:
        """Change marks in a thread. Articles that are opened meanwhile are marked after it."""
        self._opened_meanwhile = []

        def marked(found: Found) -> Iterator[Change]:
            self._mark_opened()
            yield from then(found)

        self.gate.work_on_marks(mark, marked)
        if articles:
            yield effects.Said(_("正在标记 {n} 篇").format(n=articles))

    def _mark_opened(self) -> None:
        opened, self._opened_meanwhile = self._opened_meanwhile or [], None
        for id in opened:
            self.stores.reading.mark_read(id)

    def mark_read(self, id: str) -> bool:
        """Mark an article read, and return whether it was unread; False while a thread changes marks."""
        if self._opened_meanwhile is not None:
            self._opened_meanwhile.append(id)
            return False
        return super().mark_read(id)

    def count_later(self, count: Callable[[], int]) -> None:
        """Count the unread articles in a thread."""

        def counted(number: int) -> Iterator[Change]:
            self.lists.unread, self.lists.known = number, True
            yield effects.MarksChanged()

        self.gate.in_thread(count, counted)

    # Lists

    def list_shown(self, *, is_regrouped: bool) -> Iterator[Change]:
        """Yield the changes after a named list was opened, with the cursor on an article."""
        session = self.session
        if session.entry is None and len(session.rows):
            self.put_cursor(0)
        yield effects.EntryShown()

    def show_list(self, key: str, loaded: LoadedList | None = None) -> None:
        """Make a named list the current list. A search is closed."""
        self.search.forget()
        self.session = searching.close_search(self.session)
        super().show_list(key, loaded)
        self.session = self.session._replace(top=0)

    def open_beneath(self, key: str, article: str | None) -> Iterator[Change]:
        """Open a named list for the time after the open search. Keys wait until a thread has read it."""

        def opened(loaded: LoadedList) -> Iterator[Change]:
            session = self.session
            if session.before is not None:
                self.session = session.before
                super(ScreenRunner, self).show_list(key, loaded)
                self.put_cursor(self.session.rows.find(article) if article else None)
                before = self.session
                shown = session if session.answer else session._replace(cursor=before.cursor, total=before.total)
                self.session = shown._replace(before=before, listing=key)
            yield effects.ListShown()

        return self.later(lambda: self.lists.load(key), opened)

    def renew(self) -> None:
        """Show the list as it is now: a slow one as soon as a thread has read it, hits after a new answer."""
        lists, key = self.lists, self.session.listing
        self.search.ask_again()
        self._is_outdated = self.session.answer is not None
        if self._is_outdated:
            return
        if not lists.is_slow_to_renew(key):
            self._update(lists.open(key))
        elif self._loading is None:
            self._loading = key
            self.gate.in_thread(lambda: lists.load(key), self._loaded)
        else:
            self._loads_again = True

    def _loaded(self, loaded: LoadedList) -> Iterator[Change]:
        key, is_outdated = self._loading, self._loads_again
        self._loading, self._loads_again = None, False
        if self.session.answer is None and self.session.listing == key:
            self._update(self.lists.open(key, loaded))
            yield from self.follow()
        if is_outdated and self.session.answer is None:
            self.renew()

    def _update(self, rows: ListModel) -> None:
        """Show a new version of the list. The cursor stays on its article, or on the nearest stop."""
        session = self.session
        id = None if session.entry is None else self._painted_article() or session.wanted
        renewed = with_cursor(session, list_cursor.renewed(session.cursor, rows, id))
        self.session = renewed if renewed.answer else renewed._replace(total=len(rows))

    def marks_changed(self, changed: MarkChange | None = None) -> Iterator[Change]:
        """Show changed marks. No article vanishes from a list while the user is in it."""
        if changed is None:
            self.lists.recount()
        yield effects.MarksChanged()

    def show_marks(self) -> None:
        """Reload the list of all articles, because its headers name other lists with their counts."""
        rows = self.session.rows
        if self.session.answer is None and self.session.listing == ALL and isinstance(rows, ListingModel):
            self._update(self.lists.with_counts(rows, starred=None))

    def count_again(self, starred: int) -> bool:
        """Update the counts in the headers of the list, after adding `starred` to the starred count.

        Return whether the headers are the same as before.
        """
        session = self.session
        if session.answer or session.listing != ALL or not isinstance(session.rows, ListingModel):
            return True
        rows = self.lists.with_counts(session.rows, starred)
        if cursor := list_cursor.recounted(session.cursor, rows):
            self.session = session._replace(cursor=cursor)
            return True
        self._update(rows)
        return False

    # Hits

    def ask_search(self, asked: effects.AskSearch) -> Iterator[Change]:
        """Ask the search thread; `take_answer` shows the hits."""
        if self.session.before is None or asked.query != self.session.query:
            yield from self.perform(searching.show_search(self.session, asked.query, asked.article))
        else:
            self.session = self.session._replace(has_failed=False)
            self.search.ask(asked.query, asked.newest, asked.article)

    def take_answer(self, question: Question, answer: Answer | None) -> Iterator[Change]:
        """Show the hits of an answer, unless it belongs to an older question."""
        session = self.session
        kind = self.search.take(question, answer, session.answer)
        if answer is None or kind in ("outdated", "fewer", "failed"):
            if kind == "failed":
                self.session = session._replace(has_failed=True)
                yield effects.Said(_("这次没有查成，请再试"))
            return
        from ...session.hit_list import HitListModel  # not needed before the first search

        rows = HitListModel(answer, self.stores.reading)
        number = rows.find(self.search.wanted) if self.search.wanted else None
        total = len(rows) if answer.total is None else answer.total
        self.session = session._replace(total=total, has_failed=False)
        if kind == "more" and number is None:
            self._update(rows)
        else:
            opened = list_cursor.opened(rows, (), number or 0)
            self.session = with_cursor(self.session._replace(top=0), opened)
        if number is not None or not is_cut(answer):
            self.search.wanted = None
        if not len(rows) and session.before:
            self.session = self.session._replace(seen=session.before.seen)
        yield effects.EntryShown()

    def perform(self, step: tuple[Session, tuple[effects.Effect, ...]]) -> Iterator[Change]:
        """See Runner. Without a query, no answer is expected."""
        if not step[0].query.strip():
            self.search.forget()
            if self._is_outdated and step[0].answer is None:
                self.session = step[0]
                self.renew()
                step = self.session, step[1]
        yield from super().perform(step)

    # The reader

    def compose(self, article: Article) -> ArticleText:
        """Return an article with the line that names places, authors and date."""
        gazetteer = self.stores.gazetteer
        place = gazetteer.by_id(article.place_id)
        return ArticleText(article, [above.label for above in gazetteer.above(place)] if place else [])

    @property
    def is_behind(self) -> bool:
        """Whether the reader does not yet show the wanted article with its matches."""
        wanted = self.session.wanted
        return (wanted is not None and not self._shows(wanted)) or self._has_other_spans(wanted)

    def follow(self) -> Iterator[Change]:
        """Open the article under the cursor in the reader and highlight its matches."""
        session, catalogue = self.session, self.stores.catalogue
        if session.answer and session.entry is not None:
            self.search.look_ahead(session.answer, session.entry)
        wanted = session.wanted
        if session.explanation and catalogue.total and wanted is None:
            yield from self.perform((session, (effects.OpenList(session.listing),)))
            wanted = self.session.wanted
        if wanted is None and catalogue.total == 0 and (session.text or catalogue.problems()):
            self._explain()
        elif wanted and not self._shows(wanted):
            yield from self.perform((self.session, (effects.OpenArticle(wanted, is_read=False),)))
        elif self._has_other_spans(wanted):
            yield from self._highlight(self._spans_wanted(wanted))

    def open_one(self, asked: effects.OpenArticle) -> Generator[Change, None, effects.OpenArticle | None]:
        """Open an article, at its first match if it is a hit. One that is shown already stays as it is."""
        session = self.session
        is_shown = self._shows(asked.id) and self.spans_of(asked.id) == session.spans
        if is_shown and asked.match is None and asked.position is None:
            if asked.is_read:
                self.session = session._replace(pane="reader")
                yield from self._note_read(effects.NoteRead(asked.id, self._place_shown()))
            return None
        following = yield from super().open_one(asked)
        session = self.session
        if session.text is None or session.text.article.id != asked.id or asked.match:
            return following
        if session.matches and asked.position is None:
            session, _effects = searching.to_match(session._replace(is_reading=False), 0)
        else:
            session = session._replace(is_reading=True, match=0 if session.matches else -1)
        self.session = session._replace(explanation=None)
        return following

    def _highlight(self, spans: tuple[FieldSpan, ...]) -> Iterator[Change]:
        """Highlight other matches and go to the first; without matches, return to the reading position."""
        session = self.session
        text = session.text
        if text is None:
            return
        self.keep_position()
        matches = tuple(located(text.page, spans))
        session = session._replace(spans=spans, matches=matches, match=-1)
        if matches:
            yield from self.perform(searching.to_match(session, 0))
        elif session.is_reading:
            self.session = session
        else:
            self.session = session._replace(is_reading=True, page_position=text.place(session.position))

    def refresh_article(self) -> None:
        """Reload the article if its file changed. An article that no longer exists stays on the screen."""
        text = self.session.text
        try:
            article = self.stores.article(text.article.id) if text else None
        except GONE:
            return
        if text and article and article != text.article:
            self._compose_again(article)

    def language_changed(self) -> None:
        """Show the list and the article in the new language."""
        if self.session.answer is None:
            self.renew()
        if self.session.text:
            self._compose_again(self.session.text.article)

    def _compose_again(self, article: Article) -> None:
        """Set the open article again. The reading position stays; matches are highlighted when the reader follows."""
        session = self.session
        position = self._place_shown() if session.is_reading else session.position
        text = self.compose(article)
        self.session = session._replace(
            text=text, page_position=text.place(position), is_reading=True, spans=(), matches=(), match=-1
        )

    def _explain(self) -> None:
        """Say why the library has no article, what was left out, and what to do."""
        from ...library.emptiness import emptiness  # only an empty library needs it

        found = emptiness(self.stores.root, self.stores.catalogue.problems())
        said = [Block("item", line, marker="•") for line in found.problems]
        rest = [Block("paragraph", line) for line in (found.passed_over, found.to_do) if line]
        lines = (Block("headline", _("没有能读的文章")), Block("paragraph", found.seen), *said, *rest)
        self.session = self.session._replace(
            explanation=ComposedArticle(lines, 1, len(lines)),
            text=None,
            page_position=(0, 0),
            is_reading=False,
            spans=(),
            matches=(),
            match=-1,
        )

    def _shows(self, id: str) -> bool:
        text = self.session.text
        return text is not None and text.article.id == id

    def _spans_wanted(self, wanted: str | None) -> tuple[FieldSpan, ...]:
        return self.spans_of(wanted) if wanted and self.session.entry is not None else ()

    def _has_other_spans(self, wanted: str | None) -> bool:
        return self.session.text is not None and self.session.spans != self._spans_wanted(wanted)

    def _place_shown(self) -> Position:
        """Return the position at the top of the reader."""
        session = self.session
        return session.text.position(session.page_position) if session.text else session.position
