"""Features of each line, computed before the labels are decided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..gazetteer import Gazetteer
from .bylines import Byline, bracketed_byline, byline_of
from .captions import ends_caption, heads_pictures, opens_caption
from .columns import ColumnLayout
from .datelines import Dateline, dateline_of
from .source_lines import SourceLine
from .text_cues import closed, finished, width

_SIGNED = re.compile(r"[。!?…”’)]\s?[(\[【]([^()\[\]【】]{2,60})[)\]】]$")
_FILED_AT_END = re.compile(r"[(](?:据|本报|新华社|来源)[^()]{0,16}(?:电|讯|报道|消息)[)]$")
"""The source of a report, which agencies put at its end; another article follows."""
_MEDIUM_FIRST = re.compile(r"据?(?:本报|新华社|中新社|本台|本社)[^,。;!?]{2,14}$")
_DATE_ALONE = re.compile(
    r"^(?:\d{4}|[〇○Ｏ零一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_BODY_ALONE = re.compile(
    r"^[^,。;:!?“”、 ]{3,30}(?:局|厅|支队|大队|总队|委员会|办公室|政府|公司|中心|检察院|法院|部|联合会|学会|协会)$"
)


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """The features of a line, from its own text, its neighbours and the page's layout."""

    line: SourceLine
    text: str
    """Folded."""
    width: float
    """Em."""
    full: bool
    """Whether the line reaches the measure of a hard-wrapped page."""
    opens_column: bool
    """Whether the line is as long as the first line of a paragraph whose indent was dropped."""
    over: bool
    """Whether the line exceeds the measure."""
    open: bool
    """Whether the line ends without closing a sentence, as headings do too."""
    byline: Byline | None
    dateline: Dateline | None
    signed: bool
    """Whether a byline in brackets, or a source such as (新华社电), ends the line."""
    opens_caption: bool
    ends_caption: bool
    heads_pictures: bool


def features_of(lines: Sequence[SourceLine], layout: ColumnLayout, gazetteer: Gazetteer) -> list[LineFeatures]:
    """Return the features of every line, in order."""
    facts: list[LineFeatures] = []
    for at, line in enumerate(lines):
        following = lines[at + 1].folded if at + 1 < len(lines) else ""
        before = lines[at - 1].folded if at else ""
        free = not before or closed(before[-64:]) or not layout.full(lines[at - 1], line.folded)
        facts.append(_fact(line, before, following, layout, gazetteer, free=free))
    return facts


def _fact(
    line: SourceLine, before: str, following: str, layout: ColumnLayout, gazetteer: Gazetteer, *, free: bool
) -> LineFeatures:
    text = line.folded
    tail = text[-64:]
    opens_column = free and layout.lacks_indent(line, following)
    full = opens_column or layout.full(line, following)
    signed = _SIGNED.search(tail if "(" in tail else before[-64:] + tail)
    is_signed = bool(signed and bracketed_byline(signed[1])) and not ends_caption(text)
    is_signed = is_signed or bool(_FILED_AT_END.search(tail))
    return LineFeatures(
        line=line,
        text=text,
        width=width(text) if len(text) < 200 else float(len(text)),
        full=full,
        opens_column=opens_column,
        over=layout.over(line),
        open=not (closed(tail) or is_signed or ends_caption(text)),
        byline=byline_of(text) or _signature(text, before, following),
        dateline=dateline_of(text + following if _may_break(text, full) else text, gazetteer),
        signed=is_signed,
        opens_caption=opens_caption(text),
        ends_caption=ends_caption(text),
        heads_pictures=heads_pictures(text),
    )


def _may_break(text: str, full: bool) -> bool:
    """Return whether a dateline may begin on the line and end on the next."""
    return len(text) < 40 and (full or bool(_MEDIUM_FIRST.match(text)))


def _signature(text: str, before: str, following: str) -> Byline | None:
    """Return a byline without authors for a notice's signature: an authority, or the date on the next line."""
    if _BODY_ALONE.match(text) and _DATE_ALONE.match(following) and finished(before):
        return Byline((), certain=True)
    if _DATE_ALONE.match(text) and (_BODY_ALONE.match(before) or finished(before)):
        return Byline((), certain=True)
    return None
