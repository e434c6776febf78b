"""Unread lists of a shared library come from the server's marks and are those that the marks kept here give."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.postgres import Cluster
from tui.catalogue import Grouping, Listing
from tui.reading import Reading
from tui.reading.libraries import NamedOwner
from tui.reading.outbox import Outbox
from tui.shared import archive_listing, mark_sync
from tui.shared.mark_store import MarkStore
from tui.shared.mark_sync import MarkSync
from tui.shared.open_archive import OpenArchive

Capture = pytest.CaptureFixture[str]
GROUPINGS: tuple[Grouping, ...] = ("place", "month", "bulletin", "author", "tag")
ARTICLES = 120


def article(number: int, version: int = 0) -> dict[str, object]:
    return {
        "id": str(number),
        "title": [f"第{number}篇"],
        "date": f"2023-{1 + number % 5:02d}-0{1 + number % 9}",
        "place": ("通辽", "开鲁", "赤峰")[number % 3],
        "authors": ["江枫", "乌兰"][: number % 3],
        "tags": ["禁毒"][: number % 2],
        "body": f"正文，第{version}版。",
    }


class Reader:
    """A device of the user, with its own state file, and the archive as it sees it."""

    def __init__(self, path: Path, address: str) -> None:
        self.archive = OpenArchive(address)
        uid = self.archive.memory.facts.uid
        self.reading = Reading(path, NamedOwner(uid))
        self._outbox = Outbox(path, NamedOwner(uid))
        self.sync = MarkSync(self.archive.front.links[0], uid, self._outbox)
        self.marks = self.archive.catalogue.marks = MarkStore(uid, Outbox(path, NamedOwner(uid)))

    def exchange(self) -> None:
        """Send all marks, and fetch those of the other device."""
        self.archive.memory.renew(self.archive.ask_facts(), None)
        while True:
            self.sync._next_look = 0.0
            self.sync.run()
            if not self._outbox.unsent(1):
                return

    def read(self) -> list[str]:
        return [id for page in self.reading.all_read() for id in page]

    def close(self) -> None:
        self.reading.close()
        self._outbox.close()
        self.marks.close()
        self.archive.close()


@pytest.fixture
def readers(
    postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sequence[Reader]]:
    monkeypatch.setattr(mark_sync, "MANY_MARKS", 20)
    monkeypatch.setattr(archive_listing, "PAGE", 16)
    write_lines(tmp_path / "library", "b", [article(number) for number in range(ARTICLES)])
    address = new_archive(postgres, capsys, tmp_path / "library")
    found = [Reader(tmp_path / f"{name}.sqlite", address) for name in ("one", "other")]
    yield found
    for one in found:
        one.close()


def shown(listing: Listing) -> tuple[list[tuple[str, int]], list[str]]:
    """Return the groups of a listing and the ids in it."""
    return [(group.key, group.count) for group in listing.groups], list(listing.ids(0, len(listing)))


def differences(reader: Reader) -> list[str]:
    """Return what the server says otherwise than the marks kept here."""
    catalogue, read = reader.archive.catalogue, reader.read()
    found: list[str] = []
    for by in GROUPINGS:
        newest = by != "month"
        if shown(catalogue.unread((), by, newest=newest)) != shown(catalogue.listing(by, newest=newest, without=read)):
            found.append(by)
    held = {id for (id,) in ask(reader, "true")}
    if catalogue.unread_count(()) != len(held - set(read)):
        found.append("count")
    for name, local in (("read", read), ("starred", reader.reading.starred())):
        if {id for (id,) in ask(reader, reader.marks.condition(name).sql)} != held & set(local):  # type: ignore[arg-type]
            found.append(name)
    return found


def ask(reader: Reader, condition: str) -> list[tuple[str]]:
    return rows(reader.archive.front.links[0].address, f"select id from article where {condition}")


@pytest.mark.parametrize("seed", [1, 3])
def test_server_and_state_file_agree_on_what_is_unread(
    readers: Sequence[Reader], seed: int, capsys: Capture, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    versions = dict.fromkeys(range(ARTICLES), 0)
    address = readers[0].archive.front.links[0].address
    for step in range(40):
        reader = chance.choice(readers)
        every = [f"b/{number}" for number in versions]
        act = chance.choice(("read", "read", "many", "unread", "star", "undo", "all", "load", "exchange"))
        if act == "read":
            reader.reading.mark_read(chance.choice(every))
        elif act == "many":
            reader.reading.mark_all_read(chance.sample(every, 30))
        elif act == "all":
            reader.exchange()
            reader.reading.mark_all_read(every)
            reader.exchange()
        elif act == "unread":
            for id in chance.sample(every, 5):
                if reader.reading.is_read(id):
                    reader.reading.toggle_read(id)
        elif act == "star":
            reader.reading.toggle_star(chance.choice(every))
        elif act == "undo":
            reader.reading.undo()
        elif act == "load":
            versions.pop(chance.choice(list(versions)))
            versions[chance.choice(list(versions))] += 1
            versions[ARTICLES + step] = 0
            lines = [article(number, version) for number, version in versions.items()]
            write_lines(tmp_path / "library", "b", lines)
            shared(capsys, "load", address, str(tmp_path / "library"))
        if act in ("load", "exchange"):
            for one in readers:
                one.exchange()
        if chance.random() < 0.3:
            reader.exchange()
        pull(reader)
        assert differences(reader) == [], (step, act)
    assert rows(address, "select count(*) from watermark") == [(1,)]


def pull(reader: Reader) -> None:
    """Fetch the other device's marks without sending."""
    reader.sync._may_have_unsent, before = False, reader.sync._may_have_unsent
    reader.sync._pull()
    reader.sync._may_have_unsent = before


def test_unread_list_stays_as_it_was_opened_while_marks_are_sent(readers: Sequence[Reader]) -> None:
    reader, other = readers
    every = [f"b/{number}" for number in range(ARTICLES)]
    reader.reading.mark_all_read(every[:30])
    reader.exchange()
    reader.reading.mark_all_read(every[30:36])
    listing = reader.archive.catalogue.unread((), "month")
    expected = shown(reader.archive.catalogue.listing("month", without=reader.read()))
    first = list(listing.ids(0, 10))
    reader.reading.mark_all_read(every[36:80])
    reader.reading.toggle_read("b/1")
    reader.exchange()
    other.exchange()
    other.reading.mark_all_read(every)
    other.exchange()
    pull(reader)
    assert len(reader.archive.catalogue.unread((), "month")) == 0
    assert shown(listing) == expected and first == expected[1][:10]
