"""The position of the terminal's cursor, which input methods, magnifiers and braille displays follow."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Program]:
    with Program(GANEWS, env=environment(tmp_path)) as program:
        program.wait_for("7 未读")
        yield program


def row_under_cursor(program: Program) -> str:
    """Return the sidebar's part of the cursor's row."""
    return program.screen.lines()[program.screen.y][:37].strip()


def wait_for_row(program: Program, row: str, what: str) -> None:
    program.wait_until(lambda: row in row_under_cursor(program), f"cursor on {row!r}: {what}")


def wait_for_cursor(program: Program, x: int, row: str, what: str) -> None:
    """Wait until the cursor is in column `x` of a row that begins with `row`."""
    program.wait_until(
        lambda: program.screen.x == x and row_under_cursor(program).startswith(row), f"{x}, {row!r}: {what}"
    )


def leave(program: Program) -> None:
    """Close the chooser or line that has the keys, and wait until the list has them."""
    program.send("\x1b")
    program.wait_for("j k 移动")


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
        app.send(keys)
        wait_for_row(app, row, where)
        if "j k 移动" not in app.screen.text():
            leave(app)


def test_cursor_is_after_the_prompt_before_anything_is_typed(app: Program) -> None:
    """The input method opens its window there, from the first frame on, at any size."""
    for key, prompt in {"/": "/", "?": "›", ":": "›", "p": "›"}.items():
        app.send(key)
        wait_for_cursor(app, 3, prompt, key)
        app.send("开")
        wait_for_cursor(app, 5, prompt + " 开", key)
        leave(app)
    app.send("/")
    wait_for_cursor(app, 3, "/", "before the resize")
    app.resize(50, 20)
    app.wait_until(lambda: "移动" in app.screen.lines()[19], "status line at the bottom")
    wait_for_cursor(app, 3, "/", "after the resize")


def test_cursor_is_at_the_top_of_the_page_while_reading(app: Program) -> None:
    app.send("\r ")
    app.wait_until(lambda: (app.screen.x, app.screen.y) == (34, 1), "cursor at the top of the page")
