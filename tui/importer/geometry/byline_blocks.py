"""Bylines between a headline and its text. They may be centred over several columns and belong to none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..bylines import byline_of
from ..source_lines import to_half_width
from .glyphs import PrintedLine
from .page_block import PrintedBlock

_NEAR = 2.4
"""Sizes of the byline. Maximum distance from the headline."""
_GOES_ON = "：:、，,；"
"""Marks at the end of a line of names that belongs to a sentence."""
_NEXT = 1.0
"""Sizes of the byline. Maximum distance of its second line."""


def bylines_below(headlines: Iterable[PrintedBlock], lines: Sequence[PrintedLine]) -> list[PrintedBlock]:
    """Return a block for each byline of one or two lines right below a headline; the nearest headline has it."""
    found: list[PrintedBlock] = []
    for headline in sorted(headlines, key=lambda one: -one.box.bottom):
        box = headline.box
        taken = {id(line) for block in found for line in block.lines}
        lines = [line for line in lines if id(line) not in taken]
        below = [
            line
            for line in lines
            if not line.row
            and box.overlap(line.box) > 0
            and -0.3 * line.size <= line.box.top - box.bottom < _NEAR * line.size
        ]
        first = min(below, key=lambda line: (line.box.top, line.box.left), default=None)
        if first is None:
            continue
        if whole := _of_two_lines(first, lines):
            found.append(PrintedBlock("text", whole, whole[0].box.join(whole[1].box)))
        elif _signs(first.text):
            found.append(PrintedBlock("text", [first], first.box))
    return found


def is_byline(block: PrintedBlock) -> bool:
    """Return whether a block is a byline, which may be centred over several columns."""
    return 0 < len(block.lines) <= 2 and all(_signs(line.text) for line in whole_byline(block.lines))


def whole_byline(lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
    """Return the lines of a byline; two of which only both together name their authors become one."""
    if len(lines) == 2:
        text = f"{lines[0].text}\u3000{lines[1].text}"
        found = byline_of(to_half_width(text))
        if found and found.certain and found.authors:
            return [replace(lines[0], text=text, box=lines[0].box.join(lines[1].box))]
    return lines


def _of_two_lines(first: PrintedLine, lines: Sequence[PrintedLine]) -> list[PrintedLine] | None:
    """Return the byline that begins with `first` and ends in the line below, or None."""
    for line in lines:
        near = 0 <= line.box.top - first.box.bottom < _NEXT * first.size and line.size == first.size
        if near and line.box.overlap(first.box) > 0 and len(whole_byline([first, line])) == 1:
            return [first, line]
    return None


def _signs(text: str) -> bool:
    found = byline_of(to_half_width(text))
    return bool(found and found.authors and not found.credit and text[-1] not in _GOES_ON)
