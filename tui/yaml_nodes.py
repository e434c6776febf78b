"""YAML text parsed into PyYAML nodes. Text that could exhaust memory or stack is refused before nodes are built."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import Node

MAX_DEPTH = 12
"""Levels of nested lists and mappings. PyYAML's C code recurses; very deep nesting overflows its stack and kills the
process."""
MAX_ALIASES = 100
"""Aliases in one text. Nested aliases can expand exponentially."""


class BadYaml(Exception):
    """The text cannot be used. `line` counts from 1, None if unknown; `why` is PyYAML's English message or empty."""

    def __init__(self, line: int | None, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.why = why


def compose(text: str) -> "Node | None":
    """Return the root node of the text, None for an empty text. Raises BadYaml."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = aliases = 0
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            if depth > MAX_DEPTH or aliases > MAX_ALIASES:
                raise BadYaml(event.start_mark.line + 1 if event.start_mark else None, "too deep")
        root: Node | None = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadYaml(mark.line + 1 if mark else None, str(error.problem or error.context or "")) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BadYaml(None, type(error).__name__) from error
    return root
