"""Labelling of a printed article's lines by size, font, indent and position, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...segmentation import common_words
from ..bylines import byline_in_place, byline_of
from ..captions import ends_caption, opens_caption
from ..datelines import opens_with_dateline
from ..scores import Label
from ..source_lines import to_half_width
from ..text_cues import HAN, closed, dangles, left_open, starts_off, width
from .articles import PrintedArticle
from .glyphs import PrintedLine
from .printed_blocks import ENLARGED, PageBlocks, PrintedBlock

_INDENT = 1.4
"""Em. Minimum indent of a line that opens a paragraph."""
_CAPTION_SIZE = 0.97
"""Times the size of the body text. Maximum size of a caption."""
_NEAR_PICTURE = 2.4
"""Times the size of the body text. Maximum distance between a caption and its picture."""
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of an article with its label."""

    line: PrintedLine
    label: Label
    broken: bool = False
    """Whether a headline's line continues the part above it."""


def read_article(article: PrintedArticle, page: PageBlocks) -> list[PlacedLine]:
    """Return the lines of an article in reading order."""
    pictures = [block for block in article.blocks if block.kind == "picture"]
    texts = [block for block in article.blocks if block.lines]
    placed = [*_headline(article.headline, texts)] if article.headline else []
    signed = [block for block in texts if _signs(block, texts)]
    texts = [block for block in texts if block not in signed]
    placed += [PlacedLine(line, "above") for block in signed for line in _rows(block.lines)]
    captions: list[PrintedBlock] = []
    running: list[PrintedBlock] = []
    for block in texts:
        caption, rest = _split_caption(block, page, pictures)
        captions += [caption] if caption else []
        running += [rest] if rest else []
    edge = min((block.box.left for block in [*texts, *signed]), default=0.0)
    placed += _text(running, page, edge)
    for block in sorted(captions, key=lambda one: (one.box.top, one.box.left)):
        placed += [PlacedLine(line, "caption-join" if at else "caption") for at, line in enumerate(_rows(block.lines))]
    return placed


def _signs(block: PrintedBlock, texts: Sequence[PrintedBlock]) -> bool:
    """Return whether a block is a byline between the headline and the text."""
    if len(block.lines) > 2 or any(other.box.top < block.box.top for other in texts if len(other.lines) > 2):
        return False
    found = [byline_in_place(to_half_width(line.text)) for line in block.lines]
    return all(one is not None and not one.credit for one in found)


def _rows(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    return sorted(lines, key=lambda line: (round(line.box.bottom), line.box.left))


def _headline(block: PrintedBlock, texts: Sequence[PrintedBlock]) -> Iterator[PlacedLine]:
    """Yield the lines of a headline: horizontal ones from the top, vertical ones from the right."""
    box = block.box
    for text in texts:
        if text.box.overlap(block.box) > 0 and len(text.lines) > 2:
            box = box.join(text.box)
    upright = not any(line.vertical for line in block.lines)
    room = box.width if upright else block.box.height
    vertical = all(line.vertical for line in block.lines)
    lines = sorted(block.lines, key=lambda line: -line.box.left) if vertical else _rows(block.lines)
    for at, line in enumerate(lines):
        broken = at > 0 and _broken(lines[at - 1], line, room, len(lines))
        yield PlacedLine(line, "more" if at else "headline", broken)


def _broken(above: PrintedLine, below: PrintedLine, room: float, lines: int) -> bool:
    """Return whether `below` continues the headline part that ends `above`. `room` is the line's full width in points.

    `lines` is the number of lines of the headline.
    """
    if abs(above.size - below.size) > 0.08 * above.size or above.font != below.font:
        return False
    first, second = to_half_width(above.text), to_half_width(below.text)
    if second.startswith("——") or first.endswith("】"):
        return False
    if starts_off(second) or second.startswith("(") or dangles(first) or first.endswith(":") or left_open(first) > 0:
        return True
    together = first + second
    inside = common_words().inside_words(together)
    if len(first) in inside:
        return True
    one, other = width(first), width(second)
    if (one + other) * above.size <= room - 0.5 * above.size:
        return False
    if one == other:
        return False
    word = next((at for at in range(1, len(second)) if len(first) + at not in inside), len(second))
    full = (one + width(second[:word])) * above.size > room + 0.3 * above.size
    return (full and other <= one + 2) or (abs(one - other) <= (2 if lines == 2 else 1))


def _split_caption(
    block: PrintedBlock, page: PageBlocks, pictures: Sequence[PrintedBlock]
) -> tuple[PrintedBlock | None, PrintedBlock | None]:
    """Split a block into the caption it begins with and the rest. Either may be None."""
    lines = _rows(block.lines)
    if not _by_picture(block, page, pictures):
        return None, block
    count = 0
    for line in lines:
        if not _set_apart(line, page):
            break
        count += 1
    if count < len(lines) and opens_with_dateline("".join(to_half_width(line.text) for line in lines[:3])):
        count = 0
    if count == 0 and (opens_caption(to_half_width(lines[0].text)) or ends_caption(to_half_width(lines[-1].text))):
        count = len(lines)
    caption = _of(lines[:count], block) if count else None
    return caption, _of(lines[count:], block) if count < len(lines) else None


def _of(lines: Sequence[PrintedLine], block: PrintedBlock) -> PrintedBlock:
    box = lines[0].box
    for line in lines:
        box = box.join(line.box)
    return replace(block, lines=list(lines), box=box)


def _set_apart(line: PrintedLine, page: PageBlocks) -> bool:
    """Return whether a line is smaller than the body text or in another font."""
    apart = line.font != page.font and not line.mixed and line.size < ENLARGED * page.body
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
    lines = list(_in_columns(blocks, page, edge))
    label: Label = "paragraph"
    for at, line in enumerate(lines):
        label = _label(lines, at, label, page)
        yield PlacedLine(line.line, label)


def _in_columns(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> Iterator[_ColumnLine]:
    columns = _columns(blocks, page)
    widest = max((block.box.width for column in columns for block in column), default=0.0)
    for column in columns:
        lines = _rows([line for block in column for line in block.lines])
        left = min(line.box.left for line in lines)
        if left - edge <= 3 * page.body:  # all lines of a verse are indented: measure from the article's edge
            left = edge
        right = max(line.box.right for line in lines)
        full = sum(line.box.right > right - 0.6 * line.size for line in lines)
        if full < 0.4 * len(lines) and widest < 1.8 * (right - left):  # a table
            right = max(right, left + widest)
        yield from (_ColumnLine(line, to_half_width(line.text), left, right) for line in lines)


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


def _label(lines: Sequence[_ColumnLine], at: int, last: Label, page: PageBlocks) -> Label:
    here = lines[at]
    before = lines[at - 1] if at else None
    byline = byline_of(here.text)
    if byline and not here.text.endswith(":") and (byline.certain or here.line.font != page.font):
        return "above" if before is None or last == "above" else "byline"
    if not _flows_on(before, last) and _is_subhead(lines, at, page):
        joins = last in ("subhead", "subhead-more") and before is not None and before.line.font == here.line.font
        return "subhead-more" if joins else "subhead"
    if before is None or last in ("subhead", "subhead-more", "above", "byline"):
        return "paragraph"
    if here.indent >= _INDENT:
        return "paragraph"
    return "paragraph" if before.rest > (2.2 if closed(before.text) else 3.2) else "join"


def _flows_on(before: _ColumnLine | None, last: Label) -> bool:
    """Return whether the line above is full running text and ends in the middle of a sentence."""
    return before is not None and last in ("paragraph", "join") and not closed(before.text) and before.rest < 1.2


def _is_subhead(lines: Sequence[_ColumnLine], at: int, page: PageBlocks) -> bool:
    """Return whether a line is a subhead: larger, in another font and short, or set like a heading."""
    here = lines[at]
    if here.text[-1] in "。,;、)" or width(here.text) < 2:
        return False
    if here.line.size >= ENLARGED * page.body:
        return True
    if here.line.mixed or here.line.size < 0.97 * page.body:
        return False
    if opens_with_dateline("".join(line.text for line in lines[at : at + 2])):
        return False
    centred = abs(here.indent - here.rest) < 1.2
    if here.line.font != page.font:
        return centred or here.rest > 1.5
    return _stands_free(lines, at, centred=centred)


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
    opens = after.indent >= _INDENT and after.rest < 1.2
    return opens and (here.indent < 0.6 or (centred and abs(here.indent - 2) > 0.4))
