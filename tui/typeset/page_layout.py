"""A page set at a measure: its rows, set as far as they are looked at, and where a place in the text stands.

A row is a line of a block or an empty row between blocks. The heights of blocks that nobody has looked at are guessed
from their length and put right when they are set, so that the first screen of a long article costs no more than that
of a short one; `settle` sets the rest a slice at a time.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ..article import Block
from ..compose import ComposedArticle
from .blocks import lines_of, prepared_of
from .prepare import Prepared
from .style import Line, Style

_SAMPLE = 64
"""Blocks whose heights tell how many rows the others may have."""
_KEPT = 64
"""Blocks whose lines are kept."""


class Row(NamedTuple):
    """One row of the page."""

    block: int
    """Index of the block; an empty row belongs to the block below it."""
    line: Line | None
    """None for an empty row."""


class _Lines:
    """The lines of one block, made as they are asked for."""

    def __init__(self, prepared: Prepared, source: Iterator[Line]) -> None:
        self.prepared = prepared
        self._source: Iterator[Line] | None = source
        self.made: list[Line] = []

    def at_least(self, count: int) -> list[Line]:
        if self._source and len(self.made) < count:
            self.made.extend(islice(self._source, count - len(self.made)))
            if len(self.made) < count:
                self._source = None
        return self.made

    def all(self) -> list[Line]:
        if self._source:
            self.made.extend(self._source)
            self._source = None
        return self.made

    @property
    def complete(self) -> bool:
        return self._source is None


class PageLayout:
    """A page at a measure. Rows count from 0 at the top."""

    def __init__(self, page: ComposedArticle, measure: int, style: Style) -> None:
        self.page = page
        self.measure = max(1, measure)
        self.style = style
        self._kept: OrderedDict[int, _Lines] = OrderedDict()
        self._heights: list[int] = []
        self._exact = bytearray(len(page.blocks))
        self._known_rows = 0
        self._tops = [0]
        self._settled = 0

    @property
    def rows(self) -> int:
        """How many rows the page has; a guess until `settled`."""
        count, known = len(self.page.blocks), len(self._heights)
        if known < count:
            self._guess_to(min(_SAMPLE, count) - 1)
            known = len(self._heights)
        return self._known_rows + (count - known) * self._known_rows // max(1, known)

    @property
    def settled(self) -> bool:
        """Whether every height is exact."""
        return self._settled >= len(self._exact)

    def settle(self, characters: int) -> bool:
        """Set further blocks, of about so many code points together; False when there was nothing left to set."""
        if self.settled:
            return False
        while self._settled < len(self._exact) and characters > 0:
            index = self._settled
            if not self._exact[index]:
                lines = self._kept.get(index) or self._fresh(index)
                self._note(index, len(lines.all()))
                characters -= len(self.page.blocks[index].text) + 1
            self._settled += 1
        return True

    def row(self, y: int) -> Row:
        """The row at `y`. Raises IndexError outside the page."""
        while 0 <= y < self.rows:
            index = self._block_at(y)
            within = y - self.top(index)
            if within < 0:
                return Row(index, None)
            lines = self._lines(index)
            made = lines.at_least(within + 2)
            if lines.complete and not self._exact[index]:
                self._note(index, len(made))
                continue
            if not self._exact[index] and len(made) > self._height(index):
                self._resize(index, len(made) + _guess_rest(self.page.blocks[index], made, self.measure))
            if within < len(made):
                return Row(index, made[within])
        raise IndexError(y)

    def prepared(self, index: int) -> Prepared:
        """The block's text as it is displayed, as far as it was needed."""
        return self._lines(index).prepared

    def lines(self, index: int) -> list[Line]:
        """All lines of a block."""
        lines = self._lines(index)
        made = lines.all()
        if not self._exact[index]:
            self._note(index, len(made))
        return made

    def place(self, y: int) -> tuple[int, int]:
        """The place at a row: (index of block, code point). An empty row has the place of the line below it."""
        row = self.row(max(0, min(y, self.rows - 1)))
        if row.line is None:
            return row.block, 0
        return row.block, row.line.start

    def find(self, block: int, offset: int) -> int:
        """The row that shows a code point of a block; the nearest there is for one that is not shown."""
        block = max(0, min(block, len(self._exact) - 1))
        lines = self._lines(block)
        wanted = 8
        while True:
            made = lines.at_least(wanted)
            if lines.complete or made[-1].start > offset:
                break
            wanted *= 2
        if lines.complete and not self._exact[block]:
            self._note(block, len(made))
        elif len(made) > self._height(block):
            self._resize(block, len(made) + _guess_rest(self.page.blocks[block], made, self.measure))
        nth = bisect_right(made, offset, key=_line_start) - 1
        return self.top(block) + max(0, nth)

    def top(self, block: int) -> int:
        """The row on which a block's first line stands."""
        while len(self._tops) <= block:
            self._extend_tops()
        return self._tops[block] + self._above(block)

    def _lines(self, index: int) -> _Lines:
        kept = self._kept.get(index)
        if kept is not None:
            self._kept.move_to_end(index)
            return kept
        kept = self._kept[index] = self._fresh(index)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return kept

    def _fresh(self, index: int) -> _Lines:
        prepared = prepared_of(self.page.blocks[index], self.measure, self.style)
        return _Lines(prepared, lines_of(prepared, self.measure, self.style, self.page.names))

    def _note(self, index: int, height: int) -> None:
        self._exact[index] = 1
        self._resize(index, height)

    def _height(self, index: int) -> int:
        self._guess_to(index)
        return self._heights[index]

    def _resize(self, index: int, height: int) -> None:
        self._guess_to(index)
        if self._heights[index] != height:
            self._known_rows += height - self._heights[index]
            self._heights[index] = height
            del self._tops[index + 1 :]

    def _block_at(self, y: int) -> int:
        """The block that holds a row, the empty rows above it included."""
        while self._tops[-1] <= y and len(self._tops) < len(self._exact):
            self._extend_tops()
        return bisect_right(self._tops, y) - 1

    def _extend_tops(self) -> None:
        """The first row of one block more."""
        last = len(self._tops) - 1
        self._guess_to(last)
        self._tops.append(self._tops[last] + self._above(last) + self._heights[last])

    def _guess_to(self, index: int) -> None:
        """Guess the heights of the blocks up to this one from their length."""
        cells = max(2, self.measure)
        while len(self._heights) <= index:
            n = len(self._heights)
            self._heights.append((2 * len(self.page.blocks[n].text) + 3) // cells + 1)
            self._known_rows += self._heights[n] + self._above(n)

    def _above(self, index: int) -> int:
        """Empty rows above a block: around what is set apart; between paragraphs as many as asked for."""
        if index == 0:
            return 0
        before, kind = self.page.blocks[index - 1].kind, self.page.blocks[index].kind
        if kind == before and kind in _TOGETHER:
            return 0
        return 1 if kind in _APART or before in _APART or kind != before else self.style.blank_lines


def set_page(page: ComposedArticle, measure: int, style: Style | None = None) -> PageLayout:
    """Set a page at a measure in cells. Nothing is set before it is looked at."""
    return PageLayout(page, measure, style or Style())


def _line_start(line: Line) -> int:
    return line.start


def _guess_rest(block: Block, made: list[Line], measure: int) -> int:
    return -(-2 * (len(block.text) - made[-1].end) // max(2, measure))


_TOGETHER = {"item", "quote", "footnote"}
_APART = {"headline", "meta", "subhead", "caption", "rule", "table", "code", "byline", "quote"}
