"""Conversion of an HTML block: structural elements become blocks or line breaks, others are dropped."""

import re

from ..article import Block, BlockKind
from .inline import Definitions
from .marked_block import marked

_QUIET = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<[!?][^>]*>?", re.DOTALL | re.IGNORECASE
)
_MAY_BE_QUIET = re.compile(r"<(?:[!?]|[sS][cCtT]|[tT][eE])")
"""The first characters of whatever `_QUIET` matches. Looking for them takes a fraction of its time."""
_PRE = re.compile(r"\s*<pre\b[^>]*>\s*(?:<code\b[^>]*>)?(.*?)(?:</code>\s*)?(?:</pre>.*|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\b((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "menu"),
        *("nav", "ol", "p", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))


def is_component(name: str) -> bool:
    """Return whether an element's name is that of a component, as site generators and web components write it."""
    return name[0].isupper() or "-" in name


def html_blocks(source: str, definitions: Definitions, inside: str) -> list[Block]:
    """Return the blocks in an HTML block. Comments, scripts and styles yield none."""
    if _MAY_BE_QUIET.search(source):
        source = _QUIET.sub("", source)
    if found := _PRE.match(source):
        from html import unescape

        code = unescape(re.sub(r"<[^<>]*>", "", found[1])).strip("\n")
        return [Block("code", code, inside=inside)] if code.strip() else []
    blocks: list[Block] = []
    text: list[str] = []
    level, item = 0, False

    def close() -> None:
        nonlocal item
        words = " ".join("".join(text).split())
        text.clear()
        if not words:
            return
        kind: BlockKind = "subhead" if level else "item" if item and not inside else "paragraph"
        marker = "•" if kind == "item" else ""
        found = marked(kind, words, definitions, level=level, marker=marker, inside=inside)
        blocks.extend([block for block in found if block.text])

    at = 0
    for tag in _TAG.finditer(source):
        text.append(source[at : tag.start()])
        at, name = tag.end(), tag[2].lower()
        if name in _CELLS and not tag[1] and "".join(text).strip():
            text.append("\u3000")
        elif name in _BREAKS:
            close()
            level = int(name[1]) if name[0] == "h" and name[1:].isdecimal() and not tag[1] else 0
            level = max(level, 2) if level else 0
            item = name == "li" and not tag[1]
        elif name not in _CELLS and not is_component(tag[2]):
            text.append(tag[0])
    text.append(source[at:])
    close()
    return blocks
