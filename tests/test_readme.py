"""Every command shown in a page works as it is shown."""

import re
import shlex
from pathlib import Path

import pytest

from tui.cli import main
from tui.cli.parser import parse

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
SHOWN = sorted(
    {
        line.partition(" | ")[0].partition("  #")[0]
        for page in PAGES
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        for line in block.splitlines()
        if line.startswith("ganews-tui")
    }
)


def test_the_pages_show_commands() -> None:
    assert len(SHOWN) >= 10


@pytest.mark.parametrize("line", SHOWN)
def test_a_command_shown_in_a_page_works(
    line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that opens the app is only understood here; the app's own tests open it."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("content", "seeds", "share.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)  # where a command may leave its files
    words = shlex.split(line)[1:]
    if parse(words).command.name == "":
        return
    assert main(words) == 0, capsys.readouterr().err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_links_only_to_what_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+\.[^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_two_readmes_show_the_same_commands() -> None:
    chinese, english = (re.findall(r"^ganews-tui.*$", (ROOT / name).read_text("utf-8"), re.M) for name in READMES)
    assert chinese == english


READMES = ("README.md", "README.en.md")
