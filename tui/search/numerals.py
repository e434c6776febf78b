"""Numbers written with digits and with characters: 12 and 十二, 2023 and 二〇二三.

Only where it is unambiguous: a word of the query that is a number from 11 on, and in the text a number that is not part
of a longer one. 一 to 十 are parts of too many words.
"""

import re

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"零": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_HAN = re.compile("[零〇一二三四五六七八九十百千两]+")
_YEAR = re.compile(r"[12][0-9]{3}\Z")


def twins(text: str) -> tuple[str, ...]:
    """Other ways to write a folded text that is a number; none where it is not, or might mean something else."""
    if text.isascii() and text.isdecimal() and text[0] != "0" and len(text) <= 4:
        value = int(text)
        if value < 11:
            return ()
        spoken = han(value)
        if not _YEAR.match(text):
            return (spoken,)
        year = "".join(_DIGITS[int(digit)] for digit in text)
        return tuple(dict.fromkeys((year, year.replace("〇", "零"), spoken)))
    if len(text) < 2 or not _HAN.fullmatch(text):
        return ()
    if len(text) == 4 and all(character in _VALUES and character != "两" for character in text):
        year = "".join(str(_VALUES[character]) for character in text)
        return (year,) if _YEAR.match(year) else ()
    value = _value(text)
    return (str(value),) if value >= 11 and han(value) == text.replace("零", "〇").replace("〇", "零") else ()


def han(value: int) -> str:
    """A number from 1 to 9999 as it is spoken: 12 is 十二, 105 is 一百零五."""
    digits = str(value)
    spoken = ""
    for at, digit in enumerate(digits):
        unit = _UNITS[len(digits) - 1 - at]
        if digit != "0":
            spoken += _DIGITS[int(digit)] + unit
        elif spoken and not spoken.endswith("零") and int(digits[at:]):
            spoken += "零"
    return spoken.removeprefix("一") if 10 <= value < 20 else spoken


def _value(text: str) -> int:
    """What a spoken number means; 0 where it means nothing."""
    total, digit = 0, 0
    for character in text:
        if character in _POWERS:
            total += (digit or (1 if not total else 0)) * _POWERS[character]
            digit = 0
        else:
            digit = _VALUES[character]
    return total + digit
