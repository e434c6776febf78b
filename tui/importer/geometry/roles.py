"""Labelling of a printed article's lines by size, font, indent and position, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..bylines import byline_in_place, byline_of
from ..captions import ends_caption, opens_caption
from ..datelines import opens_with_dateline
from ..scores import Label
from ..source_lines import to_half_width
from ..text_cues import HAN, closed, width
from .article_columns import FEW_LINES, ColumnLine, column_lines
from .articles import PrintedArticle
from .byline_blocks import whole_byline
from .glyphs import PrintedLine
from .headline_parts import headline_lines
from .page_block import PrintedBlock, in_rows
from .printed_blocks import ENLARGED, Body, PageBlocks, body_type

_SPACE = 1.25
"""Times the usual distance of baselines. Minimum distance above a paragraph that space separates, or a subhead."""
_CAPTION_SIZE = 0.97
"""Ratio to the size of the body text. Maximum size of a caption."""
_NEAR_PICTURE = 2.4
"""Ratio to the size of the body text. Maximum distance between a caption and its picture."""
_SHORT_CLOSED, _SHORT_OPEN, _NEARLY = 2.2, 3.2, 0.7
"""Em that a line which ends a paragraph is short, with and without a final mark, and em that leave it in doubt."""
_SHORTEST_SUBHEAD = 3
"""Han characters."""
_MOST_SUBHEAD = 3
"""Lines. Maximum length of a subhead."""
_CAPTIONS: tuple[Label, ...] = ("caption", "caption-join")
_MOST_CAPTION = 6
"""Lines of a caption in the type of the text."""
_OF_TEXT_TOO = re.compile("(?:文/图|图/文|报道)\\)?$")
"""The end of a credit for the text and its pictures."""
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
    placed += [PlacedLine(line, "above") for block in signed for line in whole_byline(in_rows(block.lines))]
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
    found = [byline_in_place(to_half_width(line.text)) for line in whole_byline(in_rows(block.lines))]
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
        if not _set_apart(line, page) or (not count and _is_byline(line)):
            break
        if line.size > _CAPTION_SIZE * page.body and opens_with_dateline(to_half_width(line.text)):
            break
        count += 1
    if 0 < count < len(lines) and _heads(lines, count, pictures):
        count = 0
    if count < len(lines) and opens_with_dateline("".join(to_half_width(line.text) for line in lines[:3])):
        count = 0
    last = to_half_width(lines[-1].text)
    credited = len(lines) <= _MOST_CAPTION and ends_caption(last) and not _OF_TEXT_TOO.search(last)
    if count == 0 and (opens_caption(to_half_width(lines[0].text)) or credited):
        count = len(lines)
    caption = _of(lines[:count], block) if count else None
    return caption, _of(lines[count:], block) if count < len(lines) else None


def _is_byline(line: PrintedLine) -> bool:
    byline = byline_of(to_half_width(line.text))
    return byline is not None and byline.certain and not byline.credit


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


def _text(blocks: Sequence[PrintedBlock], page: PageBlocks, edge: float) -> Iterator[PlacedLine]:
    """Yield the labelled lines, column by column from the left. `edge` is the article's left edge in points."""
    lines = _with_whole_bylines(column_lines(blocks, page, edge))
    body = _body_of([line.line for line in lines], page)
    label: Label = "paragraph"
    for at, line in enumerate(lines):
        label = _label(lines, at, label, body)
        yield PlacedLine(line.line, label, instead=_instead(lines, at, label, body))


def _with_whole_bylines(lines: list[ColumnLine]) -> list[ColumnLine]:
    """Return the lines with each byline in brackets that takes two lines joined to one."""
    done: list[ColumnLine] = []
    for line in lines:
        above = done[-1] if done else None
        opens = above is not None and above.text.startswith("(") and ")" not in above.text
        whole = whole_byline([above.line, line.line]) if above and opens and line.text.endswith(")") else []
        if above and len(whole) == 1:
            done[-1] = replace(above, line=whole[0], text=to_half_width(whole[0].text))
        else:
            done.append(line)
    return done


def _instead(lines: Sequence[ColumnLine], at: int, label: Label, body: Body) -> Label | None:
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
    return body_type(lines) if len(lines) >= FEW_LINES else page.type


def _label(lines: Sequence[ColumnLine], at: int, last: Label, body: Body) -> Label:
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
    if before and last in _CAPTIONS and _same_type(before.line, here.line) and not ends_caption(before.text):
        return "caption-join"
    if not _flows_on(before, last) and _ends_in_credit(lines, at, body):
        return "caption"
    own_type = here.line.face != body.face or here.line.size >= ENLARGED * body.size
    if own_type and last in ("subhead", "subhead-more") and before and _same_type(before.line, here.line):
        return "subhead-more"
    if not _flows_on(before, last) and _is_subhead(lines, at, body):
        return "subhead"
    if before is None or last in ("subhead", "subhead-more", "above", "byline", *_CAPTIONS):
        return "paragraph"
    if here.indent >= here.opens or (here.space >= _SPACE and closed(before.text)):
        return "paragraph"
    return "paragraph" if before.rest > (_SHORT_CLOSED if closed(before.text) else _SHORT_OPEN) else "join"


def _may_sign(lines: Sequence[ColumnLine], at: int, last: Label, body: Body) -> bool:
    """Return whether a line of possible names is where a byline is printed: first or last, in its own type."""
    outside = at == 0 or at == len(lines) - 1 or last == "above"
    here = lines[at].line
    own_type = here.face != body.face or here.size < _CAPTION_SIZE * body.size
    opens = at == 0 and len(lines) > 1 and lines[1].indent >= lines[1].opens
    return outside and (own_type or opens) and not _flows_on(lines[at - 1] if at else None, last)


def _ends_in_credit(lines: Sequence[ColumnLine], at: int, body: Body) -> bool:
    """Return whether a caption without a picture opens here: small lines of one type that end in a credit."""
    small = lines[at].line.size <= _CAPTION_SIZE * body.size
    return small and any(ends_caption(line.text) for line in _run_of_type(lines, at))


def _same_type(one: PrintedLine, other: PrintedLine) -> bool:
    return one.face == other.face and abs(one.size - other.size) < 0.03 * one.size


def _flows_on(before: ColumnLine | None, last: Label) -> bool:
    """Return whether the line above is full running text and ends in the middle of a sentence."""
    return before is not None and last in ("paragraph", "join") and not closed(before.text) and before.rest < 1.2


def _is_subhead(lines: Sequence[ColumnLine], at: int, body: Body) -> bool:
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


def _run_of_type(lines: Sequence[ColumnLine], at: int) -> Sequence[ColumnLine]:
    """Return the line and those after it of the same size and face, up to one more than a subhead may have."""
    first, end = lines[at].line, at + 1
    while end < len(lines) and end - at <= _MOST_SUBHEAD and _same_type(first, lines[end].line):
        if lines[end].line.mixed:
            break
        end += 1
    return lines[at:end]


def _stands_free(lines: Sequence[ColumnLine], at: int, *, centred: bool) -> bool:
    """Return whether a line in the body font is set like a heading: centred or flush left, above a new paragraph."""
    here = lines[at]
    before, after = lines[at - 1] if at else None, lines[at + 1] if at + 1 < len(lines) else None
    if after is None or closed(here.text) or here.rest < 1.2:
        return False
    if len(_HAN.findall(here.text)) < _SHORTEST_SUBHEAD or here.text[-1].isdigit() or " " in here.text:
        return False
    if before is not None and not closed(before.text):
        return False
    opens = after.indent >= after.opens and after.rest < 1.2
    spaced = here.space >= _SPACE and (
        after.indent >= after.opens or after.space >= _SPACE or (here.indent >= here.opens and after.indent < 0.3)
    )
    return spaced or (opens and (here.indent < 0.6 or (centred and abs(here.indent - 2) > 0.4)))
