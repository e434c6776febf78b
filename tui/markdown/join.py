"""Joining of the lines of a paragraph."""

import re
from functools import cache

WIDE = "\u2014\u2018-\u201d\u2026\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"


def join(lines: list[str]) -> str:
    """Return the lines as one, with a space between them unless a wide character adjoins the break."""
    if len(lines) > 1:
        lines = [line for line in map(_trimmed, lines) if line]
        return _seam().sub("", "\n".join(lines)).replace("\n", " ")
    return _trimmed(lines[0])


@cache
def _seam() -> re.Pattern[str]:
    return re.compile(f"(?<=[{WIDE}])\n|\n(?=[{WIDE}])")


def _trimmed(line: str) -> str:
    return line.strip(" \t\u3000\u00a0")
