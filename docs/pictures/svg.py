"""Draw a terminal screen as SVG. Each run of text is as wide as its cells."""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from tests.terminal import Cell, Screen, Style, width

CELL, LINE = 8.4, 19
"""Pixels. A Han character of 16.8 px is exactly two cells, a Latin one of 14 px one in most monospaced fonts."""
_NARROW = "Menlo,'DejaVu Sans Mono',Consolas,monospace"
_WIDE = "'PingFang SC','Noto Sans CJK SC','Noto Sans Mono CJK SC','Microsoft YaHei',sans-serif"


FONTS = f"text{{font-family:{_NARROW};font-size:14px}}.w{{font-family:{_WIDE};font-size:{2 * CELL}px}}"
"""Return the style sheet of a picture."""


def draw(screen: Screen, foreground: str, background: str) -> str:
    """Return the picture of a screen. Cells without a colour have these colours (#rrggbb)."""
    rows = [row(cells, foreground, background) for cells in screen.cells[: screen.rows]]
    placed = [
        f'<g transform="translate(0,{at * LINE + 14})">{"".join(shapes)}</g>'
        for at, shapes in enumerate(rows)
        if shapes
    ]
    size = f'width="{screen.columns * CELL:.0f}" height="{screen.rows * LINE}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" {size}><style>{FONTS}</style>'
        f'<rect width="100%" height="100%" fill="{background}"/>{"".join(placed)}</svg>\n'
    )


def row(cells: list[Cell], foreground: str, background: str) -> list[str]:
    """Return the shapes of a row of cells with its baseline at 0: boxes, then texts."""
    boxes: list[tuple[int, int, str]] = []
    texts: list[str] = []
    for column, style, text, wide in _runs(cells):
        front, back = _colours(style, foreground, background)
        start, end = column, column + _cells(text)
        if boxes and boxes[-1][1:] == (start, back):
            start = boxes.pop()[0]
        if back != background:
            boxes.append((start, end, back))
        if inked := text.strip():
            column += _cells(text) - _cells(text.lstrip())
            texts.append(_text(column, inked, wide, front, style))
    return [_box(*box) for box in boxes] + texts


def _runs(cells: list[Cell]) -> Iterator[tuple[int, Style, str, bool]]:
    """Yield each run of one style: column, style, text, and whether its characters are wide."""
    column = 0
    shown = [(cell, width(cell.text[0]) == 2) for cell in cells if cell.text]
    for (style, wide), run in groupby(shown, key=lambda pair: (pair[0].style, pair[1])):
        text = "".join(cell.text for cell, _wide in run)
        yield column, style, text, wide
        column += _cells(text)


def _cells(text: str) -> int:
    return sum(width(character) for character in text)


def _colours(style: Style, foreground: str, background: str) -> tuple[str, str]:
    front, back = _hex(style.foreground) or foreground, _hex(style.background) or background
    return (back, front) if "reverse" in style.flags else (front, back)


def _hex(parameters: str) -> str:
    """Return #rrggbb for a true colour in SGR; empty for a colour of the terminal."""
    numbers = parameters.split(";")
    return "#{:02x}{:02x}{:02x}".format(*map(int, numbers[1:4])) if numbers[0] == "2" and len(numbers) == 4 else ""


def _box(start: int, end: int, fill: str) -> str:
    place = f'x="{start * CELL:.1f}" y="-14" width="{(end - start) * CELL + 0.3:.1f}"'
    return f'<rect {place} height="{LINE + 0.3}" fill="{fill}"/>'


def _text(column: int, text: str, wide: bool, fill: str, style: Style) -> str:
    look = ' class="w"' if wide else ""
    for flag, attribute in _ATTRIBUTES.items():
        look += attribute if flag in style.flags else ""
    place = f'x="{column * CELL:.1f}" textLength="{_cells(text) * CELL:.1f}"'
    return f'<text{look} {place} fill="{fill}">{escape(text)}</text>'


_ATTRIBUTES = {
    "bold": ' font-weight="bold"',
    "italic": ' font-style="italic"',
    "underline": ' text-decoration="underline"',
    "strike": ' text-decoration="line-through"',
    "dim": ' opacity="0.6"',
}
