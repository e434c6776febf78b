"""A streaming parser for gazetteers in any YAML. It holds one item in memory, whatever the size of the file."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..i18n import _
from .fast_yaml import SECTIONS, Item

if TYPE_CHECKING:
    from yaml import Node, SafeLoader
    from yaml.events import Event

MAX_DEPTH = 12
MAX_ITEM_VALUES = 5_000
"""Values in one item, including keys."""
MAX_VALUES = 2_000_000
"""Values in the file; reading this many takes about ten seconds."""
MAX_SCALAR = 4_096
"""Characters. Limited because parsing a base-60 number takes quadratic time."""


class NotYaml(Exception):
    """Raised for text that is not YAML or exceeds a limit; `line` is None if unknown."""

    def __init__(self, line: int | None, message: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.message = message or _("地名表不是有效的 YAML。")


def items(text: str) -> Iterator[Item]:
    """Yield the items of all sections in file order. Raises NotYaml."""
    import yaml

    kind = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from _Items(yaml.parse(text, Loader=kind)).found()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise NotYaml(mark.line + 1 if mark else None) from error


class _Items:
    """A reader of YAML events. Only `_node` is recursive, and `MAX_DEPTH` limits its depth."""

    def __init__(self, events: "Iterator[Event]") -> None:
        import yaml

        self._yaml = yaml
        self._events = events
        self._loader: SafeLoader = yaml.SafeLoader("")
        self._values = self._item_values = self._depth = 0

    def found(self) -> Iterator[Item]:
        """Yield every item. A section that is a mapping is one item."""
        yaml = self._yaml
        documents = 0
        for event in iter(self._next, None):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise NotYaml(_line(event))
            elif isinstance(event, yaml.MappingStartEvent) and documents == 1:
                yield from self._sections()
            elif isinstance(event, yaml.CollectionStartEvent):
                self._skip(event)

    def _sections(self) -> Iterator[Item]:
        """Yield the items of the document's mapping, whose start event has been read."""
        yaml = self._yaml
        while not isinstance(key := self._taken(), yaml.MappingEndEvent):
            self._skip(key)
            name = key.value if isinstance(key, yaml.ScalarEvent) else ""
            value = self._taken()
            if name not in SECTIONS:
                self._skip(value)
            elif isinstance(value, yaml.SequenceStartEvent):
                while not isinstance(event := self._taken(), yaml.SequenceEndEvent):
                    yield self._item(name, event)
            else:
                yield self._item(name, value)

    def _item(self, section: str, event: "Event") -> Item:
        self._item_values = 0
        try:
            made = self._loader.construct_document(self._node(event))
        except (ValueError, OverflowError) as error:  # an invalid number or date
            raise NotYaml(_line(event)) from error
        return Item(section, _line(event), made if isinstance(made, dict) else {})

    def _node(self, event: "Event") -> "Node":
        """Return the node that begins with `event`, as PyYAML's composer would build it."""
        yaml = self._yaml
        self._item_values += 1
        if self._item_values > MAX_ITEM_VALUES:
            raise NotYaml(_line(event), _("一处地名有太多的值。"))
        start, tag = event.start_mark, getattr(event, "tag", None)
        if isinstance(event, yaml.ScalarEvent):
            if len(event.value) > MAX_SCALAR:
                raise NotYaml(_line(event), _("长过 {n} 个字符。").format(n=MAX_SCALAR))
            tag = tag if tag not in (None, "!") else self._resolved(yaml.ScalarNode, event.value, event.implicit)
            scalar: Node = yaml.ScalarNode(tag, event.value, start, event.end_mark)
            return scalar
        inner: list[Node] = []
        while not isinstance(next_event := self._taken(), yaml.CollectionEndEvent):
            inner.append(self._node(next_event))
        if isinstance(event, yaml.SequenceStartEvent):
            tag = tag if tag not in (None, "!") else self._resolved(yaml.SequenceNode, None, True)
            sequence: Node = yaml.SequenceNode(tag, inner, start, start)
            return sequence
        tag = tag if tag not in (None, "!") else self._resolved(yaml.MappingNode, None, True)
        mapping: Node = yaml.MappingNode(tag, list(zip(inner[::2], inner[1::2], strict=True)), start, start)
        return mapping

    def _resolved(self, kind: type, value: object, implicit: object) -> str:
        return str(self._loader.resolve(kind, value, implicit))  # type: ignore[no-untyped-call]

    def _skip(self, event: "Event") -> None:
        """Skip the value that begins with `event`."""
        if isinstance(event, self._yaml.CollectionStartEvent):
            outside = self._depth - 1
            while self._depth > outside:
                self._taken()

    def _taken(self) -> "Event":
        event = self._next()
        if event is None:
            raise NotYaml(None)
        return event

    def _next(self) -> "Event | None":
        """Return the next event, or None at the end. Raises NotYaml for aliases, deep nesting or too many values.

        Aliases and nesting could expand without bound.
        """
        yaml = self._yaml
        event = next(self._events, None)
        self._values += 1
        if event is None:
            return None
        self._depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if self._depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            raise NotYaml(_line(event))
        if self._values > MAX_VALUES:
            raise NotYaml(_line(event), _("值太多，没有再往下读。"))
        return event


def _line(event: "Event") -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 1
