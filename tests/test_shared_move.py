"""A shard moves from one node to another while readers read and an importer loads."""

import threading
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.postgres import Cluster
from tui.shared.article_row import SHARDS, shard_of

Capture = pytest.CaptureFixture[str]


def article(name: int, **more: object) -> dict[str, object]:
    return {
        "id": f"{name}",
        "title": [f"第{name}篇"],
        "date": "2023-06-01",
        "body": f"民警第{name}次走进社区。",
        **more,
    }


@pytest.fixture
def nodes(postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, str]:
    """An archive of two nodes, all articles on the first: the address of both, and of each."""
    write_lines(tmp_path / "library", "b", [article(name) for name in range(300)])
    first = new_archive(postgres, capsys, tmp_path / "library")
    second = postgres.new_database()
    service = "[{}]\nhost={}\ndbname={}\nuser=owner\n"
    names = [address.rpartition("/archive")[2].partition("?")[0] for address in (first, second)]
    text = "".join(service.format(f"n{at}", postgres.folder, f"archive{name}") for at, name in enumerate(names))
    (tmp_path / "services").write_text(text, "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    shared(capsys, "init", "service=n1", "--join", "service=n0")
    return "service=n0,n1", first, second


def held(address: str) -> set[str]:
    return {str(id) for (id,) in rows(address, "select id from article")}


def test_new_node_has_the_library_id_and_no_shard(nodes: tuple[str, str, str]) -> None:
    _both, first, second = nodes
    assert rows(first, "select id, name from library") == rows(second, "select id, name from library")
    assert rows(second, "select node from library") == [(1,)]
    for address in (first, second):
        assert rows(address, "select node, address from node")[1:] == [(1, "service=n1")]
        assert rows(address, "select distinct node from shard") == [(0,)]


def test_moved_shard_is_on_the_new_node_only(nodes: tuple[str, str, str], capsys: Capture) -> None:
    both, first, second = nodes
    before = dict(rows(first, "select id, number from article"))
    moved = {id for id in before if shard_of(id) == 5}
    assert f"分片 5 的 {len(moved)} 篇" in shared(capsys, "move-shard", both, "5", "1")
    assert held(second) == moved and held(first) == before.keys() - moved
    assert (
        dict(rows(first, "select id, number from article") + rows(second, "select id, number from article")) == before
    )
    assert "没有发现不符" in shared(capsys, "verify", both)
    assert "已在节点 1" in shared(capsys, "move-shard", both, "5", "1")


def test_folder_is_loaded_into_the_nodes_of_its_articles(
    nodes: tuple[str, str, str], capsys: Capture, tmp_path: Path
) -> None:
    both, first, second = nodes
    for shard in range(0, SHARDS, 2):
        shared(capsys, "move-shard", both, str(shard), "1")
    articles = [article(name, body="改。") for name in range(0, 300, 3)] + [article(name) for name in range(300, 330)]
    write_lines(tmp_path / "library", "b", articles)
    shared(capsys, "load", both, str(tmp_path / "library"))
    wanted = {f"b/{one['id']}" for one in articles}
    assert held(first) == {id for id in wanted if shard_of(id) % 2}
    assert held(second) == {id for id in wanted if shard_of(id) % 2 == 0}
    assert "没有发现不符" in shared(capsys, "verify", both, str(tmp_path / "library"))


def test_new_node_gets_no_bulk_load_of_others_articles(
    nodes: tuple[str, str, str], capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, first, second = nodes
    monkeypatch.setattr("tui.cli.shared_command._BULK_BYTES", 0)
    shared(capsys, "load", both, str(tmp_path / "library"))
    assert len(held(first)) == 300 and held(second) == set()


def test_readers_and_importers_notice_no_move(nodes: tuple[str, str, str], capsys: Capture, tmp_path: Path) -> None:
    """A reader that asks both nodes, dropping equal ids, always finds all articles that were there before."""
    both, first, second = nodes
    before = held(first)
    is_done = threading.Event()
    missed: list[int] = []
    failures: list[BaseException] = []

    def read() -> None:
        try:
            with psycopg.connect(first, autocommit=True) as old, psycopg.connect(second, autocommit=True) as new:
                while not is_done.is_set():
                    # the old node first: a move commits on the new one before
                    found = {str(id) for conn in (old, new) for (id,) in conn.execute("select id from article")}
                    missed.append(len(before - found))
        except BaseException as error:
            failures.append(error)

    def load() -> None:
        try:
            from tui.library import Library
            from tui.shared.folder_load import FolderLoad

            for turn in range(4):
                write_lines(tmp_path / "more", "c", [article(name, body=f"{turn}。") for name in range(100)])
                for address in (first, second):
                    FolderLoad(address, Library(tmp_path / "more")).run()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read), threading.Thread(target=load)]
    for thread in threads:
        thread.start()
    for shard in range(8):
        shared(capsys, "move-shard", both, str(shard), "1")
    threads[1].join()
    is_done.set()
    threads[0].join()
    assert failures == []
    assert missed and set(missed) == {0}
    shared(capsys, "load", both, str(tmp_path / "more"))
    assert "没有发现不符" in shared(capsys, "verify", both, str(tmp_path / "library"), str(tmp_path / "more"))


def test_move_that_was_interrupted_is_completed_by_the_next(nodes: tuple[str, str, str], capsys: Capture) -> None:
    """The worst moment: the new node has committed, the old one has not."""
    both, first, second = nodes
    kept = rows(first, "select id from article where shard = 5")
    state = "update shard set node = 0 where shard = 5 returning node"
    with psycopg.connect(first, autocommit=True) as conn:
        copies = conn.execute("select count(*) from article where shard = 5").fetchone()
        conn.execute("create table copy as select * from article where shard = 5")
        conn.execute("create table idents as select * from ident where id in (select id from copy)")
    shared(capsys, "move-shard", both, "5", "1")
    with psycopg.connect(first, autocommit=True) as conn:
        conn.execute("insert into article select * from copy")
        conn.execute("insert into ident select * from idents")
        conn.execute(state.encode())
        conn.execute("update library set map_version = 9")
        conn.execute(
            "insert into grp select g.kind, g.name, count(*), sum(characters), 0"
            " from copy, groups_of(day, bulletin, place, authors, tags) g group by 1, 2"
        )
    assert copies is not None and copies[0] == len(kept)
    shared(capsys, "move-shard", both, "5", "1")
    assert rows(first, "select id from article where shard = 5") == []
    assert sorted(rows(second, "select id from article where shard = 5")) == sorted(kept)
    assert "没有发现不符" in shared(capsys, "verify", both)
