"""Every command of the command table as a pure function from a session and a count to a session and effects.

`COMMANDS` are the commands of the linear mode, most of which mean the same on a screen; `ON_SCREEN` are the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..i18n import _
from . import marking, navigation, pane_commands, searching
from .effects import Choose, Copy, ForScreen, OpenList, Quit, Said
from .named_list_keys import ALL, HISTORY, STARRED, UNREAD
from .navigation import Step
from .state import Session

Body = Callable[[Session, "int | None"], Step]
"""The function of a command. Takes the session and the count prefix, or None."""


def run(command: str, session: Session, count: int | None = None) -> Step:
    """Return the session after `command`, and the command's effects.

    A command that is not in `COMMANDS` becomes a `ForScreen` effect.
    """
    body = (ON_SCREEN if session.face == "screen" else COMMANDS).get(command)
    return body(session, count) if body else (session, (ForScreen(command, count),))


def _in_text(session: Session) -> bool:
    return session.pane == "reader" and session.text is not None


def _page(session: Session, count: int) -> Step:
    if not _in_text(session):
        return navigation.list_on(session, count)
    return navigation.read_on(session, count) if count > 0 else navigation.read_back(session, -count)


def _top(session: Session) -> Step:
    return navigation.read_first(session) if _in_text(session) else navigation.to_entry(session, 0)


def _end(session: Session) -> Step:
    if _in_text(session):
        return navigation.read_last(session)
    return navigation.to_entry(session, len(session.rows) - 1)


def _open_list(key: str) -> Body:
    def body(session: Session, _count: int | None) -> Step:
        left, effects = navigation.leave_article(session)
        return searching.close_search(left), (*effects, OpenList(key))

    return body


def _choose(what: str) -> Body:
    return lambda session, count: (session, (Choose(what, count),))


def _copy(session: Session, what: str) -> Step:
    id = session.text.article.id if session.text else session.article
    if id is None:
        return session, (Said(_("先选一篇文章。")),)
    return session, (Copy(id, "article" if what == "article" else "reference"),)


def _unless_empty(body: Callable[[Session], Step]) -> Body:
    """Wrap `body` so that it reports an empty list instead of moving in it."""
    return lambda session, _count: body(session) if len(session.rows) or session.text else navigation.move(session, 1)


COMMANDS: Mapping[str, Body] = {
    "down": lambda session, n: navigation.move(session, n or 1),
    "up": lambda session, n: navigation.move(session, -(n or 1)),
    "next_article": lambda session, n: navigation.to_neighbour(session, n or 1),
    "previous_article": lambda session, n: navigation.to_neighbour(session, -(n or 1)),
    "page_down": lambda session, n: _page(session, n or 1),
    "page_up": lambda session, n: _page(session, -(n or 1)),
    "half_page_down": lambda session, n: _page(session, n or 1),
    "half_page_up": lambda session, n: _page(session, -(n or 1)),
    "top": _unless_empty(_top),
    "end": _unless_empty(_end),
    "other_pane": lambda session, _n: navigation.to_list(session) if _in_text(session) else navigation.read(session),
    "list_pane": lambda session, _n: navigation.to_list(session),
    "reader_pane": lambda session, _n: navigation.read(session),
    "next_place": lambda session, n: navigation.move_section(session, n or 1),
    "previous_place": lambda session, n: navigation.move_section(session, -(n or 1)),
    "nth_place": lambda session, n: navigation.nth_section(session, n or 1),
    "find_place": _choose("place"),
    "next_unread": lambda session, n: navigation.next_unread(session, n or 1),
    "back": lambda session, n: navigation.step(session, -(n or 1)),
    "forward": lambda session, n: navigation.step(session, n or 1),
    "read": lambda session, _n: navigation.read(session),
    "leave": lambda session, _n: navigation.leave(session),
    "outline": _choose("outline"),
    "open_link": _choose("links"),
    "copy_article": lambda session, _n: _copy(session, "article"),
    "copy_reference": lambda session, _n: _copy(session, "reference"),
    "search": _choose("search"),
    "readings": _choose("readings"),
    "next_match": lambda session, n: searching.move_match(session, n or 1),
    "previous_match": lambda session, n: searching.move_match(session, -(n or 1)),
    "save_search": lambda session, _n: marking.save_search(session),
    "order": lambda session, _n: searching.turn_order(session),
    "grouping": lambda session, _n: searching.regroup(session),
    "star": lambda session, _n: marking.toggle_star(session),
    "toggle_read": lambda session, _n: marking.toggle_read(session),
    "mark_all_read": lambda session, _n: marking.mark_all_read(session),
    "undo": lambda session, _n: marking.undo(session),
    "redo": lambda session, _n: marking.redo(session),
    "list_all": _open_list(ALL),
    "list_unread": _open_list(UNREAD),
    "list_starred": _open_list(STARRED),
    "list_history": _open_list(HISTORY),
    "help": _choose("help"),
    "palette": _choose("help"),
    "problems": _choose("problems"),
    "quit": lambda session, _n: (session, (Quit(),)),
    "list": lambda session, _n: navigation.to_list(session),
    "read_all": lambda session, _n: navigation.read_to_end(session),
    "places": _choose("places"),
    "saved": _choose("saved"),
    "where": _choose("where"),
    "repeat": _choose("repeat"),
    "unit": _choose("unit"),
    "set": _choose("settings"),
    "import": _choose("import"),
}
"""The commands of the linear mode. Commands that affect only the display are not among them."""

ON_SCREEN: Mapping[str, Body] = {
    **COMMANDS,
    "down": lambda session, n: pane_commands.move(session, n or 1),
    "up": lambda session, n: pane_commands.move(session, -(n or 1)),
    "page_down": lambda session, n: pane_commands.page(session, n or 1),
    "page_up": lambda session, n: pane_commands.page(session, -(n or 1)),
    "half_page_down": lambda session, n: pane_commands.half_page(session, n or 1),
    "half_page_up": lambda session, n: pane_commands.half_page(session, -(n or 1)),
    "top": lambda session, _n: pane_commands.top(session),
    "end": lambda session, _n: pane_commands.end(session),
    "next_article": lambda session, n: pane_commands.neighbour(session, n or 1),
    "previous_article": lambda session, n: pane_commands.neighbour(session, -(n or 1)),
    "next_place": lambda session, n: pane_commands.section(session, n or 1),
    "previous_place": lambda session, n: pane_commands.section(session, -(n or 1)),
    "nth_place": lambda session, n: pane_commands.nth_section(session, n or 1),
    "find_place": lambda session, _n: (searching.open_place_line(session), ()),
    "toggle_group": lambda session, _n: pane_commands.toggle_group(session),
    "other_pane": lambda session, _n: pane_commands.other_pane(session),
    "list_pane": lambda session, _n: pane_commands.to_list(session),
    "reader_pane": lambda session, _n: pane_commands.read_article(session),
    "read": lambda session, _n: pane_commands.read(session),
    "leave": lambda session, _n: pane_commands.leave(session),
    "zen": lambda session, _n: pane_commands.turn_zen(session),
    "search": lambda session, _n: (searching.open_search(session), ()),
    "palette": _choose("palette"),
}
"""The commands of a screen. How wide the text is, themes and the mouse belong to the app."""
