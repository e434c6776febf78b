"""Lines of styled text as strips, exactly as wide as asked."""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..cells import cell_len, drawn
from ..clean import clean_line

Piece = tuple[str, Style]


def strip(pieces: Iterable[Piece], width: int, rest: Style) -> Strip:
    """The pieces one after another, the rest of the width filled; what is too long is cut off."""
    segments: list[Segment] = []
    before = ""
    for text, style in pieces:
        if text:
            text = clean_line(text)
            segments.append(Segment(drawn(text, before), style))
            before = text
    return Strip(segments).adjust_cell_length(width, rest)


def between(left: Sequence[Piece], right: Sequence[Piece], width: int, rest: Style) -> Strip:
    """Pieces at both ends of a line; what stands at the right keeps its place, the left is cut."""
    taken = sum(cell_len(text) for text, _style in right)
    if taken > width:
        return strip(right, width, rest)
    head = strip(left, width - taken, rest)
    return Strip([*head, *strip(right, taken, rest)], width)


def marked(text: str, spans: Iterable[tuple[int, int]], plain: Style, mark: Style) -> list[Piece]:
    """The text with its marks, cut at code points; spans past its end are left out."""
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [(text[at:start], plain), (text[start:end], mark)]
            at = end
    return [*pieces, (text[at:], plain)]
