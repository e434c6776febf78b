"""A shared library on several nodes: asked at once, merged, and readable when nodes are missing."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.archives import shared, write_lines
from tests.postgres import Cluster, cluster
from tests.test_shared_breaks import Open, article, wait_until

Capture = pytest.CaptureFixture[str]
ARTICLES = 1_000
ADDRESS = "service=n0,n1,n2"


@pytest.fixture
def clusters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Iterator[list[Cluster]]:
    """Three clusters with a third of the shards each, and the articles."""
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
        shared(capsys, "init", "service=n0")
        for number in (1, 2):
            nodes = "service=" + ",".join(f"n{n}" for n in range(number))
            shared(capsys, "init", f"service=n{number}", "--join", nodes)
        for shard in range(64):
            if shard % 3:
                shared(capsys, "move-shard", ADDRESS, str(shard), str(shard % 3))
        write_lines(tmp_path / "library", "b", [article(number) for number in range(ARTICLES)])
        shared(capsys, "load", ADDRESS, str(tmp_path / "library"))
        yield found


def ids(opened: Open) -> list[str]:
    listing = opened.catalogue.listing()
    return list(listing.ids(0, len(listing)))


def test_nodes_that_are_missing_cost_a_second_and_are_named(clusters: list[Cluster], tmp_path: Path) -> None:
    opened = Open(ADDRESS, tmp_path)
    every = ids(opened)
    assert opened.catalogue.total == ARTICLES and sorted(every) == sorted(f"b/{n}" for n in range(ARTICLES))
    search = opened.library.stores.open_search()
    answer = search.search("民警", limit=20)
    assert answer.total == ARTICLES and len({hit.article for hit in answer.hits}) == 20
    assert [hit.article for hit in search.search("民警", newest=True).hits] == every

    clusters[2].stop("immediate")
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 2 个")
    began = time.monotonic()
    left = search.search("民警").total or 0
    assert 0 < left < ARTICLES and left == opened.catalogue.total == len(ids(opened))
    assert time.monotonic() - began < 3.0

    os.kill(clusters[1].pid, signal.SIGSTOP)
    for worker in workers(clusters[1]):
        os.kill(worker, signal.SIGSTOP)
    try:
        began = time.monotonic()
        assert 300 < (search.search("民警 走进").total or 0) < left
        assert time.monotonic() - began < 3.5  # a second for each of two questions, and the work
        wait_until(lambda: bool(opened.told) and opened.told[-1].note == "3 个节点，连上 1 个")
        began = time.monotonic()
        assert opened.catalogue.article(ids(opened)[0]).body
        assert time.monotonic() - began < 2.0
    finally:
        for worker in (clusters[1].pid, *workers(clusters[1])):
            os.kill(worker, signal.SIGCONT)
    clusters[2].start()
    wait_until(lambda: bool(opened.told) and opened.told[-1].note == "", 40.0)
    wait_until(lambda: opened.catalogue.total == ARTICLES)
    assert opened.library.stores.open_search().search("民警", limit=20).total == ARTICLES
    opened.close()


def workers(one: Cluster) -> list[int]:
    """Return the processes of the cluster's connections and helpers."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(")")[2].split()[1] == str(one.pid):
                found.append(int(stat.parent.name))
    return found
