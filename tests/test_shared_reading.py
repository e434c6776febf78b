"""A shared library reads like a library of files that holds the same articles."""

from pathlib import Path

import pytest

from tests.archives import new_archive
from tests.postgres import Cluster
from tui.cli import main
from tui.paths import content_dir

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, *words: str) -> tuple[int, str]:
    """Run the program in this process; return the exit status and the standard output."""
    capsys.readouterr()
    status = main(list(words))
    return status, capsys.readouterr().out


COMMANDS = (
    ("list",),
    ("list", "--format", "json"),
    ("list", "--place", "通辽", "--format", "csv"),
    ("list", "--author", "张", "--format", "md"),
    ("places",),
    ("places", "--format", "json"),
    ("stats",),
    ("stats", "--by", "month", "--format", "json"),
    ("stats", "--by", "author", "--words"),
    ("search", "反诈"),
    ("search", "反诈", "--format", "json"),
    ("search", "--newest", "民警 -开鲁", "--format", "csv"),
    ("search", "kailu", "--format", "json"),
    ("search", "place:通辽 12", "--format", "json"),
    ("export", "--format", "md"),
    ("export", "--format", "json"),
    ("export", "--format", "csv"),
    ("export", "--format", "html"),
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def test_subcommands_print_the_same_as_for_files(postgres: Cluster, capsys: Capture, own: Path) -> None:
    address = new_archive(postgres, capsys, content_dir())
    different = [
        command
        for command in COMMANDS
        if said(capsys, *command, "--library", address) != said(capsys, *command, "--library", str(content_dir()))
    ]
    assert different == []
