"""Parsing of written dates, preserving their precision."""

import re

_SPACE = "[ \u00a0\u3000]*"
_TIME = (
    "(?:[T \u3000]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    "(?: ?(?:[Zz]|UTC|GMT|CST|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_YEAR = "[0-9]{4}"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"


def _day(first: str, second: str, end: str, zero: str) -> str:
    """Return the pattern of a valid day with `first` after the year and `second` after the month.

    `zero` is the pattern of the zero before a single digit. The 29th of February matches in leap years only.
    """
    one = f"(?:{zero}[1-9]|[12][0-9]"
    return (
        f"(?:{_YEAR}{first}(?:(?:{zero}[13578]|1[02]){second}{one}|3[01])|(?:{zero}[469]|11){second}{one}|30)"
        f"|{zero}2{second}(?:{zero}[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}{first}{zero}2{second}29){end}"
    )


ISO_DATE = (
    "[0-9]{4}"
    "|[0-9]{4}-(0[1-9]|1[0-2])"
    "|[0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    "|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29"
)
"""Pattern of ISO 8601, as precise as known: 2023, 2023-06 or 2023-06-01. Rejects invalid days."""
_HAN_YEAR, _HAN_MONTH = f"{_SPACE}年{_SPACE}", f"{_SPACE}月{_SPACE}"
_DAYS = (
    *(_day(mark, mark, "", "0?") for mark in ("-", "/", "[.]")),
    _day("", "", "", "0"),
    _day(_HAN_YEAR, _HAN_MONTH, f"(?:{_SPACE}[日号])?", "0?"),
)
_MONTHS = (f"{_YEAR}[-/.](?:0?[1-9]|1[0-2])", f"{_YEAR}{_HAN_YEAR}(?:0?[1-9]|1[0-2]){_SPACE}月?")
WRITTEN_DATE = f"(?:{'|'.join(_DAYS)}){_TIME}|{'|'.join(_MONTHS)}|{_YEAR}(?:{_SPACE}年)?"
"""Pattern of a day with optional time and zone, a month, or a year: 2023-06-02, 2023/6/2, 2023年6月2日, …"""
_IN_NAME = f"(?:{'|'.join((*_DAYS, _day('_', '_', '', '0?')))})(?![0-9])"
_PARTS = re.compile("([0-9]{4})[^0-9]*([0-9]{1,2})?[^0-9]*([0-9]{1,2})?")


def iso_date(written: str) -> str | None:
    """Return the date as ISO 8601 with the precision as written, without the time; None if it is not a date."""
    if re.fullmatch(ISO_DATE, written):
        return written
    written = written.strip(" \t\u3000")
    return _iso(written) if re.fullmatch(WRITTEN_DATE, written) else None


def date_of_name(name: str) -> tuple[str | None, str]:
    """Return the date at the start of a file or folder name (None without one) and the rest of the name."""
    found = re.match(_IN_NAME, name) if name[:4].isdecimal() else None
    return (_iso(found[0]), name[found.end() :]) if found else (None, name)


def _iso(written: str) -> str:
    """Return the first three numbers of a written date as ISO 8601."""
    day = re.split("[T \u3000]+(?=[0-9]{1,2}:)", written)[0]  # else the hour would be read as the day
    year, month, date = _PARTS.match(day).groups()  # type: ignore[union-attr]
    return "-".join([year, *(part.zfill(2) for part in (month, date) if part)])
