"""The opening of an archive for the app and the linear mode; see opening."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..paths import state_file
from ..reading import Reading
from ..reading.libraries import NamedOwner
from ..reading.outbox import Outbox
from ..shared.feed_follower import FeedFollower
from ..shared.mark_store import MarkStore
from ..shared.mark_sync import MarkSync
from ..shared.open_archive import OpenArchive
from .stores import Stores

if TYPE_CHECKING:
    from ..indexer.progress import Progress
    from ..query.filters import Mark
    from ..search import Search
    from ..shared.sql_condition import Condition


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
        self._marks = archive.catalogue.marks = MarkStore(facts.uid, Outbox(state_file(), NamedOwner(facts.uid)))
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

    def follow(
        self, tell: "Callable[[Progress], None]", *, by_another: bool = False, is_drawn: bool = False
    ) -> FeedFollower:
        """See OpenedLibrary."""
        uid = self._archive.memory.facts.uid
        outbox = Outbox(state_file(), NamedOwner(uid))
        front = self._archive.front
        sync = MarkSync(front.links[0], uid, outbox, lambda: len(front.links) == 1)
        follower = FeedFollower(self._archive, tell, sync)
        if is_drawn:
            self._archive.screen.begin(follower.answer_arrived)
        return follower

    def close(self) -> None:
        """See OpenedLibrary."""
        self._archive.close()
        self._marks.close()

    def _open_search(self) -> "Search":
        from ..shared.archive_search import ArchiveSearch

        nodes = self._archive.for_searches

        def marked(mark: "Mark") -> "Condition | None":
            return self._marks.condition(mark) if len(nodes.links) == 1 else None  # only the first node has marks

        return ArchiveSearch(self._archive, nodes, self._reading, marked=marked)
