"""Headlines: each part on its own lines; a long part is balanced and not broken inside a unit of meaning."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from . import unbreakable
from .breaks import FREE
from .chinese import is_chinese
from .prepare import Prepared
from .style import Line
from .wrap import fill

_MAX_BALANCED = 240
"""Code points. A longer headline is set like a paragraph."""
_IN_UNIT = 900.0
"""The cost, in square cells, of a break inside a quotation, a book title, brackets or a name."""
_IN_WORD = 60.0
_IN_DATE = 120.0
_AFTER_STOP = -40.0
_AT_UNIT = -16.0
_FEW_LETTERS = 2000.0
"""The cost of a line with fewer than two letters."""

_SPACES = re.compile("(?<=[^ \u3000])[ \u3000]+(?=[^ \u3000])")
_ENCLOSED = "“[^”]*”|‘[^’]*’|《[^》]*》|「[^」]*」|『[^』]*』|【[^】]*】|（[^）]*）|〈[^〉]*〉"


class _Part(NamedTuple):
    start: int
    stop: int


def balanced(prepared: Prepared, measure: int, names: tuple[str, ...] = ()) -> Iterator[Line]:
    """Yield the centred lines of a headline, which is not broken inside `names` of people and positions."""
    prepared.reach(len(prepared))
    for part in _parts(prepared):
        for start, end in _part_lines(prepared, part, measure, names):
            left = max(0, measure - prepared.width(start, end)) // 2
            yield Line(start, end, left, "", prepared.gaps(start, end, measure))


def _parts(prepared: Prepared) -> list[_Part]:
    """Return the parts of a headline: as written, or else as its spaces separate them."""
    start = prepared.after_spaces(0, len(prepared))
    end = prepared.trimmed(start, len(prepared))
    if not prepared.block.seams:
        return _guessed_parts(prepared, start, end)
    bounds = pairwise((-1, *prepared.block.seams, end))
    parts = [_Part(prepared.after_spaces(before + 1, end), stop) for before, stop in bounds]
    return [part for part in parts if part.start < part.stop]


def _guessed_parts(prepared: Prepared, at: int, end: int) -> list[_Part]:
    """Split a headline of one part at its spaces; a piece with a single letter stays with the part before it."""
    parts: list[_Part] = []
    letters = 0
    for seam in [*_chinese_spaces(prepared.shown, at, end), None]:
        part = _Part(at, seam.start() if seam else end)
        here = _letters(prepared, part)
        if parts and min(here, letters) < 2:
            part, here = _Part(parts.pop().start, part.stop), letters + here
        parts.append(part)
        letters = here
        at = seam.end() if seam else end
    return parts if at else []


def _chinese_spaces(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the spaces between two Chinese characters."""
    for spaces in _SPACES.finditer(text, start, end):
        if is_chinese(text[spaces.start() - 1]) and is_chinese(text[spaces.end()]):
            yield spaces


def _letters(prepared: Prepared, part: _Part) -> int:
    return sum(map(str.isalnum, prepared.shown[part.start : part.stop]))


def _part_lines(prepared: Prepared, part: _Part, measure: int, names: tuple[str, ...]) -> list[tuple[int, int]]:
    if prepared.width(part.start, part.stop) <= measure:
        return [(part.start, part.stop)]
    greedy = [(start, end) for start, end, _ in fill(prepared, part.start, part.stop, (measure, measure))]
    if part.stop - part.start > _MAX_BALANCED:
        return greedy
    prices = _prices(prepared, part, names)
    best = _even_lines(prepared, part, measure, len(greedy), prices)
    more = _even_lines(prepared, part, measure, len(greedy) + 1, prices)
    if more and (not best or more[0] + _IN_UNIT / 2 < best[0]):
        best = more
    return best[1] if best else greedy


def _prices(prepared: Prepared, part: _Part, names: tuple[str, ...]) -> dict[int, float]:
    """Return the cost of a break before each position; positions without a break opportunity are missing."""
    from ..segmentation import common_words  # most headlines are set without it

    text = prepared.shown[part.start : part.stop]
    prices = {k: 0.0 for k in range(1, len(text)) if prepared.breaks[part.start + k] == FREE}
    spans = [match.span() for match in re.finditer(_ENCLOSED, text)]
    spans += [m.span() for name in names if len(name) > 1 for m in re.finditer(re.escape(name), text)]
    for start, end in spans:
        for k in range(start + 1, end):
            if k in prices:
                prices[k] += _IN_UNIT
        for k in (start, end):
            if k in prices:
                prices[k] += _AT_UNIT
    for k in common_words().inside_words(text) & prices.keys():
        prices[k] += _IN_WORD
    for match in re.finditer(unbreakable.DATE_PART, text):
        if match.start() in prices:
            prices[match.start()] += _IN_DATE
    for k in prices:
        if text[k - 1] in "，。！？；：、… ":
            prices[k] += _AFTER_STOP
    return {part.start + k: price for k, price in prices.items()}


def _even_lines(
    prepared: Prepared, part: _Part, measure: int, count: int, prices: dict[int, float]
) -> tuple[float, list[tuple[int, int]]] | None:
    """Return the cheapest way to set the part in `count` lines, by squared difference from the mean and prices."""
    mean = prepared.width(part.start, part.stop) / count
    positions = [*sorted(prices), part.stop]
    options: dict[int, tuple[float, list[tuple[int, int]]]] = {part.start: (0.0, [])}
    for number in range(count):
        longer: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for start, (cost, lines) in options.items():
            for position in positions:
                if position <= start or (position == part.stop) != (number == count - 1):
                    continue
                end = prepared.trimmed(start, position)
                width = prepared.width(start, end)
                if width > measure:
                    break
                total = cost + (width - mean) ** 2 + prices.get(position, 0.0) + _few_letters(prepared, start, end)
                if position not in longer or total < longer[position][0]:
                    longer[position] = (total, [*lines, (start, end)])
        options = longer
    return options.get(part.stop)


def _few_letters(prepared: Prepared, start: int, end: int) -> float:
    return 0.0 if end - start > 8 or sum(map(str.isalnum, prepared.shown[start:end])) >= 2 else _FEW_LETTERS
