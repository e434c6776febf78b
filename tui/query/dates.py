"""Dates as users type them, and as articles have them: ISO 8601 with a year, a month or a day."""

import re
from calendar import monthrange
from datetime import date, timedelta

_DAY = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})日?|月?)|年?)\Z")
_RANGE = re.compile(r"\.\.+|…+|~|～|至|到")
_RECENT = re.compile(r"(?:近|最近|过去)?([0-9]{1,4})(天|日|周|星期|个月|d|w|m|y)|(?:近|最近|过去)([0-9]{1,3})(月|年)")
_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "个月": "m", "月": "m", "年": "y"}
_NAMED = {
    **dict.fromkeys(("今天", "today"), ("d", 0)),
    **dict.fromkeys(("昨天", "yesterday"), ("d", 1)),
    "前天": ("d", 2),
    **dict.fromkeys(("本周", "这周", "thisweek"), ("w", 0)),
    **dict.fromkeys(("上周", "lastweek"), ("w", 1)),
    **dict.fromkeys(("本月", "这个月", "thismonth"), ("m", 0)),
    **dict.fromkeys(("上月", "上个月", "lastmonth"), ("m", 1)),
    **dict.fromkeys(("今年", "本年", "thisyear"), ("y", 0)),
    **dict.fromkeys(("去年", "lastyear"), ("y", 1)),
    "前年": ("y", 2),
}
"""A unit, and how many of these units before the current one."""
_WIDE = {ord("－"): "-", ord("．"): ".", ord("／"): "/"} | {ord("０") + digit: str(digit) for digit in range(10)}


def period(typed: str, today: date | None = None) -> tuple[str, str] | None:
    """Return the first and last day of `2023`, `2023年6月1日`, `2023-06..2023-07`, `..2023`, `30d`, `近3个月`, `今年`.

    An empty day is open. `30d` are the 30 days that end with `today`. Returns None for anything but a date.
    """
    typed = typed.translate(_WIDE)
    if days := _relative(typed.casefold().replace(" ", ""), today or date.today()):
        return days
    ends = _RANGE.split(typed)
    if len(ends) == 1:
        return span(ends[0])
    if len(ends) != 2 or not any(ends):
        return None
    first, last = (span(end) if end else ("", "") for end in ends)
    if first is None or last is None:
        return None
    if all(ends) and first[0] > last[1]:
        first, last = last, first
    return first[0], last[1]


def _relative(typed: str, today: date) -> tuple[str, str] | None:
    """Return the first and last day of a period relative to today; None for other text."""
    try:
        if typed in _NAMED:
            unit, back = _NAMED[typed]
            if unit == "d":
                day = (today - timedelta(days=back)).isoformat()
                return day, day
            if unit == "w":
                monday = today - timedelta(days=today.weekday() + 7 * back)
                return monday.isoformat(), (monday + timedelta(days=6)).isoformat()
            if unit == "y":
                return span(f"{today.year - back:04}")
            return span(_months_before(today, back).isoformat()[:7])
        if found := _RECENT.fullmatch(typed):
            count, unit = int(found[1] or found[3]), found[2] or found[4]
            unit = _UNITS.get(unit, unit)
            if unit in "dw":
                first = today - timedelta(days=count * (7 if unit == "w" else 1) - 1)
            else:
                first = _months_before(today, count * (12 if unit == "y" else 1)) + timedelta(days=1)
            return (first.isoformat(), today.isoformat()) if count else None
    except (ValueError, OverflowError):  # before the year 1
        pass
    return None


def _months_before(day: date, months: int) -> date:
    """Return the same day `months` months earlier, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def span(written: str) -> tuple[str, str] | None:
    """Return the first and last day of one date; None if there is no such date."""
    match = _DAY.match(written)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            return first.isoformat(), first.isoformat()
        if month:
            return first.isoformat(), first.replace(day=monthrange(year, month)[1]).isoformat()
        return first.isoformat(), date(year, 12, 31).isoformat()
    except ValueError:
        return None


def day_of(written: str | None) -> int:
    """Return a date as a number that sorts: 20230601, 20230600 for a month, 20230000 for a year, 0 for none."""
    return int(written.replace("-", "").ljust(8, "0")) if written else 0


def iso(day: int) -> str | None:
    """Return the ISO date of a number from `day_of`, None for 0."""
    year, month, date = day // 10_000, day // 100 % 100, day % 100
    parts = [f"{year:04}", *([f"{month:02}"] if month else []), *([f"{date:02}"] if date else [])]
    return "-".join(parts) if day else None


def within(written: str | None, first: str, last: str) -> bool:
    """Return whether every day that an article's date can mean is from `first` to `last`; empty ones are open."""
    if not written:
        return False
    if len(written) == 10:
        return first <= written and (not last or written <= last)
    days = span(written)
    return days is not None and first <= days[0] and (not last or days[1] <= last)
