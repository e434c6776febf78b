"""Setting of text in the columns of a generated page, around pictures and boxes, line by line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.printed_pages import PdfPage

NO_START = "，。、；：？！”’）》」』…—·,.;:?!)%"
NO_END = "“‘（《「『("
Draw = Callable[[PdfPage], None]
Area = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class TextPiece:
    """A paragraph, subhead, row or byline to set in the columns of an article."""

    kind: str
    text: str
    face: str = "song"
    scale: float = 1.0
    """Size, as a multiple of the size of the body text."""
    indent: float = 2.0
    """Em. Indent of the first line."""
    align: str = "left"
    space: float = 0.0
    """Lines. Space above."""
    opening: int = 0
    """Characters at the start that are set in `hei`, such as a dateline."""
    cells: tuple[str, ...] = ()
    """The cells of a table's row."""


@dataclass(frozen=True)
class Type:
    """The typography of running text."""

    size: float
    leading: float
    """Distance of baselines, in sizes."""
    justified: bool = True
    hanging: bool = False
    """Whether a mark that may not begin a line stands beyond the end of the line above."""

    @property
    def pitch(self) -> float:
        return self.size * self.leading


@dataclass
class Columns:
    """Columns that text fills from the first to the last. Text keeps out of the obstacles."""

    areas: Sequence[Area]
    type: Type
    obstacles: Sequence[Area] = ()
    drawn: list[tuple[int, Draw]] = field(default_factory=list)
    """What is drawn, with the number of the column."""
    at: int = 0
    down: float = -1.0
    """Bottom of the line set last."""

    def put(self, pieces: Sequence[TextPiece]) -> bool:
        """Set the pieces and return whether they fit."""
        return all(self._piece(piece, last=at == len(pieces) - 1) for at, piece in enumerate(pieces))

    def _piece(self, piece: TextPiece, *, last: bool) -> bool:
        if self.down < 0:
            self.down = self.areas[0][1]
        if self.down > self.areas[self.at][1] + 1:
            self.down += piece.space * self.type.pitch
        if piece.kind == "subhead" and not last and self.down + 3 * self.type.pitch > self.areas[self.at][3]:
            if self.at + 1 == len(self.areas):
                return False
            self.at += 1
            self.down = self.areas[self.at][1]
        size = self.type.size * piece.scale
        text, first, done = piece.text, True, 0
        while text or (piece.cells and first):
            slot = self._slot()
            if slot is None:
                return False
            left, right, baseline = slot
            if piece.cells:
                self._cells(piece, left, right, baseline, size)
                return True
            indent = piece.indent if first else 0.0
            taken = fitting(text, (right - left) / size - indent, hanging=self.type.hanging)
            line, text = text[:taken], text[taken:]
            self._draw(piece, line, left + indent * size, right, baseline, size, done, whole=bool(text))
            done += taken
            first = False
        return True

    def _slot(self) -> tuple[float, float, float] | None:
        """Return left end, right end and baseline of the next line, or None if the columns are full."""
        while True:
            left, _top, right, bottom = self.areas[self.at]
            if self.down + self.type.pitch > bottom + 0.01:
                if self.at + 1 == len(self.areas):
                    return None
                self.at += 1
                self.down = self.areas[self.at][1]
                continue
            self.down += self.type.pitch
            top, low = self.down - self.type.pitch, self.down
            for one in self.obstacles:
                if one[1] < low and one[3] > top and one[0] < right and one[2] > left:
                    before, after = one[0] - left, right - one[2]
                    left, right = (left, one[0]) if before >= after else (one[2], right)
            if right - left >= 5 * self.type.size:
                return left, right, low - 0.2 * self.type.size

    def _cells(self, piece: TextPiece, left: float, right: float, baseline: float, size: float) -> None:
        step = max((right - left) / len(piece.cells), size * (max(map(ems, piece.cells)) + 0.5))
        for at, cell in enumerate(piece.cells):
            self.say(left + at * step, baseline, size, cell, piece.face)

    def _draw(
        self,
        piece: TextPiece,
        line: str,
        left: float,
        right: float,
        baseline: float,
        size: float,
        done: int,
        *,
        whole: bool,
    ) -> None:
        natural, room = ems(line) * size, right - left
        gap = 0.0
        if whole and self.type.justified and len(line) > 1 and natural < room:
            gap = (room - natural) / (len(line) - 1)
        elif not whole and piece.align != "left":
            left += (room - natural) / (2 if piece.align == "centre" else 1)
        head = max(0, piece.opening - done)
        for part, face in ((line[:head], "hei"), (line[head:], piece.face)):
            if part:
                self.say(left, baseline, size, part, face, gap)
                left += ems(part) * size + gap * len(part)

    def say(self, x: float, y: float, size: float, text: str, face: str, gap: float = 0.0) -> None:
        """Print a line in the current column."""
        self.drawn.append((self.at, lambda page: page.text(x, y, size, text, face, gap)))


def ems(text: str) -> float:
    """Return the width of a text in em."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def fitting(text: str, measure: float, *, hanging: bool = False) -> int:
    """Return how many characters at the start of `text` make a line of at most `measure` em."""
    taken, wide = 0, 0.0
    while taken < len(text) and wide + ems(text[taken]) <= measure + 0.01:
        wide += ems(text[taken])
        taken += 1
    if taken == len(text):
        return taken
    if hanging and text[taken] in NO_START:
        return taken + 1
    end = taken
    while end > 1 and (text[end] in NO_START or text[end - 1] in NO_END or text[end - 1 : end + 1] in ("……", "——")):
        end -= 1
    while 1 < end < len(text) and text[end - 1].isascii() and text[end].isascii():
        end -= 1
    return max(1, end if end > 1 else taken)


def even_lines(text: str, measure: float) -> Iterator[str]:
    """Yield lines of about equal length, of at most `measure` em each."""
    count = 1
    while True:
        goal, rest = ems(text) / count, text
        lines: list[str] = []
        while rest and len(lines) < count:
            taken = fitting(rest, min(measure, goal + 0.9))
            lines.append(rest[:taken])
            rest = rest[taken:]
        if not rest:
            yield from lines
            return
        count += 1
