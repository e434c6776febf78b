"""One row of a set page as a strip: the line's text in its styles, hits and selection over it, margins around it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..article import BlockKind, InlineKind
from ..cells import cell_len
from ..theme import ColourTheme
from ..typeset import Line, Prepared, pieces

Layer = tuple[int, int, Style]
"""Start and end in the block's text, and what is painted over it."""


class Paint(NamedTuple):
    """What each part of a page is painted with; everything but `base` is laid over it."""

    base: Style
    kinds: Mapping[BlockKind, Style]
    marks: Mapping[InlineKind, Style]
    lead: Style
    dateline: Style
    head: Style
    hit: Style
    here: Style
    selection: Style


class BlockMatches:
    """The hits in one block, those on a line found without looking at all of them."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end in self._spans), default=0)

    def on(self, line: Line) -> Sequence[tuple[int, int]]:
        """The hits that may reach into a line."""
        first = bisect_left(self._spans, (line.start - self._longest,))
        return self._spans[first : bisect_left(self._spans, (line.end,))]


def paint_of(look: ColourTheme, base: Style) -> Paint:
    """The paint of a look on a ground."""

    def ink(*roles: str) -> Style:
        return Style.combine(inks[role] for role in roles)

    inks = {
        role: Style.parse(look.role_style(role).style)
        for role in ("title", "quiet", "accent", "hit", "here", "selection")
    }
    bold = Style(bold=True)
    quiet = ink("quiet")
    return Paint(
        base,
        kinds={
            "headline": ink("title"),
            "subhead": ink("title"),
            "meta": quiet,
            "byline": quiet,
            "caption": quiet,
            "rule": quiet,
            "footnote": quiet,
        },
        marks={
            "strong": bold,
            "emphasis": Style(underline=True),
            "code": ink("accent"),
            "strike": Style(strike=True),
            "link": ink("accent") + Style(underline=True),
            "note": ink("accent"),
        },
        lead=quiet,
        dateline=bold,
        head=bold,
        hit=ink("hit"),
        here=ink("here") + Style(bold=True),
        selection=ink("selection"),
    )


def layers(
    prepared: Prepared, line: Line, paint: Paint, hits: BlockMatches, here: tuple[int, int] | None
) -> list[Layer]:
    """What lies over the line's plain text, lowest first: marks, hits, the current hit."""
    marks = prepared.marks(line.start, line.end)
    found: list[Layer] = [(mark.start, mark.end, paint.marks[mark.kind]) for mark in marks]
    if prepared.kind == "table" and line.start == 0:
        found.append((line.start, line.end, paint.head))
    found += [(start, end, paint.hit) for start, end in hits.on(line)]
    if here:
        found.append((*here, paint.here))
    return found


def paint_line(prepared: Prepared, line: Line, paint: Paint, above: Sequence[Layer], left: int, width: int) -> Strip:
    """The line as a strip of `width` cells, its column `left` cells from the edge."""
    base = paint.base + paint.kinds.get(prepared.kind, Style.null())
    runs: list[tuple[str, Style]] = [(" " * (left + line.indent), base)]
    if line.lead:
        runs.append((line.lead, base + paint.lead))
    for start, end, gaps in pieces(line, (k for first, last, _ in above for k in (first, last))):
        style = base
        for first, last, over in above:
            if first <= start < last:
                style += over
        if gaps:
            bridged = any(first < start < last for first, last, _ in above)
            runs.append((" " * gaps, style if bridged else base))
        runs.append((prepared.painted(start, end), style))
    return _strip(runs, base, width)


def _strip(runs: Iterable[tuple[str, Style]], base: Style, width: int) -> Strip:
    """Runs of one style joined, and blanks up to the width: the fewer segments, the fewer bytes to the terminal."""
    joined: list[tuple[str, Style]] = []
    for text, style in runs:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        elif text:
            joined.append((text, style))
    cells = sum(cell_len(text) for text, _ in joined)
    if cells < width:
        if joined and joined[-1][1] == base:
            joined[-1] = (joined[-1][0] + " " * (width - cells), base)
        else:
            joined.append((" " * (width - cells), base))
        cells = width
    return Strip([Segment(text, style) for text, style in joined], cells)
