"""Colour themes: contrast, fewer colours, no colours, and user themes."""

import os
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color as TextualColor

from tui.theme import BUILTIN, READABLE, Colours, ColourTheme, Depth, Role, background, depth, detect_theme
from tui.theme.colour import contrast
from tui.theme.user import user_theme, user_themes

OF_HEX_COLOURS = [theme for theme in BUILTIN if theme.colours.page.startswith("#")]
DEPTHS: tuple[Depth, ...] = (256, 16777216)


def colour(theme: ColourTheme, name: str) -> str:
    value = getattr(theme.colours, name)
    assert isinstance(value, str)
    return value


def shown(theme: ColourTheme, name: str, depth: Depth) -> str:
    """Return the colour that reaches the terminal. With 256 colours Textual converts it again, by a rule of its own."""
    value = colour(theme.at_depth(depth), name)
    return value if depth != 256 else RichColor.parse(value).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("theme", OF_HEX_COLOURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_text_of_builtin_themes_has_a_contrast_of_seven(
    theme: ColourTheme, depth: Depth, text: str, ground: str
) -> None:
    assert contrast(shown(theme, text, depth), shown(theme, ground, depth)) >= 7


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("name", ["light", "dark"])
def test_panes_and_cursor_differ_in_shade_at_every_depth(name: str, depth: Depth) -> None:
    theme = detect_theme(name)
    grounds = [shown(theme, ground, depth) for ground in ("page", "side", "bar", "cursor", "hit", "here", "selection")]
    assert len(set(grounds)) == len(grounds)
    assert shown(theme, "cursor_away", depth) not in (shown(theme, "side", depth), shown(theme, "cursor", depth))


def test_black_on_white_is_21_to_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", BUILTIN, ids=lambda theme: theme.name)
@pytest.mark.parametrize("role", get_args(Role))
def test_rich_parses_the_style_of_every_role(theme: ColourTheme, role: Role) -> None:
    Style.parse(theme.role_style(role).style)


@pytest.mark.parametrize("theme", BUILTIN, ids=lambda theme: theme.name)
def test_textual_parses_every_colour(theme: ColourTheme) -> None:
    for value in theme.variables().values():
        TextualColor.parse(value)


def test_plain_theme_distinguishes_every_state_without_colour() -> None:
    theme = detect_theme("dark", 0)
    styles = [theme.role_style(role) for role in ("text", "unread", "cursor", "hit", "here")]
    assert len(set(styles)) == len(styles)
    assert all("#" not in style.style and "ansi" not in style.style for style in styles)


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, 16777216),
        ({"TERM": "xterm-kitty"}, 16777216),
        ({"TERM": "linux"}, 16),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "dumb"}, 0),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 256),
        ({}, 0),
    ],
)
def test_depth_is_read_from_the_environment(environ: dict[str, str], colours: int) -> None:
    assert depth(environ) == colours


def test_auto_theme_follows_the_background() -> None:
    assert detect_theme("auto", background="light").name == "light"
    assert detect_theme("auto").name == "dark"
    assert detect_theme("没有这个主题", background="light").name == "light"


@pytest.mark.parametrize(
    ("said", "meant"), [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("", None), ("a;b", None)]
)
def test_background_is_read_from_colorfgbg(said: str, meant: str | None) -> None:
    assert background({"COLORFGBG": said}) == meant


def write(folder: Path, text: str) -> Path:
    path = folder / "夜读.yaml"
    path.write_text(text, "utf-8")
    return path


def test_user_theme_changes_only_the_colours_it_names(tmp_path: Path) -> None:
    write(tmp_path, "label: 夜读\nbase: light\ncolours:\n  page: '#FFFFFF'\n  accent: ansi_blue\n")
    (theme,), problems = user_themes(tmp_path)
    assert problems == []
    assert (theme.name, theme.label, theme.dark) == ("夜读", "夜读", False)
    assert (theme.colours.page, theme.colours.accent) == ("#ffffff", "ansi_blue")
    assert theme.colours.side == BUILTIN[0].colours.side
    assert detect_theme("夜读", others=[theme]) == theme


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("base: dark\ncolours:\n  page: red\n", 3),
        ("base: dark\ncolours:\n  paper: '#000000'\n", 3),
        ("base: dusk\n", 1),
        ("label: 夜\nshadow: 3\n", 2),
        ("colours:\n  - '#000000'\n", 2),
        ("base: dark\ncolours: {page: '#000\n", 3),
        ("- base\n", 1),
        ("base: dark\ncolours:\n  text: '#333333'\n", 3),
    ],
)
def test_wrong_line_of_a_user_theme_leaves_the_theme_usable(tmp_path: Path, text: str, line: int) -> None:
    theme, problems = user_theme(write(tmp_path, text))
    assert problems and {problem.line for problem in problems} == {line}
    for name in Colours._fields:
        TextualColor.parse(colour(theme, name))


def test_special_file_is_not_read_as_a_theme(tmp_path: Path) -> None:
    """A pipe would block the program, and a device has no end."""
    write(tmp_path, "base: dark\n")
    os.mkfifo(tmp_path / "管道.yaml")
    (tmp_path / "零.yaml").symlink_to("/dev/zero")
    with (tmp_path / "大.yaml").open("wb") as file:
        file.truncate(3 << 30)
    themes, problems = user_themes(tmp_path)
    assert len(themes) == 4 and len(problems) == 3


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_loading_themes_never_raises(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "own.yaml"
    path.write_text(text, "utf-8", errors="surrogatepass")
    theme, problems = user_theme(path)
    assert theme.name == "own"
    assert all("\x1b" not in str(problem) for problem in problems)
