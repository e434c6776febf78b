"""Parsing of the header of a text file: YAML, TOML or JSON.

An invalid line loses only its own field, never the other fields or the body.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple, cast

from ..i18n import _
from ..yaml_reader import BadYaml, Mapping, Value, mapping
from ..yaml_reader.yaml_values import MAX_CHARACTERS

MAX_FIELDS = 1000
"""Maximum number of fields read one by one from an invalid header."""
_BLANK_LINES = re.compile(r"(?:[ \t\u3000]*\n)*")
_CLOSING = {
    "yaml": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "toml": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    "json": re.compile(r"^\}[ \t]*$", re.MULTILINE),
}
_OPENING = {"---": "yaml", "+++": "toml", "{": "json"}
_KEY = {
    "yaml": re.compile(r"""(?:"([^"\n]{1,99})"|'([^'\n]{1,99})'|([^\s:#"'\[{>|\-][^:#\n]{0,98}?))[ \t]*:(?=[ \t]|$)"""),
    "toml": re.compile(r"""(?:"([^"\n]{1,99})"|'([^'\n]{1,99})'|([\w.-]{1,99}))[ \t]*="""),
    "json": re.compile(r"""[ \t]*(?:"([^"\n]{1,99})"|(?!)()|(?!)())[ \t]*:"""),
}
_KNOWN = re.compile(
    r"(?:title|date|layout|tags|category|categories|authors?|slug|permalink|summary|description)[ \t]*:", re.IGNORECASE
)
_METADATA = re.compile(
    r"(?:(?:title|subtitle|date|modified|tags?|keywords|category|categories|authors?|slug|summary|description|status|lang|"
    r"layout|template|permalink|disqus|url)[ \t]*:(?:[ \t][^\n]*)?(?:\n|\Z)){1,20}(?=[ \t]*(?:\n|\Z))",
    re.IGNORECASE,
)
"""Fields above the first blank line, without marks around them, as Pelican, MkDocs and MultiMarkdown read them."""
_TEXT = re.compile(r"[^\[\]{}&*!|>%@`\"'\s][^\n]{0,1999}")
"""A value that is taken literally if it is not valid YAML."""

Syntax = Literal["", "yaml", "toml", "json"]


class HeaderParts(NamedTuple):
    """A text file split into header and body."""

    syntax: Syntax
    """Empty for a file without a header."""
    header: str
    line: int
    """Number of the header's first line, from 1."""
    body: str
    closed: bool = True
    """False for a header without a closing line."""


class Header(NamedTuple):
    """The fields of a header with their line numbers, and its errors as pairs of line number and message."""

    values: dict[str, Value]
    lines: dict[str, int]
    wrong: list[tuple[int, str]]


def split(text: str) -> HeaderParts:
    """Return the header and body of a text whose lines end with line feeds."""
    blank = _BLANK_LINES.match(text)
    start = blank.end() if blank else 0
    if text[start : start + 1] not in ("-", "+", "{"):
        return _unopened(text, start)
    line = text.count("\n", 0, start) + 1
    opening, feed, rest = text[start:].partition("\n")
    syntax = cast(Syntax, _OPENING.get(opening.rstrip(), ""))
    if not syntax or not feed:
        return HeaderParts("", "", 1, text)
    if syntax == "json":
        return _json_parts(text, start, line, rest)
    closing = _CLOSING[syntax].search(rest)
    if closing is None:
        header = "".join(_fields_ahead(rest, syntax))
        return (
            HeaderParts(syntax, header, line + 1, rest[len(header) :], False)
            if header
            else HeaderParts("", "", 1, text)
        )
    header = rest[: closing.start()]
    return (
        HeaderParts(syntax, header, line + 1, rest[closing.end() :])
        if _is_header(header, syntax)
        else HeaderParts("", "", 1, text)
    )


def read(parts: HeaderParts) -> Header:
    """Return the fields and errors of the header. Raises nothing."""
    if not parts.syntax:
        return Header({}, {}, [])
    wrong = [] if parts.closed else [(parts.line - 1, _("文件头没有结束。"))]
    try:
        found = _READ[parts.syntax](parts.header)
    except BadYaml:
        found = Mapping({}, {})
        wrong += [(line + parts.line - 1, message) for line, message in _recovered(parts.header, parts.syntax, found)]
    taxonomies = found.values.get("taxonomies")
    values = {**taxonomies, **found.values} if isinstance(taxonomies, dict) else found.values
    return Header(values, {key: line + parts.line - 1 for key, line in found.lines.items()}, wrong)


def _unopened(text: str, start: int) -> HeaderParts:
    """Return the parts of a text that may have a header without an opening line, as Hexo allows."""
    if _KNOWN.match(text, start):
        ahead = "".join(_fields_ahead(text[start:], "yaml"))
        line, end = text.count("\n", 0, start) + 1, start + len(ahead)
        closing = _CLOSING["yaml"].match(text, end)
        if closing and sum(1 for line in ahead.split("\n") if _KEY["yaml"].match(line)) > 1:
            return HeaderParts("yaml", ahead, line, text[closing.end() :])
        if metadata := _METADATA.match(text, start):
            return HeaderParts("yaml", "".join(map(_quoted, metadata[0].splitlines())), line, text[metadata.end() :])
    return HeaderParts("", "", 1, text)


def _quoted(line: str) -> str:
    """Return a line of metadata as a YAML field, whose value is a text as it is written."""
    key, _colon, value = line.partition(":")
    return f"{key.strip().lower()}: {json.dumps(value.strip(), ensure_ascii=False)}\n" if value.strip() else "\n"


def _json_parts(text: str, start: int, line: int, rest: str) -> HeaderParts:
    closing = _CLOSING["json"].search(rest)
    if closing is None or not _is_header(rest[: closing.start()], "json"):
        return HeaderParts("", "", 1, text)
    return HeaderParts("json", "{\n" + rest[: closing.start()] + "}", line, rest[closing.end() :])


def _is_header(header: str, syntax: Syntax) -> bool:
    """Return whether the text between two marker lines is a header; a text may also begin with a rule."""
    first = next((line for line in header.split("\n") if line.strip() and line.lstrip()[0] != "#"), "")
    return (
        not first or _KEY[syntax].match(first) is not None or (syntax == "toml" and first[0] == "[") or first[0] == "{"
    )


def _fields_ahead(text: str, syntax: Syntax) -> Iterator[str]:
    """Yield the leading lines that begin or continue a field. A blank line ends them."""
    for number, line in enumerate(text[:MAX_CHARACTERS].splitlines(keepends=True)):
        if not (_KEY[syntax].match(line) or (number and line.strip() and (line[0] in " \t" or line.startswith("- ")))):
            return
        yield line


def _read_toml(text: str) -> Mapping:
    import tomllib

    if len(text) > MAX_CHARACTERS:
        raise BadYaml(1, _("长过 {n} 个字符").format(n=MAX_CHARACTERS))
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):
        raise BadYaml(1, _("写法不对")) from None
    return Mapping({key: _plain(value) for key, value in values.items()}, _lines(text, "toml"))


def _read_json(text: str) -> Mapping:
    try:
        values = json.loads(text) if len(text) <= MAX_CHARACTERS else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise BadYaml(1, _("写法不对"))
    return Mapping(values, _lines(text, "json"))


def _read_yaml(text: str) -> Mapping:
    return mapping(text) if text.strip() and not _only_comments(text) else Mapping({}, {})


def _only_comments(text: str) -> bool:
    return all(not line.strip() or line.lstrip()[0] == "#" for line in text.split("\n"))


_READ: dict[str, Callable[[str], Mapping]] = {"yaml": _read_yaml, "toml": _read_toml, "json": _read_json}


def _plain(value: Any) -> Value:
    """Return a TOML value with its dates and times converted to text."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def _lines(text: str, syntax: Syntax) -> dict[str, int]:
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if key := _key(line, syntax):
            lines.setdefault(key, number)
    return lines


def _key(line: str, syntax: Syntax) -> str:
    found = _KEY[syntax].match(line)
    return next(filter(None, found.groups()), "") if found else ""


def _recovered(text: str, syntax: Syntax, into: Mapping) -> list[tuple[int, str]]:
    """Read each field separately into `into`. Return the errors as pairs of line number and message."""
    wrong: list[tuple[int, str]] = []
    for number, key, source in list(_chunks(text, syntax))[:MAX_FIELDS]:
        if key in into.values:
            wrong.append((number, _("文件头里“{field}”写了两遍，只读前面的。").format(field=key)))
            continue
        into.lines[key] = number
        try:
            into.values.update(_READ[syntax](_alone(source, syntax)).values)
        except BadYaml as error:
            wrong.append(_salvaged(source, syntax, number, key, into, error))
    return wrong


def _salvaged(source: str, syntax: Syntax, number: int, key: str, into: Mapping, error: BadYaml) -> tuple[int, str]:
    """Keep the readable part of an invalid field: its first line or its plain text. Return the error."""
    first, feed, rest = source.rstrip().partition("\n")
    plain = first.partition("=" if syntax == "toml" else ":")[2].strip().rstrip(",")
    if feed and rest:
        with suppress(BadYaml):
            into.values.update(_READ[syntax](_alone(first, syntax)).values)
    elif _TEXT.fullmatch(plain):
        into.values[key] = plain
        return number, _("文件头里“{field}”的值要加引号；现按文字读。").format(field=key)
    message = _("文件头里“{field}”读不出来：{why}。").format(field=key, why=error.message)
    return number + min(error.line - 1, rest.count("\n") + bool(feed)), message


def _alone(source: str, syntax: Syntax) -> str:
    """Return the source of one field as a complete header."""
    return "{" + source.strip().rstrip(",") + "}" if syntax == "json" else source


def _chunks(text: str, syntax: Syntax) -> Iterator[tuple[int, str, str]]:
    """Yield line number, key and source of each field. A field extends to the next line with a key."""
    begun, key, source = 0, "", [""]
    for number, line in enumerate(text.split("\n"), 1):
        if found := _key(line, syntax):
            if key:
                yield begun, key, "\n".join(source)
            begun, key, source = number, found, [line]
        elif syntax == "json" and line.strip() in ("{", "}"):
            continue
        else:
            source.append(line)
    if key:
        yield begun, key, "\n".join(source)
