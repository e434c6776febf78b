"""Commands that mean something else on a screen, where list and article are shown side by side. Pure.

The reader follows the cursor of the list, and the article is read by rows of its pane, which only the screen knows.
"""

from __future__ import annotations

from typing import Literal

from . import list_cursor
from .effects import AskSearch, EntryShown, MarksChanged, OpenArticle, OpenList, Scrolled, TopShown
from .list_cursor import ListCursor
from .list_geometry import ListPosition
from .named_list_keys import ALL
from .navigation import Step, with_cursor
from .searching import close_place_line, close_search
from .state import Session


def move(session: Session, distance: int) -> Step:
    """Move the cursor, or in the reader the article, by rows."""
    if session.pane == "reader":
        return _scroll(session, "line", distance)
    return _to(session, list_cursor.move(session.cursor, distance))


def page(session: Session, pages: int) -> Step:
    """Move by as many entries, or rows of the article, as a pane shows."""
    if session.pane == "reader":
        return _scroll(session, "page", pages)
    return _to(session, list_cursor.move(session.cursor, pages * page_stops(session)))


def half_page(session: Session, halves: int) -> Step:
    """Move by half as much as `page`."""
    if session.pane == "reader":
        return _scroll(session, "half_page", halves)
    return _to(session, list_cursor.move(session.cursor, halves * page_stops(session, 0.5)))


def page_stops(session: Session, share: float = 1.0) -> int:
    """Return how many entries make up a share of the list's pane, at least 1."""
    height = session.cursor.geometry.height
    return max(max(int(share * max(session.list_rows - height, 1)), 1) // height, 1)


def top(session: Session) -> Step:
    """Go to the beginning: of the article, or to the first entry and what is above it."""
    if session.pane == "reader":
        return _scroll(session, "top")
    moved, effects = _to(session, list_cursor.to_top(session.cursor))
    return moved, (*effects, TopShown())


def end(session: Session) -> Step:
    """Go to the end of the article or the list."""
    if session.pane == "reader":
        return _scroll(session, "end")
    return _to(session, list_cursor.to_end(session.cursor))


def neighbour(session: Session, distance: int) -> Step:
    """Go to another article, and show it at once. In the reader, it is then read."""
    return _show(session, list_cursor.move(session.cursor, distance))


def section(session: Session, distance: int) -> Step:
    """Go to the first article of another section, and show it at once. In the reader, it is then read."""
    return _show(session, list_cursor.move_section(session.cursor, distance))


def nth_section(session: Session, number: int) -> Step:
    """Go to section `number`, counted from 1."""
    return _to(session, list_cursor.to_nth_section(session.cursor, number))


def to_section(session: Session, number: int) -> Step:
    """Go to a section, by its index among all sections of the list."""
    return _to(session, list_cursor.to_section(session.cursor, number))


def to_position(session: Session, at: ListPosition) -> Step:
    """Go to an earlier position of the cursor, if the list still has it."""
    return _to(session, list_cursor.to_position(session.cursor, at))


def toggle_group(session: Session) -> Step:
    """Collapse or expand the group that contains the cursor."""
    return _to(session, list_cursor.toggle_fold(session.cursor))


def read(session: Session) -> Step:
    """Read the article under the cursor.

    On a header, open the named list or toggle the group instead. After a failed search, repeat it. In the line for the
    name of a place, stay at the place that was found.
    """
    if session.pane == "place":
        return close_place_line(session), ()
    return read_article(session)


def read_article(session: Session) -> Step:
    """Like `read`, but leave the line for the name of a place as well."""
    if session.has_failed:
        return session, (AskSearch(session.query, session.newest),)
    header = session.cursor.section
    if session.entry is None and header:
        return (session, (OpenList(header.key),)) if header.is_named_list else toggle_group(session)
    id = session.under_cursor
    return session, () if id is None else (OpenArticle(id),)


def other_pane(session: Session) -> Step:
    """Give the keys to the reader or to the list."""
    return to_list(session) if session.pane == "reader" else read_article(session)


def to_list(session: Session) -> Step:
    """Give the keys to the list."""
    return close_place_line(session)._replace(pane="list", zen=False), ()


def leave(session: Session) -> Step:
    """Go up one level: leave the reader or the typed line, close the search, or return to all articles."""
    if session.pane == "place":
        back = close_place_line(session)
        return to_position(back, session.place_from or back.cursor.at)
    if session.pane == "reader":
        return to_list(session)
    if session.before:
        return close_search(session), (MarksChanged(),)
    return session, () if session.listing == ALL else (OpenList(ALL, session.under_cursor),)


def turn_zen(session: Session) -> Step:
    """Show only the article, or also the list again."""
    turned = session._replace(zen=not session.zen)
    return read_article(turned) if turned.zen and turned.pane != "reader" else (turned, ())


def click(session: Session, at: ListPosition) -> Step:
    """Do what a click on a row of the list asks for: move there, or read, open or toggle what the cursor is on."""
    header = session.cursor.geometry.sections[at.section]
    if at.entry is None and header.is_named_list:
        return session, (OpenList(header.key),)
    if at.entry is None:
        return _to(session, list_cursor.toggle_fold(session.cursor, at.section))
    if at == session.cursor.at:
        return read_article(session)
    return to_position(session, at)


def _scroll(session: Session, by: Literal["line", "page", "half_page", "top", "end"], count: int = 1) -> Step:
    """Scroll the article. What it shows from now on is the reading position."""
    return reading_here(session), (Scrolled(by, count),)


def reading_here(session: Session) -> Session:
    """Make the place that is shown the reading position."""
    if session.text is None or session.is_reading:
        return session
    return session._replace(is_reading=True, position=session.text.position(session.page_position))


def scrolled(session: Session, place: tuple[int, int], top: int, list_rows: int) -> Session:
    """Take over what the panes show: the place at the top of the article, the list's first line and its rows."""
    seen = session._replace(top=top, list_rows=list_rows)
    if session.text is None or place == session.page_position:
        return seen
    return seen._replace(page_position=place, position=session.text.position(place), is_reading=True)


def _to(session: Session, cursor: ListCursor) -> Step:
    return with_cursor(session, cursor), (EntryShown(),)


def _show(session: Session, cursor: ListCursor) -> Step:
    moved = with_cursor(session, cursor)
    id = moved.under_cursor
    if id is None or session.pane != "reader":
        return moved, (EntryShown(is_shown=True),)
    return moved, (OpenArticle(id),)
