"""The change feed: a client that asks for later feed numbers misses nothing, whatever the importers do."""

import random
import threading
import time
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.postgres import Cluster
from tui.article import Article
from tui.shared.article_row import ArticleRow, row
from tui.shared.live_load import Importer
from tui.shared.postgres import connect

Capture = pytest.CaptureFixture[str]
IMPORTERS, LOADS, IDS = 6, 15, 60


def article_row(number: int, name: int, text: str) -> ArticleRow:
    made = Article(f"b/{name}", (f"第{name}篇",), date=f"20{name % 30:02}-01-01", body=text, authors=("刘星",))
    return row(made, None, number, 0, 1)


def test_follower_of_many_importers_ends_with_every_article(postgres: Cluster, capsys: Capture) -> None:
    """Importers replace and remove the same articles in loads of random order; the follower keeps a copy."""
    address = new_archive(postgres, capsys)
    failures: list[BaseException] = []
    is_done = threading.Event()

    def work(seed: int) -> None:
        draw = random.Random(seed)
        try:
            importer = Importer(connect(address))
            for turn in range(LOADS):
                names = draw.sample(range(IDS), 8)
                first = importer.take_numbers(8)
                texts = [article_row(first + at, name, f"{seed} {turn}。") for at, name in enumerate(names[:6])]
                importer.load(texts, [f"b/{name}" for name in names[6:]])
        except BaseException as error:
            failures.append(error)

    copy: dict[str, int] = {}

    def follow(conn: psycopg.Connection[tuple[object, ...]], last: int) -> int:
        with conn.transaction():
            conn.execute("set transaction isolation level repeatable read")
            loads = conn.execute("select load, feed from load where feed > %s", (last,)).fetchall()
            keys = [load for load, _feed in loads]
            for id, number in conn.execute("select id, number from gone where load = any(%s)", (keys,)):
                if copy.get(str(id)) == number:
                    del copy[str(id)]
            for id, number in conn.execute("select id, number from article where load = any(%s)", (keys,)):
                copy[str(id)] = int(str(number))
        return max((int(str(feed)) for _load, feed in loads), default=last)

    def watch() -> None:
        try:
            last = 0
            with psycopg.connect(address, autocommit=True) as conn:
                while not is_done.is_set():
                    last = follow(conn, last)
                follow(conn, last)
        except BaseException as error:
            failures.append(error)

    importers = [threading.Thread(target=work, args=(seed,)) for seed in range(IMPORTERS)]
    follower = threading.Thread(target=watch)
    for thread in (*importers, follower):
        thread.start()
    for thread in importers:
        thread.join()
    is_done.set()
    follower.join()
    assert failures == []
    assert copy == dict(rows(address, "select id, number from article"))
    assert rows(address, "select max(feed) = count(feed) from load") == [(True,)]
    assert "没有发现不符" in shared(capsys, "verify", address)


def test_article_that_another_load_adds_during_a_removal_keeps_its_id(postgres: Cluster, capsys: Capture) -> None:
    """The removal is held between its statements by a trigger, while another importer adds the article."""
    address = new_archive(postgres, capsys)
    remover, importer = Importer(removing := connect(address)), Importer(connect(address))
    removing.execute("set ganews.waits = yes")
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute(
            "create function wait_for_test() returns trigger language plpgsql as"
            " $$ begin if current_setting('ganews.waits', true) = 'yes' then perform pg_advisory_xact_lock_shared(1);"
            " end if; return null; end $$"
        )
        conn.execute("create trigger wait after delete on article for each statement execute function wait_for_test()")
        conn.execute("select pg_advisory_lock(1)")
        removal = threading.Thread(target=remover.load, args=([], ["b/1"]))
        removal.start()
        waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
        while conn.execute(waiting).fetchone() == (0,):
            assert removal.is_alive()
            time.sleep(0.01)
        importer.load([article_row(importer.take_numbers(1), 1, "正文。")])
        conn.execute("select pg_advisory_unlock(1)")
        removal.join()
    assert rows(address, "select id from article") == rows(address, "select id from ident") == [("b/1",)]


def test_feed_numbers_are_announced(postgres: Cluster, capsys: Capture, tmp_path: Path) -> None:
    address = new_archive(postgres, capsys)
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute("listen ganews")
        write_lines(tmp_path, "b", [{"id": "1", "title": ["新"], "body": "正文。"}])
        shared(capsys, "load", address, str(tmp_path))
        assert [told.payload for told in conn.notifies(timeout=5, stop_after=1)] == ["1"]
