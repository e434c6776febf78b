"""The generated parts of the pages in docs/."""

from pathlib import Path

import pytest

from tests import pages
from tui import config
from tui.keys import COMMANDS


@pytest.mark.parametrize("path", sorted(pages.DOCS.glob("*.md")), ids=lambda path: path.name)
def test_generated_parts_of_pages_are_current(path: Path) -> None:
    """Run `make pages` to update them."""
    page = path.read_text("utf-8")
    assert pages.updated(page) == page


def test_page_of_keys_lists_every_command() -> None:
    page = (pages.DOCS / "keys.md").read_text("utf-8")
    assert [command.id for command in COMMANDS if f"`{command.id}`" not in page] == []


def test_example_settings_load_without_problems(tmp_path: Path) -> None:
    page = (pages.DOCS / "config.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "config.yaml").write_text(example, "utf-8")
    settings, problems = config.load(tmp_path / "config.yaml")
    assert problems == [] and settings.keys["star"] == ("x",)
