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
_LONG = "(?:Jan(?:uary)?|Mar(?:ch)?|May|July?|Aug(?:ust)?|Oct(?:ober)?|Dec(?:ember)?)[.]?"
_SHORT = "(?:Apr(?:il)?|June?|Sept?(?:ember)?|Nov(?:ember)?)[.]?"
_FEBRUARY = "Feb(?:ruary)?[.]?"
"""English names of the months of 31, 30 and 28 days, in full or shortened."""
_WEEKDAY = "(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?[.]?,? +)?"


def _english_days() -> tuple[str, str]:
    """Return the patterns of a day with the month's name before it (June 2, 2023) and after it (2 Jun 2023)."""
    ordinal, one = "(?:st|nd|rd|th)?", "0?[1-9]|[12][0-9]"
    kinds = (
        (_LONG, f"(?:{one}|3[01])", _YEAR),
        (_SHORT, f"(?:{one}|30)", _YEAR),
        (_FEBRUARY, "(?:0?[1-9]|1[0-9]|2[0-8])", _YEAR),
        (_FEBRUARY, "29", _LEAP_YEAR),
    )
    before = "|".join(f"{month} +{day}{ordinal},? +{year}" for month, day, year in kinds)
    after = "|".join(f"{day}{ordinal}[ -](?:of )?{month},?[ -]{year}" for month, day, year in kinds)
    return f"{_WEEKDAY}(?:{before})", f"{_WEEKDAY}(?:{after})"


_ENGLISH = _english_days()
_ENGLISH_MONTH = f"(?:{_LONG}|{_SHORT}|{_FEBRUARY}),? +{_YEAR}"
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = (f"{_YEAR}[-/.](?:0?[1-9]|1[0-2])", f"{_YEAR}{_HAN_YEAR}(?:0?[1-9]|1[0-2]){_SPACE}月?")
WRITTEN_DATE = (
    f"(?:{'|'.join((*_DAYS, *_ENGLISH))}){_TIME}|{'|'.join((*_MONTHS, _ENGLISH_MONTH))}|{_YEAR}(?:{_SPACE}年)?"
)
"""Pattern of a day with optional time and zone, a month, or a year: 2023-06-02, 2023年6月2日, June 2, 2023, …"""
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
    if name := re.search("|".join(_MONTH_NAMES), written):
        return _iso_of_english(written, _MONTH_NAMES.index(name[0]) + 1)
    day = re.split("[T \u3000]+(?=[0-9]{1,2}:)", written)[0]  # else the hour would be read as the day
    year, month, date = _PARTS.match(day).groups()  # type: ignore[union-attr]
    return "-".join([year, *(part.zfill(2) for part in (month, date) if part)])


def _iso_of_english(written: str, month: int) -> str:
    year = re.findall("[0-9]{4}", written)[0]
    day = re.search("(?<![0-9:])[0-9]{1,2}(?![0-9:])", written)
    day = day if day and day.start() < written.index(year) else None
    return f"{year}-{month:02}" + (f"-{day[0].zfill(2)}" if day else "")
