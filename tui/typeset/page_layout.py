"""A page at a measure: its rows, laid out as far as they are asked for, and the position of text on them.

A row is a line of a block or an empty row between blocks. Heights of blocks that were not laid out yet are estimated
from their length and corrected later. The first screen of a long article thus costs no more than that of a short one;
`settle` lays out the rest in slices.
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

_SAMPLE_BLOCKS = 64
"""Blocks whose estimated heights predict the number of rows of the others."""
_KEPT_BLOCKS = 64
"""Blocks whose lines are kept."""


class Row(NamedTuple):
    """One row of the page."""

    block: int
    """Index of the block. An empty row belongs to the block below it."""
    line: Line | None
    """None for an empty row."""


class _Lines:
    """The lines of one block, made on demand."""

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
    def is_complete(self) -> bool:
        return self._source is None


class PageLayout:
    """The layout of a page at a measure. Rows count from 0 at the top."""

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
        """The number of rows; an estimate until `is_settled`."""
        count, known = len(self.page.blocks), len(self._heights)
        if known < count:
            self._guess_to(min(_SAMPLE_BLOCKS, count) - 1)
            known = len(self._heights)
        return self._known_rows + (count - known) * self._known_rows // max(1, known)

    @property
    def is_settled(self) -> bool:
        """Whether every height is exact."""
        return self._settled >= len(self._exact)

    def settle(self, characters: int) -> bool:
        """Lay out further blocks with about `characters` code points together. Return False if none were left."""
        if self.is_settled:
            return False
        while self._settled < len(self._exact) and characters > 0:
            index = self._settled
            if not self._exact[index]:
                lines = self._kept.get(index) or self._new_lines(index)
                self._set_exact_height(index, len(lines.all()))
                characters -= len(self.page.blocks[index].text) + 1
            self._settled += 1
        return True

    def row(self, y: int) -> Row:
        """Return the row at `y`. Raises IndexError outside the page."""
        while 0 <= y < self.rows:
            index = self._block_at(y)
            within = y - self.top(index)
            if within < 0:
                return Row(index, None)
            lines = self._lines(index)
            made = lines.at_least(within + 2)
            if lines.is_complete and not self._exact[index]:
                self._set_exact_height(index, len(made))
                continue
            if not self._exact[index] and len(made) > self._height(index):
                self._resize(index, len(made) + _guess_rest(self.page.blocks[index], made, self.measure))
            if within < len(made):
                return Row(index, made[within])
        raise IndexError(y)

    def prepared(self, index: int) -> Prepared:
        """Return the text of a block as displayed, prepared as far as needed."""
        return self._lines(index).prepared

    def lines(self, index: int) -> list[Line]:
        """Return all lines of a block."""
        lines = self._lines(index)
        made = lines.all()
        if not self._exact[index]:
            self._set_exact_height(index, len(made))
        return made

    def position(self, y: int) -> tuple[int, int]:
        """Return the position of a row as (index of block, code point). An empty row has the position of the line below
        it."""
        row = self.row(max(0, min(y, self.rows - 1)))
        if row.line is None:
            return row.block, 0
        return row.block, row.line.start

    def row_of(self, block: int, offset: int) -> int:
        """Return the row that shows a code point of a block, or the nearest row if it is not shown."""
        block = max(0, min(block, len(self._exact) - 1))
        lines = self._lines(block)
        wanted = 8
        while True:
            made = lines.at_least(wanted)
            if lines.is_complete or made[-1].start > offset:
                break
            wanted *= 2
        if lines.is_complete and not self._exact[block]:
            self._set_exact_height(block, len(made))
        elif len(made) > self._height(block):
            self._resize(block, len(made) + _guess_rest(self.page.blocks[block], made, self.measure))
        number = bisect_right(made, offset, key=_line_start) - 1
        return self.top(block) + max(0, number)

    def top(self, block: int) -> int:
        """Return the row of a block's first line."""
        while len(self._tops) <= block:
            self._extend_tops()
        return self._tops[block] + self._above(block)

    def _lines(self, index: int) -> _Lines:
        kept = self._kept.get(index)
        if kept is not None:
            self._kept.move_to_end(index)
            return kept
        kept = self._kept[index] = self._new_lines(index)
        if len(self._kept) > _KEPT_BLOCKS:
            self._kept.popitem(last=False)
        return kept

    def _new_lines(self, index: int) -> _Lines:
        prepared = prepared_of(self.page.blocks[index], self.measure, self.style)
        return _Lines(prepared, lines_of(prepared, self.measure, self.style, self.page.names))

    def _set_exact_height(self, index: int, height: int) -> None:
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
        """Return the block of a row. Empty rows belong to the block below them."""
        while self._tops[-1] <= y and len(self._tops) < len(self._exact):
            self._extend_tops()
        return bisect_right(self._tops, y) - 1

    def _extend_tops(self) -> None:
        """Compute the first row of one more block."""
        last = len(self._tops) - 1
        self._guess_to(last)
        self._tops.append(self._tops[last] + self._above(last) + self._heights[last])

    def _guess_to(self, index: int) -> None:
        """Estimate the heights of the blocks up to `index` from their length."""
        cells = max(2, self.measure)
        while len(self._heights) <= index:
            n = len(self._heights)
            self._heights.append((2 * len(self.page.blocks[n].text) + 3) // cells + 1)
            self._known_rows += self._heights[n] + self._above(n)

    def _above(self, index: int) -> int:
        """Return the number of empty rows above a block: one around headlines, quotations and the like, else as the
        style says."""
        if index == 0:
            return 0
        before, kind = self.page.blocks[index - 1].kind, self.page.blocks[index].kind
        if kind == before and kind in _CLOSE_KINDS:
            return 0
        return 1 if kind in _SPACED_KINDS or before in _SPACED_KINDS or kind != before else self.style.blank_lines


def set_page(page: ComposedArticle, measure: int, style: Style | None = None) -> PageLayout:
    """Return the layout of a page at a measure in cells. Nothing is laid out before it is asked for."""
    return PageLayout(page, measure, style or Style())


def _line_start(line: Line) -> int:
    return line.start


def _guess_rest(block: Block, made: list[Line], measure: int) -> int:
    return -(-2 * (len(block.text) - made[-1].end) // max(2, measure))


_CLOSE_KINDS = {"item", "quote", "footnote"}
_SPACED_KINDS = {"headline", "meta", "subhead", "caption", "rule", "table", "code", "byline", "quote"}
