"""Conversion of plain text to an equivalent Markdown body."""

import re
from itertools import pairwise

from ..clean import clean_line

_MARKUP = re.compile(r"[\\`*_~\[\]<&|$]|\{(?=[{%#.:])|(?<=https)(?=://)|(?<=http)(?=://)")
_LINE_START = re.compile(
    r"^(?:(?=[#>=:]|[-+•](?:[ \t]|$)|(?:-[ \t]*){2,}$|!\[|!{3}|\?{3})|\d{1,9}(?=[.)](?:[ \t]|$)))", re.MULTILINE
)
_INDENT = re.compile(r"^(?:[ \t]{2,}|[ \t]*\u3000+)", re.MULTILINE)
_ENDS = re.compile(r"[。！？…：”」』）.!?:\"')]$", re.MULTILINE)
_CHAPTER = re.compile(
    r"\s*((?:第[0-9０-９零〇○一二三四五六七八九十百千两]{1,9}[章回节節卷集部篇折话話幕]|楔子|序章|序言|引子|尾声|后记)"
    r"(?:[ \t\u3000：:、][^\n]{0,60})?)[ \t\u3000]*(?:\n|\Z)"
)
"""The heading of a chapter, on a line of its own."""


def body_of_text(text: str) -> str:
    """Return Markdown with the same paragraphs as the text.

    Each line is a paragraph if at least a third of the lines are indented, at least half end a sentence, or the lines
    do not look wrapped. Else blank lines separate the paragraphs.
    """
    lines = [line.strip(" \t\u3000\u00a0") for line in text.split("\n")]
    filled = sum(map(bool, lines))
    wrapped = len(_ENDS.findall("\n".join(lines))) * 2 < filled and len(_INDENT.findall(text)) * 3 < filled
    wrapped = wrapped and _is_wrapped(lines)
    escaped = _MARKUP.sub(r"\\\g<0>", "\n".join(lines))
    escaped = _LINE_START.sub(lambda found: found[0] + "\\", escaped)
    return escaped if wrapped else re.sub(r"\n+", "\n\n", escaped)


def chapter_title(text: str) -> tuple[tuple[str, ...], str]:
    """Return the title and the rest of a text that begins with the heading of a chapter; no title for others."""
    found = _CHAPTER.match(text)
    return ((clean_line(found[1]).strip(),), text[found.end() :]) if found else ((), text)


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether the text is wrapped: over two thirds of inner lines exceed half the longest."""
    inner = [len(line) for line, below in pairwise(lines) if line and below]
    longest = max(inner, default=0)
    return sum(2 * length > longest for length in inner) * 3 > len(inner) * 2
