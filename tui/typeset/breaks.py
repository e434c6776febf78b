"""Break opportunities: one byte before each code point of a piece of text says at what cost a line may break there."""

import re

from . import unbreakable
from .classes import HAN, KEEPS_NEXT, KINDS, MAY_BEGIN, Kind

FREE = 1
RELUCTANT = 2
"""Used only if the line would otherwise end three or more cells short."""
BEFORE_UNIT = 3
"""Between a number and a measure word of two or more characters. Used only if more than six cells would be missing."""
EMERGENCY = 4
"""Inside a long address. Used only if nothing else fits."""

# Patterns of class bytes: an opener with spaces after it; two or more letters of other scripts with their marks.
_OPENER_SPACES = re.compile(rb"[\x0c-\x0f][\x14-\x17]+")
_SCRIPT = re.compile(rb"[\x34-\x37][\x34-\x37\x18-\x1f]+")
_SPACE, _DIGIT, _LETTER = int(Kind.SPACE), int(Kind.DIGIT), int(Kind.LETTER)
_DOTS, _FLAG, _OTHER = int(Kind.DOTS), int(Kind.FLAG), int(Kind.SCRIPT)


def breaks_of(shown: str, classes: bytes, level: str, begin: int, unit_starts: dict[int, int]) -> bytearray:
    """Return the break opportunity before each code point, 0 for none. Fills `unit_starts` as in `Prepared`."""
    breaks = _between(classes.translate(MAY_BEGIN[level]), classes.translate(KEEPS_NEXT))
    kinds = set(classes.translate(KINDS, HAN))
    if _SPACE in kinds:
        for match in _OPENER_SPACES.finditer(classes):
            if match.end() < len(breaks):
                breaks[match.end()] = 0
    if _OTHER in kinds:
        for match in _SCRIPT.finditer(classes):
            _join(breaks, match.start(), match.end())
    signs = [text.start() for text in unbreakable.SIGN.finditer(shown)]
    for at in signs:
        _join_sign(breaks, shown, at)
    if signs or _LETTER in kinds:
        for text in re.finditer(unbreakable.WORD, shown):
            if text.end() - text.start() > 1:
                _join_word(breaks, text)
    if _DIGIT in kinds:
        for start, end, measure, rare in unbreakable.numbers(shown):
            if start and shown[start - 1] == "第":
                start -= 1
            if end - start > 1:
                _join_number(breaks, start, end, measure, rare)
                if end - measure > 1 and not rare:
                    unit_starts[begin + measure] = begin + start
    if _DOTS in kinds or _FLAG in kinds or "——" in shown:
        for text in unbreakable.REPEATED.finditer(shown):
            _join_pairs(breaks, text, level)
    if "·" in shown or "・" in shown:
        for text in unbreakable.POINT.finditer(shown):
            breaks[text.start()] = RELUCTANT
    return breaks


def _between(may_begin: bytes, keeps_next: bytes) -> bytearray:
    """Return 1 before each code point that may begin a line, after one that may end one. Works on all at once."""
    kept = int.from_bytes(keeps_next, "little") << 8
    free = int.from_bytes(may_begin, "little")
    return bytearray((free & ~kept).to_bytes(len(may_begin), "little"))


def _join(breaks: bytearray, start: int, end: int) -> None:
    breaks[start + 1 : end] = bytes(end - start - 1)


def _join_sign(breaks: bytearray, shown: str, at: int) -> None:
    """Remove free breaks on either side of an ASCII sign beside another ASCII character.

    A break after the hyphen of a Chinese type number (运-20) stays reluctant.
    """
    if at and breaks[at] == FREE and "!" <= shown[at - 1] <= "~":
        breaks[at] = EMERGENCY
    if at + 1 < len(breaks) and breaks[at + 1] == FREE and "!" <= shown[at + 1] <= "~":
        breaks[at + 1] = RELUCTANT if shown[at] == "-" and at and shown[at - 1] > "~" else EMERGENCY


def _join_word(breaks: bytearray, match: re.Match[str]) -> None:
    start, end = match.span()
    _join(breaks, start, end)
    has_letter = re.search(unbreakable.HAS_LETTER, match[0])
    for position in re.finditer(unbreakable.WITHIN_WORD if has_letter else unbreakable.WITHIN_DIGITS, match[0]):
        if position.start():
            breaks[start + position.start()] = EMERGENCY if has_letter else RELUCTANT


def _join_number(breaks: bytearray, start: int, end: int, measure: int, rare: bool) -> None:
    """Keep a number together. A rare or long measure word may be separated from it, at a cost."""
    _join(breaks, start, end)
    if rare:
        breaks[measure:end] = bytes((RELUCTANT,)) * (end - measure)
    elif end - measure > 1:
        breaks[measure] = BEFORE_UNIT


def _join_pairs(breaks: bytearray, match: re.Match[str], level: str) -> None:
    start, end = match.span()
    flag = match[0][0] >= "\U0001f1e6"
    may_begin = breaks[start]
    _join(breaks, start, end)
    for position in range(start + 2, end, 2):
        breaks[position] = FREE if flag or level == "gb" else EMERGENCY
    if level == "gb" and match[0][0] == "—" and not may_begin:
        breaks[start] = FREE
