"""Colours that reach the terminal: no more than it has, and none with NO_COLOR."""

import re
from pathlib import Path

import pytest

from .program import GANEWS, Program, environment

_COLOURS = re.compile(rb"\x1b\[([0-9;:]*)m")
_SHAPES = {"", "0", "1", "2", "4", "7", "22", "24", "27", "39", "49"}


def rendition(home: Path, **more: str) -> list[list[str]]:
    """Return the parameters of all SGR sequences during a start, a search and a change of theme."""
    with Program(GANEWS, size=(100, 24), env=environment(home, **more)) as program:
        program.wait_for("开鲁")
        program.send("/反诈")
        program.wait_for("反诈中心")
        program.send("\x1b")
        program.settle()
        program.send(b"\x11")
        assert program.wait() == 0
        return [found.decode().split(";") for found in _COLOURS.findall(program.raw)]


def test_no_color_sends_no_colour_sequences(tmp_path: Path) -> None:
    """Textual's own treatment of NO_COLOR once turned a theme without colours into black on black."""
    said = rendition(tmp_path, NO_COLOR="1")
    assert {parameter for parameters in said for parameter in parameters} <= _SHAPES
    assert any("7" in parameters for parameters in said), "the cursor is reverse"


@pytest.mark.parametrize(
    ("environ", "allowed"),
    [
        ({"TERM": "linux", "COLORTERM": ""}, {str(n) for base in (30, 40, 90, 100) for n in range(base, base + 8)}),
        ({"TERM": "xterm-256color", "COLORTERM": ""}, None),
    ],
)
def test_output_uses_only_colours_the_terminal_has(
    tmp_path: Path, environ: dict[str, str], allowed: set[str] | None
) -> None:
    said = rendition(tmp_path, **environ)
    if allowed is not None:
        assert {parameter for parameters in said for parameter in parameters} <= _SHAPES | allowed
    assert not any(
        parameters[at : at + 2] in (["38", "2"], ["48", "2"]) for parameters in said for at in range(len(parameters))
    )
