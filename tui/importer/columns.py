"""Detection of a plain-text page's layout: hard-wrapped columns or one block per line, with or without indents.

On a hard-wrapped page most long lines have the same measure, so a line that is not full ends a paragraph or heading.
On any other page, each line is a whole block, cut only where a printed column ended.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from .bylines import continued
from .captions import ends_caption
from .measures import measures_of
from .source_lines import SourceLine
from .text_cues import closed, width

_LEAST_LINES = 8
_LEAST_INDENTS, _MOST_INDENTS = 0.03, 0.6
"""Shares of the lines of a page. Between them, an indent marks the first line of a paragraph."""
_LEAST_OPENINGS = 2
_OVER = 1.6
"""Em. How far a hanging mark may extend beyond the measure."""
_OPENING = "“‘「『《(【〈"
_CLOSING = tuple("，。、；：？！…”’）》」』】〉,;:?!)")
_LONE_MARKS = re.compile(r"[,。;:!?、…”’)》」』】〉]{1,4}")
_WORD = re.compile(r"[A-Za-z0-9.%]{2,}")


Ruler = Literal["em", "characters", "characters after the indent"]
"""The unit of line length. In `em`, a Latin letter and a space of the indent count half; in `characters`, both count
one; in `characters after the indent`, a letter counts one and a space half."""
_RULERS: tuple[Ruler, ...] = ("em", "characters", "characters after the indent")


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """The layout of a page: its measure, its unit of length, its indents."""

    measure: float = 0
    """Length of a full line, in the unit of `ruler`; 0 if the page is not hard-wrapped."""
    ruler: Ruler = "em"
    indented: bool = False
    """Whether an indent marks the first line of a paragraph."""

    stripped: frozenset[int] = frozenset()
    """Numbers of the lines in columns whose indents text extraction dropped. First lines there are two em short."""
    local: Mapping[int, float] = field(default_factory=dict)
    """The measure at each line, by line number, because the columns of a page can differ in width."""

    @property
    def wrapped(self) -> bool:
        """Whether any lines of the page are hard-wrapped."""
        return self.measure > 0

    def wrapped_at(self, line: SourceLine) -> bool:
        """Return whether the line belongs to a hard-wrapped column."""
        return line.number in self.local

    def length(self, line: SourceLine) -> float:
        """Return the line's length in the unit of `ruler`, including its indent if the page is indented."""
        return _length(line, self.ruler, self.indented)

    def measure_at(self, line: SourceLine) -> float:
        """Return the measure of the column that contains the line; 0 if the line is not hard-wrapped."""
        return self.local.get(line.number, 0.0)

    def full(self, line: SourceLine, following: str) -> bool:
        """Return whether the line reaches the measure, or comes as close as `following`, the next line, allows.

        A line is short by a little if the next begins with an opening bracket, with a character kept together with a
        mark that may not start a line, or with an unbreakable number or Latin word.
        """
        if not self.wrapped_at(line):
            return False
        missing = self.measure_at(line) - self.length(line)
        if -_OVER <= missing <= 0.5:
            return True
        if missing < 0 or not following:
            return False
        moved = following[0] in _OPENING or following[1:2] in _CLOSING or following[:2] in ("——", "……")
        word = _WORD.match(following)
        return missing <= (1.5 if moved else min(3.0, len(word[0]) / 2) if word else 0.5)

    def lacks_indent(self, line: SourceLine, following: str) -> bool:
        """Return whether the line would reach the measure if it still had its dropped indent."""
        return line.number in self.stripped and _two_short(self.measure_at(line) - self.length(line), following)

    def over(self, line: SourceLine) -> bool:
        """Return whether the line exceeds the measure, as a headline across several columns does."""
        return self.wrapped_at(line) and self.length(line) > self.measure_at(line) + _OVER


def layout_of(lines: Sequence[SourceLine]) -> ColumnLayout:
    """Detect the layout of a page."""
    if len(lines) < _LEAST_LINES:
        return ColumnLayout()
    indents = sum(line.indent >= 2 for line in lines)
    indented = _LEAST_INDENTS * len(lines) < indents < _MOST_INDENTS * len(lines)
    found = {ruler: _columns(lines, ruler, indented) for ruler in _RULERS}
    ruler = max(_RULERS, key=lambda one: found[one][0])
    _exact, local = found[ruler]
    if not local:
        return ColumnLayout(indented=indented)
    measure = Counter(local.values()).most_common(1)[0][0]
    layout = ColumnLayout(measure, ruler, indented, local=local)
    return layout if indented else replace(layout, stripped=frozenset(_stripped(lines, layout)))


def _two_short(missing: float, following: str) -> bool:
    moved = following[:1] in _OPENING or following[1:2] in _CLOSING
    return bool(following) and (1.5 <= missing <= 2.5 or (moved and 1.5 <= missing <= 3.5))


def _stripped(lines: Sequence[SourceLine], layout: ColumnLayout) -> Iterator[int]:
    """Yield the numbers of the lines in columns where most lines after the end of a paragraph are two em short."""
    for _measure, run in groupby(lines, layout.measure_at):
        column = list(run)
        short = full = 0
        for before, line, after in zip(column, column[1:], column[2:], strict=False):
            if closed(before.folded[-64:]) and not closed(line.folded[-64:]) and len(line.folded) > 6:
                missing = layout.measure_at(line) - layout.length(line)
                short += _two_short(missing, after.folded)
                full += abs(missing) <= 0.5
        if short >= _LEAST_OPENINGS and short > full:
            yield from (line.number for line in column if layout.wrapped_at(line))


def repaired(lines: Sequence[SourceLine], layout: ColumnLayout) -> list[SourceLine]:
    """Join lines that belong together: broken bylines and credits, and marks left alone below a long headline.

    A joined line keeps the number of its first line.
    """
    whole: list[SourceLine] = []
    for line in lines:
        before = whole[-1] if whole else None
        together = None
        if before and layout.over(before) and _LONE_MARKS.fullmatch(line.folded):
            together = before.folded + line.folded
        elif (
            before
            and layout.wrapped_at(before)
            and layout.length(before) >= layout.measure_at(before) - 3
            and len(before.folded) <= 2 * layout.measure_at(before)
        ):
            together = continued(before.folded, line.folded) or _continued_credit(before.folded, line.folded)
        if before and together:
            gap = " " if len(together) > len(before.folded) + len(line.folded) else ""
            whole[-1] = replace(before, text=before.text + gap + line.text, folded=together)
        else:
            whole.append(line)
    return whole


def _continued_credit(first: str, second: str) -> str | None:
    """Return a caption's credit joined from two lines (民警巡查。刘 / 星 摄), or None if this is none."""
    together = first + second
    return together if len(second) <= 8 and ends_caption(together) and not ends_caption(second) else None


def _length(line: SourceLine, ruler: Ruler, indented: bool) -> float:
    text = width(line.folded) if ruler == "em" else len(line.folded)
    if not indented:
        return text
    return text + (line.before if ruler == "characters" else line.indent / 2)


def _columns(lines: Sequence[SourceLine], ruler: Ruler, indented: bool) -> tuple[int, dict[int, float]]:
    """Return the number of lines that are exactly full, and the measure of each hard-wrapped line by its number."""
    lengths = [_length(line, ruler, indented) for line in lines]
    measures = measures_of(lengths)
    exact = sum(
        bool(measure) and abs(length - measure) <= 0.5 for length, measure in zip(lengths, measures, strict=True)
    )
    return exact, {line.number: measure for line, measure in zip(lines, measures, strict=True) if measure}
