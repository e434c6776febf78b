"""Construction of strips of an exact width from styled text."""

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ..cells import cell_len, drawn
from ..clean import clean_line

Piece = tuple[str, Style]


def strip(pieces: Iterable[Piece], width: int, rest: Style) -> Strip:
    """Return the pieces as a strip of `width` cells, padded with `rest` or cut."""
    segments: list[Segment] = []
    before = ""
    for text, style in pieces:
        if text:
            text = clean_line(text)
            segments.append(Segment(drawn(text, before), style))
            before = text
    return Strip(segments).adjust_cell_length(width, rest)


def between(left: Sequence[Piece], right: Sequence[Piece], width: int, rest: Style) -> Strip:
    """Return a strip with pieces at both ends. If space is short, the left end is cut."""
    taken = sum(cell_len(text) for text, _style in right)
    if taken > width:
        return strip(right, width, rest)
    head = strip(left, width - taken, rest)
    return Strip([*head, *strip(right, taken, rest)], width)


def marked(text: str, spans: Iterable[tuple[int, int]], plain: Style, mark: Style) -> list[Piece]:
    """Return the text as pieces, `spans` in the style `mark`. Spans past the end of the text are ignored."""
    pieces: list[Piece] = []
    at = 0
    for start, end in spans:
        start, end = max(start, at), min(end, len(text))
        if start < end:
            pieces += [(text[at:start], plain), (text[start:end], mark)]
            at = end
    return [*pieces, (text[at:], plain)]
