"""The picture of the packages in ARCHITECTURE.md, drawn from the layers in pyproject.toml.

`python -m docs.pictures.packages` writes it alone; `make pictures` writes it with the others.
"""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = Path(__file__).resolve().parent / "packages.svg"
WIDTH, ROW, GAP, MARGIN = 960, 44, 12, 20
"""Pixels."""
MAX_BOXES = 8
"""Boxes in a row; a layer with more modules continues in the next row."""
_FONT = "system-ui,-apple-system,'Segoe UI',sans-serif"
SCREEN_HALF = frozenset({"app", "screens", "widgets", "driver"})
"""The packages that import Textual."""
_STYLE = f"""<style>
text{{font:600 14px {_FONT};fill:#1d1f21;text-anchor:middle}}
.back{{fill:#fbfaf7}} .screen{{fill:#f3ddd4}} .headless{{fill:#e4e9dd}}
@media (prefers-color-scheme:dark){{
text{{fill:#e6e6e2}} .back{{fill:#1b1d20}} .screen{{fill:#5b3a2e}} .headless{{fill:#364030}}
}}
</style>"""


class Box(NamedTuple):
    """A package or module in the picture; lengths are pixels."""

    name: str
    left: float
    top: float
    width: float


def layers() -> list[list[str]]:
    """Return the layers from the top down, each with the names of its packages and modules."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = config["tool"]["importlinter"]["contracts"]
    (found,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip(" ()") for name in re.split("[:|]", layer)] for layer in found]


def boxes() -> list[Box]:
    """Return the boxes. A layer takes one row or more, and all rows are equally wide."""
    placed: list[Box] = []
    for row, names in enumerate(_rows()):
        weights = [len(name) + 4 for name in names]
        free = WIDTH - 2 * MARGIN - GAP * (len(names) - 1)
        left = float(MARGIN)
        for name, weight in zip(names, weights, strict=True):
            width = free * weight / sum(weights)
            placed.append(Box(name, left, MARGIN + row * (ROW + GAP), width))
            left += width + GAP
    return placed


def draw() -> str:
    """Return the picture as SVG. A package imports only from rows below its own layer."""
    height = 2 * MARGIN + len(_rows()) * (ROW + GAP) - GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">',
        "<title>The packages of ganews-tui, from the command line down</title>",
        _STYLE,
        f'<rect class="back" width="{WIDTH}" height="{height}" rx="12"/>',
    ]
    for box in boxes():
        half = "screen" if box.name in SCREEN_HALF else "headless"
        parts.append(
            f'<rect class="{half}" x="{box.left:.1f}" y="{box.top}" width="{box.width:.1f}" height="{ROW}" rx="8"/>'
            f'<text x="{box.left + box.width / 2:.1f}" y="{box.top + ROW / 2 + 5:.1f}">{escape(box.name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _rows() -> list[list[str]]:
    return [layer[start : start + MAX_BOXES] for layer in layers() for start in range(0, len(layer), MAX_BOXES)]


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
