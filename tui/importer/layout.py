"""How a page is laid out: hard-wrapped in columns or a block a line, with or without indents.

A hard-wrapped page has most of its longer lines at one measure; then a line that is not full ends something. On any
other page a line is a block as the columns of the paper left it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .lines import Line
from .marks import width

_LEAST_LINES = 8
_LONGEST_MEASURE = 45
_EXACT, _LOOSE = 0.6, 1.5


@dataclass(frozen=True, slots=True)
class Layout:
    """What all lines of a page have in common."""

    measure: float = 0
    """Of a hard-wrapped column, in em or in characters (see `by_characters`); 0 where the page is not hard-wrapped."""
    by_characters: bool = False
    slack: float = 1.5
    """How far a full line may be off the measure: marks that may not open or close a line move a place or two."""
    indented: bool = False
    """Whether paragraphs are told by an indent on a hard-wrapped page."""

    @property
    def wrapped(self) -> bool:
        return self.measure > 0

    def length(self, line: Line) -> float:
        """In the unit of the measure, with the indent of a hard-wrapped line."""
        indent = line.indent / 2 if self.indented else 0
        return indent + (len(line.folded) if self.by_characters else width(line.folded))

    def full(self, line: Line) -> bool:
        """Whether the line reaches the measure."""
        return self.wrapped and abs(self.length(line) - self.measure) <= self.slack

    def over(self, line: Line) -> bool:
        """Whether the line goes beyond the measure, as headlines across several columns do."""
        return self.wrapped and self.length(line) > self.measure + self.slack


def layout_of(lines: Sequence[Line]) -> Layout:
    """The layout of a page."""
    long = [line for line in lines if len(line.folded) > 6]
    if len(long) < _LEAST_LINES:
        return Layout()
    by_characters = _peak(long, lambda line: len(line.folded))
    by_width = _peak(long, lambda line: width(line.folded))
    share, measure, characters = max((*by_characters, True), (*by_width, False))
    if share < 0.45 or not 8 <= measure <= _LONGEST_MEASURE:
        return Layout()
    length = (lambda line: len(line.folded)) if characters else (lambda line: width(line.folded))
    lengths = Counter(round(length(line) + line.indent / 2) for line in long)
    moved = lengths[round(measure) - 1] + lengths[round(measure) + 1]
    slack = _EXACT if moved < 0.06 * lengths[round(measure)] else _LOOSE
    indents = sum(line.indent >= 2 for line in lines)
    return Layout(measure, characters, slack, indented=0.03 * len(lines) < indents < 0.6 * len(lines))


def _peak(lines: Sequence[Line], length: Callable[[Line], float]) -> tuple[float, float]:
    """The share of lines near the commonest length, less twice the share beyond it; and that length."""
    lengths = Counter(round(length(line) + line.indent / 2) for line in lines)
    measure = max(lengths, key=lambda at: (lengths[at] + lengths[at - 1] + lengths[at + 1], at))
    if lengths[measure + 1] > lengths[measure] / 2:
        measure += 1
    near = sum(count for at, count in lengths.items() if measure - 2 <= at <= measure + 1)
    beyond = sum(count for at, count in lengths.items() if at > measure + 1)
    return (near - 2 * beyond) / len(lines), float(measure)
