"""The parts of a printed headline: which of its lines go on with the part above them."""

import re
from collections.abc import Iterator, Sequence

from ...segmentation import common_words
from ..source_lines import to_half_width
from ..text_cues import dangles, is_document_title, left_open, starts_off, width
from .glyphs import PrintedLine
from .page_block import PrintedBlock, in_rows

_SAME_SIZE = 0.03
"""Ratio. Lines of one part have one size."""
_REMAINDER = 2
"""Em. So short a line below a full one is the rest of its part."""
_EVEN = 1.5
"""Em. Editors break one part into lines of about equal length; a part of its own may have any length."""
_LATER_EVEN = 1.0
"""Em. As `_EVEN`, for headlines of more than two lines, which more often have several parts."""
_PREDICATE = re.compile(
    "推动|推进|推出|开展|举办|举行|召开|发布|发生|发现|发出|集中|启动|启用|实施|实行|实现|打造|建设|建成|成立|助力|迎接|迎来|"
    "获得|获评|荣获|出台|破获|抓获|查获|查处|走进|走上|走出|签订|签署|宣布|通报|通过|部署|组织|完成|追回|挽回|救出|救助|"
    "改革|赴|向(?!往|阳|日)|与(?!会)|和(?!睦|谐|平|解|气|好|美|风)|及(?!时|格)|为(?!何|民|什么)|让|把(?!握|关)|被(?!告|褥)|将(?!军)|"
    "再|又|仍|已|更|在(?!线|校|外)|对(?!外|口|手|象)|从(?!前|业|教)"
)
"""Words that begin the second half of a sentence, if the first half does not begin with such a word too."""
_OPEN_END = re.compile(
    "(?:否认|当选|破获|查获|抓获|评出|评选|举办|召开|发布|获得|荣获|推出|开展|启动|释放|喜迎|加强|修改|关于|首[批个家次位届]|"
    "第[一二三四五六七八九十百\\d]+[批个次届期])$"
)
"""Words that want an object."""
_SPLIT_COUNT = re.compile(
    "(?<!之)[一二三四五六七八九十百千万亿两几\\d]\n[度年月日名个只件元米里小天次届岁时分秒号期批项家所座条台吨亩%]|\n[的了着们]"
)
"""A line end between a number and what it counts, or before a particle."""
_REMARK = re.compile(r"\((?:附?组?图|照片|表|[一二三四五六七八九十上中下\d]{1,3}\))")
"""A remark in brackets that belongs to the part above it; other brackets are a part of their own."""


def headline_lines(block: PrintedBlock, texts: Sequence[PrintedBlock]) -> Iterator[tuple[PrintedLine, bool, bool]]:
    """Yield the lines of a headline, each with whether it goes on with the part above it, and whether that is doubtful.

    Horizontal lines are read from the top, vertical ones from the right. `texts` are the blocks of the article.
    """
    box = block.box
    for text in texts:
        if text.box.overlap(block.box) > 0 and len(text.lines) > 2:
            box = box.join(text.box)
    upright = not any(line.vertical for line in block.lines)
    room = box.width if upright else block.box.height
    vertical = all(line.vertical for line in block.lines)
    lines = sorted(block.lines, key=lambda line: -line.box.left) if vertical else in_rows(block.lines)
    said = "".join(to_half_width(line.text) for text in texts for line in in_rows(text.lines))
    for at, line in enumerate(lines):
        sure = _surely_broken(lines[at - 1], line, room, said) if at else False
        yield line, _looks_broken(lines[at - 1], line, len(lines)) if sure is None else sure, sure is None


def _surely_broken(above: PrintedLine, below: PrintedLine, room: float, said: str) -> bool | None:
    """Return whether `below` continues the headline part that ends `above`; None if type and words leave it open.

    `room` is the line's full width in points, `said` the text of the article.
    """
    if abs(above.size - below.size) > _SAME_SIZE * above.size or above.font != below.font:
        return False
    if above.font and above.weight != below.weight:  # in fonts without a name, the weight is an estimate
        return False
    first, second = to_half_width(above.text), to_half_width(below.text)
    if second.startswith("——") or first.endswith("】"):
        return False
    if second.startswith("("):
        return bool(_REMARK.match(second)) or left_open(first) > 0
    if (
        is_document_title(first, second)
        or starts_off(second)
        or dangles(first)
        or first.endswith(":")
        or left_open(first) > 0
    ):
        return True
    if len(first) in common_words().inside_words(first + second) or _OPEN_END.search(first):
        return True
    if (width(first) + width(second)) * above.size <= room + 0.2 * above.size:  # one part would fill one line
        return False
    if _is_said_across(first, second, said) or _SPLIT_COUNT.search(f"{first[-2:]}\n{second[:1]}"):
        return True
    if width(second) <= _REMAINDER and room - above.box.width < above.size:
        return True
    return True if _PREDICATE.match(second) and not _PREDICATE.match(first) else None


def _is_said_across(first: str, second: str, said: str) -> bool:
    """Return whether the text has the characters on both sides of the line end in a row."""
    return f"{first[-1:]}{second[:1]}" in said


def _looks_broken(above: PrintedLine, below: PrintedLine, lines: int) -> bool:
    """Return whether two lines are about equally long, as those of one part are. The headline has `lines` lines."""
    one, other = width(to_half_width(above.text)), width(to_half_width(below.text))
    if one == other:
        return False
    return abs(one - other) <= (_EVEN if lines == 2 else _LATER_EVEN)
