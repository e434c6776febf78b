"""The runner: performs the requests of commands on the stores and yields the changes to show."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from ..article import Article
from ..i18n import _
from ..reading import Position, Reading
from . import effects, list_cursor, mark_changes, searching
from .article_text import ArticleText
from .first_grouping import usable_grouping
from .list_model import ListModel, all_ids
from .mark_changes import MarkChange
from .named_list_keys import ALL, SAVED, STARRED, UNREAD
from .named_lists import ListingModel, LoadedList, NamedLists, grouping_label, label
from .navigation import Step, on_entry
from .page_positions import GONE, located, unreadable
from .state import Session
from .unread import nth_unread

if TYPE_CHECKING:
    from ..text.document import FieldSpan
    from .effects import Change
    from .link_destination import Destination
    from .stores import Stores

Found = TypeVar("Found")

THREAD_ARTICLES = 2_000
"""Articles. On a screen, what reads more than these runs in a thread."""


class Runner(ABC):
    """One session and its stores. `perform` yields each change to show as soon as it is ready."""

    def __init__(self, stores: Stores, session: Session) -> None:
        self.stores = stores
        self.session = session
        self.lists = NamedLists(stores.catalogue, stores.reading, self.count_later)

    def perform(self, step: Step) -> Iterator[Change]:
        """Take over the step's session, perform its requests in order, and yield its changes."""
        self.session, asked = step
        for effect in asked:
            match effect:
                case effects.OpenArticle():
                    yield from self._open_article(effect)
                case effects.FollowLink():
                    yield from self._follow_link(effect)
                case effects.OpenList():
                    yield from self._open_list(effect)
                case effects.AskSearch():
                    yield from self.ask_search(effect)
                case effects.FindUnread():
                    yield from self._find_unread(effect)
                case effects.NoteRead():
                    yield from self._note_read(effect)
                case effects.NoteVisit(id, position):
                    self.stores.reading.visit(id, position)
                case effects.NoteJump(id, start, target):
                    self.stores.reading.visit(id, start)
                    self.stores.reading.jump(id, target)
                case effects.KeepPosition(id, position):
                    self.stores.reading.remember_position(id, position)
                case effects.ToggleMark():
                    yield from self._toggle_mark(effect)
                case effects.MarkAllRead():
                    yield from self._mark_all_read(effect)
                case effects.Undo():
                    yield from self._undo(mark_changes.undo, self.stores.reading.is_undo_long())
                case effects.Redo():
                    yield from self._undo(mark_changes.redo, self.stores.reading.is_redo_long())
                case effects.Jump():
                    yield from self._jump(effect)
                case effects.ToggleSaved():
                    yield from self._toggle_saved(effect)
                case effects.Copy():
                    yield from self._copy(effect)
                case _:
                    yield effect

    @abstractmethod
    def renew(self) -> None:
        """Reload the list after articles or marks changed. The cursor stays on its article if it is still listed."""

    @abstractmethod
    def ask_search(self, asked: effects.AskSearch) -> Iterator[Change]:
        """Run a search, and make its hits the current list."""

    # Work that a screen does in a thread

    def later(self, find: Callable[[], Found], then: Callable[[Found], Iterator[Change]]) -> Iterator[Change]:
        """Call `find`, which may take long, and yield the changes of `then` with its result."""
        yield from then(find())

    def mark_later(
        self, mark: Callable[[], Found], then: Callable[[Found], Iterator[Change]], articles: int = 0
    ) -> Iterator[Change]:
        """Like `later`, for a change of many marks. `articles` is their number, or 0 if it is unknown."""
        yield from self.later(mark, then)

    # Articles

    def compose(self, article: Article) -> ArticleText:
        """Return an article as it is read."""
        return ArticleText(article)

    def spans_of(self, id: str) -> tuple[FieldSpan, ...]:
        """Return the matches of the search in an article of the list."""
        answer = self.session.answer
        hit = self.session.rows.hit(id) if answer and hasattr(self.session.rows, "hit") else None
        return tuple(hit.spans) if hit else ()

    def _open_article(self, asked: effects.OpenArticle) -> Iterator[Change]:
        """Open an article, or one that follows it if all its matches are to be skipped."""
        wanted: effects.OpenArticle | None = asked
        while wanted:
            wanted = yield from self.open_one(wanted)

    def open_one(self, asked: effects.OpenArticle) -> Generator[Change, None, effects.OpenArticle | None]:
        """Open an article; return the one to open instead if all its matches are to be skipped."""
        stores = self.stores
        try:
            text = self.compose(stores.article(asked.id))
        except GONE as error:
            yield effects.Said(unreadable(error))
            return None
        self.keep_position()
        place = text.place(asked.position or stores.reading.position(asked.id))
        spans = self.spans_of(asked.id)
        self.session = self.session._replace(
            pane="reader" if asked.is_read or self.session.face == "lines" else self.session.pane,
            text=text,
            page_position=place,
            position=text.position(place),
            is_heard=bool(text.units(self.session.unit)),
            is_reading=asked.is_read,
            spans=spans,
            matches=tuple(located(text.page, spans)),
            match=-1,
        )
        if asked.match and (self.session.matches or asked.passed):
            return (yield from self._open_at_match(asked, max(len(self.session.matches), 1)))
        if asked.is_read:
            yield from self._note_read(effects.NoteRead(asked.id, self.session.position))
        yield effects.ArticleShown(text.number_at(self.session.unit, place) > 0)
        return None

    def keep_position(self) -> None:
        """Save the reading position of the open article."""
        session = self.session
        if session.text and session.is_reading:
            self.stores.reading.remember_position(session.text.article.id, session.position)

    def _open_at_match(
        self, asked: effects.OpenArticle, count: int
    ) -> Generator[Change, None, effects.OpenArticle | None]:
        """Go to a match of the article just opened. An article without matches counts as one."""
        if asked.passed < count:
            number = asked.passed if asked.match == "first" else count - 1 - asked.passed
            yield from self.perform(searching.to_match(self.session, number, is_article_new=True))
            return None
        self.session = self.session._replace(match=len(self.session.matches) - 1 if asked.match == "first" else 0)
        step = 1 if asked.match == "first" else -1
        session, asked_for = searching.move_match(self.session, step * (asked.passed - count + 1))
        following = next((each for each in asked_for if isinstance(each, effects.OpenArticle)), None)
        yield from self.perform((session, tuple(each for each in asked_for if each is not following)))
        return following

    def _find_unread(self, asked: effects.FindUnread) -> Iterator[Change]:
        rows, read_among = self.session.rows, self.stores.reading.read_among
        if len(rows) <= THREAD_ARTICLES:
            yield from self._to_unread(nth_unread(rows, read_among, asked.after, asked.nth))
            return

        def find() -> str | None:
            if not isinstance(rows, ListingModel):
                return nth_unread(rows, read_among, asked.after, asked.nth)
            with self.lists.again(rows) as own:
                return nth_unread(own, read_among, asked.after, asked.nth)

        yield from self.later(find, self._to_unread)

    def _to_unread(self, id: str | None) -> Iterator[Change]:
        number = None if id is None else self.session.rows.find(id)
        if id is None or number is None:
            yield effects.Said(_("都已读过") if id is None else _("这一篇已经不在了。"))
            return
        self.session = on_entry(self.session, number)
        yield from self._open_article(effects.OpenArticle(id))

    def _note_read(self, asked: effects.NoteRead) -> Iterator[Change]:
        if self.mark_read(asked.id):
            self.lists.unread -= 1
            yield from self._row_changed(asked.id)
        self.stores.reading.visit(asked.id, asked.position)

    def mark_read(self, id: str) -> bool:
        """Mark an article read, and return whether it was unread."""
        return self.stores.reading.mark_read(id)

    def _row_changed(self, id: str, starred: int = 0) -> Iterator[Change]:
        """Yield the change of an article's row, if the cursor is on it."""
        number = self.session.entry
        if number is not None and self.session.under_cursor == id:
            yield effects.RowChanged(number, starred)

    def _jump(self, asked: effects.Jump) -> Iterator[Change]:
        reading = self.stores.reading
        stop = reading.forward(asked.steps) if asked.steps > 0 else reading.back(-asked.steps)
        if stop is None:
            yield effects.Said(_("没有更多了。"))
            return
        try:
            self.stores.article(stop.id)
        except GONE:
            reading.forget_visit(stop.id)
            yield effects.Said(_("那篇文章已经不在了"))
            return
        self._put_cursor_on(stop.id)
        yield from self._open_article(effects.OpenArticle(stop.id, stop.position, is_read=self.session.face == "lines"))

    def _follow_link(self, asked: effects.FollowLink) -> Iterator[Change]:
        """Follow a link. The whole catalogue is read for one that names an article without its folder."""
        stores = self.stores

        def find() -> Destination:
            from .link_destination import destination  # not needed before the first link is followed

            catalogue = stores.catalogue.again()
            try:
                return destination(stores.root, catalogue, asked.id, asked.address)
            finally:
                if catalogue is not stores.catalogue:
                    catalogue.close()

        yield from self.later(find, lambda found: self._arrive(asked.id, found))

    def _arrive(self, from_id: str, found: Destination) -> Iterator[Change]:
        if found.said:
            yield effects.Said(found.said)
        if found.picture or found.address:
            yield effects.Pointed(str(found.picture or found.address), is_picture=found.picture is not None)
        text = self.session.text
        if not found.article or text is None or text.article.id != from_id:
            return
        reading = self.stores.reading
        reading.visit(from_id, text.position(self.session.page_position))
        if found.article == from_id:
            reading.jump(from_id, found.position or Position(0, 0))
        self._put_cursor_on(found.article)
        yield from self._open_article(effects.OpenArticle(found.article, found.position))

    def _put_cursor_on(self, id: str) -> None:
        """Put the cursor on an article, in the list of all articles if the current list lacks it."""
        number = self.session.rows.find(id)
        if number is None:
            self.session = searching.close_search(self.session)
            self.show_list(ALL)
            number = self.session.rows.find(id)
        self.put_cursor(number)

    def _copy(self, asked: effects.Copy) -> Iterator[Change]:
        text = self.session.text
        try:
            is_open = text is not None and text.article.id == asked.id
            article = text.article if text and is_open else self.stores.article(asked.id)
        except GONE as error:
            yield effects.Said(unreadable(error))
            return
        from .citation import article_text, reference_of

        if asked.what == "article":
            yield effects.Copied(article_text(article), _("全文"))
        else:
            yield effects.Copied(reference_of(article, self.stores.catalogue), _("出处"))

    # Marks

    def _toggle_mark(self, asked: effects.ToggleMark) -> Iterator[Change]:
        changed = mark_changes.toggle(self.stores.reading, asked.id, asked.kind)
        self.lists.unread += changed.unread
        yield from self._row_changed(asked.id, changed.starred)
        yield effects.Said(mark_changes.done(changed.said, self._title(asked.id)), is_undoable=True)

    def _mark_all_read(self, asked: effects.MarkAllRead) -> Iterator[Change]:
        reading, name = self.stores.reading, self.list_name()
        find, count = self.ids_finder(), asked.articles

        def marked(count: int) -> Iterator[Change]:
            self.lists.unread -= count
            yield from self.marks_changed()
            said = _("{n} 篇标为已读").format(n=count) if count else _("都已读过")
            yield effects.Said(mark_changes.done(name, said), is_undoable=count > 0)

        if count < THREAD_ARTICLES and not self.session.unloaded:
            yield from marked(reading.mark_all_read(find()))
            return
        yield from self.mark_later(lambda: reading.mark_all_read(find()), marked, count)

    def _undo(self, undo: Callable[[Reading], MarkChange], is_long: bool) -> Iterator[Change]:
        reading = self.stores.reading

        def undone(changed: MarkChange) -> Iterator[Change]:
            self.lists.unread += changed.unread
            yield from self.marks_changed(changed)
            change = changed.change
            only = change.ids[0] if change and change.count == 1 and change.ids else None
            name = only if change and change.kind == "search" else only and self._title(only)
            yield effects.Said(_("{said}，{title}").format(said=changed.said, title=name) if name else changed.said)

        if is_long:
            yield from self.mark_later(lambda: undo(reading), undone)
        else:
            yield from undone(undo(reading))

    def marks_changed(self, changed: MarkChange | None = None) -> Iterator[Change]:
        """Bring the list up to date after marks changed: `changed`, or all of the list."""
        if changed is None or (not self.session.query and self.session.listing in (UNREAD, STARRED)):
            self.renew()
        yield effects.MarksChanged()

    def _toggle_saved(self, asked: effects.ToggleSaved) -> Iterator[Change]:
        changed = mark_changes.toggle_saved(self.stores.reading, asked.query)
        yield effects.Said(mark_changes.done(changed.said, asked.query), is_undoable=True)

    # Lists

    def _open_list(self, asked: effects.OpenList) -> Iterator[Change]:
        if asked.key.startswith(SAVED):
            yield from self.perform(searching.search(self.session, asked.key.removeprefix(SAVED)))
            return
        if asked.grouping:
            grouping = usable_grouping(self.stores.catalogue, asked.grouping)
            self.lists.grouping = grouping
            self.session = self.session._replace(grouping=grouping)
            yield effects.Said(grouping_label(grouping))
        if self.lists.is_slow(asked.key) or (asked.grouping and self.lists.has_many_groups):
            yield from self.later(lambda: self.lists.load(asked.key), lambda found: self._list_opened(asked, found))
        else:
            yield from self._list_opened(asked)

    def _list_opened(self, asked: effects.OpenList, loaded: LoadedList | None = None) -> Iterator[Change]:
        self.show_list(asked.key, loaded)
        self.put_cursor(self.session.rows.find(asked.article) if asked.article else None)
        yield from self.list_shown(is_regrouped=asked.grouping is not None)

    def list_shown(self, *, is_regrouped: bool) -> Iterator[Change]:
        """Yield the changes after a named list was opened."""
        yield effects.ListShown()

    def show_list(self, key: str, loaded: LoadedList | None = None) -> None:
        """Make a named list the current list."""
        rows = self.lists.open(key, loaded)
        self.show_rows(rows)
        self.session = self.session._replace(listing=key, query="", total=len(rows))

    def show_rows(self, rows: ListModel) -> None:
        """Make a list the current one."""
        self.session = self.session._replace(cursor=list_cursor.opened(rows, (), None))

    def put_cursor(self, number: int | None) -> None:
        """Put the cursor on an entry; None removes it from the entries."""
        if number is None:
            self.show_rows(self.session.rows)
        else:
            self.session = on_entry(self.session, number)

    def list_name(self) -> str:
        """Return the title of the current list."""
        session = self.session
        return _("搜索 {query}").format(query=session.query) if session.query else label(session.listing)

    def _title(self, id: str) -> str:
        summary = self.stores.catalogue.summary(id)
        return " ".join(summary.title) if summary else id

    def count_later(self, count: Callable[[], int]) -> None:
        """Count the unread articles, which may take long."""
        self.lists.unread, self.lists.known = count(), True

    def ids_finder(self) -> Callable[[], Iterable[str]]:
        """Return a function that returns the ids of all articles in the list, for use in any thread."""
        session = self.session
        if session.unloaded:
            query, newest = session.query, session.newest
            return lambda: [hit.article for hit in self.stores.open_search().search(query, newest=newest).hits]
        rows = session.rows
        if not isinstance(rows, ListingModel):
            return lambda: all_ids(rows)

        def ids() -> Iterator[str]:
            with self.lists.again(rows) as own:
                yield from all_ids(own)

        return ids
