"""A gazetteer written the usual way, one place a line in braces, read without PyYAML: its import costs the start more
than everything else that is done with places."""

import json
import re

Fields = dict[str, object]
Sections = dict[str, list[tuple[int, Fields]]]

_SECTION = re.compile(r"([a-z]+):(?: (.+))?")
_PLAIN = re.compile(r"[\w .\-·,:{}\[\]]+")
_SCALAR = re.compile(r"[\w·.\-]+(?: [\w·.\-]+)*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NAME = re.compile(r"[^\W\d_][\w·\-]*(?: [\w·\-]+)*")
_PAIR = re.compile(r"(?<=[{ ])([a-z_]+): (\[[^\[\]{}]+\]|[^ ,\[\]{}][^,\[\]{}]*)(?:, |\}$)")
"""A key and a scalar or a list of them, with what parts it from the next: four characters more than the two."""
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))


class _Unusual(Exception):
    """Something that YAML may read in another way than it looks."""


def quick(text: str) -> Sections | None:
    """The items of region, places and bodies with their lines, as YAML has them; None where that is not plain."""
    sections: Sections = {"region": [], "places": [], "bodies": []}
    inside: list[tuple[int, Fields]] | None = None
    try:
        for number, line in enumerate(text.split("\n"), 1):
            if line.startswith("- ") and inside is not None:
                inside.append((number, _mapping(line[2:])))
            elif section := _SECTION.fullmatch(line):
                inside = sections.get(section[1])
                if inside is None and section[2] is None:
                    return None
                if inside and section[2] is not None:
                    return None
                if inside is not None and section[2] is not None:
                    inside.append((number, _mapping(section[2])))
                    inside = None
            elif line and not line.startswith("#"):
                return None
    except (_Unusual, ValueError, RecursionError):
        return None
    return sections


def _mapping(source: str) -> Fields:
    if not (source.startswith("{") and source.endswith("}") and _PLAIN.fullmatch(source)):
        raise _Unusual
    pairs = _PAIR.findall(source)
    if sum(len(key) + len(value) + 4 for key, value in pairs) == len(source):
        return {key: _value(value) for key, value in pairs}
    found = json.loads(_SCALAR.sub(_as_json, source))
    if not isinstance(found, dict):
        raise _Unusual
    return found


def _value(text: str) -> object:
    """A scalar, or a list of scalars."""
    if text[0] == "[":
        return [_value(one) for one in text[1:-1].split(", ")]
    if _NAME.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    raise _Unusual


def _as_json(scalar: re.Match[str]) -> str:
    """A plain scalar as JSON; a colon after a key stands before a space, as YAML wants it."""
    text, after = scalar[0], scalar.string[scalar.end() : scalar.end() + 2]
    if after[:1] == ":" and after != ": ":
        raise _Unusual
    if _NUMBER.fullmatch(text) and after[:1] != ":":
        return text
    if not _NAME.fullmatch(text) or text.lower() in _WORDS:
        raise _Unusual
    return f'"{text}"'
