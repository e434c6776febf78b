"""Search commands: query, sort order, and moving from match to match across articles. Pure."""

from __future__ import annotations

from ..catalogue import GROUPINGS
from ..i18n import _
from . import list_cursor
from .effects import AskSearch, KeepPosition, MatchShown, OpenArticle, OpenList, Said
from .navigation import Step, leave_article, with_cursor
from .state import Session

FIRST_HITS = 500
"""Hits. Number loaded with a search; more are loaded when the cursor comes near the last one."""
MAX_MATCHES = 1_000
"""Matches. Limit for one command, because every article on the way must be opened to count its matches."""


def search(session: Session, query: str) -> Step:
    """Search for `query`."""
    left, effects = leave_article(session)
    return left, (*effects, AskSearch(query, session.newest))


def turn_order(session: Session) -> Step:
    """Switch between newest first and best first, and repeat the current search in that order."""
    turned = session._replace(newest=not session.newest)
    said = Said(_("按日期排，新的在前") if turned.newest else _("按相关程度排"))
    if not session.query:
        return turned, (said,)
    left, effects = leave_article(turned)
    return left, (*effects, said, AskSearch(session.query, turned.newest))


def regroup(session: Session) -> Step:
    """Switch the named list to the next grouping in `GROUPINGS`."""
    grouping = GROUPINGS[(GROUPINGS.index(session.grouping) + 1) % len(GROUPINGS)]
    left, effects = leave_article(session)
    return close_search(left), (*effects, OpenList(session.listing, session.article, grouping))


def move_match(session: Session, distance: int) -> Step:
    """Move by `distance` matches; after the last match of an article, continue in the next hit."""
    if not session.query or session.answer is None:
        return session, (Said(_("先搜索，再看上一处、下一处")),)
    distance = min(max(distance, -MAX_MATCHES), MAX_MATCHES)
    step = 1 if distance > 0 else -1
    if session.text is None:
        beyond = abs(distance) - 1
        entry = session.entry if session.entry is not None else (0 if step > 0 else len(session.rows) - 1)
    else:
        target = session.match + distance
        if 0 <= target < len(session.matches):
            return to_match(session, target)
        beyond = target - len(session.matches) if step > 0 else -target - 1
        entry = -1 if session.entry is None else session.entry + step
    ids = session.rows.ids(entry, entry + 1) if 0 <= entry < session.total else ()
    if not ids:
        return _at_last(session, step)
    left, effects = leave_article(session)
    moved = with_cursor(left, list_cursor.to_entry(left.cursor, entry))
    opened = OpenArticle(ids[0], match="first" if step > 0 else "last", passed=max(beyond, 0), is_read=False)
    return moved, (*effects, opened)


def _at_last(session: Session, step: int) -> Step:
    """Report that there are no more matches. On a screen, the last one is shown."""
    said = Said(_("没有更多了。"))
    if session.face == "lines" or not session.matches:
        return session, (said,)
    moved, effects = to_match(session, len(session.matches) - 1 if step > 0 else 0)
    return moved, (*effects, said)


def to_match(session: Session, number: int, *, is_article_new: bool = False) -> Step:
    """Show match `number` of the open article, counted from 0."""
    block, start, _end = session.matches[number]
    shown = session._replace(match=number, page_position=(block, start), is_heard=False)
    if session.face == "lines":
        return shown._replace(pane="reader"), (MatchShown(is_article_new),)
    kept = (KeepPosition(session.text.article.id, session.position),) if session.text and session.is_reading else ()
    return shown._replace(is_reading=False), (*kept, MatchShown(is_article_new))


# The lines of a screen in which a query or the name of a place is typed


def open_search(session: Session) -> Session:
    """Give the keys to the search line."""
    left = close_place_line(session)
    return left._replace(pane="search", before=left.before or left)


def type_query(session: Session, query: str) -> Step:
    """Search for a changed query while it is typed; show the list from before the search if it is empty."""
    if session.before is None or session.answer is None:
        before = close_search(session)
        session = session._replace(before=before)
    if query.strip():
        return session._replace(query=query, has_failed=False), (AskSearch(query, session.newest),)
    return _list_before(session)._replace(query=query, has_failed=False), ()


def show_search(session: Session, query: str, article: str | None = None) -> Step:
    """Search for a query that was not typed just now, and put the cursor on an article among the hits."""
    opened, _effects = type_query(open_search(session), query)
    return opened._replace(pane="list"), (AskSearch(query, session.newest, article=article),)


def close_search(session: Session) -> Session:
    """Close the search. On a screen, show the list from before it, with its cursor."""
    closed = close_place_line(_list_before(session))
    pane = "list" if session.is_typing else session.pane
    return closed._replace(pane=pane, query="", before=None, has_failed=False)


def _list_before(session: Session) -> Session:
    """Return the session with the list from before the search instead of the hits."""
    before = session.before
    if before is None or session.answer is None:
        return session
    return session._replace(
        cursor=before.cursor, top=before.top, seen=before.seen, listing=before.listing, total=before.total
    )


def open_place_line(session: Session) -> Session:
    """Give the keys to the line for the name of a place."""
    closed = close_search(session)
    return closed._replace(pane="place", place_from=closed.cursor.at)


def close_place_line(session: Session) -> Session:
    """Give the keys to the list if the line for the name of a place has them. The cursor stays."""
    return session._replace(pane="list", place_from=None) if session.pane == "place" else session
