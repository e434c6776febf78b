"""The animated picture: browse, search by pinyin, read. An SVG that needs no scripts.

Each box and each run of text is drawn once, and a CSS animation shows it while it is on the screen. Without animations
(reduced motion, print, or a simple viewer) the picture shows the search.
"""

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.program import GANEWS, Program, environment

from .svg import CELL, FONTS, LINE, row

SIZE = (100, 28)
THEME, FOREGROUND, BACKGROUND = "dark", "#d8d8d8", "#101010"
STRIP = 34
"""Pixels. Height of the strip below the screen, which shows the keys."""


class Step(NamedTuple):
    """Keys to type, their display names, and how long the screen then stays, in seconds."""

    keys: str
    shown: str
    seconds: float


STEPS = (
    Step("", "", 1.6),
    Step("j", "j", 0.7),
    Step("j", "j j", 0.7),
    Step("j", "j j j", 1.2),
    Step("/", "/", 0.6),
    *(Step(letter, f"/ {'fanzha'[: at + 1]}", 0.3) for at, letter in enumerate("fanzha")),
    Step("", "/ fanzha", 1.8),
    Step("\r", "Enter", 1.4),
    Step("n", "n", 1.2),
    Step("n", "n n", 1.4),
    Step("\x1b\x1b", "Esc", 1.0),
    Step("g", "g", 0.8),
    Step("\r", "Enter", 1.0),
    Step(" ", "Space", 1.2),
    Step(" ", "Space Space", 1.4),
    Step("z", "z", 2.4),
)
STILL = next(at for at, step in enumerate(STEPS) if step.shown == "/ fanzha" and not step.keys)
"""The frame that is shown without animations."""

Drawn = tuple[int, str]
"""A row and a shape in it. The row after the last one is the strip of keys."""


def tour(language: str) -> str:
    """Run the app in a language, `zh` or `en`, and return the picture."""
    frames: list[set[Drawn]] = []
    with tempfile.TemporaryDirectory() as home:
        command = [*GANEWS, "--theme", THEME, "--lang", language]
        with Program(command, size=SIZE, env=environment(Path(home), LANG="zh_CN.UTF-8")) as program:
            program.wait_for("开鲁")
            program.settle(0.6)
            for step in STEPS:
                program.send(step.keys)
                program.settle(0.4)
                rows = [row(cells, FOREGROUND, BACKGROUND) for cells in program.screen.cells[: SIZE[1]]]
                rows.append(_strip(step.shown))
                frames.append({(at, shape) for at, shapes in enumerate(rows) for shape in shapes})
            program.send(b"\x11")
            program.settle()
    return assemble(frames, [step.seconds for step in STEPS])


def assemble(frames: Sequence[set[Drawn]], seconds: Sequence[float]) -> str:
    """Return an SVG that shows the frames in a loop, each for its duration."""
    when: defaultdict[Drawn, list[int]] = defaultdict(list)
    for at, frame in enumerate(frames):
        for drawn in frame:
            when[drawn].append(at)
    together: defaultdict[tuple[bool, tuple[int, ...]], list[Drawn]] = defaultdict(list)
    for drawn, shown in sorted(when.items()):
        together[drawn[1].startswith("<text"), tuple(shown)].append(drawn)
    names = {shown: f"k{number}" for number, shown in enumerate(sorted({shown for _text, shown in together}))}
    always = tuple(range(len(frames)))
    shapes = [
        f"<g{_look(shown, names) if shown != always else ''}>{_placed(group)}</g>"
        for (_text, shown), group in sorted(together.items())  # boxes first, so that they are below all texts
    ]
    return _svg(_animations(names, always, seconds), "".join(shapes))


def _look(shown: tuple[int, ...], names: Mapping[tuple[int, ...], str]) -> str:
    return f' class="{"s" if STILL in shown else "m"} {names[shown]}"'


def _placed(group: list[Drawn]) -> str:
    """Return the shapes of one animation, row by row."""
    rows = groupby(group, key=itemgetter(0))
    return "".join(
        f'<g transform="translate(0,{at * LINE + 14})">{"".join(shape for _row, shape in row)}</g>' for at, row in rows
    )


def _animations(names: Mapping[tuple[int, ...], str], always: tuple[int, ...], seconds: Sequence[float]) -> str:
    """Return the style sheet, which says when each set of frames is visible."""
    ends = [sum(seconds[: at + 1]) for at in range(len(seconds))]
    whole = ends[-1]
    sheet = [".m{visibility:hidden}"]
    for frames, name in names.items():
        if frames == always:
            continue
        changes = [at for at in range(len(seconds)) if at == 0 or (at in frames) != (at - 1 in frames)]
        marks = "".join(
            f"{100 * (ends[at - 1] if at else 0) / whole:.2f}%{{visibility:{'visible' if at in frames else 'hidden'}}}"
            for at in changes
        )
        sheet.append(f"@keyframes {name}{{{marks}}}.{name}{{animation:{name} {whole:.1f}s step-end infinite}}")
    return "".join(sheet) + "@media (prefers-reduced-motion:reduce){.m,.s{animation:none}}"


def _strip(keys: str) -> list[str]:
    """Return the strip with the keys typed last."""
    if not keys:
        return []
    span = 18 + len(keys) * CELL
    box = f'<rect x="8" y="-6" width="{span:.1f}" height="24" rx="4" fill="#303030" stroke="#606060"/>'
    return [box, f'<text x="17" y="11" fill="#f0f0f0" textLength="{len(keys) * CELL:.1f}">{escape(keys)}</text>']


def _svg(sheet: str, shapes: str) -> str:
    width, height = f"{SIZE[0] * CELL:.0f}", SIZE[1] * LINE + STRIP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><style>{FONTS}{sheet}</style><rect width="100%" height="100%" fill="{BACKGROUND}"/>'
        f"{shapes}</svg>\n"
    )
