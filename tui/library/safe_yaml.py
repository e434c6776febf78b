"""Safe parsing of the YAML subset allowed in front matter.

Most front matter consists of plain `key: value` lines, which this module parses itself. The rest goes through PyYAML's
event stream, which builds no objects: aliases, tags, deep nesting and excessive length are rejected first.
"""

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..i18n import _

if TYPE_CHECKING:
    from yaml.events import Event

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]

LONGEST = 65_536
"""Code points. Maximum length of front matter."""
DEEPEST = 8
MOST = 5_000
"""Maximum number of YAML events, about one for each key and value."""

_decode = json.JSONDecoder().decode
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_]*):[ ]+(\S.*?)[ ]*$")
_PLAIN = re.compile(
    r"(?:[^\s\x00-\x7f]|[A-Za-z])(?:[^\x00-\x1f:#,\[\]{}\x7f-\x9f\u2028\u2029\ufeff]*[^\s\x00-\x1f:#,\[\]{}])?"
)
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})$")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?$")
_WORDS: dict[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


class BadYaml(ValueError):
    """Invalid or forbidden YAML. `line` is counted from 1 within the text."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Mapping(NamedTuple):
    """A mapping's values, and the line number of each key."""

    values: dict[str, Value]
    lines: dict[str, int]


def mapping(text: str) -> Mapping:
    """Return the text parsed as a mapping. Raises BadYaml."""
    if len(text) > LONGEST:
        raise BadYaml(1, _("长过 {n} 个字符").format(n=LONGEST))
    return quick(text) or _by_events(text)


def quick(text: str) -> Mapping | None:
    """Return the mapping if every line is a key with a JSON value, plain scalar or plain list; else None."""
    found = Mapping({}, {})
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        pair = _PAIR.match(line)
        if pair is None or pair[1] in found.values:
            return None
        try:
            found.values[pair[1]] = _value(pair[2])
        except (ValueError, RecursionError):
            return None
        found.lines[pair[1]] = number
    return found if found.values else None


def _value(source: str) -> Value:
    """Return the value on the rest of a line. Raises ValueError if it needs a YAML parser."""
    first = source[0]
    if first == "[" and '"' not in source and source != "[]":
        if source[-1] != "]" or "" in (items := source[1:-1].split(", ")):
            raise ValueError
        return [_plain(item) for item in items]
    if first not in '"[{':
        return _plain(source)
    if first == '"' and source.count('"') == 2 and source[-1] == '"' and "\\" not in source:
        return source[1:-1]
    value: Value = _decode(source)
    if first != '"' and not _flat(value):
        raise ValueError
    return value


def _plain(source: str) -> Value:
    if _INTEGER.match(source):
        return int(source)
    if source in _WORDS:
        return _WORDS[source]
    if _DATE.match(source) or _PLAIN.fullmatch(source):
        return source
    raise ValueError


def _flat(value: Value) -> bool:
    """Return whether a list or mapping contains no containers and at most 1000 values."""
    inner = list(value.values()) if isinstance(value, dict) else value
    return isinstance(inner, list) and len(inner) <= 1000 and not any(isinstance(one, list | dict) for one in inner)


def _by_events(text: str) -> Mapping:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder().build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYaml(mark.line + 1 if mark else 1, _("写法不对")) from None
    except yaml.YAMLError:
        raise BadYaml(1, _("写法不对")) from None


class _Builder:
    """A builder of values from YAML events. Not recursive, so that deep nesting cannot exhaust the stack."""

    def __init__(self) -> None:
        self._stack: list[list[Value] | dict[str, Value]] = []
        self._keys: list[str | None] = []
        self._lines: dict[str, int] = {}
        self._count = 0
        self._result: dict[str, Value] | None = None

    def build(self, events: "Iterable[Event]") -> Mapping:
        import yaml

        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            self._count += 1
            if self._count > MOST:
                raise BadYaml(line, _("多于 {n} 个值").format(n=MOST))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise BadYaml(line, _("用了锚点或别名（& 或 *）"))
            if getattr(event, "tag", None):
                raise BadYaml(line, _("用了类型标签（!）"))
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event.value, bool(event.implicit and event.implicit[0]), line)
            elif isinstance(event, yaml.MappingStartEvent):
                self._enter({}, line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._enter([], line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._stack.pop()
                self._keys.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self._result is not None:
                raise BadYaml(line, _("不止一份文档"))
        if self._result is None:
            raise BadYaml(1, _("没有内容"))
        return Mapping(self._result, self._lines)

    def _enter(self, container: "list[Value] | dict[str, Value]", line: int) -> None:
        if len(self._stack) >= DEEPEST:
            raise BadYaml(line, _("嵌套深过 {n} 层").format(n=DEEPEST))
        if self._stack:
            self._add(container, line)
        elif isinstance(container, dict):
            self._result = container
        else:
            raise BadYaml(line, _("不是“字段: 值”的形式"))
        self._stack.append(container)
        self._keys.append(None)

    def _scalar(self, text: str, plain: bool, line: int) -> None:
        if not self._stack:
            raise BadYaml(line, _("不是“字段: 值”的形式"))
        if isinstance(self._stack[-1], dict) and self._keys[-1] is None:
            if text in self._stack[-1]:
                raise BadYaml(line, _("字段“{field}”写了两遍").format(field=text))
            self._keys[-1] = text
            if len(self._stack) == 1:
                self._lines[text] = line
        else:
            self._add(_resolved(text) if plain else text, line)

    def _add(self, value: Value, line: int) -> None:
        into = self._stack[-1]
        if isinstance(into, list):
            into.append(value)
            return
        key = self._keys[-1]
        if key is None:
            raise BadYaml(line, _("字段名不是文字"))
        into[key] = value
        self._keys[-1] = None


def _resolved(text: str) -> Value:
    """Return a plain scalar's value. Dates and fractions stay text: a title 2023.10 is not 2023.1."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.match(text) else text
