"""The pages in docs/ say what the program does now."""

from pathlib import Path

import pytest

from tests import pages
from tui import config
from tui.keys import COMMANDS


@pytest.mark.parametrize("path", sorted(pages.DOCS.glob("*.md")), ids=lambda path: path.name)
def test_a_page_is_as_the_program_would_write_it(path: Path) -> None:
    """`make pages` writes it again."""
    page = path.read_text("utf-8")
    assert pages.updated(page) == page


def test_every_command_stands_in_the_page_of_keys() -> None:
    page = (pages.DOCS / "keys.md").read_text("utf-8")
    assert [command.id for command in COMMANDS if f"`{command.id}`" not in page] == []


def test_the_settings_shown_as_an_example_are_right(tmp_path: Path) -> None:
    page = (pages.DOCS / "config.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "config.yaml").write_text(example, "utf-8")
    settings, problems = config.load(tmp_path / "config.yaml")
    assert problems == [] and settings.keys["star"] == ("x",)
