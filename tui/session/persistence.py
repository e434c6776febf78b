"""Saving a session and restoring it at the next start."""

from __future__ import annotations

from ..catalogue import GROUPINGS, Grouping
from ..reading import SavedSession
from .first_grouping import first_grouping
from .runner import FIRST_HITS, Runner


def restore(runner: Runner) -> None:
    """Restore the list, the search and the cursor of the last session."""
    saved = runner.stores.reading.session(runner.stores.root) or SavedSession(
        grouping=first_grouping(runner.stores.catalogue)
    )
    grouping: Grouping = next((each for each in GROUPINGS if each == saved.grouping), "place")
    runner.lists.grouping = grouping
    runner.session = runner.session._replace(grouping=grouping, newest=saved.newest)
    runner.show_list(saved.listing)
    if saved.query:
        runner.show_hits(saved.query, saved.newest, FIRST_HITS)
    number = runner.session.rows.find(saved.article) if saved.article else None
    runner.session = runner.session._replace(entry=number)


def keep(runner: Runner) -> None:
    """Save the session for the next start of the screen or the linear mode."""
    session, reading = runner.session, runner.stores.reading
    if session.text and session.is_reading:
        reading.remember_position(session.text.article.id, session.position)
    saved = SavedSession(
        session.article,
        session.listing,
        session.grouping,
        session.newest,
        session.query,
        "reader" if session.pane == "reader" else "list",
    )
    reading.remember_session(runner.stores.root, saved)
