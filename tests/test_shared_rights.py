"""What each kind of user of an archive may do. Readers are refused everything else."""

from pathlib import Path

import psycopg
import pytest

from tests.archives import new_archive, rows, shared, write_lines
from tests.postgres import Cluster
from tui.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def archive(postgres: Cluster, capsys: Capture, tmp_path: Path) -> str:
    """An archive with an article and a draft, readers anna and bert, and editor cora; its owner's address."""
    article = {"title": ["标题"], "date": "2023-06-01", "body": "正文。"}
    write_lines(tmp_path, "b", [{"id": "1", **article}, {"id": "2", "draft": True, **article}])
    address = new_archive(postgres, capsys, tmp_path)
    for user, level in (("anna", "reader"), ("bert", "reader"), ("cora", "editor")):
        shared(capsys, "grant", address, user, level)
    return address


def as_user(address: str, user: str) -> str:
    return address.replace("owner@", f"{user}@")


REFUSED = {
    "reads drafts": "select article from draft",
    "reads what was loaded from where": "select origin from file",
    "adds an article": "insert into article select * from article",
    "adds an article to a partition": "insert into article_2023 select * from article_2023",
    "changes an article": "update article set title = 'x'",
    "removes an article": "delete from article",
    "removes all articles": "truncate article_2023",
    "changes groups": "insert into grp values ('place', 'x', 1, 1, 1)",
    "changes the feed": "update feed set last = 0",
    "takes numbers": "select take_numbers(1)",
    "begins a load": "select begin_load()",
    "removes by the function": "select remove_articles('{b/1}', 1)",
    "tidies": "select tidy()",
    "creates a partition": "select ensure_part(20300101)",
    "drops what a load left": "select drop_loose()",
    "changes the map": "update shard set node = 7",
    "renames the library": "update library set name = 'x'",
    "changes a function": "create or replace function latest_time() returns bigint language sql as 'select 0::bigint'",
    "creates a table": "create table public.x (a int)",
    "creates a temporary table": "create temporary table x (a int)",
    "creates a schema": "create schema x",
    "creates a function": "create function public.x() returns int language sql as 'select 1'",
    "creates an extension": "create extension pg_trgm",
    "creates a trigger": "create trigger x before insert on mark execute function suppress_redundant_updates_trigger()",
    "creates a publication": "create publication x",
    "makes itself a superuser": "alter role anna superuser",
    "lets itself pass row security": "alter role anna bypassrls",
    "locks articles": "do $$ begin lock table article in exclusive mode; end $$",
    "locks rows": "select from article for update",
    "resets statistics": "select pg_stat_reset()",
    "ends the log file": "select pg_rotate_logfile()",
    "creates a role": "create role x",
    "becomes editor": "set role ganews_editor",
    "becomes admin": "set role ganews_admin",
    "becomes another user": "set role bert",
    "grants itself more": "grant ganews_editor to anna",
    "turns row security off": "alter table mark no force row level security",
    "drops the policy": "drop policy own on mark",
    "reads passwords": "select rolpassword from pg_authid",
    "reads a file": "select pg_read_file('/etc/passwd')",
    "lists a folder": "select pg_ls_dir('/')",
    "copies from a file": "copy mark from '/etc/passwd'",
    "copies to a file": "copy mark to '/tmp/ganews-marks'",
    "copies to a program": "copy mark to program 'id'",
    "creates a large object": "select lo_create(0)",
    "stores a large object": "select lo_from_bytea(0, 'x')",
    "opens a large object": "select lo_open(1, 262144)",
    "imports a large object": "select lo_import('/etc/passwd')",
    "ends others' connections": "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'owner'",
    "changes the server": "alter system set work_mem = '1GB'",
    "reloads the server": "select pg_reload_conf()",
    "marks for another user": "insert into mark values ('bert', 'l', 'read', 'b/1', true, 1, 'd', 1)",
    "counts for another user": "insert into tally values ('bert', 'l', 9)",
    "gives a mark away": "update mark set person = 'bert'",
    "removes marks": "delete from mark",
    "empties marks": "truncate mark",
}


def test_reader_is_refused_everything_but_reading_and_own_marks(archive: str) -> None:
    with psycopg.connect(as_user(archive, "bert"), autocommit=True) as conn:
        marks = """[{"kind": "star", "article": "b/1", "is_on": true, "at": 1}]"""
        conn.execute("select push('l', %s::jsonb, 'd')", (marks,))
    with psycopg.connect(as_user(archive, "anna"), autocommit=True) as conn:
        conn.execute("select push('l', %s::jsonb, 'd')", (marks,))
        done = []
        for what, statement in REFUSED.items():
            try:
                conn.execute(statement.encode())
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                done.append(f"{what}: {error}")
                continue
            done.append(what)
        assert done == []
        assert conn.execute("select person, article from mark").fetchall() == [("anna", "b/1")]
        assert conn.execute("select person from tally").fetchall() == [("anna",)]
        assert conn.execute("select id from article").fetchall() == [("b/1",)]


def test_one_user_sees_no_marks_of_another(archive: str) -> None:
    for user, kind in (("anna", "read"), ("bert", "star")):
        with psycopg.connect(as_user(archive, user), autocommit=True) as conn:
            mark = f"""[{{"kind": "{kind}", "article": "b/1", "is_on": true, "at": 5}}]"""
            assert conn.execute("select push('l', %s::jsonb, 'd')", (mark,)).fetchone() == (1,)
            assert conn.execute("select kind, at, change from pull('l', 0)").fetchall() == [(kind, 5, 1)]


def test_later_mark_wins_and_its_time_is_bounded(archive: str) -> None:
    with psycopg.connect(as_user(archive, "anna"), autocommit=True) as conn:

        def push(is_on: bool, at: int, device: str) -> None:
            mark = f"""[{{"kind": "read", "article": "b/1", "is_on": {str(is_on).lower()}, "at": {at}}}]"""
            conn.execute("select push('l', %s::jsonb, %s)", (mark, device))

        def mark() -> tuple[object, ...] | None:
            return conn.execute("select is_on, device, change from mark").fetchone()

        push(True, 10, "a")
        push(False, 9, "b")
        assert mark() == (True, "a", 1)
        push(False, 10, "b")
        assert mark() == (False, "b", 3)
        push(True, 1 << 62, "a")
        lead = conn.execute("select (at / 1000000 - extract(epoch from now()))::int from mark").fetchone()
        assert lead is not None and 295 <= lead[0] <= 300


def test_editor_loads_but_administers_nothing(
    archive: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(tmp_path, "c", [{"id": "1", "title": ["新"], "date": "1955", "body": "正文。"}])
    assert "新增 1 篇" in shared(capsys, "load", as_user(archive, "cora"), str(tmp_path))
    said = shared(capsys, "grant", as_user(archive, "cora"), "anna", "editor", status=2)
    assert "没有做这件事的权限" in said and said.count("\n") == 1
    assert "没有做这件事的权限" in shared(capsys, "load", as_user(archive, "anna"), str(tmp_path), status=2)


def test_editor_loads_in_bulk(
    postgres: Cluster, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lines(tmp_path, "c", [{"id": "1", "title": ["新"], "date": "1955", "body": "正文。"}])
    address = new_archive(postgres, capsys)
    shared(capsys, "grant", address, "cora", "editor")
    monkeypatch.setattr("tui.cli.shared_command._BULK_BYTES", 0)
    assert "新增 1 篇" in shared(capsys, "load", as_user(address, "cora"), str(tmp_path))


def test_users_without_rights_cannot_connect(archive: str, postgres: Cluster, capsys: Capture) -> None:
    shared(capsys, "grant", archive, "bert", "none")
    other = new_archive(postgres, capsys)
    for address in (as_user(archive, "bert"), as_user(other, "anna")):
        assert "没有做这件事的权限" in shared(capsys, "status", address, status=2)


def test_usage_errors_name_what_is_wrong(archive: str, capsys: Capture) -> None:
    for words, said in (
        (("grant", archive, "anna", "king"), "“king”不是权限"),
        (("grant", archive, "anna"), "要给出权限"),
        (("grant", archive, "anna", "reader", "more"), "多了“more”"),
        (("load", archive), "要给出文件夹"),
        (("status", "content"), "“content”不是共享库的地址"),
        (("move-shard", archive, "x", "1"), "数字"),
        (("move-shard", archive, "1", "9"), "节点 9"),
    ):
        assert main(["shared", *words]) == 2
        assert said in "".join(capsys.readouterr())


def test_status_counts_articles_and_drafts(archive: str, capsys: Capture) -> None:
    said = shared(capsys, "status", archive)
    assert "文章 1 篇，草稿 1 篇，问题 0 个，分片 64 个" in said
    assert rows(archive, "select address from node") == [(archive,)]
