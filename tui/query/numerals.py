"""Numbers written with digits and with characters: 200, 两百 and 二百; 1200, 1,200 and 一千二百; 2023 and 二〇二三.

Only unambiguous numbers count: a term that is a number of at least 11, and in the text a number that is not part of a
longer one. 一 to 十 are parts of too many words. All texts are folded: 〇 becomes 零, a comma its full-width form.
"""

import re
from collections.abc import Iterator

_LEAST, _MOST = 11, 10**12
"""Numbers from `_LEAST` to below `_MOST` get other spellings."""
_LONGEST = 40
"""Characters. Longer text is not read as a number; 九千九百九十九亿九千九百九十九万九千九百九十九 has 24."""
_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
_PLAIN = re.compile("[1-9][0-9]*|[1-9][0-9]{0,2}(?:，[0-9]{3})+")
_ROUND = re.compile("([1-9][0-9]*)(?:．([0-9]{1,4}))?([万亿])")
_HAN = re.compile("[零一二三四五六七八九十百千万亿两]{2,}")
_YEAR = re.compile("[12][0-9]{3}")
_PAIR = re.compile("二(?=[百千万亿])")


def numeral_variants(text: str) -> tuple[str, ...]:
    """Return the other spellings of a folded number; empty if the text is not a number or ambiguous."""
    if len(text) > _LONGEST:
        return ()
    value = _value(text)
    if value is None or not _LEAST <= value < _MOST:
        return ()
    found = dict.fromkeys(_forms(value))
    if text not in found:  # 一十二百, 二三: not a number in any usual spelling
        return ()
    return tuple(form for form in found if form != text)


def as_printed(form: str) -> str:
    """Return a folded number as it is usually printed: `1,200`, 二〇二三."""
    form = form.replace("，", ",").replace("．", ".")
    return form.replace("零", "〇") if len(form) == 4 and all(one in _DIGITS for one in form) else form


def _value(text: str) -> int | None:
    """Return the value of a written number; None if the text is not a number."""
    if _PLAIN.fullmatch(text):
        return int(text.replace("，", ""))
    if rounded := _ROUND.fullmatch(text):
        power = _SECTIONS[rounded[3]]
        part = (rounded[2] or "").ljust(4, "0")
        return int(rounded[1]) * power + int(part) * power // 10_000
    if not _HAN.fullmatch(text):
        return None
    if len(text) == 4 and all(one in _DIGITS for one in text):
        return int("".join(str(_VALUES[one]) for one in text))
    return _spoken_value(text)


def _spoken_value(text: str) -> int:
    """Return the value of a spoken number. Accepts wrong ones: the caller checks that `text` is a spelling of it."""
    total = section = digit = 0
    last = 1
    for character in text:
        if character in _SECTIONS:
            power = _SECTIONS[character]
            total += (section + digit) * power
            section, digit, last = 0, 0, power
        elif character in _POWERS:
            section += (digit or 1) * _POWERS[character]
            digit, last = 0, _POWERS[character]
        elif character == "零":
            last = 10
        else:
            digit = _VALUES[character]
    # 一千二 is 1200, 两万五 25,000; 一千零二 is 1002
    return total + section + digit * (last // 10 if last >= 100 else 1)


def _forms(value: int) -> Iterator[str]:
    """Yield every spelling of a number, those with digits first."""
    yield str(value)
    if value >= 1000:
        yield f"{value:,}".replace(",", "，")
    for name, power in _SECTIONS.items():
        whole, part = divmod(value, power)
        if whole and not part:
            yield f"{whole}{name}"
        elif whole and part % (power // 100) == 0:
            yield f"{whole}．{part * 100 // power:02}".rstrip("0") + name
    if _YEAR.fullmatch(str(value)):
        yield "".join(_DIGITS[int(digit)] for digit in str(value))
    spoken = han(value)
    for one in (spoken, _short(spoken)):
        yield one
        yield _PAIR.sub("两", one)
        yield _PAIR.sub("两", one, count=1)
        yield re.sub("二(?=[千万亿])", "两", one)


def han(value: int) -> str:
    """Return a number from 1 to below 10**12 as it is spoken: 十二 for 12, 一百零五 for 105."""
    if value < 10_000:
        spoken = _section(value)
        return spoken.removeprefix("一") if 10 <= value < 20 else spoken
    name, power = ("亿", 10**8) if value >= 10**8 else ("万", 10**4)
    whole, part = divmod(value, power)
    gap = "零" if part and part < power // 10 else ""
    return han(whole) + name + (gap + _inner(part) if part else "")


def _inner(value: int) -> str:
    """Return a number as it is spoken after a larger unit: 一十 for 10."""
    return _section(value) if value < 10_000 else han(value)


def _section(value: int) -> str:
    digits = str(value)
    spoken = ""
    for at, digit in enumerate(digits):
        unit = _UNITS[len(digits) - 1 - at]
        if digit != "0":
            spoken += _DIGITS[int(digit)] + unit
        elif spoken and not spoken.endswith("零") and int(digits[at:]):
            spoken += "零"
    return spoken


def _short(spoken: str) -> str:
    """Return a spoken number without its last unit if the unit before is the next larger: 一千二 for 一千二百."""
    short = re.fullmatch("(.*(?:千.(?=百$)|百.(?=十$)|万.(?=千$)|亿.(?=千万$)))(?:十|百|千|千万)", spoken)
    return short[1] if short else spoken
