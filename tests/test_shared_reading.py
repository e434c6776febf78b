"""A shared library reads like a library of files that holds the same articles."""

from pathlib import Path

import pytest

from tests.archives import new_archive, rows, write_lines
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
    ("list", "--date", "2023-06", "--place", "内蒙古"),
    ("list", "--date", "..2023-05", "--limit", "2"),
    ("list", "--bulletin", "2023-06", "--author", "李"),
    ("export", "--place", "开鲁", "--format", "txt"),
    ("stats", "--by", "tag"),
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
    assert differences(postgres, capsys, content_dir()) == []


def test_subcommands_print_the_same_for_many_places_and_equal_counts(
    postgres: Cluster, capsys: Capture, own: Path
) -> None:
    for number in range(2):
        write_lines(own / "library", f"2023-0{6 - number}", [item(n) for n in range(number, 300, 2)], "2023-06-01")
    assert differences(postgres, capsys, own / "library") == []


def item(number: int) -> dict[str, object]:
    """Return an article whose place and authors recur as often as others."""
    places, authors = ("通辽", "开鲁", "赤峰", "科尔沁区", ""), ("张三", "李四", "王五", "Ång", "élan", "an")
    return {
        "id": f"{number:03}",
        "title": [f"反诈第{number}篇"],
        "place": places[number % 5],
        "authors": [authors[number % 6], authors[(number + 1) % 6]],
        "date": f"2023-0{1 + number % 7}" if number % 4 else "",
        "body": "民警走进社区。" * (1 + number % 3),
    }


def differences(postgres: Cluster, capsys: Capture, folder: Path) -> list[tuple[str, ...]]:
    """Return the commands that print otherwise for an archive with the articles of the folder."""
    address = new_archive(postgres, capsys, folder)
    rows(address, "update library set name = %s returning name", folder.name)
    return [
        command
        for command in COMMANDS
        if said(capsys, *command, "--library", address) != said(capsys, *command, "--library", str(folder))
    ]
