"""Days as they are typed in a query and as articles have them: ISO 8601, as much as is known."""

import re
from calendar import monthrange
from datetime import date

_DAY = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})日?|月?)|年?)\Z")
_RANGE = re.compile(r"\.\.+|…+|~|～|至|到")
_WIDE = {ord("－"): "-", ord("．"): ".", ord("／"): "/"} | {ord("０") + digit: str(digit) for digit in range(10)}


def period(typed: str) -> tuple[str, str] | None:
    """First and last day of `2023`, `2023-06`, `2023年6月1日`, `2023-06..2023-07`, `2023-06..`, `..2023`.

    An empty day is open; None when it is no date.
    """
    ends = _RANGE.split(typed.translate(_WIDE))
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


def span(written: str) -> tuple[str, str] | None:
    """First and last day of one date; None when there is no such date."""
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
    """A date as a number that sorts: 20230601, 20230600 for a month, 20230000 for a year, 0 for none."""
    return int(written.replace("-", "").ljust(8, "0")) if written else 0


def iso(day: int) -> str | None:
    """The date that `day_of` made the number of."""
    year, month, date = day // 10_000, day // 100 % 100, day % 100
    parts = [f"{year:04}", *([f"{month:02}"] if month else []), *([f"{date:02}"] if date else [])]
    return "-".join(parts) if day else None


def within(written: str | None, first: str, last: str) -> bool:
    """Whether all an article's date can mean lies between two days; empty ones are open."""
    if not written:
        return False
    if len(written) == 10:
        return first <= written and (not last or written <= last)
    days = span(written)
    return days is not None and first <= days[0] and (not last or days[1] <= last)
