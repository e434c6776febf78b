"""Blocks from source with inline markup."""

from ..article import Block, BlockKind, InlineSpan
from .addresses import safe_target
from .inline import Definitions, inline


def marked(
    kind: BlockKind,
    source: str,
    definitions: Definitions,
    *,
    level: int = 0,
    marker: str = "",
    target: str = "",
    inside: str = "",
) -> list[Block]:
    """Return the source as a block without markup. Hard line breaks split it into several blocks."""
    text, spans = inline(source, definitions)
    target = target if safe_target(target) else ""
    if "\n" not in text:
        text, spans = _trimmed(text, spans)
        return [Block(kind, text, spans, level, marker, target, inside=inside)]
    found: list[Block] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        within = [
            InlineSpan(one.kind, max(one.start, at) - at, min(one.end, end) - at, one.target)
            for one in spans
            if one.start < end and one.end > at
        ]
        part, kept = _trimmed(line, tuple(within))
        if part:
            found.append(Block(kind, part, kept, level, "" if found else marker, target, inside=inside))
        at = end + 1
    return found


def _trimmed(text: str, marks: tuple[InlineSpan, ...]) -> tuple[str, tuple[InlineSpan, ...]]:
    """Strip white space, which removed markup can leave at both ends, and shift the spans accordingly."""
    inner = text.strip()
    if len(inner) == len(text):
        return text, marks
    ahead = len(text) - len(text.lstrip())
    within = [
        InlineSpan(mark.kind, max(mark.start - ahead, 0), min(mark.end - ahead, len(inner)), mark.target)
        for mark in marks
    ]
    return inner, tuple(mark for mark in within if mark.start < mark.end)
