"""Painting of a page row as a strip: styled text, highlights and selection, margins."""

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
"""Start and end in the block's text, and the style painted over it."""


class Paint(NamedTuple):
    """The styles of the parts of a page. All but `base` are combined with it."""

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
    """The matches in one block, sorted so that finding those on a line does not scan all of them."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end in self._spans), default=0)

    def on(self, line: Line) -> Sequence[tuple[int, int]]:
        """Return the matches that may overlap `line`; some may end before it."""
        first = bisect_left(self._spans, (line.start - self._longest,))
        return self._spans[first : bisect_left(self._spans, (line.end,))]


def paint_of(look: ColourTheme, base: Style) -> Paint:
    """Return the styles of a colour theme on a background."""

    def style_of(*roles: str) -> Style:
        return Style.combine(styles[role] for role in roles)

    styles = {
        role: Style.parse(look.role_style(role).style)
        for role in ("title", "quiet", "accent", "hit", "here", "selection")
    }
    bold = Style(bold=True)
    quiet = style_of("quiet")
    return Paint(
        base,
        kinds={
            "headline": style_of("title"),
            "subhead": style_of("title"),
            "meta": quiet,
            "byline": quiet,
            "caption": quiet,
            "rule": quiet,
            "footnote": quiet,
        },
        marks={
            "strong": bold,
            "emphasis": Style(underline=True),
            "code": style_of("accent"),
            "strike": Style(strike=True),
            "link": style_of("accent") + Style(underline=True),
            "note": style_of("accent"),
        },
        lead=quiet,
        dateline=bold,
        head=bold,
        hit=style_of("hit"),
        here=style_of("here") + Style(bold=True),
        selection=style_of("selection"),
    )


def layers(
    prepared: Prepared, line: Line, paint: Paint, hits: BlockMatches, here: tuple[int, int] | None
) -> list[Layer]:
    """Return the layers over the line's text, lowest first: inline spans, matches, current match."""
    marks = prepared.marks(line.start, line.end)
    found: list[Layer] = [(mark.start, mark.end, paint.marks[mark.kind]) for mark in marks]
    if prepared.kind == "table" and line.start == 0:
        found.append((line.start, line.end, paint.head))
    found += [(start, end, paint.hit) for start, end in hits.on(line)]
    if here:
        found.append((*here, paint.here))
    return found


def paint_line(prepared: Prepared, line: Line, paint: Paint, above: Sequence[Layer], left: int, width: int) -> Strip:
    """Return the line as a strip of `width` cells, with the text column `left` cells from the edge."""
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
    """Join runs of equal style and pad to `width` cells: fewer segments send fewer bytes to the terminal."""
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
