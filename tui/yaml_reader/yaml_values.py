"""Values from nodes, and the mapping at the head of a text."""

from typing import NamedTuple

from ..i18n import _
from .nodes import BadYaml, Limits, Node, Pairs, Scalar, root
from .plain_lines import Unusual, Value, lines, resolved

MAX_CHARACTERS = 65_536
"""Characters of the text of a mapping."""
HEADER = Limits(depth=8, values=5_000, item_values=5_000, characters=MAX_CHARACTERS, is_strict=True)


class Mapping(NamedTuple):
    """A mapping's values, and the line number of each key."""

    values: dict[str, Value]
    lines: dict[str, int]


def mapping(text: str) -> Mapping:
    """Return the text parsed as a mapping. Raises BadYaml."""
    if len(text) > MAX_CHARACTERS:
        raise BadYaml(1, _("长过 {n} 个字符").format(n=MAX_CHARACTERS))
    return quick(text) or by_nodes(text)


def quick(text: str) -> Mapping | None:
    """Return the mapping if all its lines are plain, else None."""
    found = Mapping({}, {})
    try:
        for field, number, value, is_item in lines(text):
            if not is_item:
                found.values[field] = value
                found.lines[field] = number
            elif isinstance(listed := found.values[field], list):
                listed.append(value)
            else:
                found.values[field] = [value]
    except Unusual:
        return None
    return found if found.values else None


def value_of(node: Node, *, is_strict: bool = True) -> Value:
    """Return the value of a node. Raises BadYaml for a key that is not text or that is repeated.

    Unless `is_strict`, a key that is not text is left out, and the last value of a repeated key is taken.
    """
    if isinstance(node, Scalar):
        return resolved(node.text) if node.is_plain else node.text
    if not isinstance(node, Pairs):
        return [value_of(one, is_strict=is_strict) for one in node.nodes]
    found: dict[str, Value] = {}
    for key, value in node.pairs:
        if is_strict and not isinstance(key, Scalar):
            raise BadYaml(key.line, _("字段名不是文字"))
        if isinstance(key, Scalar):
            if is_strict and key.text in found:
                raise BadYaml(key.line, _("字段“{field}”写了两遍").format(field=key.text))
            found[key.text] = value_of(value, is_strict=is_strict)
    return found


def by_nodes(text: str) -> Mapping:
    """Return the mapping in any form of YAML. Raises BadYaml."""
    node = root(text, HEADER)
    if node is None:
        raise BadYaml(1, _("没有内容"))
    values = value_of(node)
    if not isinstance(node, Pairs) or not isinstance(values, dict):
        raise BadYaml(node.line, _("不是“字段: 值”的形式"))
    return Mapping(values, {key.text: key.line for key, _value in node.pairs if isinstance(key, Scalar)})
