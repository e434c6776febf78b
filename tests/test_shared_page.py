"""The commands of docs/shared.md work, one after the other, in an empty database."""

import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.archives import rows, write_lines
from tests.postgres import Cluster
from tests.program import ROOT, environment
from tui.cli import main
from tui.paths import content_dir

PAGE = (ROOT / "docs/shared.md").read_text("utf-8")
COMMANDS = re.findall(r"```\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()
"""From nothing to an archive."""


@pytest.fixture
def service(postgres: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """The address of an empty database that the service `archive` names."""
    address = postgres.new_database()
    database = re.findall(r"/(archive\d+)", address)[0]
    (tmp_path / "services").write_text(f"[archive]\nhost={postgres.folder}\ndbname={database}\nuser=owner\n", "utf-8")
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    monkeypatch.chdir(ROOT)
    return address


def test_page_has_ten_commands_from_nothing_to_an_archive() -> None:
    assert len(COMMANDS) == 10
    assert sum(line.startswith("ganews-tui") for line in COMMANDS) == 5


def test_own_commands_of_the_page_work_in_order(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    for line in COMMANDS:
        words = shlex.split(line)
        if words[:2] == ["ganews-tui", "shared"] and "--watch" not in words:
            assert main(words[1:]) == 0, capsys.readouterr().err
    assert rows(service, "select count(*) from article") == [(7,)]
    assert rows(service, "select pg_has_role('liu', 'ganews_reader', 'member')") == [(True,)]
    assert main(["shared", "verify", "service=archive", str(content_dir())]) == 0


def test_every_command_of_the_table_is_one_of_the_program() -> None:
    from tui.cli.subcommands import subcommands

    named = set(re.findall(r"^\| `shared ([a-z-]+) ", PAGE, re.MULTILINE))
    assert named == set(subcommands()["shared"].operands[0].choices)


def test_watched_folder_is_loaded_when_it_changes(service: str, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    article = {"title": ["标题"], "body": "正文。"}
    write_lines(folder, "b", [{"id": "1", **article}])
    assert main(["shared", "init", "service=archive"]) == 0
    command = [sys.executable, "-m", "tui", "shared", "load", "service=archive", str(folder), "--watch", "--jobs", "1"]
    services = {"PGSERVICEFILE": str(tmp_path / "services")}
    with subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path, **services), stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        try:
            said = [process.stderr.readline().decode()]
            write_lines(folder, "b", [{"id": "1", **article}, {"id": "2", **article}])
            said.append(process.stderr.readline().decode())
        finally:
            process.send_signal(signal.SIGINT)
            _out, err = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT
    assert err == b"" and all("新增 1 篇" in line for line in said), (said, err)
    assert rows(service, "select count(*) from article") == [(2,)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_load_leaves_no_process_or_connection(service: str, tmp_path: Path, number: int) -> None:
    articles: list[dict[str, object]] = [{"id": f"{n}", "title": ["标题"], "body": "正文。" * 300} for n in range(6000)]
    for name in ("a", "b", "c"):
        write_lines(tmp_path / "library", name, articles)
    assert main(["shared", "init", "service=archive"]) == 0
    command = [sys.executable, "-m", "tui", "shared", "load", "service=archive", str(tmp_path / "library"), "-j", "2"]
    services = {"PGSERVICEFILE": str(tmp_path / "services")}
    with subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path, **services), stderr=subprocess.PIPE) as process:
        _wait_until(service, "select exists (select from loose)")
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == -number
    others = "select count(*) = 0 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    _wait_until(service, others)
    assert rows(service, "select count(*) from article") == [(0,)]


def _wait_until(address: str, query: str) -> None:
    until = time.monotonic() + 60
    while rows(address, query) != [(True,)]:
        assert time.monotonic() < until
        time.sleep(0.1)
