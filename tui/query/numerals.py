"""Numbers written with digits and with characters: 200, 两百 and 二百; 1200, 1,200 and 一千二百; 2023 and 二〇二三.

Only unambiguous numbers count: a term that is a number of at least 11, or Chinese text around one such as 第18届, and
in the text a number that is not part of a longer one. 一 to 十 are parts of too many words: they count only in dates.
All texts are folded: 〇 becomes 零, a comma its full-width form.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

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
_HAN = re.compile("[零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌]{2,}|[廿卅卌]")
_INSIDE = re.compile(rf"[0-9][0-9，．]*[0-9][万亿]?|[0-9][万亿]?|{_HAN.pattern}|[一二三四五六七八九十](?=[月日号])")
"""A number in longer text."""
_AROUND = re.compile(f"(?:[\u4e00-\u9fff]|{_INSIDE.pattern})+")
_PERCENT = re.compile("([0-9]{1,3})％|百分之(.+)")
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_INFORMAL = {after: before for before, after in _FORMAL.items()} | {
    ord("廿"): "二十",
    ord("卅"): "三十",
    ord("卌"): "四十",
}
_TENS = {2: "廿", 3: "卅", 4: "卌"}
_MAX_INSIDE = 20
"""Characters. In longer text no numbers are looked for."""
_MAX_FORMS = 8
"""Spellings of a text with a number inside."""
_YEAR = re.compile("[12][0-9]{3}")
_RECENT_YEARS = range(1900, 2100)
"""Years are not written in formal characters. Other numbers of four digits may be amounts."""
_PAIR = re.compile("二(?=[百千万亿])")


def numeral_variants(text: str) -> tuple[str, ...]:
    """Return the other spellings of a folded number; empty if the text is not a number or ambiguous."""
    if len(text) > _LONGEST:
        return ()
    forms = _number_forms(text, _LEAST) or _percent_forms(text) or _forms_around(text)
    return tuple(form for form in forms if form != text)


def _number_forms(text: str, least: int) -> tuple[str, ...]:
    """Return all spellings of a number of at least `least`; empty if the text is none in a usual spelling."""
    value = _value(text)
    if value is None or not least <= value < _MOST:
        return ()
    found = dict.fromkeys(_forms(value))
    return tuple(found) if text in found else ()  # 一十二百, 二三


def _percent_forms(text: str) -> tuple[str, ...]:
    """Return both spellings of a percentage: 30％ and 百分之三十."""
    if (found := _PERCENT.fullmatch(text)) is None:
        return ()
    value = int(found[1]) if found[1] else _value(found[2]) or ("零一二三四五六七八九十".find(found[2]))
    return (f"{value}％", f"百分之{han(value)}") if 0 < value < 1000 else ()


def _forms_around(text: str) -> tuple[str, ...]:
    """Return the spellings of Chinese text with numbers inside: of one number all, of several both scripts."""
    if len(text) > _MAX_INSIDE or not _AROUND.fullmatch(text):
        return ()
    numbers = [(found.start(), found.end()) for found in _INSIDE.finditer(text)]
    forms = [(start, end, _number_forms(text[start:end], 1)) for start, end in numbers]
    forms = [(start, end, ones) for start, end, ones in forms if ones]
    if len(forms) == 1:
        ((start, end, ones),) = forms
        return tuple(text[:start] + one + text[end:] for one in islice(ones, _MAX_FORMS))
    return tuple(_replaced(text, forms, is_digits) for is_digits in (True, False)) if forms else ()


def _replaced(text: str, forms: Sequence[tuple[int, int, Sequence[str]]], is_digits: bool) -> str:
    """Return the text with every number in digits, or every one in Chinese; years digit by digit."""
    written, at = "", 0
    for start, end, _forms_of_number in forms:
        value = _value(text[start:end]) or 0
        is_year = _YEAR.fullmatch(str(value)) is not None and text[end : end + 1] == "年"
        spoken = "".join(_DIGITS[int(digit)] for digit in str(value)) if is_year else han(value)
        written += text[at:start] + (str(value) if is_digits else spoken)
        at = end
    return written + text[at:]


def as_printed(form: str) -> str:
    """Return a folded number as it is usually printed: `1,200`, 二〇二三."""
    form = form.replace("，", ",").replace("．", ".").replace("％", "%")
    return re.sub(f"(?<![{_DIGITS}])[{_DIGITS}]{{4}}(?![{_DIGITS}])", lambda year: year[0].replace("零", "〇"), form)


def _value(text: str) -> int | None:
    """Return the value of a written number; None if the text is not a number."""
    if _PLAIN.fullmatch(text):
        return int(text.replace("，", ""))
    if rounded := _ROUND.fullmatch(text):
        power = _SECTIONS[rounded[3]]
        part = (rounded[2] or "").ljust(4, "0")
        return int(rounded[1]) * power + int(part) * power // 10_000
    if len(text) == 1 and (digit := _VALUES.get(text) or _POWERS.get(text)):
        return digit
    if not _HAN.fullmatch(text):
        return None
    text = text.translate(_INFORMAL)
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
    if value == 2:
        yield "两"
    formal = spoken.translate(_FORMAL)
    if value not in _RECENT_YEARS:
        yield formal
    if 10 <= value < 20:
        yield f"壹{formal}"
    if tens := _TENS.get(value // 10):
        yield tens + (_DIGITS[value % 10] if value % 10 else "")


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
