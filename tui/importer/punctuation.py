"""Restoration of ASCII punctuation in Chinese text to its full-width form (GB/T 15834).

Unchanged: URLs and email addresses, `:` between digits, `,` between a digit and exactly three digits, and marks near
Latin letters but no Chinese. Both brackets of a pair get the same width. `.` `%` `/` `-` and digits never change.
"""

import re

from .text_cues import HAN

_WIDE = str.maketrans(",:;?!", "，：；？！")
_MARK = re.compile(r"[,:;?!()]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HAN = re.compile(f"[{HAN}，。、；：？！“”‘’（）《》…]")
_LATIN = re.compile("[A-Za-z]")
_NEAR = 8
_SPACED = re.compile(rf"(?<=[{HAN}，。、；：？！“”‘’（）《》…]) (?=[{HAN}，。、；：？！“”‘’（）《》…])")
_KEPT = re.compile(r"^(?:第[一二三四五六七八九十百零\d]{1,6}[条款章节编]|.{0,14}\d日(?:电|讯)) ")
"""The space that print leaves after the number of an article of a law, and after a dateline within the text."""


def full_width(text: str) -> str:
    """Return the text with full-width punctuation where Chinese typesetting uses it. The length stays the same."""
    if not _MARK.search(text):
        return text
    kept = bytearray(len(text))
    for address in _ADDRESS.finditer(text):
        kept[address.start() : address.end()] = b"\1" * (address.end() - address.start())
    characters = list(text)
    for found in _MARK.finditer(text):
        at = found.start()
        if not kept[at] and found[0] not in "()" and _chinese_here(text, at):
            characters[at] = found[0].translate(_WIDE)
    _set_brackets(text, characters, kept)
    return "".join(characters)


def _chinese_here(text: str, at: int) -> bool:
    before, after = text[max(0, at - _NEAR) : at], text[at + 1 : at + 1 + _NEAR]
    digit_before, digit_after = (
        before[-1:].isascii() and before[-1:].isdigit(),
        after[:1].isascii() and after[:1].isdigit(),
    )
    if text[at] == ":" and digit_before and digit_after:
        return False
    if text[at] == "," and digit_before and re.match(r"\d{3}(?!\d)", after, re.ASCII):
        return False
    around = before + after
    return bool(_HAN.search(around)) or not _LATIN.search(around)


def _set_brackets(text: str, characters: list[str], kept: bytearray) -> None:
    """Make both brackets of a pair full-width, in `characters`, if the text around or between them is Chinese."""
    opened: list[int] = []
    for found in re.finditer(r"[()（）]", text):
        at = found.start()
        if kept[at]:
            continue
        if found[0] in "(（":
            opened.append(at)
            continue
        start = opened.pop() if opened else None
        wide = found[0] == "）" or (start is not None and text[start] == "（")
        if wide or (_chinese_pair(text, start, at) if start is not None else _chinese_here(text, at)):
            characters[at] = "）"
            if start is not None:
                characters[start] = "（"
    for at in opened:
        if text[at] == "(" and _chinese_here(text, at):
            characters[at] = "（"


def _chinese_pair(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - _NEAR) : start] + text[start + 1 : end][:40] + text[end + 1 : end + 1 + _NEAR]
    return bool(_HAN.search(around)) or not _LATIN.search(around)


def close_up(text: str) -> str:
    """Remove spaces between Chinese characters or marks, which columns leave behind, but not `_KEPT`."""
    kept = _KEPT.match(text)
    start = kept.end() if kept else 0
    return text[:start] + _SPACED.sub("", text[start:])
