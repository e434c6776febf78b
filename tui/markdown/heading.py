"""Search for the first heading of a body, without parsing the rest as Markdown."""

import re
from typing import NamedTuple

from .inline import inline
from .line_text import heading_parts

_HASHES = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]|(?<=##)(?=[^#])|$)")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-+)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NO_TEXT = re.compile(r"[ ]{0,3}(?:[-+*>|]|\d{1,9}[.)][ \t]|\t|    |<|:::|\{[{%])")
"""Start of a line that cannot be the text of an underlined heading."""
_QUIET = re.compile(r"[ \t]*(?:<|\[?!\[|\{[{%]|\[\]|:::)")
"""Start of a line that may precede a title: a picture, a badge, HTML, a shortcode."""


class Heading(NamedTuple):
    """A heading's text without markup, and its slice of the body with underline and line feed."""

    text: str
    level: int
    start: int
    end: int
    leads: bool
    """Whether only pictures, HTML and shortcodes precede it."""


def first_heading(body: str) -> Heading | None:
    """Return the first heading outside code and comments, hashed or underlined; None without one."""
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
    """Return text, level and length in code points of the heading on line `number`, or None."""
    line = lines[number]
    if "#" in line[:4] and (found := _HASHES.match(line)):
        return _text(heading_parts(line[found.end() :].strip())[0]), len(found[1]), len(line)
    below = lines[number + 1] if number + 1 < len(lines) else ""
    if line.strip() and below and not above.strip() and (under := _UNDERLINE.match(below)) and not _NO_TEXT.match(line):
        return _text(heading_parts(line.strip())[0]), 1 if under[1] else 2, len(line) + 1 + len(below)
    return None


def _text(source: str) -> str:
    return " ".join(inline(source)[0].split())
