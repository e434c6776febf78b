"""Marks in a shared library: kept here, exchanged with the server, and the same on every device in the end."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, write_lines
from tests.postgres import Cluster
from tui.reading import Reading
from tui.reading.libraries import NamedOwner
from tui.reading.outbox import Outbox
from tui.shared import mark_sync
from tui.shared.mark_sync import MarkSync, mark_of
from tui.shared.node_link import Away, NodeLink

Capture = pytest.CaptureFixture[str]
UID = "1" * 32
MARKS = 10_000


class Device:
    """A device of one user, with a state file of its own."""

    def __init__(self, path: Path, address: str, uid: str = UID) -> None:
        self.reading = Reading(path, NamedOwner(uid))
        self.link = NodeLink(address)
        self.link.connect()
        self._outbox = Outbox(path, NamedOwner(uid))
        self.sync = MarkSync(self.link, uid, self._outbox)

    def exchange(self) -> None:
        """Exchange marks until none is left."""
        while True:
            self.sync._next_look = 0.0
            self.sync.run()
            if not self._outbox.unsent(1):
                return

    def marks(self) -> tuple[set[str], set[str]]:
        return {id for page in self.reading.all_read() for id in page}, set(self.reading.starred())

    def close(self) -> None:
        self.reading.close()
        self._outbox.close()
        self.link.close()


@pytest.fixture
def address(postgres: Cluster, capsys: Capture) -> str:
    return new_archive(postgres, capsys)


@pytest.fixture
def devices(address: str, tmp_path: Path) -> Iterator[tuple[Device, Device]]:
    found = Device(tmp_path / "one.sqlite", address), Device(tmp_path / "other.sqlite", address)
    yield found
    for one in found:
        one.close()


def mark_at_random(device: Device, chance: random.Random, count: int) -> None:
    """Make `count` marks and unmarks of 3,000 articles, some for many at once, some undone."""
    left = count
    while left > 0:
        many = min(left, chance.choice((1, 1, 1, 200, 900)))
        ids = [f"b/{chance.randrange(3_000)}" for _ in range(many)]
        act = chance.choice(("read", "read", "unread", "star", "undo"))
        if act == "read":
            device.reading.mark_all_read(ids)
        elif act == "unread":
            for id in ids[:20]:
                if device.reading.is_read(id):
                    device.reading.toggle_read(id)
        elif act == "star":
            for id in ids[:20]:
                device.reading.toggle_star(id)
        else:
            device.reading.undo()
        left -= many


def test_two_devices_converge_after_random_marks(devices: tuple[Device, Device], address: str) -> None:
    one, other = devices
    chance = random.Random(11)
    for _round in range(4):
        for device in chance.sample(devices, 2):
            mark_at_random(device, chance, MARKS // 4)
            if chance.random() < 0.5:
                device.exchange()
    for device in (one, other, one):
        device.exchange()
    assert one.marks() == other.marks()
    stored = rows(address, "select kind, article from mark where is_on and kind <> 'search'")
    assert {id for kind, id in stored if kind == "read"} == one.marks()[0]
    assert {id for kind, id in stored if kind == "star"} == one.marks()[1]


def test_later_of_two_marks_wins_whoever_sends_first(devices: tuple[Device, Device]) -> None:
    one, other = devices
    one.reading.toggle_read("b/1")
    time.sleep(0.002)
    other.reading.toggle_read("b/1")
    other.reading.toggle_read("b/1")
    other.exchange()
    one.exchange()
    other.exchange()
    assert not one.reading.is_read("b/1") and not other.reading.is_read("b/1")


def test_undo_reaches_the_other_device(devices: tuple[Device, Device]) -> None:
    one, other = devices
    one.reading.star("b/1")
    one.exchange()
    other.exchange()
    assert other.reading.is_starred("b/1")
    one.reading.undo()
    one.exchange()
    other.exchange()
    assert not other.reading.is_starred("b/1")
    assert other.reading.changed()


def test_marks_made_without_a_connection_arrive_later(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    address = new_archive(postgres, capsys)
    device = Device(tmp_path / "one.sqlite", address)
    device.link.close()
    device.reading.star("b/7")
    with pytest.raises(Away):
        device.sync.run()
    device.link.connect()
    device.exchange()
    assert rows(address, "select article from mark where is_on") == [("b/7",)]
    device.close()


def test_all_read_is_one_watermark(
    postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_sync, "MANY_MARKS", 20)
    write_lines(tmp_path / "library", "b", [{"id": str(n), "title": ["题"], "body": "文"} for n in range(60)])
    address = new_archive(postgres, capsys, tmp_path / "library")
    uid = rows(address, "select id from library")[0][0]
    one, other = (Device(tmp_path / f"{name}.sqlite", address, uid) for name in ("one", "other"))
    ids = [f"b/{n}" for n in range(60)]
    assert one.reading.mark_all_read(ids) == 60
    one.exchange()
    assert rows(address, "select count(*) from mark") == [(0,)]
    other.exchange()
    assert other.marks()[0] == set(ids)
    other.reading.toggle_read("b/3")
    other.exchange()
    one.exchange()
    assert one.marks()[0] == set(ids) - {"b/3"}
    one.close()
    other.close()


def test_saved_searches_reach_the_other_device(devices: tuple[Device, Device], address: str) -> None:
    one, other = devices
    one.reading.save_search("民警 place:通辽")
    one.reading.save_search("长" * 1_000)  # more than the server's index holds: it stays here
    one.exchange()
    other.exchange()
    assert other.reading.saved_searches() == ["民警 place:通辽"] and other.reading.changed()
    other.reading.forget_search("民警 place:通辽")
    other.exchange()
    one.exchange()
    assert one.reading.saved_searches() == ["长" * 1_000]
    assert rows(address, "select kind, article, is_on from mark") == [("search", "民警 place:通辽", False)]


@pytest.mark.parametrize(
    "row",
    [
        ("search", "\x1b]0;x\x07", True, 1, "d", 1),
        ("search", "a\u202eb", True, 1, "d", 1),
        ("read", "", True, 1, "d", 1),
        ("read", "x" * 9_000, True, 1, "d", 1),
        ("other", "b/1", True, 1, "d", 1),
        ("read", "b/1", None, 1, "d", 1),
        ("read", "b/1", True, 1 << 70, "d", 1),
        ("read", "b/1", True, "1", "d", 1),
        ("read", "b/1", True, 1, "\x1b", 1),
        ("read", 7, True, 1, "d", 1),
    ],
)
def test_mark_that_no_program_sends_is_ignored(row: tuple[object, ...]) -> None:
    assert mark_of(row) is None
    assert mark_of(("read", "b/1", True, 1, "d", 1)) is not None


def test_superuser_sees_only_their_own_marks(address: str, tmp_path: Path) -> None:
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute("create role other login superuser")
    theirs = Device(tmp_path / "theirs.sqlite", address.replace("owner@", "other@"))
    theirs.reading.star("b/1")
    theirs.exchange()
    own = Device(tmp_path / "own.sqlite", address)
    own.exchange()
    assert own.marks() == (set(), set()) and theirs.marks() == (set(), {"b/1"})
    own.close()
    theirs.close()
