"""When the server of a shared library fails: one line, what was read stays, and everything goes on by itself."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.cut_network import Proxy, proxy
from tests.postgres import Cluster, cluster, processes
from tests.program import PATIENCE
from tui.cli import main
from tui.config import Settings
from tui.indexer.progress import Progress
from tui.plain.conversation import Conversation
from tui.plain.options import Options
from tui.plain.run import ask
from tui.reading import Reading
from tui.reading.libraries import NamedOwner
from tui.session.archive_opening import OpenedArchive
from tui.session.line_runner import LineRunner
from tui.shared.archive_search import ArchiveSearch
from tui.shared.node_link import Away, Statement, Stopped
from tui.shared.open_archive import OpenArchive
from tui.shared.screen_nodes import LEAST_SECONDS

Capture = pytest.CaptureFixture[str]


def article(number: int) -> dict[str, object]:
    return {"id": str(number), "title": [f"第{number}篇"], "date": "2023-06-01", "body": f"民警第{number}次走进社区。"}


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until `holds` returns True."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


class Open:
    """A shared library opened as the app opens it."""

    def __init__(self, address: str, home: Path, *, is_drawn: bool = False) -> None:
        self.archive = OpenArchive(address)
        uid = self.archive.memory.facts.uid
        self.reading = Reading(home / "state" / "ganews-tui" / "reading.sqlite", NamedOwner(uid))
        self.library = OpenedArchive(self.archive, self.reading)
        self.catalogue = self.library.stores.catalogue
        self.told: list[Progress] = []
        self.follower = self.library.follow(self.told.append, is_drawn=is_drawn)
        self.follower.start()

    def notices(self) -> list[str]:
        return list(self.catalogue.notices())

    def close(self) -> None:
        self.follower.close()
        self.reading.close()
        self.library.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("state", "cache", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    (tmp_path / "state" / "ganews-tui").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def address(postgres: Cluster, capsys: Capture, tmp_path: Path) -> str:
    write_lines(tmp_path / "library", "b", [article(number) for number in range(400)])
    return new_archive(postgres, capsys, tmp_path / "library")


@pytest.fixture
def network(postgres: Cluster) -> Iterator[Proxy]:
    with proxy(f"{postgres.folder}/.s.PGSQL.5432") as one:
        yield one


def through(network: Proxy, address: str) -> str:
    """Return the address of the same database through the proxy."""
    return f"postgresql://owner@127.0.0.1:{network.port}/{address.partition('@/')[2].partition('?')[0]}"


def test_new_article_appears_in_an_open_library(address: str, home: Path, capsys: Capture) -> None:
    opened = Open(address, home)
    assert opened.catalogue.total == 400
    opened.catalogue.refresh()
    write_lines(home / "library", "b", [article(number) for number in range(401)])
    shared(capsys, "load", address, str(home / "library"))
    wait_until(opened.catalogue.refresh)
    assert opened.catalogue.total == 401
    opened.close()


def test_reading_and_marking_go_on_while_the_network_is_cut(address: str, home: Path, network: Proxy) -> None:
    opened = Open(through(network, address), home)
    listing = opened.catalogue.listing()
    before = listing.summaries(0, 40)
    seen = opened.catalogue.article(before[3].id)
    network.cut()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "没有连接")
    said = opened.notices()
    assert len(said) == 1 and "已读过的还能读" in said[0] and "\n" not in said[0]
    assert opened.catalogue.listing().summaries(0, 40) == listing.summaries(0, 40) == before
    assert opened.catalogue.article(seen.id) == seen
    with pytest.raises(Away):
        opened.catalogue.article("b/399")
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        opened.library.stores.open_search().search("民警")
    opened.reading.star(seen.id)
    network.mend()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "")
    assert opened.notices() == ["又连上了。"]
    assert opened.catalogue.article("b/399").id == "b/399"
    assert opened.library.stores.open_search().search("民警", limit=20).total == 400
    wait_until(lambda: rows(address, "select article from mark where is_on") == [(seen.id,)])
    opened.close()


def test_hung_server_stops_the_screen_for_a_moment_once(capsys: Capture, home: Path) -> None:
    with cluster() as own:
        write_lines(home / "library", "b", [article(number) for number in range(400)])
        opened = Open(new_archive(own, capsys, home / "library"), home, is_drawn=True)
        before = opened.catalogue.listing().summaries(0, 40)
        seen = opened.catalogue.article("b/5")
        with stopped(own):
            began = time.monotonic()
            for number in range(100, 130):
                with pytest.raises(Away):
                    opened.catalogue.article(f"b/{number}")
                assert opened.catalogue.listing("month").find("b/399") is None
                assert opened.catalogue.listing().summaries(0, 40) == before
                assert opened.catalogue.article("b/5") == seen
                opened.reading.toggle_star("b/5")
            assert time.monotonic() - began < 30 * LEAST_SECONDS  # a wait for each would take 60 times as long
            wait_until(lambda: opened.told[-1].note == "没有连接" if opened.told else False)
            began = time.monotonic()
            for number in range(7, 27):
                with pytest.raises(Away):
                    opened.catalogue.article(f"b/{number}")
            assert time.monotonic() - began < 10 * LEAST_SECONDS  # not even the least wait for each
        wait_until(lambda: can_read(opened, "b/7"))
        wait_until(lambda: opened.told[-1].note == "")
        opened.close()


def test_late_answer_is_shown_when_it_comes(address: str, home: Path, network: Proxy) -> None:
    opened = Open(through(network, address), home, is_drawn=True)
    wait_until(lambda: bool(opened.told))
    opened.catalogue.refresh()
    network.delay = 1.2
    told = len(opened.told)
    with pytest.raises(Away):
        opened.catalogue.article("b/7")
    wait_until(opened.catalogue.refresh)
    assert opened.catalogue.article("b/7").id == "b/7" and len(opened.told) > told
    network.delay = 0.0
    opened.close()


@contextmanager
def stopped(one: Cluster) -> Iterator[None]:
    """Stop all processes of the cluster inside the context."""
    pids = (one.pid, *processes(one))
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def can_read(opened: Open, id: str) -> bool:
    """Return whether the article can be read now."""
    try:
        return opened.catalogue.article(id).id == id
    except Away:
        return False


def test_restarted_server_is_found_again(capsys: Capture, home: Path) -> None:
    with cluster() as own:
        write_lines(home / "library", "b", [article(number) for number in range(3)])
        opened = Open(new_archive(own, capsys, home / "library"), home)
        own.stop("fast")
        wait_until(lambda: bool(opened.told) and opened.told[-1].note == "没有连接")
        own.start()
        wait_until(lambda: bool(opened.told) and opened.told[-1].note == "")
        assert opened.catalogue.article("b/2").id == "b/2"
        opened.close()


def test_reason_why_nothing_connects_is_said_once(address: str, home: Path, network: Proxy) -> None:
    opened = Open(through(network, address), home)
    network.cut()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "没有连接")
    opened.notices()
    rows(address, "insert into schema_upgrade (number, name) values (9999, 'later') returning number")
    network.mend()
    wait_until(lambda: bool(opened.archive.memory.notices))
    (line,) = opened.notices()
    assert "\n" not in line and "@" not in line and opened.archive.memory.facts.name in line
    rows(address, "delete from schema_upgrade where number = 9999 returning number")
    wait_until(lambda: opened.told[-1].note == "")
    assert opened.notices() == ["又连上了。"]
    opened.close()


def test_statement_that_takes_too_long_keeps_the_connection(address: str, home: Path) -> None:
    opened = Open(address, home)
    front = opened.archive.front
    with pytest.raises(Stopped):
        front.ask([Statement("select set_config('statement_timeout', '50', true)"), Statement("select pg_sleep(5)")])
    assert front.connected == 1 and opened.catalogue.article("b/1").id == "b/1"
    opened.close()


@pytest.mark.parametrize("command", [("list",), ("search", "民警"), ("check",), ("--plain",)])
@pytest.mark.parametrize("failure", ["newer", "full", "gone"])
def test_library_that_cannot_be_opened_is_one_line(
    failure: str, command: tuple[str, ...], postgres: Cluster, capsys: Capture, home: Path
) -> None:
    address = new_archive(postgres, capsys)
    database = address.partition("@/")[2].partition("?")[0]
    if failure == "newer":
        rows(address, "insert into schema_upgrade (number, name) values (9999, 'later') returning number")
    elif failure == "full":
        user = f"{database}_reader"
        with psycopg.connect(address, autocommit=True) as conn:
            conn.execute(f"create role {user} login connection limit 0 in role ganews_reader".encode())
            conn.execute(f"grant connect on database {database} to {user}".encode())
        address = postgres.address(database, user)
    else:
        address = postgres.address("nowhere")
    assert main([*command, "--library", address]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and said.err.startswith("ganews-tui: ")


def test_linear_mode_goes_on_without_the_server(address: str, home: Path, network: Proxy) -> None:
    opened = Open(through(network, address), home)
    options = Options(home / "config.yaml", Settings(), opened.reading)
    conversation = Conversation(LineRunner(opened.library.stores, ask), options)
    before = [*conversation.greeting(), *conversation.answer("l")]
    assert any("第0篇" in line for line in before)
    network.cut()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "没有连接")
    wait_until(lambda: bool(opened.archive.memory.notices))
    assert len(list(conversation.answer("民警"))) == 1
    assert any("第0篇" in line for line in conversation.answer("l"))
    assert len(list(conversation.news())) == 1
    opened.close()


def test_unread_articles_are_found_and_counted_with_marks_not_yet_sent(address: str, home: Path) -> None:
    opened = Open(address, home)
    opened.reading.mark_all_read(f"b/{number}" for number in range(390))
    opened.reading.star("b/395")
    search = opened.library.stores.open_search()
    unread = search.search("is:unread 民警", limit=20)
    assert {hit.article for hit in unread.hits} == {f"b/{number}" for number in range(390, 400)} and unread.total == 10
    assert [hit.article for hit in search.search("is:starred").hits] == ["b/395"]
    assert search.search("is:read", limit=20).total == 390
    ids = [id for page in opened.reading.all_read() for id in page]
    listing = opened.catalogue.listing(without=ids)
    assert len(listing) == 10 and set(listing.ids(0, 10)) == {f"b/{number}" for number in range(390, 400)}
    opened.reading.toggle_read("b/0")
    assert search.search("is:unread 民警", limit=20).total == 11
    opened.close()


def test_serve_refuses_a_shared_library_in_one_line(address: str, capsys: Capture, home: Path) -> None:
    assert main(["serve", address]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "共享库" in said.err and said.err.count("\n") == 1


def test_search_answers_though_its_connection_was_cut_while_nobody_searched(address: str, home: Path) -> None:
    opened = OpenArchive(address)
    search = ArchiveSearch(opened, opened.for_searches)
    assert search.search("民警 第1次", limit=20).hits
    others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    rows(address, f"select pg_terminate_backend(pid, 10000) {others}")
    found = search.search("民警 第2次", limit=20)  # another query: the hits of the first are remembered
    assert [hit.article for hit in found.hits] == ["b/2"]
    opened.close()
