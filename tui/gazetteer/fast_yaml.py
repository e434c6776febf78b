"""A parser for gazetteers in the usual form, one place in braces per line.

It avoids PyYAML, whose import would take more of the start-up time than everything else done with places.
"""

import json
import re
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

Fields = dict[str, object]


class Item(NamedTuple):
    """An entry of the gazetteer with its section and its line number."""

    section: str
    line: int
    fields: Fields


SECTIONS = ("region", "places", "bodies")
_LONGEST = 16_384
"""Characters. A file with a longer line is left to PyYAML."""

_SECTION = re.compile(r"([a-z]+):(?: (.+))?")
_PLAIN = re.compile(r"[\w .\-·,:{}\[\]]+")
_SCALAR = re.compile(r"[\w·.\-]+(?: [\w·.\-]+)*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NAME = re.compile(r"[^\W\d_][\w·\-]*(?: [\w·\-]+)*")
_PAIR = re.compile(r"(?<=[{ ])([a-z_]+): (\[[^\[\]{}]+\]|[^ ,\[\]{}][^,\[\]{}]*)(?:, |\}$)")
"""A key, a scalar or list of scalars, and the separator: together four characters more than key and value."""
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


class Unusual(Exception):
    """Raised for text whose meaning in YAML may differ from its appearance."""


def quick(text: str) -> Iterator[Item]:
    """Yield the items of region, places and bodies, as a YAML parser would. Raises Unusual if that is uncertain."""
    section, is_open, filled = "", False, set[str]()
    try:
        for number, line in enumerate(StringIO(text), 1):
            line = line.removesuffix("\n")
            if len(line) > _LONGEST:
                raise Unusual
            if line.startswith("- ") and is_open:
                filled.add(section)
                yield Item(section, number, _mapping(line[2:]))
            elif found := _SECTION.fullmatch(line):
                section, value = found.groups()
                known = section in SECTIONS
                is_open = known and value is None
                if (not known and value is None) or (value is not None and section in filled):
                    raise Unusual
                if known and value is not None:
                    filled.add(section)
                    yield Item(section, number, _mapping(value))
            elif line and not line.startswith("#"):
                raise Unusual
    except (ValueError, RecursionError) as error:
        raise Unusual from error


def _mapping(source: str) -> Fields:
    if not (source.startswith("{") and source.endswith("}") and _PLAIN.fullmatch(source)):
        raise Unusual
    pairs = _PAIR.findall(source)
    if sum(len(key) + len(value) + 4 for key, value in pairs) == len(source):
        return {key: _value(value) for key, value in pairs}
    found = json.loads(_SCALAR.sub(_as_json, source))
    if not isinstance(found, dict):
        raise Unusual
    return found


def _value(text: str) -> object:
    """Convert a scalar, or a list of scalars. Raises Unusual if YAML might convert it otherwise."""
    if text[0] == "[":
        return [_value(one) for one in text[1:-1].split(", ")]
    if _NAME.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    raise Unusual


def _as_json(scalar: re.Match[str]) -> str:
    """Convert a plain scalar to JSON. Raises Unusual for a colon without a space after it, as YAML requires one."""
    text, after = scalar[0], scalar.string[scalar.end() : scalar.end() + 2]
    if after[:1] == ":" and after != ": ":
        raise Unusual
    if _NUMBER.fullmatch(text) and after[:1] != ":":
        return text
    if not _NAME.fullmatch(text) or text.lower() in _WORDS:
        raise Unusual
    return f'"{text}"'
