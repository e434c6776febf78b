"""Creating the schema of an archive, and upgrading an earlier one."""

import shutil
from pathlib import Path

import pytest

from tests.archives import new_archive, rows, shared
from tests.postgres import Cluster
from tui.paths import content_dir
from tui.shared import upgrades
from tui.shared.live_load import Importer

Capture = pytest.CaptureFixture[str]
SHAPE = """select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
    where table_schema = 'public' union all
    select proname, pg_get_functiondef(oid), proacl::text, '', '' from pg_proc
    where pronamespace = 'public'::regnamespace
    order by 1, 2"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder with the upgrades, which the program uses."""
    copied = Path(shutil.copytree(upgrades._FOLDER, tmp_path / "schema"))
    monkeypatch.setattr(upgrades, "_FOLDER", copied)
    return copied


def test_every_earlier_schema_is_upgraded_to_the_newest(
    postgres: Cluster, capsys: Capture, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as every schema has it; an earlier program loaded the earlier archives
    monkeypatch.setattr(Importer, "tidy", lambda importer, is_over=True: importer._conn.execute("select tidy()"))
    (folder / "9001_next.sql").write_text("alter table library add column next int default 1;", "utf-8")
    (folder / "9002_last.sql").write_text("alter table library add column last text;", "utf-8")
    every = sorted(folder.glob("[0-9]*.sql"))
    newest = new_archive(postgres, capsys, content_dir())
    for count in range(1, len(every)):
        for path in every[count:]:
            path.rename(tmp_path / path.name)
        address = new_archive(postgres, capsys, content_dir())
        for path in every[count:]:
            (tmp_path / path.name).rename(path)
        said = shared(capsys, "load", address, str(content_dir()), status=2)
        assert "太旧" in said and said.count("\n") == 1
        shared(capsys, "init", address)
        assert rows(address, SHAPE) == rows(newest, SHAPE)
        assert len(rows(address, "select from article")) == 7
        assert "没有发现不符" in shared(capsys, "verify", address, str(content_dir()))


def test_failed_upgrade_changes_nothing(postgres: Cluster, capsys: Capture, folder: Path) -> None:
    address = new_archive(postgres, capsys)
    before = rows(address, SHAPE)
    (folder / "9001_wrong.sql").write_text("create table half (a int); select 1 / 0;", "utf-8")
    said = shared(capsys, "init", address, status=2)
    assert "division by zero" in said and said.count("\n") == 1
    assert rows(address, SHAPE) == before


def test_newer_schema_is_refused_in_one_line(postgres: Cluster, capsys: Capture) -> None:
    address = new_archive(postgres, capsys)
    rows(address, "insert into schema_upgrade (number, name) values (9001, 'x') returning number")
    for words in (("load", address, str(content_dir())), ("init", address), ("status", address)):
        said = shared(capsys, *words, status=2)
        assert "9001" in said and "请升级 ganews-tui" in said and said.count("\n") == 1


def test_init_twice_changes_nothing(postgres: Cluster, capsys: Capture) -> None:
    address = new_archive(postgres, capsys)
    before = rows(address, "select id, name from library")
    assert "已是最新" in shared(capsys, "init", address)
    assert rows(address, "select id, name from library") == before


def test_database_without_schema_is_refused_in_one_line(postgres: Cluster, capsys: Capture) -> None:
    said = shared(capsys, "load", postgres.new_database(), str(content_dir()), status=2)
    assert "ganews-tui shared init" in said and said.count("\n") == 1
