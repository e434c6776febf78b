"""What is written where: data to standard output, remarks to standard error, and nothing raw."""

import json
import os
import sys
from collections.abc import Iterable, Mapping

from ..clean import clean
from .arguments import Arguments

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def remark(text: str) -> None:
    """Say something beside the data."""
    print(clean(text), file=sys.stderr)


def coloured(arguments: Arguments) -> bool:
    """Whether output is to be coloured: as asked, else NO_COLOR, FORCE_COLOR, else on a terminal that can."""
    asked = arguments.text("color", "auto")
    if asked != "auto":
        return asked == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def write_json(value: Json) -> None:
    """One JSON document, readable by people too."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def write_jsonl(values: Iterable[Mapping[str, Json]]) -> None:
    """One JSON object a line, as they come."""
    for value in values:
        print(json.dumps(value, ensure_ascii=False))
