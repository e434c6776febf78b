"""A block of a printed page: a headline, a column of text, or a picture."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .glyphs import PrintedLine, Rect

Kind = Literal["headline", "text", "picture"]


@dataclass(eq=False)
class PrintedBlock:
    """A group of lines, or a picture without lines."""

    kind: Kind
    lines: list[PrintedLine]
    box: Rect
    frame: Rect | None = None
    """The smallest frame around it, or None."""

    def add(self, line: PrintedLine) -> None:
        """Add a line and extend the box."""
        self.lines.append(line)
        self.box = self.box.join(line.box)

    @property
    def size(self) -> float:
        """Points. The size of most of its text; 0 for a picture."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0] if sizes else 0.0


def in_rows(lines: Iterable[PrintedLine]) -> list[PrintedLine]:
    """Return lines from the top down, and those on one baseline from the left."""
    return sorted(lines, key=lambda line: (round(line.box.bottom), line.box.left))
