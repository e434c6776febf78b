"""An open archive: its connections, what is remembered of it, and its catalogue."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from ..archive_address import node_addresses, shown
from ..article import Bulletin
from ..clean import clean_line
from ..gazetteer import BadGazetteer, Gazetteer, load
from ..library.walk import natural
from ..paths import content_dir
from .archive_catalogue import ArchiveCatalogue
from .archive_memory import ArchiveFacts, ArchiveMemory
from .node_link import Statement, understood
from .node_links import Answers, Nodes
from .postgres import ServerProblem
from .received_rows import bulletin_of
from .screen_nodes import ScreenNodes

FACTS = (
    Statement("select id, name, gazetteer from library"),
    Statement("select id, title, issued from bulletin"),
    Statement("select last from feed"),
)
"""What `facts_in` reads."""


class OpenArchive:
    """An archive that this program reads, over two connections: one for the screen, one for what takes longer."""

    def __init__(self, address: str) -> None:
        """Connect to the archive. Raises ServerProblem."""
        addresses = node_addresses(address)
        self.address = shown(address)
        self.front = Nodes(addresses)
        self.front.connect()
        if self.front.meet():
            self.front.connect()
        self.back = Nodes([link.address for link in self.front.links])
        self.back.spare = self.front
        self._gazetteer: tuple[str | None, Gazetteer] | None = None
        self.memory = ArchiveMemory(self.ask_facts())
        self.screen = ScreenNodes(self.front)
        self.catalogue = ArchiveCatalogue(self.memory, self.screen, self.back)

    @property
    def for_searches(self) -> Nodes:
        """The connections for what takes longer: those of the screen if the server grants no second one."""
        with suppress(ServerProblem):  # the first question then says why
            self.back.connect(only_due=True)
        return self.back if self.back.connected else self.front

    def ask_facts(self) -> ArchiveFacts:
        """Ask for what rarely changes. Raises Away."""
        return self.facts_in(self.front.ask(FACTS))

    def facts_in(self, answers: Sequence[Answers]) -> ArchiveFacts:
        """Return the facts in the answers to `FACTS`. Raises Away."""
        with understood():
            return self._facts_in(answers)

    def _facts_in(self, answers: Sequence[Answers]) -> ArchiveFacts:
        uid, name, own = answers[0][0][0]
        if not isinstance(uid, str) or not isinstance(own, str | None):
            raise TypeError(uid)
        bulletins = {one.id: one for answer in answers for one in map(bulletin_of, answer[1])}
        feed = tuple(int(answer[2][0][0]) for answer in answers)
        return ArchiveFacts(uid, clean_line(name), self._read_gazetteer(own), _sorted(bulletins.values()), feed)

    def close(self) -> None:
        """Close the connections."""
        self.screen.close()
        self.front.close()
        self.back.close()

    def _read_gazetteer(self, own: str | None) -> Gazetteer:
        """Return the archive's own gazetteer, or the bundled one."""
        if self._gazetteer is None or self._gazetteer[0] != own:
            self._gazetteer = own, _gazetteer(own, self.address)
        return self._gazetteer[1]


def _gazetteer(own: str | None, address: str) -> Gazetteer:
    bundled = load(content_dir() / "gazetteer.yaml")
    if own is None:
        return bundled
    from ..gazetteer.yaml_file import read

    try:
        return read(own, address)
    except BadGazetteer:
        return bundled


def _sorted(bulletins: Iterable[Bulletin]) -> tuple[Bulletin, ...]:
    """Return the bulletins, newest issue first, undated ones last, then by name."""
    found = sorted(bulletins, key=lambda one: natural(one.id))
    found.sort(key=lambda one: one.issued or "", reverse=True)
    return tuple(found)
