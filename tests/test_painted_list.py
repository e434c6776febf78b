"""The list as it is painted: marks, cursor row, matches and collapsed groups, in dark, light and without colours."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.style import Style
from textual.pilot import Pilot

from tests.program import PATIENCE
from tests.reading_room import ENVIRON
from tests.small import stores
from tests.terminal import width
from tui.app import GaNewsApp
from tui.app.preferences import Preferences
from tui.article import Article

THEMES = ["dark", "light", "NO_COLOR"]
TITLES = ["甲地反诈宣传", "乙地反诈宣传", "丙地禁毒宣传", "丁地禁毒宣传"]
"""In the order of the list: two articles of 开鲁, two of 赤峰."""


class Cell(NamedTuple):
    text: str
    """Empty for the right half of a wide character."""
    style: Style


Row = list[Cell]


class List:
    """The app, and the rows of its list as they are painted."""

    def __init__(self, app: GaNewsApp, pilot: Pilot[None]) -> None:
        self._app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        await self._pilot.press(*keys)
        await self._pilot.pause()

    async def search(self, query: str) -> None:
        await self.press("slash", *query, "enter", "tab")
        end = time.monotonic() + PATIENCE
        while not any("反诈知识" in written(row) for row in self.rows):
            assert time.monotonic() < end, "no hit is shown"
            await self._pilot.pause(0.01)

    @property
    def rows(self) -> list[Row]:
        sidebar = self._app.browse.sidebar
        return [
            [
                cell
                for segment in sidebar.render_line(y)
                for character in segment.text
                for cell in [Cell(character, segment.style or Style())] + [Cell("", Style())] * (width(character) - 1)
            ]
            for y in range(sidebar.size.height)
        ]

    def find(self, text: str) -> int:
        """Return the number of the row that contains the text."""
        return next(y for y, row in enumerate(self.rows) if text in written(row))

    def row(self, text: str) -> Row:
        return self.rows[self.find(text)]

    def style(self, text: str, within: str = "") -> Style:
        """Return the style of a text, in the first row that contains `within`."""
        return style_of(text, self.row(within or text))


def written(row: Row) -> str:
    return "".join(cell.text for cell in row)


def style_of(text: str, row: Row) -> Style:
    return next(row[x].style for x in range(len(row)) if row[x].text and written(row[x:]).startswith(text))


def ground(row: Row) -> set[tuple[str, bool]]:
    """Return the visible style of the row's blanks: background, and whether it is reversed."""
    blanks = [cell.style for cell in row if cell.text == " "]
    return {(str(style.bgcolor), bool(style.reverse)) for style in blanks}


@asynccontextmanager
async def shown(theme: str, folder: Path) -> AsyncIterator[List]:
    articles = [
        Article(f"1/{number}", (title, f"守护{title[0]}地"), place, body="民警走进社区，讲解反诈知识。")
        for number, (title, place) in enumerate(zip(TITLES, ["开鲁", "开鲁", "赤峰", "赤峰"], strict=True))
    ]
    given = stores(articles)
    environ = {**ENVIRON, "NO_COLOR": "1"} if theme == "NO_COLOR" else ENVIRON
    options = {} if theme == "NO_COLOR" else {"theme": theme}
    app = GaNewsApp(given, Preferences(folder, options, environ, given.reading))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        yield List(app, pilot)


pytestmark = pytest.mark.parametrize("theme", THEMES)


async def test_unread_articles_are_marked_and_read_ones_are_not(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        for title in TITLES[1:]:
            assert list_.row(title)[1].text == "▪"
        await list_.press("j", "r")
        assert list_.row(TITLES[1])[1].text == " "
        assert list_.row(TITLES[2])[1].text == "▪"
        read, unread = list_.style(TITLES[1]), list_.style(TITLES[2])
        await list_.press("j", "j")
        assert list_.style(TITLES[1]) != unread
        assert read != unread


async def test_starred_articles_are_marked_on_the_first_free_line(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        await list_.press("j", "s", "j", "s", "r")
        unread, read = list_.find(TITLES[1]), list_.find(TITLES[2])
        assert [list_.rows[unread + n][1].text for n in (0, 1)] == ["▪", "✦"]
        assert [list_.rows[read + n][1].text for n in (0, 1)] == ["✦", " "]
        await list_.press("s")
        assert list_.row(TITLES[2])[1].text == " "


async def test_cursor_has_its_own_background_on_both_lines(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        await list_.press("j")
        at = list_.find(TITLES[1])
        others = ground(list_.row(TITLES[2]))
        assert len(others) == 1
        for y in (at, at + 1):
            assert len(ground(list_.rows[y])) == 1
            assert ground(list_.rows[y]).isdisjoint(others)
        await list_.press("j")
        assert ground(list_.row(TITLES[1])) == others
        assert ground(list_.row(TITLES[2])).isdisjoint(others)


async def test_cursor_is_dimmer_while_the_reader_has_the_focus(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        await list_.press("j", "r", "j", "r", "k")
        before = list_.row(TITLES[1])
        await list_.press("tab")
        after, other = list_.row(TITLES[1]), list_.row(TITLES[2])
        assert before[1].text == after[1].text == other[1].text == " "
        assert [cell.style for cell in after] != [cell.style for cell in before]
        assert [cell.style for cell in after] != [cell.style for cell in other]


async def test_collapsed_group_shows_its_sign_and_count_without_articles(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        header = next(row for row in list_.rows if "开鲁" in written(row) and row[1].text in "▾▸")
        assert header[1].text == "▾"
        await list_.press("f")
        at = list_.find("开鲁")
        assert list_.rows[at][1].text == "▸"
        assert written(list_.rows[at]).split()[-1] == "2"
        assert not any(TITLES[0] in written(row) or TITLES[1] in written(row) for row in list_.rows)
        assert list_.row("赤峰")[1].text == "▾"
        assert ground(list_.rows[at]).isdisjoint(ground(list_.row(TITLES[2])))
        await list_.press("f")
        assert list_.rows[at][1].text == "▾"
        assert list_.row(TITLES[0])


async def test_matches_are_highlighted_in_title_and_snippet(theme: str, tmp_path: Path) -> None:
    async with shown(theme, tmp_path) as list_:
        await list_.search("反诈")
        await list_.press("j")
        for title in TITLES[:2]:
            assert list_.style("反诈", within=title) != list_.style("宣传", within=title)
            assert list_.style(title[0], within=title) == list_.style("宣传", within=title)
        snippet = list_.rows[list_.find(TITLES[0]) + 2]
        assert style_of("反诈", snippet) != style_of("讲解", snippet)
