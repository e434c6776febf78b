"""Grouping of a printed page's lines into headlines and columns of text, and detection of pictures."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from .byline_blocks import bylines_below
from .glyphs import PrintedLine, PrintedPage, Rect
from .page_block import PrintedBlock
from .running_type import RunningType
from .tables import with_rows

HEADLINE = 1.27
"""Ratio to the size of the body text. Minimum size of a headline's line."""
ENLARGED = 1.07
"""Ratio to the size of the body text. Minimum size of kickers, decks and subheads."""
_SMALL = 0.97
"""Ratio to the size of the body text. Type below that is not body text."""
_CAPTION_SHARE, _LEAST_PICTURE = 0.45, 4.0
"""Share of a picture that a caption inside it covers at most, and em of a picture that holds one at least."""
_SPACED, _WIDEST_LEADING = 0.18, 3.2
"""Share of lines with white space above, if that separates paragraphs, and maximum distance of baselines in sizes."""
_LEADING = 2.1
"""Ratio to the type size. Maximum distance between the baselines of consecutive lines in a column."""

_BRIEFS = re.compile("快讯|简讯|短讯|快报|速递|速览|集锦|要闻|一句话")
"""Headlines over several briefs. The line below such a headline is the heading of the first brief, not a deck."""


class Body(NamedTuple):
    """The type of running text."""

    size: float
    """Points."""
    face: tuple[str, int, int]
    """Font, weight and colour."""


@dataclass
class PageBlocks:
    """The blocks of a page and the rules that separate them."""

    type: Body
    """The type of most of the page's text."""
    blocks: list[PrintedBlock] = field(default_factory=list)
    rules: list[Rect] = field(default_factory=list)
    """Horizontal rules."""
    walls: list[Rect] = field(default_factory=list)
    """Vertical rules."""
    frames: list[Rect] = field(default_factory=list)

    @property
    def body(self) -> float:
        """Points. The size of most of the page's text."""
        return self.type.size


def blocks_of(page: PrintedPage, lines: Sequence[PrintedLine]) -> PageBlocks:
    """Group `lines`, the page's lines without furniture, into blocks."""
    found = PageBlocks(body_type(lines))
    body = found.body
    found.rules = [box for box in page.boxes if box.height <= 3 and box.width > 3 * body]
    found.walls = [box for box in page.boxes if box.width <= 3 and box.height > 2 * body]
    found.frames, pictures = _frames_and_pictures(page, lines, found.type)
    lines = with_initials(lines, body)
    running = RunningType(lines, body)
    display = [line for line in lines if line.vertical or line.size >= HEADLINE * running.size_at(line)]
    headlines = _headlines(display, found.rules)
    rest = [line for line in lines if line not in set(display)]
    rest = with_rows(rest, body, [block.box for block in headlines])
    rest = _with_enlarged(headlines, rest, running, found.rules)
    bylines = bylines_below(headlines, rest)
    rest = [line for line in rest if not any(line in block.lines for block in bylines)]
    found.blocks = [*headlines, *bylines, *_columns(rest, found, [block.box for block in headlines], pictures)]
    found.blocks += [PrintedBlock("picture", [], box) for box in pictures]
    for block in found.blocks:
        around = [frame for frame in found.frames if frame.holds(block.box, 2)]
        block.frame = min(around, key=lambda box: box.width * box.height, default=None)
    return found


def body_type(lines: Iterable[PrintedLine]) -> Body:
    """Return the most common size and face. Of types about equally common, the largest wins: captions are smaller."""
    types: Counter[Body] = Counter()
    for line in lines:
        types[Body(line.size, line.face)] += len(line.text)
    most = max(types.values(), default=0)
    return max((kind for kind, count in types.items() if count >= 0.75 * most), default=Body(10.0, ("", 400, 0)))


def _frames_and_pictures(page: PrintedPage, lines: Sequence[PrintedLine], body: Body) -> tuple[list[Rect], list[Rect]]:
    """Return the boxes around text (frames), and those with no text or only a caption inside (pictures)."""
    frames: list[Rect] = []
    pictures: list[Rect] = []
    for box in page.boxes:
        if min(box.width, box.height) < 2 * body.size or box.width * box.height > 0.85 * page.width * page.height:
            continue
        inside = [line for line in lines if box.holds(line.box, 1)]
        if _is_picture(box, inside, body):
            if not any(picture.holds(box) for picture in pictures):
                pictures.append(box)
        elif len(inside) >= 2:
            frames.append(box)
    return frames, pictures


def _is_picture(box: Rect, inside: Sequence[PrintedLine], body: Body) -> bool:
    """Return whether a box has no lines inside or only a caption: few lines, in its own type, at one end."""
    if not inside:
        return True
    top, bottom = min(line.box.top for line in inside), max(line.box.bottom for line in inside)
    own = all(
        line.size < _SMALL * body.size or (line.face != body.face and line.size < 1.1 * body.size) for line in inside
    )
    return own and bottom - top < _CAPTION_SHARE * box.height and box.height > _LEAST_PICTURE * body.size


def with_initials(lines: Sequence[PrintedLine], body: float) -> list[PrintedLine]:
    """Return the lines with each drop cap joined to the line that it begins."""
    caps = [line for line in lines if len(line.text) == 1 and line.size > 1.6 * body and not line.vertical]
    done = list(lines)
    for cap in caps:
        beside = sorted(
            (
                line
                for line in done
                if line is not cap
                and line.size < 1.2 * body
                and -0.3 * body < line.box.left - cap.box.right < body
                and cap.box.top - 0.8 * body < line.box.top
                and line.box.bottom < cap.box.bottom + 0.8 * body
            ),
            key=lambda line: line.box.top,
        )
        if len(beside) < 2 or any(abs(one.box.left - beside[0].box.left) > 0.5 * body for one in beside):
            continue
        done.remove(cap)
        for at, line in enumerate(beside):
            box = Rect(cap.box.left, line.box.top, line.box.right, line.box.bottom)
            text = line.text if at else cap.text + line.text
            done[done.index(line)] = replace(line, text=text, box=box)
    return done


def crossed(above: Rect, below: Rect, rules: Iterable[Rect]) -> bool:
    """Return whether a horizontal rule separates `above` from `below`."""
    left, right = max(above.left, below.left), min(above.right, below.right)
    return any(
        above.bottom - 2 <= rule.top <= below.top + 2 and rule.left < right - 2 and rule.right > left + 2
        for rule in rules
    )


def walled(one: Rect, other: Rect, walls: Iterable[Rect]) -> bool:
    """Return whether a vertical rule separates two boxes side by side."""
    left, right = (one, other) if one.left < other.left else (other, one)
    top, bottom = max(one.top, other.top), min(one.bottom, other.bottom)
    return any(
        left.right - 2 <= wall.left <= right.left + 2 and wall.top < bottom - 2 and wall.bottom > top + 2
        for wall in walls
    )


def _headlines(display: Sequence[PrintedLine], rules: Sequence[Rect]) -> list[PrintedBlock]:
    """Group large lines into headlines: horizontal ones below each other, vertical ones side by side."""
    blocks: list[PrintedBlock] = []
    for line in sorted(display, key=lambda one: (one.box.top, one.box.left)):
        for block in blocks:
            if _goes_with(block, line, rules):
                block.add(line)
                break
        else:
            blocks.append(PrintedBlock("headline", [line], line.box))
    return blocks


def _goes_with(block: PrintedBlock, line: PrintedLine, rules: Sequence[Rect]) -> bool:
    last = block.lines[-1]
    if line.vertical != last.vertical:
        return False
    if line.vertical:
        beside = max(line.box.left - block.box.right, block.box.left - line.box.right)
        shared = min(line.box.bottom, block.box.bottom) - max(line.box.top, block.box.top)
        return beside < 1.5 * max(line.size, last.size) and shared > 0.5 * min(line.box.height, block.box.height)
    gap = line.box.top - last.box.bottom
    near = min(line.size, last.size)
    if not -0.3 * near <= gap <= 0.85 * near or crossed(last.box, line.box, rules):
        return False
    return aligned(block.box, line.box, 0.6 * line.size) and block.box.overlap(line.box) > 0


def aligned(one: Rect, other: Rect, slack: float) -> bool:
    """Return whether two boxes share their left edge, centre or right edge, within `slack` points."""
    return (
        abs(one.left - other.left) <= slack
        or abs(one.right - other.right) <= slack
        or abs(one.left + one.right - other.left - other.right) <= 2 * slack
    )


def _with_enlarged(
    headlines: Sequence[PrintedBlock], lines: Sequence[PrintedLine], running: RunningType, rules: Sequence[Rect]
) -> list[PrintedLine]:
    """Add kickers and decks to the headlines next to them. Return the other lines."""
    left = list(lines)
    for headline in headlines:
        if any(line.vertical for line in headline.lines):
            continue
        size = headline.lines[0].size
        briefs = any(_BRIEFS.search(line.text) for line in headline.lines)
        for above in (True,) if briefs else (True, False):
            while line := _next_to(headline, left, running, size, rules, above=above):
                left.remove(line)
                headline.lines.insert(0 if above else len(headline.lines), line)
                headline.box = headline.box.join(line.box)
    return left


def _next_to(
    headline: PrintedBlock,
    lines: Sequence[PrintedLine],
    running: RunningType,
    size: float,
    rules: Sequence[Rect],
    *,
    above: bool,
) -> PrintedLine | None:
    for line in lines:
        body = running.size_at(line)
        if line.size < ENLARGED * body:
            continue
        upper, lower = (line.box, headline.box) if above else (headline.box, line.box)
        gap = lower.top - upper.bottom
        shared = headline.box.overlap(line.box)
        fits = aligned(headline.box, line.box, 0.6 * size) and shared > 0.5 * min(line.box.width, headline.box.width)
        fits = fits or (not above and shared > 0 and line.text.startswith("——"))
        if not -2 <= gap <= max(0.75 * size, body) or not fits or crossed(upper, lower, rules):
            continue
        if not any(_beside(line.box, other.box, headline.box) for other in lines if other is not line):
            return line
    return None


def _beside(line: Rect, other: Rect, headline: Rect) -> bool:
    """Return whether `other` is beside `line` within the headline's width; then `line` belongs to a column."""
    return min(line.bottom, other.bottom) - max(line.top, other.top) > 2 and other.overlap(headline) > 0


def _columns(
    lines: Sequence[PrintedLine], found: PageBlocks, headlines: Sequence[Rect], pictures: Sequence[Rect]
) -> list[PrintedBlock]:
    """Group lines into columns of text: consecutive lines at the same measure."""
    blocks: list[PrintedBlock] = []
    leading = max(_LEADING, 1.05 * _paragraph_leading(lines))
    rules, type_ = found.rules, found.type
    for line in sorted(lines, key=lambda one: (one.box.top, one.box.left)):
        best: PrintedBlock | None = None
        for block in reversed(blocks):
            last = block.lines[-1]
            pitch = line.box.bottom - last.box.bottom
            if pitch <= 0.5 * line.size or pitch > leading * max(line.size, last.size):
                continue
            if not _one_column(block, line) or crossed(last.box, line.box, rules):
                continue
            if _begins_body(last, line, type_) and _ends_caption(block, line.box, pictures):
                continue
            if any(picture.holds(last.box, 2) and not picture.holds(line.box, 2) for picture in pictures):
                continue
            if any(
                last.box.bottom - 1 <= head.top and head.bottom <= line.box.top + 1 and head.overlap(line.box) > 0
                for head in headlines
            ):
                continue
            if best is None or block.box.overlap(line.box) > best.box.overlap(line.box):
                best = block
        if best:
            best.add(line)
        else:
            blocks.append(PrintedBlock("text", [line], line.box))
    return blocks


def _begins_body(last: PrintedLine, line: PrintedLine, body: Body) -> bool:
    """Return whether `line` has the size of body text and `last` is smaller or, if `line` is in its font, is not.

    The weight says nothing: the first line of a report may be bold for most of its length.
    """
    if line.size != body.size:
        return False
    return last.size < _SMALL * body.size or (last.font != body.face[0] and line.font == body.face[0])


def _ends_caption(block: PrintedBlock, line: Rect, pictures: Sequence[Rect]) -> bool:
    """Return whether a block is a caption below or beside a picture, and `line`, a line of body text, is not."""
    first, last = block.lines[0].box, block.lines[-1].box
    if any(0 <= first.top - picture.bottom < first.height and picture.overlap(first) > 0 for picture in pictures):
        return True
    return any(
        picture.drop(last) > 0.5 * last.height
        and max(last.left - picture.right, picture.left - last.right) < 2 * last.height
        and picture.overlap(last) <= 1
        and picture.drop(line) < 0.5 * line.height
        for picture in pictures
    )


def _paragraph_leading(lines: Sequence[PrintedLine]) -> float:
    """Return the distance of baselines between paragraphs that white space separates, in type sizes; 0 if none does."""
    below: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: one.box.bottom):
        below[round(line.box.left)].append(line)
    indented = {left for left in below if any(_is_edge(below, left, edge) for edge in below)}
    steps = sorted(
        (later.box.bottom - line.box.bottom) / line.size
        for left, column in below.items()
        if left not in indented
        for line, later in pairwise(column)
        if line.size == later.size and later.box.bottom - line.box.bottom < _WIDEST_LEADING * line.size
    )
    if not steps:
        return 0.0
    usual = steps[len(steps) // 2]
    wide = [step for step in steps if step > 1.15 * usual]
    return wide[len(wide) // 2] if len(wide) > _SPACED * len(steps) else 0.0


def _is_edge(below: Mapping[int, Sequence[PrintedLine]], left: int, edge: int) -> bool:
    """Return whether the lines that begin at `left` are the indented ones of a column with this left edge."""
    return 0.5 < (left - edge) / below[left][0].size < 3 and len(below[edge]) > len(below[left])


def _one_column(block: PrintedBlock, line: PrintedLine) -> bool:
    small, large = sorted((block.lines[-1].size, line.size))
    if large > 1.25 * small:
        return False
    slack = 1.2 * large
    inside = block.box.left - slack <= line.box.left and line.box.right <= block.box.right + slack
    around = line.box.left - slack <= block.box.left and block.box.right <= line.box.right + slack
    outdented = line.box.left - block.box.left >= -2.6 * large and line.box.right <= block.box.right + slack
    widened = abs(line.box.left - block.box.left) <= 2.6 * large and len(block.lines) <= 2
    return block.box.overlap(line.box) > -0.5 * large and (inside or around or outdented or widened)
