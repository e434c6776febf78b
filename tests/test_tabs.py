"""Tabs in code reach the next tab stop, eight cells apart from the left edge of the code."""

from pathlib import Path

import pytest

from tests.reading_room import reading_room
from tests.small import stores
from tests.test_cli import Run, run
from tests.test_invisible import library
from tui.article import Article

__all__ = ["run"]

CODE = {
    "甲\t3\t4": "甲      3       4",
    "\t缩进": "        缩进",
    "1234567\t8": "1234567 8",
    "12345678\t9": "12345678        9",
    "一二三四\t五": "一二三四        五",
    "\t\t两": "                两",
    "e\u0301\t丙": "e\u0301       丙",
    "👍🏽\t丁": "👍      丁",
}
"""A line of code, and how it is shown."""


@pytest.mark.parametrize("fence", ["```", "~~~"])
@pytest.mark.parametrize("color", ["always", "never"])
def test_show_sets_tabs_of_code_to_the_next_tab_stop(run: Run, tmp_path: Path, fence: str, color: str) -> None:
    body = "\n".join([fence, *CODE, fence])
    root = str(library(tmp_path / "library", body))
    _status, out, _err = run("show", "1", "--color", color, "--library", root)
    rows = [line.removeprefix("  ") for line in out.splitlines()]
    assert rows[-len(CODE) :] == list(CODE.values())


async def test_reader_sets_tabs_of_code_to_the_next_tab_stop() -> None:
    article = Article("a/1", ("题",), body="```\n" + "\n".join(CODE) + "\n```")
    async with reading_room(stores([article])) as room:
        page = room.screen.query_one("ArticlePage")
        rows = [page.render_line(y).text.rstrip() for y in range(page.size.height)]
        first = next(row for row in rows if row.strip().startswith("甲 "))
        left = len(first) - len(first.lstrip())
        at = rows.index(first)
        assert [row[left:] for row in rows[at : at + len(CODE)]] == list(CODE.values())


def test_code_with_tabs_is_cut_at_the_measure(run: Run, tmp_path: Path) -> None:
    root = str(library(tmp_path / "library", "```\n一二三四\t五六七八\t九十\n```"))
    _status, out, _err = run("show", "1", "--width", "20", "--library", root)
    assert out.splitlines()[-3:][1:] == ["  一二三四        五", "  六七八        九十"]
