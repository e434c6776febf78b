"""Saving a session and restoring it at the next start, on a screen or in the linear mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..catalogue import GROUPINGS, Grouping
from ..reading import SavedSession
from .first_grouping import first_grouping

if TYPE_CHECKING:
    from .line_runner import LineRunner
    from .runner import Runner
    from .stores import Stores


def last_session(stores: Stores) -> SavedSession:
    """Return the session that was saved last, or a first one."""
    return stores.reading.session(stores.root) or SavedSession(grouping=first_grouping(stores.catalogue))


def grouping_of(saved: SavedSession) -> Grouping:
    """Return the grouping of a saved session; places if it is none of this version."""
    return next((each for each in GROUPINGS if each == saved.grouping), "place")


def restore(runner: LineRunner) -> None:
    """Restore the list, the search and the cursor of the last session in the linear mode."""
    saved = last_session(runner.stores)
    runner.lists.grouping = grouping_of(saved)
    runner.session = runner.session._replace(grouping=runner.lists.grouping, newest=saved.newest)
    runner.show_list(saved.listing)
    if saved.query:
        runner.show_hits(saved.query, saved.newest)
    number = runner.session.rows.find(saved.article) if saved.article else None
    runner.put_cursor(number)


def save_session(runner: Runner) -> SavedSession:
    """Save the session for the next start of the screen or the linear mode."""
    runner.keep_position()
    session = runner.session
    saved = SavedSession(
        session.article or session.wanted,
        session.listing,
        runner.lists.grouping,
        session.newest,
        session.query,
        "reader" if session.pane == "reader" else "list",
        session.top,
    )
    runner.stores.reading.remember_session(runner.stores.root, saved)
    return saved
