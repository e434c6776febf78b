"""Scores of pairs of blocks for belonging to one article.

A score is roughly the logarithm of the odds. Distances count in em of the body text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..bylines import bracketed_byline, byline_in_place, byline_of
from ..captions import ends_caption, opens_caption
from ..datelines import opens_with_dateline
from ..source_lines import to_half_width
from ..text_cues import closed
from .glyphs import Rect
from .page_block import PrintedBlock, in_rows
from .printed_blocks import PageBlocks, crossed, walled

_SIGNED = re.compile(r"\(([^()]{2,40})\)$")
_LEVEL = 0.9
"""Em. Two columns are level if their tops differ by less."""
_INDENT = 1.4
"""Em. Minimum indent of a line that opens a paragraph."""
_WIDEST_GUTTER = 4.0
"""Em. Columns of one text are not farther apart."""
_UNDER_VERTICAL = 4.0
"""Score, without the distance, of text below a vertical headline, whose text is mostly beside it."""
_SURE_TURN = 1.5
"""Score. A weaker link from the end of a column to the top of the next is not made."""
_INSIDE = 8.0
"""Score of a picture and the caption inside it."""
_WHITE = 1.6
"""Em. Minimum height of white space that separates what is above from what is below, across two columns."""
_FARTHEST, _FARTHEST_HEADLINE = 14.0, 26.0
"""Em. Blocks farther apart are not linked, nor columns with a headline farther to the left."""


@dataclass(frozen=True, slots=True)
class BlockLink:
    """Two blocks that may belong to one article."""

    score: float
    one: PrintedBlock
    other: PrintedBlock


def links_among(page: PageBlocks) -> list[BlockLink]:
    """Return the links between the blocks of a page, the best first."""
    found: list[BlockLink] = []
    for frame in {block.frame for block in page.blocks}:
        blocks = [block for block in page.blocks if block.frame == frame]
        for block in blocks:
            if block.kind != "headline":
                found += _links_of(page, block, blocks)
    return sorted(found, key=lambda link: -link.score)


def _links_of(page: PageBlocks, block: PrintedBlock, blocks: Sequence[PrintedBlock]) -> Iterator[BlockLink]:
    """Yield the links from a block to those above it and beside it."""
    em = page.body
    above = _above(page, block, blocks)
    if block.kind == "text" and _over(page, block, blocks) is None:
        for other in _column_ends(page, block, blocks):
            if (score := _turn_score(other, block, em)) > _SURE_TURN:
                yield BlockLink(score, other, block)
    for other in blocks:
        if other.kind == "picture" and other.box.holds(block.box, 2) and other is not block:
            yield BlockLink(_INSIDE, other, block)
    for other in above:
        yield BlockLink(_vertical_score(other, block, em) - 0.5 * (len(above) - 1), other, block)
    for other in _beside(page, block, blocks):
        score = _headline_beside(other, block, em) if other.kind == "headline" else _level_score(other, block, em)
        if walled(other.box, block.box, page.walls):
            score -= 0.5
        yield BlockLink(score, other, block)


def _above(page: PageBlocks, block: PrintedBlock, blocks: Sequence[PrintedBlock]) -> list[PrintedBlock]:
    """Return the blocks directly above: each shares some width with `block`, with nothing and no rule in between."""
    em = page.body
    over = [
        other
        for other in blocks
        if other is not block
        and other.box.bottom <= block.box.top + 0.4 * em
        and other.box.top < block.box.top
        and block.box.top - other.box.bottom < _FARTHEST * em
        and other.box.overlap(block.box) > 0.2 * min(other.box.width, block.box.width)
    ]
    return [
        other
        for other in over
        if not crossed(other.box, block.box, page.rules)
        and not any(
            between.box.top >= other.box.bottom - 0.4 * em
            and between.box.overlap(other.box) > 0.2 * min(between.box.width, other.box.width)
            for between in over
            if between is not other
        )
    ]


def _beside(page: PageBlocks, block: PrintedBlock, blocks: Sequence[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Yield the nearest blocks left and right at the height of the block's first line, and headlines level with it."""
    em = page.body
    line = block.box.top + 0.5 * em
    near = [
        other
        for other in blocks
        if other is not block
        and other.box.top - em <= line <= other.box.bottom
        and other.box.overlap(block.box) < 0.5 * em
        and -other.box.overlap(block.box) < (_FARTHEST_HEADLINE if other.kind == "headline" else _FARTHEST) * em
    ]
    for side in (
        [other for other in near if other.box.left < block.box.left],
        [other for other in near if other.box.left > block.box.left],
    ):
        if side:
            yield min(side, key=lambda other: -other.box.overlap(block.box))


def _over(page: PageBlocks, block: PrintedBlock, blocks: Sequence[PrintedBlock]) -> PrintedBlock | None:
    """Return the nearest headline or text above a block, at any distance; None if there is none, or a rule between."""
    over = [
        other
        for other in blocks
        if other is not block
        and other.lines
        and other.box.bottom <= block.box.top + 0.4 * page.body
        and other.box.overlap(block.box) > 0.2 * min(other.box.width, block.box.width)
    ]
    nearest = max(over, key=lambda other: other.box.bottom, default=None)
    return None if nearest is None or crossed(nearest.box, block.box, page.rules) else nearest


def _column_ends(page: PageBlocks, block: PrintedBlock, blocks: Sequence[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Yield the ends of the next column to the left, from which the text may go on at the top of `block`."""
    em = page.body
    for other in blocks:
        if (
            other.kind == "text"
            and other is not block
            and -0.5 * em < block.box.left - other.box.right < _WIDEST_GUTTER * em
            and other.box.bottom > block.box.top
            and abs(other.box.width - block.box.width) < 2.6 * em
            and not any(one.kind == "text" and _over(page, one, blocks) is other for one in blocks)
            and not _parted(page, block, other)
        ):
            yield other


def _parted(page: PageBlocks, block: PrintedBlock, other: PrintedBlock) -> bool:
    """Return whether a rule or white space goes across both columns between the top of `block` and the end `other`."""
    em, top, bottom = page.body, block.box.top, other.box.bottom
    if any(
        top - em < rule.top < bottom and rule.overlap(other.box) > em and rule.overlap(block.box) > em
        for rule in page.rules
    ):
        return True
    both = block.box.join(other.box)
    for line in sorted(
        (
            box
            for one in page.blocks
            if one.box.overlap(both) > em and (one.kind != "headline" or one.box.width < 1.2 * block.box.width)
            for box in ([line.box for line in one.lines] or [one.box])
        ),
        key=lambda box: box.top,
    ):
        if line.top >= bottom:
            break
        if line.top - top > _WHITE * em and top > block.box.top:
            return True
        top = max(top, line.bottom)
    return False


def _turn_score(before: PrintedBlock, after: PrintedBlock, em: float) -> float:
    """Return the score of text that goes on from the end of one column at the top of the next."""
    gutter = (after.box.left - before.box.right) / em
    return 2.0 - 0.3 * max(0.0, gutter - 1.5) + _leading(before, after) + 1.5 * _flow(before, after)


def _vertical_score(upper: PrintedBlock, lower: PrintedBlock, em: float) -> float:
    """Return the score of one block right above another."""
    gap = max(0.0, lower.box.top - upper.box.bottom) / em
    if upper.kind == "headline":
        return (_UNDER_VERTICAL if upper.lines[0].vertical else 7.0) - gap - _outside(upper.box, lower.box) / (4 * em)
    signed = byline_in_place(to_half_width(upper.lines[0].text)) if 0 < len(upper.lines) <= 2 else None
    if signed and (signed.authors or lower.kind != "picture"):
        return 4.5 - 0.5 * gap - _outside(upper.box, lower.box) / em
    if "picture" in (upper.kind, lower.kind):
        caption = upper.kind == "picture" and (lower.size < 0.97 * em or _is_worded_as_caption(lower))
        return (4.0 if caption else 1.5) - gap
    first, last = in_rows(lower.lines)[0], in_rows(lower.lines)[-1]
    subhead = (first.face != last.face or first.size != last.size) and not _is_signed_above(lower)
    room = 1.0 if subhead else 0.0  # a subhead has space above
    score = 4.5 - 3.5 * max(0.0, gap - room - _leading_gap(upper, em)) + _flow(upper, lower)
    same = abs(upper.box.left - lower.box.left) < 2.3 * em and abs(upper.box.right - lower.box.right) < 1.5 * em
    score += 1.0 if abs(upper.box.left - lower.box.left) < 0.3 * em else 0.0 if same else -1.5
    return score + _leading(upper, lower)


def _is_worded_as_caption(block: PrintedBlock) -> bool:
    lines = in_rows(block.lines)
    return bool(lines) and (opens_caption(to_half_width(lines[0].text)) or ends_caption(to_half_width(lines[-1].text)))


def _outside(headline: Rect, block: Rect) -> float:
    """Return how far a block is beyond the ends of a headline above it, in points."""
    return max(0.0, headline.left - block.right, block.left - headline.right)


def _leading_gap(block: PrintedBlock, em: float) -> float:
    """Return the usual gap between the lines of a block, in em."""
    pitch = _pitch(block)
    return max(0.3, pitch / em - 1) if pitch else 0.6


def _level_score(other: PrintedBlock, block: PrintedBlock, em: float) -> float:
    """Return the score of two blocks side by side."""
    gutter = max(0.0, -other.box.overlap(block.box)) / em
    level = any(abs(one - two) < _LEVEL * em for one in _tops(other) for two in _tops(block))
    left, right = (other, block) if other.box.left < block.box.left else (block, other)
    if "picture" in (other.kind, block.kind):
        text = other if block.kind == "picture" else block
        if text.kind == "text" and gutter < 1.5 and text.size < 0.97 * em:
            return 4.0 - gutter
        return (1.5 if level else 0.0) - 0.6 * gutter
    score = (4.0 if level else 0.5) - 0.5 * max(0.0, gutter - 1.0) + _leading(other, block)
    same_width = abs(other.box.width - block.box.width) < 2.2 * em
    score += 0.5 if same_width else -1.0
    return score + _flow(left, right)


def _tops(block: PrintedBlock) -> list[float]:
    """Return where a block begins, and where its text begins below a byline."""
    return [block.box.top, in_rows(block.lines)[1].box.top] if _is_signed_above(block) else [block.box.top]


def _headline_beside(headline: PrintedBlock, block: PrintedBlock, em: float) -> float:
    gap = max(0.0, -headline.box.overlap(block.box)) / em
    drop = abs(headline.box.top - block.box.top) / em
    if headline.lines[0].vertical:
        return 5.0 - 0.4 * gap - 0.5 * max(0.0, drop - 1.5)
    if headline.box.left > block.box.left:
        return -2.0
    return 4.0 - 0.2 * gap - 0.7 * max(0.0, drop - 0.8)


def _pitch(block: PrintedBlock) -> float:
    """Return the median distance of a block's baselines, in points; 0 for a single line."""
    bottoms = sorted({round(line.box.bottom, 1) for line in block.lines})
    return median(later - before for before, later in pairwise(bottoms)) if len(bottoms) > 1 else 0.0


def _leading(one: PrintedBlock, other: PrintedBlock) -> float:
    """Compare the distance of baselines, which is the same all through most articles."""
    if min(len(one.lines), len(other.lines)) < 3:
        return 0.0
    first, second = _pitch(one), _pitch(other)
    return 0.5 if abs(first - second) < 0.03 * first else -1.5


def _flow(before: PrintedBlock, after: PrintedBlock) -> float:
    """Score whether the text goes on from one block to the other, within a sentence or with a new paragraph."""
    if before.kind != "text" or after.kind != "text":
        return 0.0
    last, first = in_rows(before.lines)[-1], in_rows(after.lines)[0]
    if abs(last.size - first.size) > 0.03 * first.size:
        return 0.0
    ending = in_rows(before.lines)[-2:]
    said = to_half_width(last.text)
    opening = "".join(to_half_width(line.text) for line in in_rows(after.lines)[:2])
    signs_off = _signs_off("".join(to_half_width(line.text) for line in ending))
    if signs_off or opens_with_dateline(opening) or _is_signed_above(after):
        return -2.5
    ended = closed(said)
    room = before.box.right - last.box.right
    full = room < 1.2 * last.size
    indented = first.box.left - after.box.left > _INDENT * first.size
    if not indented and len(after.lines) > 1:
        return 1.5 if full and not ended else -0.5 if full else -2.0
    return -1.5 if not ended and full and indented else 0.5 if ended else 0.0


def _is_signed_above(block: PrintedBlock) -> bool:
    """Return whether a column begins with a byline, as the text of an article does."""
    found = byline_of(to_half_width(in_rows(block.lines)[0].text)) if len(block.lines) > 2 else None
    return bool(found and found.certain and found.authors)


def _signs_off(text: str) -> bool:
    """Return whether a text ends with a byline in brackets, as articles do."""
    found = _SIGNED.search(text)
    byline = bracketed_byline(found[1]) if found else None
    return bool(byline and byline.authors)
