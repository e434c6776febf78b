"""A shared library on several nodes: asked at once, merged, and readable when nodes are missing."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.archives import shared, write_lines
from tests.postgres import Cluster, cluster, processes
from tests.test_shared_breaks import Open, article, wait_until
from tui.shared.article_row import shard_of
from tui.shared.node_link import ANSWER_SECONDS, Statement

Capture = pytest.CaptureFixture[str]
ARTICLES = 1_000
ADDRESS = "service=n0,n1,n2"


@pytest.fixture
def clusters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Cluster]]:
    """Three clusters with an empty database each."""
    for name in ("state", "cache", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    (tmp_path / "state" / "ganews-tui").mkdir(parents=True)
    with ExitStack() as stack:
        found = [stack.enter_context(cluster({"shared_buffers": "16MB"})) for _node in range(3)]
        services = ""
        for number, one in enumerate(found):
            database = one.new_database().partition("@/")[2].partition("?")[0]
            services += f"[n{number}]\nhost={one.folder}\ndbname={database}\nuser=owner\n\n"
        (tmp_path / "services").write_text(services)
        monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
        yield found


def load_into(nodes: int, capsys: Capture, folder: Path) -> str:
    """Load articles into an archive with an equal part of the shards on each node; return its address."""
    shared(capsys, "init", "service=n0")
    for number in range(1, nodes):
        join(number, capsys)
    address = "service=" + ",".join(f"n{number}" for number in range(nodes))
    for shard in range(64):
        if shard % nodes:
            shared(capsys, "move-shard", address, str(shard), str(shard % nodes))
    write_lines(folder, "b", [article(number) for number in range(ARTICLES)])
    shared(capsys, "load", address, str(folder))
    return address


def join(number: int, capsys: Capture) -> None:
    """Make the next database a node."""
    nodes = "service=" + ",".join(f"n{n}" for n in range(number))
    shared(capsys, "init", f"service=n{number}", "--join", nodes)


def ids(opened: Open) -> list[str]:
    listing = opened.catalogue.listing()
    return list(listing.ids(0, len(listing)))


def test_nodes_that_are_missing_cost_a_second_and_are_named(
    clusters: list[Cluster], tmp_path: Path, capsys: Capture
) -> None:
    load_into(3, capsys, tmp_path / "library")
    opened = Open(ADDRESS, tmp_path)
    every = ids(opened)
    assert opened.catalogue.total == ARTICLES and sorted(every) == sorted(f"b/{n}" for n in range(ARTICLES))
    search = opened.library.stores.open_search()
    answer = search.search("民警", limit=20)
    assert answer.total == ARTICLES and len({hit.article for hit in answer.hits}) == 20
    assert [hit.article for hit in search.search("民警", newest=True).hits] == every

    slow = [Statement("select pg_sleep(1.3)::text")]
    assert len(opened.archive.back.ask(slow, seconds=10.0, is_slow=True)) == 3
    clusters[2].stop("immediate")
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 2 个")
    began = time.monotonic()
    left = search.search("民警").total or 0
    assert 0 < left < ARTICLES and left == opened.catalogue.total == len(ids(opened))
    assert time.monotonic() - began < ANSWER_SECONDS / 2

    os.kill(clusters[1].pid, signal.SIGSTOP)
    for worker in processes(clusters[1]):
        os.kill(worker, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert 300 < (search.search("民警 走进").total or 0) < left
        assert time.monotonic() - began < ANSWER_SECONDS / 2  # a second for each of two questions, and the work
        wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 1 个")
        began = time.monotonic()
        assert opened.catalogue.article(ids(opened)[0]).body
        assert time.monotonic() - began < ANSWER_SECONDS / 2
    finally:
        for worker in (clusters[1].pid, *processes(clusters[1])):
            os.kill(worker, signal.SIGCONT)
    said = shared(capsys, "status", ADDRESS, status=2)
    assert said.count("节点 ") == 2 and said.count("ganews-tui: ") == 1
    clusters[2].start()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "")
    wait_until(lambda: opened.catalogue.total == ARTICLES)
    assert opened.library.stores.open_search().search("民警", limit=20).total == ARTICLES
    opened.close()


def test_node_joins_and_gets_articles_while_readers_notice_nothing(
    clusters: list[Cluster], tmp_path: Path, capsys: Capture
) -> None:
    opened = Open(load_into(2, capsys, tmp_path / "library"), tmp_path)
    is_over = threading.Event()
    seen: list[tuple[str, int, int]] = []
    failures: list[BaseException] = []

    def search() -> None:
        found = opened.library.stores.open_search().search("民警", newest=True)
        seen.append(("search", found.total or 0, len({hit.article for hit in found.hits})))

    def browse() -> None:
        listing = opened.catalogue.listing()
        seen.append(("list", len(listing), len(set(listing.ids(0, ARTICLES)))))

    def read(turn: Callable[[], None]) -> None:
        try:
            while not is_over.is_set():
                turn()
        except BaseException as error:
            failures.append(error)

    readers = [threading.Thread(target=read, args=(turn,)) for turn in (search, browse)]
    for reader in readers:
        reader.start()
    join(2, capsys)
    wait_until(lambda: opened.archive.front.connected == 3)
    for shard in range(0, 64, 8):
        shared(capsys, "move-shard", ADDRESS, str(shard), "2")
        shared(capsys, "move-shard", ADDRESS, str(shard + 1), "2")
    is_over.set()
    for reader in readers:
        reader.join()
    assert failures == [] and len(seen) > 4
    assert [one for one in seen if one[1:] != (ARTICLES, ARTICLES)] == []
    assert opened.notices() == []

    moved = sum(shard_of(f"b/{number}") % 8 < 2 for number in range(ARTICLES))
    clusters[0].stop("immediate")
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 2 个")
    os.kill(clusters[1].pid, signal.SIGSTOP)
    for worker in processes(clusters[1]):
        os.kill(worker, signal.SIGSTOP)
    try:
        wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 1 个")
        assert opened.library.stores.open_search().search("民警", limit=20).total == moved
    finally:
        for worker in (clusters[1].pid, *processes(clusters[1])):
            os.kill(worker, signal.SIGCONT)
    clusters[0].start()
    opened.close()
