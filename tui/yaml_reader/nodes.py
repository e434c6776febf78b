"""Nodes with their line numbers, from PyYAML's events. Takes linear time and bounded memory."""

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..i18n import _

if TYPE_CHECKING:
    from yaml.events import Event, NodeEvent

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A pattern for characters that YAML forbids. Compiled only to report an error."""


class BadYaml(ValueError):
    """Invalid YAML, or YAML beyond a limit. `line` counts from 1; `detail` is PyYAML's English message or empty."""

    def __init__(self, line: int, message: str = "", detail: str = "") -> None:
        self.line = line
        self.message = message or _("写法不对")
        self.detail = detail
        super().__init__(self.message)


class Limits(NamedTuple):
    """What a text may contain."""

    depth: int
    """Levels of nested lists and mappings. The reader recurses, so this must be far below Python's limit."""
    values: int
    """YAML events, about one for each key and value."""
    item_values: int
    """Values in one item of `items`, including keys."""
    characters: int
    """Characters of one scalar."""
    aliases: int = 0
    is_strict: bool = False
    """Whether anchors and tags are refused; else, anchors are allowed and tags are ignored."""


class Scalar(NamedTuple):
    """A text. `is_plain` tells that it has neither quotes nor a tag, so that it may mean a number."""

    line: int
    text: str
    is_plain: bool


class Items(NamedTuple):
    """A list."""

    line: int
    nodes: "list[Node]"


class Pairs(NamedTuple):
    """The keys and values of a mapping in the order of the text; a key may occur twice."""

    line: int
    pairs: "list[tuple[Node, Node]]"


Node = Scalar | Items | Pairs


def root(text: str, limits: Limits) -> Node | None:
    """Return the root node of the text, or None for an empty text. Raises BadYaml."""
    reader = _Reader(text, limits)
    found: Node | None = None
    for event in reader.documents():
        found = reader.node(event)
    return found


def items(text: str, sections: Container[str], limits: Limits) -> Iterator[tuple[str, Node]]:
    """Yield the name of each section and each item of its list. Holds one item at a time. Raises BadYaml.

    The sections are those keys of the root mapping that are in `sections`. A value that is no list is one item.
    """
    reader = _Reader(text, limits)
    for event in reader.documents():
        if reader.begins_mapping(event):
            yield from reader.sections(sections)
        else:
            reader.skip(event)


class _Reader:
    """A reader of events that enforces the limits."""

    def __init__(self, text: str, limits: Limits) -> None:
        import yaml

        self._yaml = yaml
        self._text = text
        self._limits = limits
        self._events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._levels: dict[type[Event], int] = {yaml.MappingStartEvent: 1, yaml.SequenceStartEvent: 1}
        self._levels |= {yaml.MappingEndEvent: -1, yaml.SequenceEndEvent: -1}
        self._values = self._item_values = self._depth = self._aliases = 0
        self._anchors: dict[str, Node] = {}

    def documents(self) -> "Iterator[Event]":
        """Yield the first event of the document's root. Raises BadYaml at a second document."""
        yaml = self._yaml
        has_begun = False
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if has_begun:
                    raise BadYaml(_line(event), _("不止一份文档"))
                has_begun = True
                yield self._next()

    def begins_mapping(self, event: "Event") -> bool:
        return isinstance(event, self._yaml.MappingStartEvent)

    def sections(self, names: Container[str]) -> Iterator[tuple[str, Node]]:
        """Yield the items of the root mapping, whose start event has been read."""
        yaml = self._yaml
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            self.skip(key)
            name = key.value if isinstance(key, yaml.ScalarEvent) else ""
            value = self._next()
            if name not in names:
                self.skip(value)
            elif isinstance(value, yaml.SequenceStartEvent):
                while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                    yield name, self._item(event)
            else:
                yield name, self._item(value)

    def _item(self, event: "Event") -> Node:
        self._item_values = 0
        return self.node(event)

    def node(self, event: "Event") -> Node:
        """Return the node that begins with `event`."""
        yaml, line = self._yaml, _line(event)
        self._item_values += 1
        if self._item_values > self._limits.item_values:
            raise BadYaml(line, _("一处多于 {n} 个值").format(n=self._limits.item_values))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise BadYaml(line, detail=f"undefined alias {event.anchor!r}")
            return self._anchors[event.anchor]
        found: Node
        if isinstance(event, yaml.ScalarEvent):
            if len(event.value) > self._limits.characters:
                raise BadYaml(line, _("长过 {n} 个字符").format(n=self._limits.characters))
            found = Scalar(line, event.value, bool(event.implicit and event.implicit[0]))
        else:
            inner: list[Node] = []
            while not isinstance(next_event := self._next(), yaml.CollectionEndEvent):
                inner.append(self.node(next_event))
            is_list = isinstance(event, yaml.SequenceStartEvent)
            found = Items(line, inner) if is_list else Pairs(line, list(zip(inner[::2], inner[1::2], strict=True)))
        if self._limits.aliases and (anchor := getattr(event, "anchor", None)):
            self._anchors[anchor] = found
        return found

    def skip(self, event: "Event") -> None:
        """Skip the value that begins with `event`."""
        if isinstance(event, self._yaml.CollectionStartEvent):
            above = self._depth - 1
            while self._depth > above:
                self._next()

    def _next(self) -> "Event":
        yaml, limits = self._yaml, self._limits
        try:
            event = next(self._events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise BadYaml(mark.line + 1 if mark else 1, detail=str(error.problem or error.context or "")) from None
        except (yaml.YAMLError, ValueError) as error:
            raise BadYaml(self._line_of_unprintable(), detail=type(error).__name__) from None
        self._values += 1
        if level := self._levels.get(type(event)):
            self._depth += level
        if self._depth > limits.depth:
            raise BadYaml(_line(event), _("嵌套深过 {n} 层").format(n=limits.depth))
        if self._values > limits.values:
            raise BadYaml(_line(event), _("多于 {n} 个值").format(n=limits.values))
        if isinstance(event, yaml.NodeEvent):
            self._check(event)
        return event

    def _check(self, event: "NodeEvent") -> None:
        """Refuse an alias too many, and what is not allowed if the limits are strict."""
        if isinstance(event, self._yaml.AliasEvent):
            self._aliases += 1
        if self._aliases > self._limits.aliases or (self._limits.is_strict and event.anchor):
            raise BadYaml(_line(event), _("用了锚点或别名（& 或 *）"))
        if self._limits.is_strict and getattr(event, "tag", None):
            raise BadYaml(_line(event), _("用了类型标签（!）"))

    def _line_of_unprintable(self) -> int:
        found = re.search(_UNPRINTABLE, self._text)
        return self._text.count("\n", 0, found.start()) + 1 if found else 1


def _line(event: "Event") -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1
