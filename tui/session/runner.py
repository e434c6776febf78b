"""The runner: performs the requests of commands on the stores and yields the changes to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..i18n import _
from ..reading import Position
from . import commands, effects, mark_changes, marking, searching
from .article_text import ArticleText
from .first_grouping import usable_grouping
from .hit_list import HitListModel
from .link_destination import destination
from .list_model import all_ids
from .mark_changes import MarkChange
from .named_list_keys import ALL, SAVED, STARRED, UNREAD
from .named_lists import NamedLists, grouping_label, label
from .navigation import LIST_PAGE, Step, list_from
from .page_positions import GONE, located
from .state import Session
from .unread import nth_unread

if TYPE_CHECKING:
    from ..search import Answer, Search
    from .effects import Change
    from .stores import Stores

FIRST_HITS = 500
"""Hits. Number loaded with a search; more are loaded when the cursor passes them."""


class Runner:
    """One session and its stores. `perform` yields each change to show as soon as it is ready."""

    def __init__(self, stores: Stores, ask: Callable[[Search, str, bool, int], Answer]) -> None:
        """Start an empty session. `ask` runs a search (search, query, newest, limit) and may report progress."""
        self.stores = stores
        self.session = Session()
        self.answer: Answer | None = None
        self.lists = NamedLists(stores.catalogue, stores.reading, self._count_now)
        self._ask = ask
        self._search: Search | None = None

    def command(self, name: str, count: int | None = None) -> Iterator[Change]:
        """Run a command and yield its changes."""
        session = self.session
        self.load_hits(max(session.listed + LIST_PAGE, (session.entry or 0) + 2 + (count or 1)))
        yield from self.perform(commands.run(name, self.session, count))

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
                    yield from self._ask_search(effect)
                case effects.FindUnread():
                    yield from self._find_unread(effect)
                case effects.NoteRead():
                    self._note_read(effect)
                case effects.NoteJump(id, start, target):
                    self.stores.reading.visit(id, start)
                    self.stores.reading.jump(id, target)
                case effects.KeepPosition(id, position):
                    self.stores.reading.remember_position(id, position)
                case effects.ToggleMark():
                    yield from self._toggle_mark(effect)
                case effects.MarkAllRead():
                    yield from self._mark_all_read()
                case effects.Undo():
                    yield from self._marks_changed(mark_changes.undo(self.stores.reading))
                case effects.Redo():
                    yield from self._marks_changed(mark_changes.redo(self.stores.reading))
                case effects.Jump():
                    yield from self._jump(effect)
                case effects.ToggleSaved():
                    yield from self._toggle_saved(effect)
                case effects.Copy():
                    yield from self._copy(effect)
                case _:
                    yield effect

    def renew(self) -> None:
        """Reload the list after articles or marks changed. The cursor stays on its article if it is still listed."""
        session = self.session
        id = session.article
        if session.query:
            self.show_hits(session.query, session.newest, max(FIRST_HITS, len(session.rows)))
        else:
            self.show_list(session.listing)
        number = self.session.rows.find(id) if id else None
        if number is None and session.entry is not None and len(self.session.rows):
            number = min(session.entry, len(self.session.rows) - 1)
        self.session = self.session._replace(entry=number)

    # Requests

    def _open_article(self, asked: effects.OpenArticle) -> Iterator[Change]:
        stores = self.stores
        try:
            text = ArticleText(stores.catalogue.article(asked.id))
        except GONE:
            yield effects.Said(_("这一篇读不出来了。"))
            return
        saved = asked.position or stores.reading.position(asked.id)
        place = text.place(saved)
        hit = self.session.rows.hit(asked.id) if isinstance(self.session.rows, HitListModel) else None
        matches = tuple(located(text.page, hit.spans)) if hit else ()
        position = text.position(place)
        self.session = self.session._replace(
            pane="reader",
            text=text,
            page_position=place,
            position=position,
            is_heard=bool(text.units(self.session.unit)),
            is_reading=asked.is_read,
            matches=matches,
            match=-1,
        )
        if asked.match and matches:
            yield from self._open_at_match(asked, len(matches))
            return
        if asked.is_read:
            self._note_read(effects.NoteRead(asked.id, position))
        yield effects.ArticleShown(text.number_at(self.session.unit, place) > 0)

    def _open_at_match(self, asked: effects.OpenArticle, count: int) -> Iterator[Change]:
        if asked.passed >= count:
            self.session = self.session._replace(match=count - 1 if asked.match == "first" else 0)
            step = 1 if asked.match == "first" else -1
            yield from self.perform(searching.move_match(self.session, step * (asked.passed - count + 1)))
            return
        number = asked.passed if asked.match == "first" else count - 1 - asked.passed
        yield from self.perform(searching.to_match(self.session, number, is_article_new=True))

    def _open_list(self, asked: effects.OpenList) -> Iterator[Change]:
        if asked.key.startswith(SAVED):
            query = asked.key.removeprefix(SAVED)
            yield from self._ask_search(effects.AskSearch(query, self.session.newest))
            return
        if asked.grouping:
            grouping = usable_grouping(self.stores.catalogue, asked.grouping)
            self.lists.grouping = grouping
            self.session = self.session._replace(grouping=grouping)
            yield effects.Said(grouping_label(grouping))
        self.show_list(asked.key)
        rows = self.session.rows
        self.session = self.session._replace(entry=rows.find(asked.article) if asked.article else None)
        if asked.grouping:
            yield effects.Choose("groups")
        else:
            yield from self.perform(list_from(self.session, 0))

    def _ask_search(self, asked: effects.AskSearch) -> Iterator[Change]:
        self.show_hits(asked.query, asked.newest, asked.limit or FIRST_HITS)
        self.session = self.session._replace(entry=None)
        yield effects.Choose("interpretation")
        yield from self.perform(list_from(self.session, 0))

    def _find_unread(self, asked: effects.FindUnread) -> Iterator[Change]:
        found = nth_unread(self.session.rows, self.stores.reading.read_among, asked.after, asked.nth)
        if found is None:
            yield effects.Said(_("都已读过"))
            return
        self.session = self.session._replace(entry=found)
        yield from self._open_article(effects.OpenArticle(self.session.rows.ids(found, found + 1)[0]))

    def _note_read(self, asked: effects.NoteRead) -> None:
        reading = self.stores.reading
        if reading.mark_read(asked.id):
            self.lists.unread -= 1
        reading.visit(asked.id, asked.position)

    def _toggle_mark(self, asked: effects.ToggleMark) -> Iterator[Change]:
        changed = mark_changes.toggle(self.stores.reading, asked.id, asked.kind)
        self.lists.unread += changed.unread
        if self.session.entry is not None:
            yield effects.RowChanged(self.session.entry)
        yield effects.Said(done(changed.said, self._title(asked.id)), is_undoable=True)

    def _mark_all_read(self) -> Iterator[Change]:
        count = self.stores.reading.mark_all_read(self.all_ids())
        self.lists.unread -= count
        self.renew()
        yield effects.MarksChanged()
        yield effects.Said(done(self.list_name(), marking.all_read_message(count)), is_undoable=count > 0)

    def _jump(self, asked: effects.Jump) -> Iterator[Change]:
        reading = self.stores.reading
        stop = reading.forward(asked.steps) if asked.steps > 0 else reading.back(-asked.steps)
        if stop is None:
            yield effects.Said(_("没有更多了。"))
            return
        try:
            self.stores.catalogue.article(stop.id)
        except GONE:
            reading.forget_visit(stop.id)
            yield effects.Said(_("那篇文章已经不在了"))
            return
        self._put_cursor_on(stop.id)
        yield from self._open_article(effects.OpenArticle(stop.id, stop.position))

    def _follow_link(self, asked: effects.FollowLink) -> Iterator[Change]:
        stores = self.stores
        found = destination(stores.root, stores.catalogue, asked.id, asked.address)
        if found.said:
            yield effects.Said(found.said)
        if found.picture or found.address:
            yield effects.Pointed(str(found.picture or found.address))
        if not found.article:
            return
        stores.reading.visit(asked.id, self.session.position)
        if found.article == asked.id:
            stores.reading.jump(asked.id, found.position or Position(0, 0))
        self._put_cursor_on(found.article)
        yield from self._open_article(effects.OpenArticle(found.article, found.position))

    def _put_cursor_on(self, id: str) -> None:
        """Put the cursor on an article, in the list of all articles if the current list lacks it."""
        number = self.session.rows.find(id)
        if number is None:
            self.show_list(ALL)
            number = self.session.rows.find(id)
        self.session = self.session._replace(entry=number)

    def _toggle_saved(self, asked: effects.ToggleSaved) -> Iterator[Change]:
        is_saved = mark_changes.toggle_saved(self.stores.reading, asked.query)
        yield effects.Said(done(marking.saved_message(is_saved), asked.query), is_undoable=True)

    def _copy(self, asked: effects.Copy) -> Iterator[Change]:
        try:
            article = self.stores.catalogue.article(asked.id)
        except GONE:
            yield effects.Said(_("这一篇读不出来了。"))
            return
        from .citation import article_text, reference_of

        if asked.what == "article":
            yield effects.Copied(article_text(article), _("全文"))
        else:
            yield effects.Copied(reference_of(article, self.stores.catalogue), _("出处"))

    # Lists

    def all_ids(self) -> Iterator[str]:
        """Return the ids of all articles in the list. For a search, load all hits first."""
        session = self.session
        if session.query and session.total > len(session.rows):
            self.show_hits(session.query, session.newest, session.total)
        return all_ids(self.session.rows)

    def load_hits(self, needed: int) -> None:
        """Load at least `needed` hits, if the search found that many."""
        session = self.session
        if session.query and len(session.rows) < min(needed, session.total):
            self.show_hits(session.query, session.newest, max(needed, 2 * len(session.rows)))

    def show_list(self, key: str) -> None:
        """Make a named list the current list."""
        rows = self.lists.open(key)
        self.answer = None
        self.session = self.session._replace(rows=rows, listing=key, query="", total=len(rows))

    def show_hits(self, query: str, newest: bool, limit: int) -> None:
        """Run a search and make its hits the current list."""
        self._search = self._search or self.stores.open_search()
        answer = self._ask(self._search, query, newest, limit)
        self.answer = answer
        total = len(answer.hits) if answer.total is None else answer.total
        rows = HitListModel(answer, self.stores.reading)
        self.session = self.session._replace(rows=rows, query=query, newest=newest, total=total)

    def list_name(self) -> str:
        """Return the title of the current list."""
        session = self.session
        return _("搜索 {query}").format(query=session.query) if session.query else label(session.listing)

    def _title(self, id: str) -> str:
        summary = self.stores.catalogue.summary(id)
        return " ".join(summary.title) if summary else id

    def _marks_changed(self, changed: MarkChange) -> Iterator[Change]:
        self.lists.unread += changed.unread
        said, change = changed.said, changed.change
        if not self.session.query and self.session.listing in (UNREAD, STARRED):
            self.renew()
        yield effects.MarksChanged()
        if change and change.count == 1 and change.ids:
            only = change.ids[0]
            title = only if change.kind == "search" else self._title(only)
            said = _("{said}，{title}").format(said=said, title=title)
        yield effects.Said(said)

    def _count_now(self, count: Callable[[], int]) -> None:
        self.lists.unread, self.lists.known = count(), True


def done(said: str, title: str) -> str:
    """Return a notice that says what was done and to which article."""
    return _("{said}：{title}").format(said=said, title=title)
