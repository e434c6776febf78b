"""Commands that move in the list, between sections, in the open article and between articles. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..i18n import _
from ..reading.jump_list import START
from . import list_cursor
from .effects import (
    Effect,
    EntryShown,
    FindUnread,
    FollowLink,
    Jump,
    KeepPosition,
    ListShown,
    NoteJump,
    NoteRead,
    NoteVisit,
    OpenArticle,
    OpenList,
    ReadToEnd,
    Said,
    UnitShown,
)
from .list_cursor import ListCursor
from .named_list_keys import ALL
from .state import Session

if TYPE_CHECKING:
    from .article_text import ArticleText
    from .page_positions import PagePosition

Step = tuple[Session, tuple[Effect, ...]]
"""The session after a command, and the command's effects."""

LIST_PAGE = 20
"""Entries per page of the list."""


def move(session: Session, distance: int) -> Step:
    """Move the cursor by `distance` entries and close the open article."""
    if not len(session.rows):
        return session, (Said(_("这里没有文章。")),)
    start = session.entry if session.entry is not None else (-1 if distance > 0 else 0)
    return to_entry(session, start + distance)


def to_entry(session: Session, number: int, section: int | None = None) -> Step:
    """Move the cursor to entry `number`, clamped to the list."""
    entry = min(max(number, 0), len(session.rows) - 1)
    left, effects = leave_article(session)
    return on_entry(left, entry), (*effects, EntryShown(section))


def on_entry(session: Session, number: int) -> Session:
    """Put the cursor on entry `number`, and expand its group."""
    return with_cursor(session, list_cursor.to_entry(session.cursor, number))


def with_cursor(session: Session, cursor: ListCursor) -> Session:
    """Return the session with another cursor or list. On a screen, the reader follows the cursor."""
    if cursor.at.entry is None:
        return session._replace(cursor=cursor)
    return session._replace(cursor=cursor, seen=cursor)


def to_neighbour(session: Session, distance: int) -> Step:
    """Go to another article: open it if the reader has the keys, else only move the cursor."""
    before = session.entry
    was_reading = session.pane == "reader"
    moved, effects = move(session, distance)
    if not was_reading or moved.entry is None:
        return moved, effects
    if moved.entry == before:
        return session, (Said(_("没有更多了。")),)
    return moved, (*effects[:-1], OpenArticle(moved.rows.ids(moved.entry, moved.entry + 1)[0]))


def open_number(session: Session, number: int) -> Step:
    """Open entry `number`, counted from 1. A number out of range only gives a notice."""
    if not 1 <= number <= len(session.rows):
        return session, (Said(out_of_range(len(session.rows))),)
    left, effects = leave_article(session)
    ids = session.rows.ids(number - 1, number)
    if not ids:
        return session, (Said(_("这一篇已经不在了。")),)
    return on_entry(left, number - 1), (*effects, OpenArticle(ids[0]))


def read(session: Session) -> Step:
    """Open the article under the cursor, or the first one if there is no cursor yet; in the reader, read on."""
    if session.pane == "reader" and session.text:
        return read_on(session)
    return open_number(session, (session.entry or 0) + 1)


def leave_article(session: Session) -> Step:
    """Close the open article and save its reading position. On a screen it stays, until another one is opened."""
    if session.face == "screen":
        return session, ()
    if session.text is None:
        return session._replace(pane="list"), ()
    effects = (KeepPosition(session.text.article.id, session.position),) if session.is_reading else ()
    closed = session._replace(
        pane="list",
        text=None,
        page_position=(0, 0),
        position=START,
        is_heard=False,
        is_reading=False,
        spans=(),
        matches=(),
        match=-1,
    )
    return closed, effects


def leave(session: Session) -> Step:
    """Go up one level: from the article to the list, from hits to the named list, from there to all articles."""
    if session.pane == "reader":
        return to_list(session)
    if session.query or session.listing != ALL:
        key = session.listing if session.query else ALL
        return session._replace(query=""), (OpenList(key, session.article),)
    return to_list(session)


def to_list(session: Session) -> Step:
    """Go to the list, at the page that contains the cursor."""
    left, effects = leave_article(session)
    start = (session.entry or 0) // LIST_PAGE * LIST_PAGE
    return list_from(left, start, effects)


def list_from(session: Session, start: int, effects: tuple[Effect, ...] = (), *, is_new: bool = True) -> Step:
    """List one page of entries from `start`."""
    listed = min(start + LIST_PAGE, len(session.rows))
    return session._replace(listed=listed), (*effects, ListShown(start, is_new))


def list_on(session: Session, pages: int) -> Step:
    """List the next page of entries, or the previous one if `pages` is negative."""
    if pages > 0:
        if session.listed >= len(session.rows):
            return session, (Said(_("没有更多了。")),)
        return list_from(session, session.listed, is_new=False)
    if session.listed <= LIST_PAGE:
        return session, (Said(_("已经是开头。")),)
    first = ((session.listed - 1) // LIST_PAGE - 1) * LIST_PAGE
    return list_from(session, first, is_new=False)


def to_section(session: Session, number: int) -> Step:
    """Go to the first entry of a section, by its index in the list's sections."""
    return to_entry(session, session.rows.sections[number].start, number)


def group_sections(session: Session) -> list[int]:
    """Return the indexes of the sections that are groups: places, months, bulletins or authors."""
    return [n for n, section in enumerate(session.rows.sections) if not section.is_named_list and section.label]


def move_section(session: Session, distance: int) -> Step:
    """Go to the first entry of the section that is `distance` sections after the cursor's, or before it."""
    found = group_sections(session)
    if not found:
        return session, (Said(_("这里没有分组。")),)
    entry = session.entry if session.entry is not None else -1
    starts = [session.rows.sections[number].start for number in found]
    here = sum(start <= entry for start in starts) - 1
    target = here + distance
    if not 0 <= target < len(found):
        return session, (Said(_("没有更多了。")),)
    return to_section(session, found[target])


def nth_section(session: Session, number: int) -> Step:
    """Go to section `number`, counted from 1. A number out of range only gives a notice."""
    found = group_sections(session)
    if not 1 <= number <= len(found):
        return session, (Said(out_of_range(len(found))),)
    return to_section(session, found[number - 1])


def next_unread(session: Session, count: int) -> Step:
    """Go to the next unread article after the cursor, or to a later one by `count`."""
    left, effects = leave_article(session)
    return left, (*effects, FindUnread(-1 if session.entry is None else session.entry, count))


def read_on(session: Session, count: int = 1) -> Step:
    """Read on by `count` units. A unit of which only a match was shown comes first."""
    return _read_unit(session, count if session.is_heard else count - 1)


def read_back(session: Session, count: int = 1) -> Step:
    """Go back by `count` units."""
    return _read_unit(session, -count)


def read_first(session: Session) -> Step:
    """Read from the beginning of the article."""
    return _read_unit(session._replace(page_position=(0, 0)), 0)


def read_last(session: Session) -> Step:
    """Read the last unit of the article."""
    return _read_unit(session, len(session.text.units(session.unit)) if session.text else 0, is_clamped=True)


def read_to_end(session: Session) -> Step:
    """Read all units from here to the end of the article."""
    if session.text is None:
        return session, (Said(_("先打开一篇文章。")),)
    return session, (ReadToEnd(),)


def to_block(session: Session, block: int) -> Step:
    """Jump to a block of the open article. The command `back` returns to the previous position."""
    at_block = session._replace(page_position=(block, 0))
    if session.text is None or session.face == "lines":
        moved, effects = _read_unit(at_block, 0)
    else:
        moved, effects = _to_place(at_block, session.text, (block, 0))
    if session.text is None:
        return moved, effects
    jump = NoteJump(session.text.article.id, session.position, moved.position)
    return moved, (*effects[:1], jump, *effects[1:])


def follow_link(session: Session, address: str) -> Step:
    """Follow a link of the open article. The command `back` returns to the present position."""
    if session.text is None:
        return session, (Said(_("先打开一篇文章。")),)
    id = session.text.article.id
    kept = (KeepPosition(id, session.position),) if session.is_reading else ()
    return session, (*kept, FollowLink(id, address))


def at_unit(session: Session) -> tuple[int, int]:
    """Return the number of the current unit, counted from 1, and the number of units; zeros without an article."""
    if session.text is None:
        return 0, 0
    return session.text.number_at(session.unit, session.page_position) + 1, len(session.text.units(session.unit))


def is_at_end(session: Session) -> bool:
    """Return whether the last unit of the open article was shown."""
    number, count = at_unit(session)
    return session.text is not None and (count == 0 or (number >= count and session.is_heard))


def step(session: Session, steps: int) -> Step:
    """Go back (negative `steps`) or forward in the visited positions."""
    effects: tuple[Effect, ...] = ()
    text = session.text
    if text and session.is_reading:
        effects = (KeepPosition(text.article.id, session.position),)
    if text and steps < 0:
        effects += (NoteVisit(text.article.id, text.position(session.page_position)),)
    return session, (*effects, Jump(steps))


def out_of_range(count: int) -> str:
    """Return the notice that names the valid numbers."""
    return _("请输入 1 到 {n}。").format(n=count) if count else _("这里没有文章。")


def _read_unit(session: Session, by: int, *, is_clamped: bool = False) -> Step:
    text = session.text
    if text is None:
        return session, (Said(_("先打开一篇文章。")),)
    units = text.units(session.unit)
    if not units:
        return session, (Said(_("这一篇没有正文。")),)
    number = text.number_at(session.unit, session.page_position) + by
    if is_clamped:
        number = min(number, len(units) - 1)
    if number >= len(units):
        return session, (Said(_("全文完。")),)
    if number < 0:
        return session, (Said(_("已经是开头。")),)
    return _to_place(session, text, units[number].start)


def _to_place(session: Session, text: ArticleText, place: PagePosition) -> Step:
    """Go to a place in the open article, and make it the reading position."""
    position = text.position(place)
    note = KeepPosition if session.is_reading else NoteRead
    moved = session._replace(pane="reader", page_position=place, position=position, is_heard=True, is_reading=True)
    return moved, (note(text.article.id, position), UnitShown())
