"""Addresses of archives, and one plain line for each way in which a connection fails."""

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive
from tests.postgres import Cluster, cluster
from tui.archive_address import has_password, is_address, node_addresses, shown, without_password
from tui.shared import node_link
from tui.shared.node_link import Statement, Stopped
from tui.shared.open_archive import OpenArchive
from tui.shared.postgres import ServerProblem, connect, explained

SECRET = "geheim"


@pytest.fixture(scope="module")
def strict() -> Iterator[Cluster]:
    """A cluster with the users `locked`, who has a password, and `crowded`, who may not connect once more."""
    with cluster({"max_connections": "10"}) as one:
        with psycopg.connect(one.address("postgres"), autocommit=True) as conn:
            conn.execute("create role locked login password 'geheim'")
            conn.execute("create role crowded login connection limit 0")
            conn.execute("create role barred nologin")
            rules = one.folder / "data" / "pg_hba.conf"
            rules.write_text(f"local all locked scram-sha-256\nlocal all stranger reject\n{rules.read_text()}")
            conn.execute("select pg_reload_conf()")
        yield one


def failure(address: str, statement: str = "", seconds: int = 0) -> ServerProblem:
    with pytest.raises(ServerProblem) as caught:
        conn = connect(address, seconds=2, statement_seconds=seconds)
        with conn, explained(address):
            conn.execute(statement.encode())
    return caught.value


def test_each_failure_to_connect_has_its_line(strict: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "services").write_text("[archive]\nport=1\n")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    for address, kind in (
        ("service=missing", "no-service"),
        ("postgresql://owner@127.0.0.1:1/postgres", "unreachable"),
        ("postgresql://owner@nowhere.invalid/postgres", "unreachable"),
        ("postgresql://owner@/postgres?host=/nowhere", "unreachable"),
        (strict.address("password"), "no-database"),
        (strict.address("postgres", "locked"), "password"),
        (strict.address("postgres", f"locked:{SECRET}-not"), "password"),
        (strict.address("postgres", "nobody-here"), "password"),
        (strict.address("postgres", "barred"), "password"),
        (strict.address("postgres", "stranger"), "rights"),
        (strict.address("postgres", "crowded"), "full"),
    ):
        found = failure(address)
        assert (found.kind, address) == (kind, address), found.line
        assert "\n" not in found.line and SECRET not in found.line


def test_each_failure_of_a_statement_has_its_kind(strict: Cluster) -> None:
    address = strict.address("postgres")
    for statement, kind in (
        ("select pg_sleep(20)", "timeout"),
        ("select pg_terminate_backend(pg_backend_pid())", "cut"),
        ("do $$ begin raise exception 'no space left' using errcode = '53100'; end $$", "disk-full"),
        ("select 1 from library", "no-archive"),
        ("set role barred; create table x (a int)", "rights"),
        ("select 1 / 0", "other"),
    ):
        found = failure(address, statement, 1)
        assert found.kind == kind, found.line
        assert "\n" not in found.line


def test_right_password_connects(strict: Cluster) -> None:
    connect(strict.address("postgres", f"locked:{SECRET}")).close()


def test_full_server_is_reported_as_full(strict: Cluster) -> None:
    held: list[psycopg.Connection[tuple[object, ...]]] = []
    try:
        with pytest.raises(ServerProblem) as caught:
            for _ in range(12):
                held.append(connect(strict.address("postgres")))
        assert caught.value.kind == "full"
    finally:
        for conn in held:
            conn.close()


def test_stopped_server_closes_connections_and_refuses_new_ones(strict: Cluster) -> None:
    address = strict.address("postgres")
    with connect(address) as conn:
        strict.stop("fast")
        with pytest.raises(ServerProblem) as caught, explained(address):
            conn.execute("select 1")
    assert caught.value.kind == "cut"
    assert failure(address).kind == "unreachable"
    strict.start()
    connect(address).close()


def test_addresses_are_distinguished_from_folders() -> None:
    assert all(map(is_address, ("service=a", "postgresql://h/d", "postgres://h")))
    assert not any(map(is_address, ("content", "/srv/news", "http://h", "")))
    assert node_addresses("service=a,b user=x") == ("service=a user=x", "service=b user=x")
    assert node_addresses("postgresql://h/d") == ("postgresql://h/d",)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://liu:geheim@h/d", "postgresql://liu:***@h/d"),
        ("postgresql://h/d?password=geheim&sslmode=require", "postgresql://h/d?password=***&sslmode=require"),
        ("service=a password=geheim user=x", "service=a password=*** user=x"),
        ("postgresql://liu:ge%40heim@h:5432/d", "postgresql://liu:***@h:5432/d"),
        ("postgresql://h:5432/d?user=a@b", "postgresql://h:5432/d?user=a@b"),
        ("postgresql://liu:ge@heim@h/d", "postgresql://liu:***@h/d"),
        ("postgresql://h/d?p%61ssword=geheim&user=x", "postgresql://h/d?password=***&user=x"),
        ("service=a password = 'ge heim' user=x", "service=a password = *** user=x"),
        ("service=a sslpassword=geheim", "service=a sslpassword=***"),
        ("service=a\x1b[2J", "service=a␛[2J"),
    ],
)
def test_shown_address_has_no_password(address: str, said: str) -> None:
    assert shown(address) == said
    assert SECRET not in without_password(address) and "heim" not in without_password(address)
    assert has_password(address) == ("heim" in address) and not has_password(without_password(address))


def test_question_does_not_wait_for_an_unwanted_answer(
    postgres: Cluster, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_link, "_CANCEL_SECONDS", 60.0)
    archive = OpenArchive(new_archive(postgres, capsys))
    nodes = archive.for_searches
    is_unwanted = threading.Event()
    threading.Timer(0.05, is_unwanted.set).start()
    with pytest.raises(Stopped):
        nodes.ask([Statement("select pg_sleep(30)")], is_over=is_unwanted.is_set)
    assert nodes.ask([Statement("select 1")]) == [[[(1,)]]]
    assert nodes.is_busy
    archive.close()


def test_cancelled_statement_leaves_the_connection_usable(
    postgres: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = OpenArchive(new_archive(postgres, capsys))
    nodes = archive.for_searches
    nodes.spare = None
    for _turn in range(3):
        with pytest.raises(Stopped):
            nodes.ask([Statement("select pg_sleep(30)")], is_over=lambda: True)
        assert nodes.ask([Statement("select 1")]) == [[[(1,)]]]
    archive.close()
