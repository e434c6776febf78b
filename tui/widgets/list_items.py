"""Layout of a list entry into lines of text."""

from typing import Literal, NamedTuple

from ..cells import cell_len, character_width
from ..session.list_model import CUT, ListItem, Spans

_NO_LINE_START = "，。、；：！？）》」』】〉〕”’…—～·,.;:!?)]}"
_NO_LINE_END = "（《「『【〈〔“‘([{"

LineKind = Literal["title", "meta", "snippet"]


class ItemLine(NamedTuple):
    """One line of an entry, with its matches (in code points)."""

    role: LineKind
    text: str
    spans: Spans = ()


def lines_of(entry: ListItem, width: int) -> tuple[ItemLine, ...]:
    """Return the entry's lines, each at most `width` cells: two without a snippet, else title, meta, snippet."""
    if entry.snippet is None:
        return _headline(entry, width)
    title = " ".join(entry.title)
    return (
        ItemLine("title", fit(title, width), entry.title_spans),
        ItemLine("meta", fit(entry.meta, width)),
        ItemLine("snippet", *_around(entry.snippet, entry.snippet_spans, width)),
    )


def _headline(entry: ListItem, width: int) -> tuple[ItemLine, ItemLine]:
    """Return two lines: two headline parts, one long part broken in two, or a short part and the meta."""
    first, *rest = entry.title or ("",)
    if rest:
        return ItemLine("title", fit(first, width)), ItemLine("title", fit(" ".join(rest), width))
    if cell_len(first) <= width:
        return ItemLine("title", first), ItemLine("meta", fit(entry.meta, width))
    cut = _break(first, width)
    return ItemLine("title", first[:cut]), ItemLine("title", fit(first[cut:], width))


def fit(text: str, width: int) -> str:
    """Return `text` cut to `width` cells; `CUT` marks the cut."""
    if cell_len(text) <= width:
        return text
    return text[: _fitting(text, width - 1)] + CUT if width > 0 else ""


def _fitting(text: str, width: int) -> int:
    """Return how many code points fit in `width` cells."""
    cells = 0
    for count, character in enumerate(text):
        cells += character_width(character)
        if cells > width:
            return count
    return len(text)


def _break(text: str, width: int) -> int:
    """Return the offset of a headline's second line, respecting line-start and line-end prohibitions if possible."""
    cut = _fitting(text, width)
    for at in range(cut, max(cut - 4, 1), -1):
        if text[at] not in _NO_LINE_START and text[at - 1] not in _NO_LINE_END:
            return at
    return cut


def _around(text: str, spans: Spans, width: int) -> tuple[str, Spans]:
    """Return the part of a snippet that shows its first match, after up to a quarter line of context."""
    if cell_len(text) <= width or not spans:
        return fit(text, width), spans
    start = spans[0][0]
    if cell_len(text[: spans[0][1]]) <= width - 1:
        return fit(text, width), spans
    room = min(width // 4, max(width - 2 - cell_len(text[slice(*spans[0])]), 0))
    while start and cell_len(text[start - 1 : spans[0][0]]) <= room:
        start -= 1
    moved = tuple((a - start + 1, b - start + 1) for a, b in spans)
    return fit(CUT + text[start:], width), moved
