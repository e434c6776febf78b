"""Parsing of a Markdown body into blocks."""

import re
from typing import cast

from ..article import Block, BlockKind
from .addresses import folded_label, plain_address, safe_target
from .html import html_blocks
from .inline import Definitions, inline
from .inline_tokens import PICTURE
from .marked_block import marked
from .raw_blocks import DEEPEST, LineParser, RawBlock
from .table import table

__all__ = ["DEEPEST", "blocks"]

_INLINE_OR_BLOCK = "\\`*_~[<&#>|\t!${"
_SPACES = " \u3000\u00a0"
_MAY_OPEN = frozenset("-+•0123456789:=" + _SPACES)
_OPENS = re.compile(r"[ \u3000\u00a0:=]|[-+•](?:[ \-]|$)|\d{1,9}[.)](?: |$)")
"""Start of a line without inline markup that may open a block other than a paragraph."""


_BY_REFERENCE = re.compile(r"!\[((?:[^\[\]\\]|\\.){1,999}+)\](?:\[((?:[^\[\]\\]|\\.){0,999}+)\])?+(?![\[(])\s*")
_PATHS = {"paragraph": "", "item": "i", "quote": "q"}
"""The container letter for each level of these kinds."""


def blocks(body: str) -> tuple[Block, ...]:
    """Return the body's blocks in order. Paragraph numbers elsewhere are indexes into this tuple."""
    plain = _plain(body)
    if plain is not None:
        return plain
    parser = LineParser(body)
    raw = list(parser.read())
    return tuple(block for one in raw for block in _finished(one, parser.definitions))


def _finished(raw: RawBlock, definitions: Definitions) -> list[Block]:
    """Return the blocks of a raw block. `definitions` must be complete."""
    if raw.kind == "html":
        return html_blocks(raw.source, definitions, raw.inside)
    if raw.kind == "table":
        return [table(raw.rows[1:], raw.rows[0], definitions, raw.inside)]
    kind = cast(BlockKind, raw.kind)
    if raw.kind in ("code", "rule"):
        return [Block(kind, raw.source, inside=raw.inside)]
    if raw.source.startswith("![") and kind in _PATHS and (pictures := _pictures(raw, definitions)):
        return pictures
    target = f"#{raw.anchor}" if raw.anchor else ""
    found = marked(kind, raw.source, definitions, level=raw.level, marker=raw.marker, target=target, inside=raw.inside)
    return [block for block in found if block.text]


def _pictures(raw: RawBlock, definitions: Definitions) -> list[Block]:
    """Return the captions of a paragraph that consists of pictures only; else an empty list."""
    at = 0
    found: list[Block] = []
    inside = raw.inside or _PATHS[raw.kind] * (raw.level + 1)
    pattern = re.compile(PICTURE)
    while picture := pattern.match(raw.source, at) or _BY_REFERENCE.match(raw.source, at):
        if picture.re is _BY_REFERENCE:
            address = definitions.get(folded_label(picture[2] or picture[1]))
            if address is None:
                return []
            target = plain_address(address)
        else:
            target = plain_address(picture[2] if picture[2] is not None else picture[3] or "")
        text, spans = inline(picture[1])
        text = text.strip()
        if not text:
            text, spans = target.rpartition("/")[2].partition("?")[0], ()
        found.append(Block("caption", text, spans, target=target if safe_target(target) else "", inside=inside))
        at = picture.end()
    return found if at == len(raw.source) else []


def _plain(body: str) -> tuple[Block, ...] | None:
    """Return the blocks of a body without markup, as most are; None if it must be parsed line by line."""
    for char in _INLINE_OR_BLOCK:
        if char in body:
            return None
    if "://" in body:
        return None
    paragraphs = body.split("\n\n")
    for paragraph in paragraphs:
        if not paragraph or "\n" in paragraph or paragraph[-1] in _SPACES:
            return None
        if paragraph[0] in _MAY_OPEN and _OPENS.match(paragraph):
            return None
    return tuple([Block("paragraph", paragraph) for paragraph in paragraphs])
