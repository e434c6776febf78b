"""The only reader of YAML: settings, themes, headers of articles, gazetteers.

Text in the plain form, one field or item per line, is read without PyYAML (`plain_lines`), whose import would take more
of the start than everything else done with places. Any other text goes through PyYAML's event stream (`nodes`), which
builds no objects: what could exhaust memory or stack is refused first. Both ways give the same values (`yaml_values`).
"""

from .nodes import BadYaml, Items, Limits, Node, Pairs, Scalar, items, root
from .plain_lines import Unusual, Value, lines
from .yaml_values import Mapping, mapping, value_of

__all__ = [
    "BadYaml",
    "Items",
    "Limits",
    "Mapping",
    "Node",
    "Pairs",
    "Scalar",
    "Unusual",
    "Value",
    "items",
    "lines",
    "mapping",
    "root",
    "value_of",
]
