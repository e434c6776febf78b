"""Features of each line, computed before the labels are decided."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..gazetteer import Gazetteer
from .bylines import Byline, bracketed_byline, byline_of
from .captions import ends_caption, heads_pictures, opens_caption
from .columns import ColumnLayout
from .datelines import Dateline, dateline_of, names_medium
from .line_joints import joined
from .source_lines import SourceLine
from .text_cues import closed, width

_SIGNED = re.compile(r"[。!?…”’)]\s?[(\[【]([^()\[\]【】]{2,60})[)\]】]$")
_FILED_AT_END = re.compile(r"[(](?:据|本报|新华社|来源)[^()]{0,16}(?:电|讯|报道|消息)[)]$")
"""The source of a report, which agencies put at its end; another article follows."""
_SHORT, _DATELINE_LINES = 40, 3
"""Characters of a line that may be a part of a dateline, and lines below over which it may go on."""


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
    in_dateline: bool
    """Whether the line goes on with a dateline, or with the byline in it, that began above."""
    signed: bool
    """Whether a byline in brackets, or a source such as (新华社电), ends the line."""
    opens_caption: bool
    ends_caption: bool
    heads_pictures: bool


def features_of(lines: Sequence[SourceLine], layout: ColumnLayout, gazetteer: Gazetteer) -> list[LineFeatures]:
    """Return the features of every line, in order."""
    facts: list[LineFeatures] = []
    left = 0
    for at, line in enumerate(lines):
        before = lines[at - 1].folded if at else ""
        below = lines[at + 1].folded if at + 1 < len(lines) else ""
        free = not before or closed(before[-64:]) or not layout.full(lines[at - 1], line.folded)
        opens_column = free and layout.lacks_indent(line, below)
        full = opens_column or layout.full(line, below)
        near = lines[at : at + 1 + _DATELINE_LINES]
        goes_on = full or not closed(line.folded[-64:])
        dateline = None if left > 0 else _dateline(near, gazetteer, goes_on=goes_on)
        fact = _fact(line, before, layout, full=full, opens_column=opens_column, dateline=dateline)
        facts.append(replace(fact, in_dateline=True) if left > 0 else fact)
        left = (dateline.text_start if dateline else left) - len(line.folded)
    return facts


def _fact(
    line: SourceLine, before: str, layout: ColumnLayout, *, full: bool, opens_column: bool, dateline: Dateline | None
) -> LineFeatures:
    text = line.folded
    tail = text[-64:]
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
        byline=byline_of(text),
        dateline=dateline,
        in_dateline=False,
        signed=is_signed,
        opens_caption=opens_caption(text),
        ends_caption=ends_caption(text),
        heads_pictures=heads_pictures(text),
    )


def _dateline(lines: Sequence[SourceLine], gazetteer: Gazetteer, *, goes_on: bool) -> Dateline | None:
    """Return the dateline that opens the first of the lines, and which a column may break into several lines.

    A line that is not the beginning of a dateline by itself is none if the next line begins one. `goes_on` says whether
    the first line may go on, because it is full or closes no sentence.
    """
    text = lines[0].folded
    opens = len(text) < _SHORT and names_medium(text)
    if not opens and not (goes_on and len(text) < _SHORT):
        return dateline_of(text, gazetteer)
    found = dateline_of(joined(lines)[1], gazetteer)
    if found and found.end > len(text) and not opens and len(lines) > 1:
        below = dateline_of(joined(lines[1:])[1], gazetteer)
        return None if below and below.end else found
    return found
