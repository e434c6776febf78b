"""Conversion of a block's text and inline spans to (X)HTML that is well-formed for any text."""

import re
from collections.abc import Sequence
from html import escape

from ..article import InlineSpan
from ..clean import clean

_NONCHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_TAGS = {"strong": "strong", "emphasis": "em", "strike": "s", "code": "code"}
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"\x00-\x1f]+", re.IGNORECASE)


def text_of(text: str) -> str:
    """Return the text escaped for element content and attribute values. U+FFFD replaces what XML forbids."""
    return escape(_NONCHARACTERS.sub("\ufffd", clean(text)))


def marked_text(text: str, marks: Sequence[InlineSpan], notes: str = "") -> str:
    """Return the text with its inline spans as elements. `notes` is the prefix of the article's footnote ids."""
    out: list[str] = []
    ends: list[tuple[int, str]] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while ends and ends[-1][0] <= mark.start:
            at = _shut(text, at, ends, out)
        opening, closing = _element(mark, notes)
        end = min(mark.end, ends[-1][0]) if ends else mark.end
        if not opening or mark.start < at or end <= mark.start:
            continue
        out.append(text_of(text[at : mark.start]) + opening)
        at = mark.start
        ends.append((end, closing))
    while ends:
        at = _shut(text, at, ends, out)
    return "".join(out) + text_of(text[at:])


def linked(address: str) -> str:
    """Return an address as a link to itself if a browser may follow it, else as text."""
    if not _SAFE.fullmatch(address):
        return text_of(address)
    return f'<a href="{text_of(address)}" rel="noopener noreferrer">{text_of(address)}</a>'


def _shut(text: str, at: int, ends: list[tuple[int, str]], out: list[str]) -> int:
    end, closing = ends.pop()
    out.append(text_of(text[at:end]) + closing)
    return max(at, end)


def _element(mark: InlineSpan, notes: str) -> tuple[str, str]:
    """Return the opening and closing tag of a span. The address of a link that leads nowhere here is its title."""
    if mark.kind == "link":
        if not _SAFE.fullmatch(mark.target):
            return f'<span title="{text_of(mark.target)}">', "</span>"
        return f'<a href="{text_of(mark.target)}" rel="noopener noreferrer">', "</a>"
    if mark.kind == "note":
        return f'<sup><a href="#{note_id(notes, mark.target)}">', "</a></sup>"
    tag = _TAGS[mark.kind]
    return f"<{tag}>", f"</{tag}>"


def note_id(notes: str, label: str) -> str:
    """Return the id of a footnote; its label is hex-encoded, so that the id is always valid."""
    return f"{notes}note-" + label.encode("utf-8", "replace").hex()
