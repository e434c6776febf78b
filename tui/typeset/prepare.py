"""A block prepared once for every measure: displayed text, cells up to each code point, and break opportunities.

All work for each character runs in C: a table look-up, a running sum, and regular expressions that touch only what is
not plain Han. Long paragraphs are prepared in pieces, as far as lines are asked for.
"""

import re
from array import array
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from ..article import Block, BlockKind, InlineSpan
from ..cells import AmbiguousWidth, drawn_parts, with_lone_tones
from ..clean import clean
from .breaks import BEFORE_UNIT, EMERGENCY, FREE, RELUCTANT, breaks_of
from .classes import CLASSES, KEEPS_NEXT, MAY_BEGIN, STOPS, WIDTHS, Kind
from .normalise import except_in, normalise, with_quotes
from .style import Line

UNSEEN = "\u200b"
"""Replaces a code point that is not displayed. It takes no cells and is never painted."""
_TAB_STOP = 8
"""Cells between the tab stops of code, as on a terminal."""
_VERBATIM = ("table", "code")
FIRST_PIECE = 2048
"""Code points prepared first. Later pieces are half of what is prepared, so that a long paragraph takes few."""
MAX_PIECE = 1 << 16
STRETCH = 256
"""Code points. Inline spans are indexed by the stretches of text they touch. Spans of one kind do not overlap."""

SPACE = int(Kind.SPACE)
_PAD_BEFORE = re.compile(r"(?<=[^\W_])[“‘](?=\S)")
_PAD_AFTER = re.compile(r"(?:”|(?<![A-Za-z0-9])’|’(?![A-Za-z0-9]))(?=[^\W_])")


_NO_POSITIONS: set[int] = set()
"""Positions of padded quotation marks where none is padded. Never added to."""


@cache
def _cut_pattern() -> re.Pattern[str]:
    """Return a pattern of positions where a long paragraph may be cut into pieces."""
    return re.compile("[，。；！？、,;!?][\u4e00-\u9fff]")


class Prepared:
    """The text of a block, ready to be wrapped at any measure. Offsets count code points of the block's text."""

    __slots__ = (
        "_ambiguous",
        "_closing",
        "_level",
        "_marks",
        "_opening",
        "_text",
        "_verbatim",
        "block",
        "breaks",
        "cells",
        "classes",
        "padded",
        "ready",
        "shown",
        "size",
        "unit_starts",
    )

    def __init__(self, block: Block, ambiguous: AmbiguousWidth, level: str, padded: bool) -> None:
        self.block = block
        self._verbatim = [(mark.start, mark.end) for mark in block.spans if _is_verbatim(mark, block.text)]
        self._text = block.text if block.kind == "code" else except_in(self._verbatim, block.text, with_quotes)
        self.size = len(block.text)
        self.shown = ""
        """The displayed text up to `ready`, with one code point for each of the block's."""
        self.ready = 0
        self.classes = bytearray()
        self.cells = array("I", (0,))
        """Cells of `shown[:k]`, including the padding of quotation marks."""
        self.breaks = bytearray()
        self.unit_starts: dict[int, int] = {}
        """The start of a number, by the position of the `BEFORE_UNIT` break after it."""
        self.padded = padded and ambiguous == 1
        self._opening: set[int] = set() if self.padded else _NO_POSITIONS
        self._closing: set[int] = set() if self.padded else _NO_POSITIONS
        self._ambiguous = ambiguous
        self._level = level
        self._marks: dict[int, list[InlineSpan]] | None = None

    @property
    def kind(self) -> BlockKind:
        return self.block.kind

    def __len__(self) -> int:
        return self.size

    def reach(self, end: int) -> None:
        """Prepare the text at least up to `end`."""
        while self.ready < min(end, self.size):
            self._extend()

    def width(self, start: int, end: int) -> int:
        """Return the cells of a slice on a line by itself."""
        cells = self.cells[end] - self.cells[start]
        if self.padded and end > start:
            cells -= (start in self._opening) + (end - 1 in self._closing)
        return cells

    def marks(self, start: int, end: int) -> list[InlineSpan]:
        """Return the inline spans that overlap a slice."""
        if not self.block.spans:
            return []
        if self._marks is None:
            self._marks = {}
            for mark in self.block.spans:
                for stretch in range(mark.start // STRETCH, (mark.end - 1) // STRETCH + 1):
                    self._marks.setdefault(stretch, []).append(mark)
        stretches = range(start // STRETCH, max(start, end - 1) // STRETCH + 1)
        near = {mark: None for stretch in stretches for mark in self._marks.get(stretch, ())}
        return [mark for mark in near if mark.start < end and start < mark.end]

    def painted(self, start: int, end: int) -> str:
        """Return a slice as written to the terminal: tabs as blanks, and emoji as all terminals draw them alike."""
        text = self.shown[start:end]
        if "\t" in text:
            text = "".join(
                " " * self._cells_at(k) if self.shown[k] == "\t" else self.shown[k] for k in range(start, end)
            )
        return drawn_parts(text.replace(UNSEEN, ""))

    def gaps(self, start: int, end: int, room: int) -> tuple[int, ...]:
        """Return the offsets inside a slice before which padding puts a blank cell, as far as there is room."""
        if not self.padded:
            return ()
        inner = range(start + 1, end)
        gaps = tuple(k for k in inner if k in self._opening or k - 1 in self._closing)
        return gaps[:-1] if self.width(start, end) > room else gaps

    def under(self, line: Line, cell: int) -> int:
        """Return the code point at a cell of a line, or the nearest one outside its text."""
        table = WIDTHS[self._ambiguous]
        at = line.indent + sum(table[CLASSES[character]] for character in line.lead)
        for k in range(line.start, line.end):
            at += line.gaps.count(k) + self._cells_at(k)
            if at > cell:
                return k
        return max(line.start, line.end - 1)

    def _cells_at(self, k: int) -> int:
        """Return the cells of a code point without padding."""
        if self.shown[k] == "\t":
            return self.cells[k + 1] - self.cells[k]
        return WIDTHS[self._ambiguous][self.classes[k]]

    def graphemes(self, start: int, end: int) -> tuple[int, int]:
        """Return the span widened to whole graphemes."""
        self.reach(end + 1)
        while 0 < start < self.ready and not self._is_boundary(start):
            start -= 1
        while end < self.ready and not self._is_boundary(end):
            end += 1
        return start, end

    def fit(self, start: int, stop: int, room: int, hanging: bool) -> int:
        """Return where the next line starts if this one starts at `start` and has `room` cells; `stop` if the rest
        fits.

        This is the last break that fits, or a reluctant one after it if the line would be too short; always at least
        one grapheme further.
        """
        if self.ready < self.size:
            self.reach(start + 2 * room + 64)
            stop = min(stop, self.ready)
        cells = self.cells
        limit = cells[start] + room + (start in self._opening)
        high = bisect_right(cells, limit, start, stop + 1) - 1
        if high >= stop:
            return stop
        if hanging or self.padded or self.classes[high] >> 2 == SPACE:
            high = self._past_edge(high, stop, limit, hanging)
            if high >= stop:
                return stop
        found = self.breaks.rfind(FREE, start + 1, high + 1)
        if found < 0 or limit - cells[found] > 2 - self.padded:
            found = self._better_break(start, found, high, stop, limit)
        return found if found > start else self._forced_break(start, high, stop)

    def _past_edge(self, high: int, stop: int, limit: int, hanging: bool) -> int:
        """Return the edge behind what needs no cells at a line's end: padding, a hanging mark, spaces."""
        unpadded = high in self._closing and self.cells[high + 1] - 1 <= limit
        if unpadded or (hanging and self._may_hang(high, stop)):
            high += 1
        while high < stop and self.classes[high] >> 2 == SPACE:
            high += 1
        return high

    def _may_hang(self, k: int, stop: int) -> bool:
        return self.shown[k] in STOPS and (k + 1 == stop or self.breaks[k + 1] == FREE)

    def _better_break(self, start: int, found: int, high: int, stop: int, limit: int) -> int:
        """Return a better break than `found` if the line would be too short, else `found`."""
        end = self.trimmed(start, found) if found > start else start
        if found > start and limit - self.cells[end] + (end - 1 in self._closing) <= 2:
            return found
        if spare := (found in self._opening) + (found - 1 in self._closing):
            # Only the padding here keeps the next unit off the line, so it is dropped.
            wider = bisect_right(self.cells, limit + spare, found, stop + 1) - 1
            if wider < stop:
                wider = self._past_edge(wider, stop, limit + spare, False)
            if wider >= stop:
                return stop
            high = max(high, wider)
            if (fuller := self.breaks.rfind(FREE, found + 1, high + 1)) > found:
                return fuller
        reluctant = self.breaks.rfind(RELUCTANT, max(found, start) + 1, high + 1)
        if reluctant > found:
            return reluctant
        unit = self.breaks.rfind(BEFORE_UNIT, max(found, start) + 1, high + 1)
        if unit > found and limit - self.cells[self.unit_starts[unit]] > 6:
            return unit
        return found

    def _forced_break(self, start: int, high: int, stop: int) -> int:
        """Return where to break if nothing fits: before a unit, in an address, at any character, at any grapheme."""
        for wanted in (BEFORE_UNIT, RELUCTANT, EMERGENCY):
            found = self.breaks.rfind(wanted, start + 1, high + 1)
            if found > start:
                return found
        may_begin = MAY_BEGIN[self._level]
        for k in range(high, start, -1):
            if may_begin[self.classes[k]] and not KEEPS_NEXT[self.classes[k - 1]]:
                return k
        for k in range(high, start, -1):
            if self._is_boundary(k):
                return k
        return next((k for k in range(start + 1, stop) if self._is_boundary(k)), stop)

    def _is_boundary(self, k: int) -> bool:
        """Return whether a grapheme begins at `k` (UAX #29, as far as it affects cells)."""
        return (
            self.classes[k] >> 2 not in (Kind.MARK, Kind.JOINER)
            and self.classes[k - 1] >> 2 != Kind.JOINER
            and not (self.breaks[k] == 0 and "\U0001f1e6" <= self.shown[k] <= "\U0001f1ff")
        )

    def cut(self, start: int, stop: int, room: int) -> int:
        """Return where to cut code: the last grapheme boundary that fits, at least one grapheme further."""
        high = bisect_right(self.cells, self.cells[start] + room, start, stop + 1) - 1
        while start < high < stop and not self._is_boundary(high):
            high -= 1
        if high > start or start >= stop:
            return high
        return next((k for k in range(start + 1, stop) if self._is_boundary(k)), stop)

    def trimmed(self, start: int, end: int) -> int:
        """Return the end without the spaces before it."""
        while end > start and self.classes[end - 1] >> 2 == SPACE:
            end -= 1
        return end

    def after_spaces(self, start: int, stop: int) -> int:
        """Return the start without the spaces after it."""
        if start >= self.ready:
            self.reach(start + 1)
        while start < stop and self.classes[start] >> 2 == SPACE:
            start += 1
            if start >= self.ready:
                self.reach(start + 1)
        return start

    def _extend(self) -> None:
        """Prepare the next piece, cut where no unit can span it."""
        text, begin = self._text, self.ready
        end = len(text)
        piece = max(FIRST_PIECE, min(begin // 2, MAX_PIECE))
        if end - begin > piece + piece // 4:
            cut = _cut_pattern().search(text, begin + piece)
            end = cut.start() + 1 if cut else end
        shown = self._display(text[begin:end] if begin or end < len(text) else text, begin)
        classes = bytes(map(CLASSES.__getitem__, shown))
        widths = classes.translate(WIDTHS[self._ambiguous])
        if self.padded and ("“" in shown or "”" in shown or "‘" in shown or "’" in shown):
            widths = self._pad(shown, widths, begin)
        if self.kind == "code" and "\t" in shown:
            widths = self._to_tab_stops(shown, widths)
        self.breaks += breaks_of(shown, classes, self._level, begin, self.unit_starts)
        self.classes += classes
        self.shown += shown
        self.cells.extend(accumulate(widths[1:], initial=self.cells[-1] + widths[0]))
        self.ready = end

    def _display(self, text: str, begin: int) -> str:
        """Return a piece of text from `begin` as displayed: cleaned, with punctuation as in print, one for one."""
        if clean(text) is not text:
            text = "".join(clean(character) or UNSEEN for character in text)
        text = with_lone_tones(text)
        if self.kind not in _VERBATIM and ("\n" in text or "\t" in text):
            text = text.replace("\n", " ").replace("\t", " ")
        if self.kind == "code":
            return text
        return except_in([(start - begin, end - begin) for start, end in self._verbatim], text, normalise)

    def _to_tab_stops(self, shown: str, widths: bytes) -> bytes:
        """Return widths in which each tab reaches the next tab stop of its line."""
        line = self.shown.rfind("\n") + 1
        column = self.cells[-1] - self.cells[line]
        reached = bytearray(widths)
        for k, character in enumerate(shown):
            if character == "\t":
                reached[k] = _TAB_STOP - column % _TAB_STOP
            column = 0 if character == "\n" else column + reached[k]
        return bytes(reached)

    def _pad(self, shown: str, widths: bytes, begin: int) -> bytes:
        padded = bytearray(widths)
        for pattern, positions in ((_PAD_BEFORE, self._opening), (_PAD_AFTER, self._closing)):
            for match in pattern.finditer(shown):
                positions.add(begin + match.start())
                padded[match.start()] += 1
        return bytes(padded)


def _is_verbatim(mark: InlineSpan, text: str) -> bool:
    """Return whether a span is shown as written: code, or an address that is its own text."""
    return mark.kind == "code" or (mark.kind == "link" and mark.target == text[mark.start : mark.end])


def prepare(block: Block, ambiguous: AmbiguousWidth = 1, *, level: str = "strict", quotes: str = "narrow") -> Prepared:
    """Prepare a block for wrapping at any measure: `wrap(prepare(block), 72)`."""
    return Prepared(block, ambiguous, level, quotes == "padded")
