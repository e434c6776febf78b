"""The date of issue and the page number, from a page's furniture or from the name of a file."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from .source_lines import to_half_width

_DIGIT = {
    numeral: str(value) for value, numerals in enumerate(("〇零○", *"一二三四五六七八九")) for numeral in numerals
}
_NUMERALS = "".join(_DIGIT) + "十"
_DATE = re.compile(
    rf"(?<!\d)(\d{{4}}|[{_NUMERALS}]{{4}})\s?[年./_-]\s?(\d{{1,2}}|[{_NUMERALS}]{{1,3}})\s?[月./_-]\s?"
    rf"(\d{{1,2}}|[{_NUMERALS}]{{1,3}})(?!\d)"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_NUMBER = re.compile(
    r"第\s?([A-Z]?\d{1,3})\s?版|(?<![\dA-Z])([A-Z]?\d{1,3})\s?版|第\s?(\d{1,3})\s?页|^[·•—–-]*\s?([A-Z]?\d{1,3})\s?[·•—–-]*$"
)


def issue_date(furniture: Iterable[str]) -> str | None:
    """Return the date that most of a page's furniture lines name, as in 2023-06-08, or None."""
    found = Counter(said for line in furniture if (said := _date_in(to_half_width(line), _DATE)))
    return found.most_common(1)[0][0] if found else None


def date_in_name(name: str) -> str | None:
    """Return the date in the name of a file, as in 2023-06-08, or None."""
    folded = to_half_width(name)
    return _date_in(folded, _DATE) or _date_in(folded, _COMPACT)


def common_date(dates: Iterable[str]) -> str | None:
    """Return the date that all pages share or, if they differ, their month or year; else None."""
    parts = [said.split("-") for said in dates]
    if not parts:
        return None
    shared = 0
    while shared < 3 and len({said[shared] for said in parts}) == 1:
        shared += 1
    return "-".join(parts[0][:shared]) or None


def page_number(furniture: Iterable[str]) -> str | None:
    """Return the number of a page, as in 3 or A03 without leading zeros, or None."""
    for line in furniture:
        if found := _NUMBER.search(to_half_width(line).strip()):
            return plain_number(next(number for number in found.groups() if number))
    return None


def plain_number(number: str) -> str:
    """Return a page number without zeros before its digits: A3 for A03."""
    section = number[:1] if number[:1].isalpha() else ""
    return section + (number[len(section) :].lstrip("0") or "0")


def _date_in(text: str, pattern: re.Pattern[str]) -> str | None:
    for found in pattern.finditer(text):
        try:
            return date(*(value_of(part) for part in found.groups())).isoformat()
        except ValueError:
            continue
    return None


def value_of(numerals: str) -> int:
    """Return the value of digits or of Chinese numerals: 2023, 二〇二三, 十八, 二十三. Raises ValueError."""
    if numerals.isdigit() and numerals.isascii():
        return int(numerals)
    tens, ten, ones = numerals.rpartition("十")
    if ten:
        return 10 * int(_DIGIT[tens] if tens else 1) + int(_DIGIT[ones] if ones else 0)
    return int("".join(_DIGIT[numeral] for numeral in numerals))
