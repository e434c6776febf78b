"""The opening of an archive for the app and the linear mode; see opening."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..paths import state_file
from ..query.filters import Mark
from ..reading import Reading
from ..reading.libraries import NamedOwner
from ..reading.outbox import Outbox
from ..shared.feed_follower import FeedFollower
from ..shared.mark_sync import MarkSync
from ..shared.open_archive import OpenArchive
from ..shared.sql_condition import Condition, array
from .stores import Stores

if TYPE_CHECKING:
    from ..indexer.progress import Progress
    from ..search import Search


_MAX_NAMED = 2_000
"""Articles. If more are marked, the marks are looked up for each candidate."""


class ArchiveOpening:
    """An archive to which there is a connection; see Opening."""

    def __init__(self, archive: OpenArchive) -> None:
        self._archive = archive

    def open_reading(self) -> Reading:
        """See Opening. The state file of this machine is the copy for the time without a connection."""
        return Reading(state_file(), NamedOwner(self._archive.memory.facts.uid))

    def open(self, reading: Reading) -> "OpenedArchive":
        """See Opening."""
        return OpenedArchive(self._archive, reading)


class OpenedArchive:
    """An open archive; see OpenedLibrary."""

    files: Sequence[str] = ()

    def __init__(self, archive: OpenArchive, reading: Reading) -> None:
        self._archive, self._reading = archive, reading
        facts = archive.memory.facts
        self.stores = Stores(
            title=facts.name,
            root=archive.address,
            catalogue=archive.catalogue,
            reading=reading,
            gazetteer=facts.gazetteer,
            open_search=self._open_search,
        )

    def read_first(self) -> None:
        """See OpenedLibrary. There is nothing to read."""

    def read_all(self, tell: "Callable[[Progress], None]") -> None:
        """See OpenedLibrary. There is nothing to read."""

    def follow(self, tell: "Callable[[Progress], None]", *, by_another: bool = False) -> FeedFollower:
        """See OpenedLibrary."""
        uid = self._archive.memory.facts.uid
        outbox = Outbox(state_file(), NamedOwner(uid))
        return FeedFollower(self._archive, tell, MarkSync(self._archive.front.links[0], uid, outbox))

    def close(self) -> None:
        """See OpenedLibrary."""
        self._archive.close()

    def _open_search(self) -> "Search":
        from ..shared.archive_search import ArchiveSearch

        return ArchiveSearch(self._archive, self._archive.back, self._reading, marked=self._marked)

    def _marked(self, mark: Mark) -> Condition | None:
        """Return the condition that the user has marked an article so; None if too many are marked to name them."""
        ids = self._reading.starred() if mark == "starred" else next(self._reading.all_read(), [])
        if len(ids) > _MAX_NAMED:
            return None
        named = f"id = any({array(ids)})"
        return Condition(f"not {named}" if mark == "unread" else named)
