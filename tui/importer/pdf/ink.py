"""The weight of lines in fonts without a name, from the ink on a rendered page."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ..geometry.glyphs import PrintedLine

REGULAR, BOLD = 400, 700
_BOLD_INK = 1.3
"""Ratio to the median ink of the lines in fonts without a name."""
_FEWEST = 3
"""Characters. Shorter lines are not weighed: one character differs too much from another."""
_ASCII, _MARK, _SIMPLE = 0.45, 0.12, 0.6
"""Ink of an ASCII character, of a punctuation mark and of a Han character of few strokes; that of others is 1."""
_FEW_STROKES = frozenset(
    "一二三四五六七八九十百千个了人入上下中大小工口土山川干于子卜几儿力刀又厂万与丁也不从户夕久么广门飞"
)


def weighed(lines: Sequence[PrintedLine], grey: bytes, stride: int, width: int, height: int) -> list[PrintedLine]:
    """Return the lines with weights. `grey` is the page with a pixel for each point, a byte for each pixel."""
    inks = [
        _ink(line, grey, stride, width, height) if not line.font and len(line.text) >= _FEWEST else 0.0
        for line in lines
    ]
    usual = median(known for known in inks if known) if any(inks) else 0.0
    return [
        replace(line, weight=BOLD if ink >= _BOLD_INK * usual else REGULAR) if ink else line
        for line, ink in zip(lines, inks, strict=True)
    ]


def _ink(line: PrintedLine, grey: bytes, stride: int, width: int, height: int) -> float:
    """Return the share of the em squares of a line that its strokes cover, or 0 if it cannot be told."""
    left, right = max(0, int(line.box.left)), min(width, round(line.box.right) + 1)
    rows = [
        grey[row * stride + left : row * stride + right]
        for row in range(max(0, int(line.box.top)), min(height, round(line.box.bottom) + 1))
    ]
    if not rows or not rows[0]:
        return 0.0
    ground = max(rows[0][0], rows[-1][0], rows[0][-1], rows[-1][-1])
    contrast = abs(ground - _luminance(line.colour))
    if contrast < 40:
        return 0.0
    covered = abs(ground * len(rows) * len(rows[0]) - sum(map(sum, rows))) / contrast
    expected = sum(map(_expected, line.text))
    return covered / (expected * line.size**2)


def _expected(mark: str) -> float:
    """Return the usual ink of a character."""
    if mark.isascii():
        return _ASCII
    if mark in _FEW_STROKES:
        return _SIMPLE
    return 1.0 if mark.isalnum() else _MARK


def _luminance(colour: int) -> float:
    return 0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255)
