"""The fast way: text in which each line is a field or an item of a list, in a plain form.

Whatever may mean something else in YAML raises `Unusual` and is left to PyYAML.
"""

import json
import re
from collections.abc import Iterator
from io import StringIO

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Line = tuple[str, int, Value, bool]
"""Field, line number, value, and whether the value is an item of the field's list. A plain tuple,
because building a named one takes a tenth of the time of reading a header."""
MAX_LINE = 16_384
"""Characters. A text with a longer line is unusual."""
_MAX_INNER = 1_000
"""Values in the list or mapping of one line."""

_decode = json.JSONDecoder(parse_float=str).decode
_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?: |\Z)")
_ITEM = re.compile(r" *- ")
_TEXT = re.compile(
    r"(?:[^\s\x00-\x7f]|[A-Za-z])(?:[^\x00-\x1f:#,\[\]{}\x7f-\x9f\u2028\u2029\ufeff]*[^\s\x00-\x1f:#,\[\]{}])?"
)
_NUMERIC = re.compile(r"(-?(?:0|[1-9][0-9]{0,17}))(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: |T)[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z| ?[+-][0-9]{2}:?[0-9]{2})?"
)
"""A date with a time, as blogs write it. In YAML a colon without a space after it is text."""
_PAIR = re.compile(r"(?<=[{ ])([a-z_]+): (\[[^\[\]{}]+\]|[^ ,\[\]{}][^,\[\]{}]*)(?:, |\}$)")
"""A key, a scalar or list of scalars, and the separator: together four characters more than key and value."""
_UNQUOTED = re.compile(r"[\w .\-·,:{}\[\]]+")
_SCALAR = re.compile(r"[\w·.\-]+(?: [\w·.\-]+)*")
_VALUES: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_WORDS = frozenset((*_VALUES, "yes", "no", "on", "off", "y", "n"))
"""Words that YAML 1.1 takes for something else than text, in any letter case."""


class Unusual(Exception):
    """Raised for text whose meaning in YAML may differ from its appearance."""


def lines(text: str) -> Iterator[Line]:
    """Yield every field and item. A field with a list below it comes first, with the value None. Raises Unusual."""
    field, is_open, seen = "", False, set[str]()
    indent: int | None = None
    try:
        for number, line in enumerate(StringIO(text), 1):
            line = line.removesuffix("\n")
            if len(line) > MAX_LINE:
                raise Unusual
            if found := _FIELD.match(line):
                field, source = found[1], line[found.end() :].strip(" ")
                if field in seen:
                    raise Unusual
                seen.add(field)
                is_open, indent = not source, None
                yield field, number, _value(source) if source else None, False
            elif is_open and (item := _ITEM.match(line)) and indent in (None, item.end()):
                indent = item.end()
                yield field, number, _value(line[indent:].strip(" ")), True
            elif line and not line.startswith("#"):
                raise Unusual
    except (ValueError, RecursionError, IndexError) as error:
        raise Unusual from error


def resolved(text: str) -> Value:
    """Return the value of a scalar without quotes. Dates and fractions stay text: a title 2023.10 is not 2023.1."""
    if text in _VALUES:
        return _VALUES[text]
    found = _NUMERIC.fullmatch(text)
    return int(text) if found and found[1] == text else text


def _value(source: str) -> Value:
    """Return the value on the rest of a line. Raises ValueError if it needs a YAML parser."""
    first = source[0]
    if first not in "'\"[{":
        return _scalar(source)
    if first == "[" and '"' not in source and source != "[]":
        return _list(source)
    if first == "{" and '"' not in source and source != "{}":
        return _mapping(source)
    if first in "'\"" and source.count(first) == 2 and source[-1] == first and (first == "'" or "\\" not in source):
        return source[1:-1]
    value: Value = _decode(source)
    if first in "[{" and not _is_flat(value):
        raise ValueError
    return value


def _scalar(source: str) -> Value:
    """Return the value of a scalar that looks plain. Raises ValueError if it may be something else."""
    if source[0] in "-0123456789":
        found = _NUMERIC.fullmatch(source)
        if found is None:
            if _TIME.fullmatch(source):
                return source
            raise ValueError
        return int(source) if found[1] == source else source
    if len(source) < 6 and source.lower() in _WORDS:
        return _word(source)
    if not _TEXT.fullmatch(source):
        raise ValueError
    return source


def _word(source: str) -> Value:
    if source not in _VALUES:
        raise ValueError
    return _VALUES[source]


def _list(source: str) -> list[Value]:
    if source[-1] != "]":
        raise ValueError
    return [_scalar(item) for item in source[1:-1].split(", ")]


def _mapping(source: str) -> Value:
    pairs = _PAIR.findall(source)
    if sum(len(key) + len(value) + 4 for key, value in pairs) != len(source):
        return _nested(source)
    found: dict[str, Value] = {key: _list(value) if value[0] == "[" else _scalar(value) for key, value in pairs}
    if len(found) < len(pairs):
        raise ValueError
    return found


def _nested(source: str) -> Value:
    """Return a mapping whose values may be flat lists or mappings. Raises ValueError."""
    if not _UNQUOTED.fullmatch(source):
        raise ValueError
    found: Value = json.loads(_SCALAR.sub(_as_json, source))
    if not isinstance(found, dict) or not all(_is_flat(one) for one in found.values() if isinstance(one, list | dict)):
        raise ValueError
    return found


def _as_json(scalar: re.Match[str]) -> str:
    """Convert a scalar to JSON. Raises ValueError for a colon without a space after it, as YAML requires one."""
    text, after = scalar[0], scalar.string[scalar.end() : scalar.end() + 2]
    if after[:1] == ":" and after != ": ":
        raise ValueError
    value = _scalar(text)
    if isinstance(value, int) and after[:1] == ":":
        raise ValueError
    return json.dumps(value, ensure_ascii=False)


def _is_flat(value: Value) -> bool:
    """Return whether a list or mapping contains no containers and at most `_MAX_INNER` values."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(inner, list) or len(inner) > _MAX_INNER:
        return False
    return not any(isinstance(one, list | dict) for one in inner)
