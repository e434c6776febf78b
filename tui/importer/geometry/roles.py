"""Labelling of a printed article's lines by size, font, indent and position, in reading order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from ..bylines import byline_in_place, byline_of
from ..captions import ends_caption, opens_caption
from ..datelines import opens_with_dateline
from ..scores import Label
from ..source_lines import to_half_width
from ..text_cues import HAN, closed, width
from .articles import PrintedArticle
from .glyphs import PrintedLine, Rect
from .headline_parts import headline_lines
from .printed_blocks import ENLARGED, Body, PageBlocks, PrintedBlock, body_type, in_rows

_INDENT = 1.4
"""Em. Minimum indent of a line that opens a paragraph."""
_SLIGHT_INDENT = 0.6
"""Em. The same in an article whose indents are of one em."""
_SPACE = 1.25
"""Times the usual distance of baselines. Minimum distance above a paragraph that space separates, or a subhead."""
_CAPTION_SIZE = 0.97
"""Ratio to the size of the body text. Maximum size of a caption."""
_NEAR_PICTURE = 2.4
"""Ratio to the size of the body text. Maximum distance between a caption and its picture."""
_SHORT_CLOSED, _SHORT_OPEN, _NEARLY = 2.2, 3.2, 0.7
"""Em that a line which ends a paragraph is short, with and without a final mark, and em that leave it in doubt."""
_EDGE_SHARE = 0.1
"""Share of a column's lines that reach its right edge at least."""
_GRID = 0.6
"""Em. Blocks whose left edges differ less stand in one column of the page."""
_FEW_LINES = 3
_MOST_SUBHEAD = 3
"""Lines. Maximum length of a subhead."""
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of an article with its label."""

    line: PrintedLine
    label: Label
    broken: bool = False
    """Whether a headline's line continues the part above it."""
    instead: Label | None = None
    """The other label that a doubtful line may have; `join` for a headline's line that may continue the part above."""


def read_article(article: PrintedArticle, page: PageBlocks) -> list[PlacedLine]:
    """Return the lines of an article in reading order."""
    pictures = [block for block in article.blocks if block.kind == "picture"]
    texts = [block for block in article.blocks if block.lines]
    placed: list[PlacedLine] = []
    if article.headline:
        for line, broken, doubtful in headline_lines(article.headline, texts):
            instead: Label | None = ("more" if broken else "join") if doubtful else None
            placed.append(PlacedLine(line, "more" if placed else "headline", broken, instead))
    signed = [block for block in texts if _signs(block, texts)]
    texts = [block for block in texts if block not in signed]
    placed += [PlacedLine(line, "above") for block in signed for line in in_rows(block.lines)]
    captions: list[PrintedBlock] = []
    running: list[PrintedBlock] = []
    for block in texts:
        caption, rest = _split_caption(block, page, pictures)
        captions += [caption] if caption else []
        running += [rest] if rest else []
    edge = min((block.box.left for block in [*texts, *signed]), default=0.0)
    placed += _text(running, page, edge)
    for block in sorted(captions, key=lambda one: (one.box.top, one.box.left)):
        placed += [
            PlacedLine(line, "caption-join" if at else "caption") for at, line in enumerate(in_rows(block.lines))
        ]
    return placed


def _signs(block: PrintedBlock, texts: Sequence[PrintedBlock]) -> bool:
    """Return whether a block is a byline between the headline and the text."""
    if len(block.lines) > 2 or any(other.box.top < block.box.top for other in texts if len(other.lines) > 2):
        return False
    found = [byline_in_place(to_half_width(line.text)) for line in block.lines]
    return all(one is not None and not one.credit for one in found)


def _split_caption(
    block: PrintedBlock, page: PageBlocks, pictures: Sequence[PrintedBlock]
) -> tuple[PrintedBlock | None, PrintedBlock | None]:
    """Split a block into the caption it begins with and the rest. Either may be None."""
    lines = in_rows(block.lines)
    if not _by_picture(block, page, pictures):
        return None, block
    count = 0
    for line in lines:
        if not _set_apart(line, page):
            break
        count += 1
    if 0 < count < len(lines) and _heads(lines, count, pictures):
        count = 0
    if count < len(lines) and opens_with_dateline("".join(to_half_width(line.text) for line in lines[:3])):
        count = 0
    if count == 0 and (opens_caption(to_half_width(lines[0].text)) or ends_caption(to_half_width(lines[-1].text))):
        count = len(lines)
    caption = _of(lines[:count], block) if count else None
    return caption, _of(lines[count:], block) if count < len(lines) else None


def _heads(lines: Sequence[PrintedLine], count: int, pictures: Sequence[PrintedBlock]) -> bool:
    """Return whether the first `count` lines are a subhead: closer to the text below them than to any picture."""
    if opens_caption(to_half_width(lines[0].text)) or ends_caption(to_half_width(lines[count - 1].text)):
        return False
    above = [lines[0].box.top - one.box.bottom for one in pictures if one.box.bottom < lines[0].box.top + 2]
    return lines[count].box.top - lines[count - 1].box.bottom < min(above, default=0.0) - 1


def _of(lines: Sequence[PrintedLine], block: PrintedBlock) -> PrintedBlock:
    box = lines[0].box
    for line in lines:
        box = box.join(line.box)
    return replace(block, lines=list(lines), box=box)


def _set_apart(line: PrintedLine, page: PageBlocks) -> bool:
    """Return whether a line is smaller than the body text or in another font."""
    apart = line.face != page.type.face and not line.mixed and line.size < ENLARGED * page.body
    return line.size <= _CAPTION_SIZE * page.body or apart


def _by_picture(block: PrintedBlock, page: PageBlocks, pictures: Sequence[PrintedBlock]) -> bool:
    reach = _NEAR_PICTURE * page.body
    for picture in pictures:
        box = picture.box
        across = max(box.left - block.box.right, block.box.left - box.right)
        down = max(box.top - block.box.bottom, block.box.top - box.bottom)
        if across < reach and down < reach:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _ColumnLine:
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


def _text(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> Iterator[PlacedLine]:
    """Yield the labelled lines, column by column from the left. `edge` is the article's left edge in points."""
    lines = _spaced(_verse(list(_in_columns(blocks, page, edge))))
    body = _body_of([line.line for line in lines], page)
    label: Label = "paragraph"
    for at, line in enumerate(lines):
        label = _label(lines, at, label, body)
        yield PlacedLine(line.line, label, instead=_instead(lines, at, label, body))


def _instead(lines: Sequence[_ColumnLine], at: int, label: Label, body: Body) -> Label | None:
    """Return the other label that a line may have, or None if its label is sure."""
    here, before = lines[at], lines[at - 1] if at else None
    if label == "subhead" and here.line.face == body.face and here.line.size < ENLARGED * body.size:
        return "paragraph"
    if label in ("paragraph", "join") and before and before.column == here.column and here.indent < here.opens:
        limit = _SHORT_CLOSED if closed(before.text) else _SHORT_OPEN
        if abs(before.rest - limit) < _NEARLY and here.space < _SPACE:
            return "join" if label == "paragraph" else "paragraph"
    return None


def _body_of(lines: Sequence[PrintedLine], page: PageBlocks) -> Body:
    """Return the type of most of an article's text; that of the page for an article of a few lines."""
    return body_type(lines) if len(lines) >= _FEW_LINES else page.type


def _in_columns(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> Iterator[_ColumnLine]:
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
        if len(columns) == 1 and len(lines) >= _FEW_LINES and full < 0.4 * len(lines):
            wide = max((one.box.right for one in texts if abs(one.box.left - left) < _GRID * page.body), default=0.0)
            beside = Rect(right + 1, lines[0].box.top, wide, lines[-1].box.bottom)
            if not any(one.box.overlap(beside) > 0 and one.box.drop(beside) > 0 for one in page.blocks):
                right = max(right, wide)
        yield from _beside_obstacles(
            [_ColumnLine(line, to_half_width(line.text), left, right, number) for line in lines], column, page
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
    lines: Sequence[_ColumnLine], column: Sequence[PrintedBlock], page: PageBlocks
) -> Iterator[_ColumnLine]:
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


def _spaced(lines: list[_ColumnLine]) -> list[_ColumnLine]:
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


def _verse(lines: list[_ColumnLine]) -> list[_ColumnLine]:
    """Return the lines, with those of verse and tables indented: they begin at one edge and end anywhere.

    The columns of a verse may be short, so all columns of the article that have one left edge are judged together.
    """
    even = [number for number, column in groupby(lines, key=lambda one: one.column) if _has_one_edge(list(column))]
    pool = [line for line in lines if line.column in even]
    widths = [line.line.box.width / line.line.size for line in pool]
    full = max((sum(abs(one - other) < 1.2 for other in widths) for one in set(widths)), default=0)
    if len(pool) < _FEW_LINES or full > 0.5 * len(pool):
        return lines
    return [
        replace(line, left=line.line.box.left - 2 * line.line.size) if line.column in even else line for line in lines
    ]


def _has_one_edge(column: Sequence[_ColumnLine]) -> bool:
    lefts = [line.line.box.left for line in column]
    return max(lefts) - min(lefts) < 0.3 * column[0].line.size


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


def _label(lines: Sequence[_ColumnLine], at: int, last: Label, body: Body) -> Label:
    here = lines[at]
    before = lines[at - 1] if at else None
    if here.line.row:
        return "row"
    if before and before.line.row:
        return "paragraph"
    byline = byline_of(here.text)
    if byline and byline.certain:
        signs = not _flows_on(before, last)
    else:
        signs = byline is not None and _may_sign(lines, at, last, body)
    if signs and not here.text.endswith(":"):
        return "above" if before is None or last == "above" else "byline"
    own_type = here.line.face != body.face or here.line.size >= ENLARGED * body.size
    if own_type and last in ("subhead", "subhead-more") and before and _same_type(before.line, here.line):
        return "subhead-more"
    if not _flows_on(before, last) and _is_subhead(lines, at, body):
        return "subhead"
    if before is None or last in ("subhead", "subhead-more", "above", "byline"):
        return "paragraph"
    if here.indent >= here.opens or (here.space >= _SPACE and closed(before.text)):
        return "paragraph"
    return "paragraph" if before.rest > (_SHORT_CLOSED if closed(before.text) else _SHORT_OPEN) else "join"


def _may_sign(lines: Sequence[_ColumnLine], at: int, last: Label, body: Body) -> bool:
    """Return whether a line of possible names is where a byline is printed: first or last, in its own type."""
    outside = at == 0 or at == len(lines) - 1 or last == "above"
    return outside and lines[at].line.face != body.face and not _flows_on(lines[at - 1] if at else None, last)


def _same_type(one: PrintedLine, other: PrintedLine) -> bool:
    return one.face == other.face and abs(one.size - other.size) < 0.03 * one.size


def _flows_on(before: _ColumnLine | None, last: Label) -> bool:
    """Return whether the line above is full running text and ends in the middle of a sentence."""
    return before is not None and last in ("paragraph", "join") and not closed(before.text) and before.rest < 1.2


def _is_subhead(lines: Sequence[_ColumnLine], at: int, body: Body) -> bool:
    """Return whether a line opens a subhead: larger, in another face and short, or set like a heading."""
    here = lines[at]
    own_type = here.line.face != body.face or here.line.size >= ENLARGED * body.size
    run = _run_of_type(lines, at) if own_type else lines[at : at + 1]
    if run[-1].text[-1] in "。,;、)" or width(here.text) < 2:
        return False
    if here.line.size >= ENLARGED * body.size:
        return len(run) <= _MOST_SUBHEAD
    if here.line.mixed or here.line.size < 0.97 * body.size:
        return False
    if opens_with_dateline("".join(line.text for line in lines[at : at + 2])):
        return False
    centred = abs(here.indent - here.rest) < 1.2
    if here.line.face != body.face:
        return len(run) <= _MOST_SUBHEAD and (len(run) > 1 or centred or here.rest > 1.5)
    return _stands_free(lines, at, centred=centred)


def _run_of_type(lines: Sequence[_ColumnLine], at: int) -> Sequence[_ColumnLine]:
    """Return the line and those after it of the same size and face, up to one more than a subhead may have."""
    first, end = lines[at].line, at + 1
    while end < len(lines) and end - at <= _MOST_SUBHEAD and _same_type(first, lines[end].line):
        if lines[end].line.mixed:
            break
        end += 1
    return lines[at:end]


def _stands_free(lines: Sequence[_ColumnLine], at: int, *, centred: bool) -> bool:
    """Return whether a line in the body font is set like a heading: centred or flush left, above a new paragraph."""
    here = lines[at]
    before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
    if after is None or closed(here.text) or here.rest < 1.2:
        return False
    if len(_HAN.findall(here.text)) < 4 or here.text[-1].isdigit() or " " in here.text:
        return False
    if before is not None and not closed(before.text):
        return False
    opens = after.indent >= after.opens and after.rest < 1.2
    spaced = here.space >= _SPACE and (after.indent >= after.opens or after.space >= _SPACE)
    return spaced or (opens and (here.indent < 0.6 or (centred and abs(here.indent - 2) > 0.4)))
