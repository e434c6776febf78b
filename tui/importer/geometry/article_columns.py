"""The lines of an article in reading order, with the edges of their columns, their indents and the space above them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ..source_lines import to_half_width
from .glyphs import PrintedLine, Rect
from .page_block import PrintedBlock, in_rows
from .printed_blocks import PageBlocks

_INDENT = 1.4
"""Em. Minimum indent of a line that opens a paragraph."""
_SLIGHT_INDENT = 0.6
"""Em. The same in an article whose indents are of one em."""
_EDGE_SHARE = 0.1
"""Share of a column's lines that reach its right edge at least."""
_GRID = 0.6
"""Em. Blocks whose left edges differ less stand in one column of the page."""
_FULL, _WIDEST_VERSE = 1.2, 24.0
"""Em by which full lines of prose differ at most, and maximum length of a line of verse that ends without a mark."""
_HUNG = 0.88
"""Share of the widest line, in which marks may hang, that the measure is at least."""
_VERSE_ENDS = ",.。;!?”)"
FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line and the edges of its column."""

    line: PrintedLine
    text: str
    """Folded text."""
    left: float
    right: float
    column: int
    space: float = 1.0
    """Distance of the baseline from that of the line above, in usual distances; 1 in the first line."""
    opens: float = _INDENT
    """Em. The indent from which a line opens a paragraph in this article."""

    @property
    def indent(self) -> float:
        """Em between the column's left edge and the line."""
        return (self.line.box.left - self.left) / self.line.size

    @property
    def rest(self) -> float:
        """Em between the end of the line and the column's right edge."""
        return (self.right - self.line.box.right) / self.line.size


def column_lines(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> list[ColumnLine]:
    """Return the lines of text blocks, column by column from the left. `edge` is the article's left edge in points."""
    return _spaced(_verse(list(_in_columns(blocks, page, edge))))


def _in_columns(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> Iterator[ColumnLine]:
    columns = _columns(blocks, page)
    texts = [block for block in page.blocks if block.kind == "text" and block not in blocks and len(block.lines) > 2]
    widest = max((block.box.width for column in columns for block in column), default=0.0)
    for number, column in enumerate(columns):
        lines = in_rows([line for block in column for line in block.lines])
        left = min(line.box.left for line in lines)
        if left - edge <= 3 * page.body:  # all lines of a verse are indented: measure from the article's edge
            left = edge
        right = _right_edge(lines)
        full = sum(line.box.right > right - 0.6 * line.size for line in lines)
        if full < 0.4 * len(lines) and widest < 1.8 * (right - left):  # a table
            right = max(right, left + widest)
        if len(columns) == 1 and len(lines) >= FEW_LINES and full < 0.4 * len(lines):
            wide = max((one.box.right for one in texts if abs(one.box.left - left) < _GRID * page.body), default=0.0)
            beside = Rect(right + 1, lines[0].box.top, wide, lines[-1].box.bottom)
            if not any(one.box.overlap(beside) > 0 and one.box.drop(beside) > 0 for one in page.blocks):
                right = max(right, wide)
        yield from _beside_obstacles(
            [ColumnLine(line, to_half_width(line.text), left, right, number) for line in lines], column, page
        )


def _right_edge(lines: Sequence[PrintedLine]) -> float:
    """Return the right edge of a column: the farthest that several lines reach. A long byline may go beyond it."""
    rights = sorted((line.box.right for line in lines), reverse=True)
    slack, least = 0.6 * lines[0].size, max(2, _EDGE_SHARE * len(lines))
    for at, right in enumerate(rights):
        if sum(right - slack <= other for other in rights[at:]) >= least:
            return right
    return rights[0]


def _beside_obstacles(
    lines: Sequence[ColumnLine], column: Sequence[PrintedBlock], page: PageBlocks
) -> Iterator[ColumnLine]:
    """Yield the lines of a column. Those beside a picture or a box have edges of their own."""
    whole = column[0].box
    for block in column:
        whole = whole.join(block.box)
    em = lines[0].line.size
    boxes = [block.box for block in page.blocks if block not in column and block.kind != "text"]
    boxes += [frame for frame in page.frames if not frame.holds(whole, 2)]
    boxes = [
        box
        for box in boxes
        if box.overlap(whole) > em and (box.left > whole.left + 4 * em or box.right < whole.right - 4 * em)
    ]
    for (left, right), run in groupby(lines, key=lambda one: _free_edges(one.line.box, one.left, one.right, boxes)):
        beside = list(run)
        if left > beside[0].left + 0.5 * em:
            left = max(left, min(one.line.box.left for one in beside))
        if right < beside[0].right - 0.5 * em:
            right = min(right, max(one.line.box.right for one in beside)) if len(beside) > 1 else right - 0.6 * em
        yield from (replace(one, left=left, right=right) for one in beside)


def _free_edges(line: Rect, left: float, right: float, boxes: Iterable[Rect]) -> tuple[float, float]:
    """Return the edges of a column at the height of a line, between the boxes that reach into it."""
    slack = 0.5 * line.height
    for box in boxes:
        if box.top - slack < line.bottom and box.bottom + slack > line.top:
            if line.right <= box.left + slack and box.left < right:
                right = box.left
            elif line.left >= box.right - slack and box.right > left:
                left = box.right
    return left, right


def _spaced(lines: list[ColumnLine]) -> list[ColumnLine]:
    """Return the lines with the space above each, and with the indent that opens a paragraph in this article."""
    steps = [
        here.line.box.bottom - above.line.box.bottom if here.column == above.column else 0.0
        for above, here in pairwise(lines)
    ]
    if not lines:
        return lines
    usual = median(step for step in steps if step > 0) if any(step > 0 for step in steps) else 0.0
    indents = [line.indent for line in lines if _SLIGHT_INDENT <= line.indent <= 3]
    opens = _SLIGHT_INDENT if len(indents) > 1 and median(indents) < _INDENT else _INDENT
    return [
        replace(line, space=step / usual if usual and step > 0 else 1.0, opens=opens)
        for line, step in zip(lines, [0.0, *steps], strict=True)
    ]


def _verse(lines: list[ColumnLine]) -> list[ColumnLine]:
    """Return the lines, with those of verse indented: they begin at one edge or are centred, and end anywhere.

    The columns of a verse may be short, so all columns of the article that have one left edge are judged together.
    """
    even = [number for number, column in groupby(lines, key=lambda one: one.column) if _is_verse(list(column))]
    pool = [line for line in lines if line.column in even]
    if len(pool) < FEW_LINES:
        return lines
    widths = [line.line.box.width / line.line.size for line in pool]
    widest = max(widths)
    measures = {wide for wide in widths if wide > _HUNG * widest}
    full = max(sum(abs(wide - measure) < _FULL for wide in widths) for measure in measures)
    marked = len(pool) > FEW_LINES and all(line.text[-1] in _VERSE_ENDS for line in pool)
    if not marked and (widest > _WIDEST_VERSE or full > 0.5 * len(pool)):
        return lines
    return [
        replace(line, left=line.line.box.left - 2 * line.line.size) if line.column in even else line for line in lines
    ]


def _is_verse(column: Sequence[ColumnLine]) -> bool:
    """Return whether the lines of a column have one left edge or one centre."""
    boxes, size = [line.line.box for line in column], column[0].line.size
    lefts = [box.left for box in boxes]
    middles = [box.left + box.right for box in boxes]
    centred = len(boxes) >= FEW_LINES and max(middles) - min(middles) < 1.2 * size
    return max(lefts) - min(lefts) < 0.3 * size or centred


def _columns(blocks: Sequence[PrintedBlock], page: PageBlocks) -> list[list[PrintedBlock]]:
    """Group blocks into columns, from left to right."""
    columns: list[list[PrintedBlock]] = []
    for block in sorted(blocks, key=lambda one: (one.box.left, one.box.top)):
        for column in columns:
            shared = column[0].box.overlap(block.box)
            if shared > 0.55 * min(column[0].box.width, block.box.width):
                column.append(block)
                break
        else:
            columns.append([block])
    return columns
