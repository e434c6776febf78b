"""The position of the terminal's cursor, which input methods, magnifiers and braille displays follow."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Program]:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for("7 未读")
        program.settle(0.2)
        yield program


def row_under_cursor(program: Program) -> str:
    """Return the sidebar's part of the cursor's row."""
    return program.screen.lines()[program.screen.y][:37].strip()


def press(program: Program, keys: str) -> None:
    program.send(keys)
    program.settle(0.2)


PLACES = {
    "the chosen article": ("", "▪ 筑牢禁毒防线"),
    "the next article": ("j", "▪ 践行环保理念"),
    "a group's header": ("gf", "▸ 开鲁"),
    "the last article": ("fG", "▪ 礼物送“警宝”"),
    "the palette's line": (":", "›"),
    "the help's line": ("?", "›"),
    "a theme": ("t", "深色"),
    "the last theme": ("tG", "无色"),
    "the place typed": ("p", "地名"),
}


def test_cursor_is_on_the_current_row(app: Program) -> None:
    for where, (keys, row) in PLACES.items():
        press(app, keys)
        assert row in row_under_cursor(app), where
        if where not in ("the chosen article", "the next article", "a group's header"):
            press(app, "\x1b")
            press(app, "\x1b")


def test_cursor_is_after_the_prompt_before_anything_is_typed(app: Program) -> None:
    """The input method opens its window there, from the first frame on, at any size."""
    for keys in ("/", "?", ":", "p"):
        press(app, keys)
        x, y = app.screen.x, app.screen.y
        press(app, "开")
        assert "开" in app.screen.lines()[y], keys
        assert (app.screen.x, app.screen.y) == (x + 2, y), keys
        press(app, "\x1b")
        press(app, "\x1b")
    press(app, "/")
    app.resize(50, 20)
    app.settle(0.4)
    assert app.screen.lines()[app.screen.y].strip().startswith("/")


def test_cursor_is_at_the_top_of_the_page_while_reading(app: Program) -> None:
    press(app, "\r ")
    assert app.screen.x == 34 and app.screen.y == 1
