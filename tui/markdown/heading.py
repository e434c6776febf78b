"""The first heading of a body, found without reading the rest as Markdown."""

import re
from typing import NamedTuple

from .inline import inline
from .line_text import without_hashes

_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]|(?<=##)(?=[^#])|$)")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_TEXT = re.compile(r"[ ]{0,3}(?:[-+*>|]|\d{1,9}[.)][ \t]|\t|    |<|:::|\{[{%])")
"""How a line begins that cannot be the text of an underlined heading."""
_QUIET = re.compile(r"[ \t]*(?:<|\[?!\[|\{[{%]|\[\]|:::)")
"""How a line begins that may stand above a title: a picture, a badge, HTML, a shortcode."""


class Heading(NamedTuple):
    """A heading's text without markup, and the slice of the body that it takes, underline and line feed included."""

    text: str
    level: int
    start: int
    end: int
    leads: bool
    """Whether only pictures, HTML and shortcodes are above it."""


def first_heading(body: str) -> Heading | None:
    """Return the first heading outside of code and comments, underlined ones included."""
    if "#" not in body and "\n=" not in body and "\n-" not in body:
        return None
    at, fence, comment, above, leads = 0, "", False, "", True
    lines = body.split("\n")
    for number, line in enumerate(lines):
        start, at = at, at + len(line) + 1
        if fence:
            fence = "" if line.strip().strip(fence[0]) == "" and len(line.strip()) >= len(fence) else fence
        elif comment or line.lstrip().startswith("<!--"):
            comment = "-->" not in line
        elif found := _FENCE.match(line):
            fence = found[1]
            leads = False
        elif heading := _heading(lines, number, above):
            text, level, length = heading
            if text:
                return Heading(text, level, start, min(start + length + 1, len(body)), leads)
        elif line.strip() and not _QUIET.match(line):
            leads = False
        above = line
    return None


def _heading(lines: list[str], number: int, above: str) -> tuple[str, int, int] | None:
    """Return text, level and length in characters of the heading that begins on this line."""
    line = lines[number]
    if "#" in line[:4] and (found := _HASHES.match(line)):
        return _text(without_hashes(line[found.end() :].strip())), len(found[1]), len(line)
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if line.strip() and below and not above.strip() and (under := _UNDERLINE.match(below)) and not _NO_TEXT.match(line):
        return _text(line.strip()), 1 if under[1] else 2, len(line) + 1 + len(below)
    return None


def _text(source: str) -> str:
    return " ".join(inline(source)[0].split())
