"""Detection of furniture at the edges of a printed page: its head, its folio, jump lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from ..furniture import is_furniture, is_jump_line, is_weak
from ..source_lines import to_half_width
from .glyphs import PrintedLine, PrintedPage
from .page_block import in_rows

_RULE_DEPTH, _LEAST_DEPTH, _EDGE = 0.13, 60.0, 0.06
"""Maximum depth of the rule under the page's head, as a share of the page's height and, on low pages, in points; share
of the height of the edge without one."""
_MASTHEAD_DEPTH, _NAME_SIZE = 0.33, 1.8
"""Share of the page's height within which a rule ends a bulletin's title, and ratio of its name's size to the rest."""
_ISSUE = re.compile(r"^[(（]?(?:总?第\s?[\d一二三四五六七八九十百〇零]+\s?期|增刊|内部资料)|年\s?第?\s?\d+\s?期")
_PUBLISHED = re.compile(r"(?:办公室|委员会|编辑部|编|主办|[局厅处部院会社])\s?\d{4}年\d{1,2}月\d{1,2}日$")
"""The publisher and the date in the title of a bulletin."""
_SAID_DEPTH = 0.075
"""Share of the page's height, at top and foot, in which the wording alone makes a line furniture."""
_PICTURE, _FEW_CHARACTERS = 0.6, 40
"""Share of a page that the picture of a scan covers at least, and characters of text that a scan has fewer than."""
_ADVERTISEMENT = re.compile(r"[·\s]*(?:公益|商业|分类)?广告[·\s]*$")
"""The label of an advertisement, anywhere on the page."""
_MOST_LINES = 12
"""Lines. With more, an edge is not taken for the page's head or foot."""


def edge_lines(page: PrintedPage) -> set[PrintedLine]:
    """Return the lines of the page's head and foot, jump lines, labels of advertisements, and other furniture."""
    deep = _SAID_DEPTH * page.height
    found = {
        line
        for line in page.lines
        if is_jump_line(to_half_width(line.text))
        or _ADVERTISEMENT.match(line.text)
        or (_says_so(line) and not deep < line.box.top < page.height - deep)
    }
    found.update(takewhile(_says_so, sorted(page.lines, key=lambda line: -line.box.bottom)))  # 报, 送, 共印…份
    found.update(_masthead(page))
    for edge in (
        _head(page),
        [line for line in page.lines if line.box.top > (1 - _EDGE / 1.5) * page.height],
    ):
        if len(edge) <= _MOST_LINES and any(line in found for line in edge):
            found.update(edge)
    return found


def is_scanned(page: PrintedPage) -> bool:
    """Return whether a page is a picture of paper: next to no text, and a picture over most of it."""
    area = page.width * page.height
    covered = any(box.width * box.height > _PICTURE * area for box in page.boxes)
    return covered and sum(len(line.text) for line in page.lines) < _FEW_CHARACTERS


def _says_so(line: PrintedLine) -> bool:
    return is_furniture(to_half_width(line.text))


def _rules_above(page: PrintedPage, depth: float) -> list[float]:
    """Return the tops of the rules across the page that lie above `depth`."""
    left = min((line.box.left for line in page.lines), default=0.0)
    right = max((line.box.right for line in page.lines), default=0.0)
    return [box.top for box in page.boxes if box.height <= 4 and box.width > 0.6 * (right - left) and box.top < depth]


def _masthead(page: PrintedPage) -> Sequence[PrintedLine]:
    """Return the lines of a bulletin's title, above a rule: its name in large type, issue, publisher and date."""
    depths = _rules_above(page, _MASTHEAD_DEPTH * page.height)
    above = [line for line in page.lines if line.box.bottom <= max(depths, default=0.0) + 1]
    large = [line for line in above if line.size > _NAME_SIZE * min(line.size for line in above)]
    rest = [line for line in above if line not in large]
    worded = all(_is_worded(row) or all(_is_worded([line]) for line in row) for row in _rows(rest))
    return above if large and rest and worded else []


def _rows(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Yield the lines that stand side by side, from left to right."""
    for _baseline, row in groupby(in_rows(lines), key=lambda line: round(line.box.bottom)):
        yield list(row)


def _is_worded(row: Sequence[PrintedLine]) -> bool:
    """Return whether the row is one of a bulletin's title by its words. The publisher's name may need the rest."""
    text = to_half_width(" ".join(line.text for line in row))
    return is_furniture(text) or is_weak(text) or bool(_ISSUE.search(text) or _PUBLISHED.search(text))


def _head(page: PrintedPage) -> Sequence[PrintedLine]:
    """Return the lines above the rule under the page's head or, without a rule, those at the top edge."""
    rules = _rules_above(page, max(_RULE_DEPTH * page.height, _LEAST_DEPTH))
    depth = min(rules, default=_EDGE * page.height)
    return [line for line in page.lines if line.box.bottom <= depth + 1]
