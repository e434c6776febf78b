"""Search commands: query, sort order, and moving from match to match across articles. Pure."""

from __future__ import annotations

from ..catalogue import GROUPINGS
from ..i18n import _
from .effects import AskSearch, MatchShown, OpenArticle, OpenList, Said
from .navigation import Step, leave_article, to_entry
from .state import Session


def search(session: Session, query: str) -> Step:
    """Search for `query`."""
    left, effects = leave_article(session)
    return left, (*effects, AskSearch(query, session.newest))


def turn_order(session: Session) -> Step:
    """Switch between newest first and best first, and repeat the current search in that order."""
    turned = session._replace(newest=not session.newest)
    said = Said(order_message(turned.newest))
    if not session.query:
        return turned, (said,)
    left, effects = leave_article(turned)
    return left, (*effects, said, AskSearch(session.query, turned.newest))


def order_message(is_newest: bool) -> str:
    return _("按日期排，新的在前") if is_newest else _("按相关程度排")


def regroup(session: Session) -> Step:
    """Switch the named list to the next grouping in `GROUPINGS`."""
    grouping = GROUPINGS[(GROUPINGS.index(session.grouping) + 1) % len(GROUPINGS)]
    left, effects = leave_article(session)
    return left._replace(query=""), (*effects, OpenList(session.listing, session.article, grouping))


def move_match(session: Session, distance: int) -> Step:
    """Move by `distance` matches; after the last match of an article, continue in the next hit."""
    if not session.query:
        return session, (Said(_("先搜索，再看上一处、下一处")),)
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
    if not 0 <= entry < session.total:
        return session, (Said(_("没有更多了。")),)
    moved, effects = to_entry(session, entry)
    ids = moved.rows.ids(entry, entry + 1)
    if not ids:
        return session, (Said(_("没有更多了。")),)
    opened = OpenArticle(ids[0], match="first" if step > 0 else "last", passed=max(beyond, 0), is_read=False)
    return moved, (*effects[:-1], opened)


def to_match(session: Session, number: int, *, is_article_new: bool = False) -> Step:
    """Show match `number` of the open article, counted from 0."""
    block, start, _end = session.matches[number]
    shown = session._replace(pane="reader", match=number, page_position=(block, start), is_heard=False)
    return shown, (MatchShown(is_article_new),)
